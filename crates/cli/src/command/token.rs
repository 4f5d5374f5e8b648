//! `calinmeter command deliver-token`: a token that somebody was given.

use super::part::Part;
use super::{ask, plan, sending, wait};
use crate::args::command::DeliverToken;
use crate::end::{End, print};
use crate::run::{clock, to_the_end};
use crate::serve::Desk;
use crate::setup::Setup;
use crate::{Ended, identity, office};
use anyhow::{Context, anyhow};
use asking::Secret;
use commands::Kind;
use desk::command::Request;
use desk::people::People;
use fleet::MeterNumber;
use serde_json::json;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

/// More than this is no token's file.
const MOST_BYTES: u64 = 4_096;

pub(super) fn run(args: &DeliverToken, setup: &Setup) -> Ended {
    let how = &args.how;
    if !args.stray.is_empty() {
        // the digits are not repeated
        eprintln!(
            "calinmeter: a token is no argument, for others can see it there: type it when it is \
             asked for, or name its file with --token-file"
        );
        return Ok(End::Usage);
    }
    let meter = MeterNumber::parse(&args.meter)
        .with_context(|| format!("\"{}\" is no meter number", args.meter))?;
    let intent = ask::intent(how)?;
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let store = desk.intake.store().clone();
        let who = identity::known(setup, &People::new(store.clone())).await?;
        let token = token(args.token_file.as_deref())?;
        let commands = if how.dry_run {
            office::counter(setup, &desk.intake)?
        } else {
            office::open(setup, &desk.intake)?
        };
        let request = Request {
            meter: meter.clone(),
            kind: Kind::DeliverToken.word().to_owned(),
            args: json!({ "token": token.reveal(), "purpose": args.purpose }),
            reason: how.reason.clone(),
            who,
            intent: Some(intent.clone()),
        };
        let asked = commands.request(vec![request], how.dry_run).await;
        let asked = asked.map_err(|denied| anyhow!(super::said(&denied)))?;
        let mut parts: Vec<Part> = asked
            .into_iter()
            .map(|came| Part::of(meter.clone(), came))
            .collect();
        if !how.dry_run {
            sending::warn(&store, &ask::ids(&parts)).await?;
        }
        if let Some(most) = how.wait {
            wait::until_ended(&store, &mut parts, Duration::from_secs(most)).await?;
        }
        let waited = how.wait.is_some();
        print(&said(&parts, how.json, &intent, how.dry_run, waited)?)?;
        let done = parts.iter().all(|part| part.is_done(waited));
        Ok(if done { End::Done } else { End::Partly })
    })
}

fn said(
    parts: &[Part],
    as_json: bool,
    intent: &str,
    tried: bool,
    waited: bool,
) -> anyhow::Result<String> {
    if as_json {
        let document = json!({
            "intent": intent,
            "kind": Kind::DeliverToken.word(),
            "dry_run": tried,
            "items": parts.iter().map(Part::object).collect::<Vec<_>>(),
            "left": 0,
        });
        return Ok(serde_json::to_string_pretty(&document)? + "\n");
    }
    if tried {
        let all: Vec<&Part> = parts.iter().collect();
        return Ok(plan::table(&all) + "Nothing was written down: this was tried only.\n");
    }
    Ok(ask::finished(parts, waited))
}

/// The token's digits, from a file or as they are typed.
fn token(file: Option<&Path>) -> anyhow::Result<Secret> {
    let text = match file {
        None => identity::typed("Token: ")?,
        Some(file) => {
            let cannot = || format!("{} cannot be read", file.display());
            let mut text = String::new();
            let opened = std::fs::File::open(file).with_context(cannot)?;
            let mut opened = opened.take(MOST_BYTES);
            opened.read_to_string(&mut text).with_context(cannot)?;
            text
        }
    };
    Ok(Secret::new(text.trim()))
}
