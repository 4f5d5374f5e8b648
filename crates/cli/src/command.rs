//! `calinmeter command`: what is to be done at meters, asked for, agreed to, stopped and looked at.

mod ask;
mod decide;
mod list;
mod meters;
mod part;
mod plan;
mod sending;
mod show;
mod stop;
mod token;
mod tokens;
mod wait;

pub(crate) use sending::idle;

use crate::Ended;
use crate::args::command::{Ask, Command};
use crate::setup::Setup;
use anyhow::Context;
use ask::Wish;
use catalogue::Lang;
use commands::Kind;
use desk::command::Denied;
use serde_json::{Value, json};
use store::CommandId;

/// `calinmeter command ...`.
pub(crate) fn run(args: &Command, setup: &Setup, lang: Lang) -> Ended {
    let wish = |kind: Kind, args: Value, ask: &Ask| ask::run(&Wish { kind, args }, ask, setup);
    let plain = |kind: Kind, ask: &Ask| wish(kind, json!({}), ask);
    match args {
        Command::Read(args) => wish(Kind::Read, json!({ "item": args.item }), &args.ask),
        Command::Reconnect(args) => {
            let known = json!({ "order_known": args.order_known });
            wish(Kind::Reconnect, known, &args.ask)
        }
        Command::Disconnect(ask) => plain(Kind::Disconnect, ask),
        Command::ClearTamper(ask) => plain(Kind::ClearTamper, ask),
        Command::SetLoadLimit(args) => wish(
            Kind::SetLoadLimit,
            json!({ "watts": args.watts }),
            &args.ask,
        ),
        Command::Commission(ask) => plain(Kind::Commission, ask),
        Command::SetClock(ask) => plain(Kind::SetClock, ask),
        Command::DeliverToken(args) => token::run(args, setup),
        Command::List(args) => list::run(args, setup, lang),
        Command::Show(args) => show::run(args, setup, lang),
        Command::Approve(args) => decide::run(decide::Word::Approve, args, setup),
        Command::Reject(args) => decide::run(decide::Word::Reject, args, setup),
        Command::Cancel(args) => decide::run(decide::Word::Cancel, args, setup),
        Command::Stop(args) => stop::stop(args, setup),
        Command::Lift => stop::lift(setup),
        Command::Stopped(args) => stop::stopped(args, setup),
        Command::Tokens(args) => tokens::run(args, setup),
    }
}

fn id(text: &str) -> anyhow::Result<CommandId> {
    CommandId::parse(text).with_context(|| {
        format!("\"{text}\" is no command's id: calinmeter command list shows them")
    })
}

/// Why something was not taken, in the words of the command line.
fn said(denied: &Denied) -> String {
    match denied {
        Denied::NoReason => {
            "say why in one sentence with --reason (3 to 500 characters)".to_owned()
        }
        Denied::Clash(id) => format!(
            "under this --intent {id} was asked for, which is something else: take another name"
        ),
        Denied::NoMeter(meter) => {
            format!("no meter {meter} is registered: calinmeter meter import takes it in")
        }
        Denied::NoCommand(id) => {
            format!("there is no command {id}: calinmeter command list shows them")
        }
        Denied::Stopped { who, why } => format!(
            "all acts are stopped by {who} ({why}): calinmeter command lift lets them go on"
        ),
        other => chain(other),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        said += &format!(": {error}");
        cause = error.source();
    }
    said
}
