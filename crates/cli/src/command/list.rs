//! `calinmeter command list`.

use crate::args::command::List;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{age, clock, open_store, to_the_end};
use crate::setup::Setup;
use crate::{Ended, pages};
use anyhow::Context;
use catalogue::Lang;
use fleet::{MeterNumber, Moment};
use store::{Command, CommandFilter};

pub(super) fn run(args: &List, setup: &Setup, lang: Lang) -> Ended {
    let meter = match &args.meter {
        None => None,
        Some(text) => Some(
            MeterNumber::parse(text).with_context(|| format!("\"{text}\" is no meter number"))?,
        ),
    };
    let filter = CommandFilter {
        meter,
        site: args.site.clone(),
        state: args.state.clone(),
        kind: args.kind.clone(),
        open: args.open,
        before: None,
    };
    to_the_end(async {
        let store = open_store(setup).await?;
        if args.json {
            let query = [
                ("meter", args.meter.as_deref()),
                ("site", args.site.as_deref()),
                ("state", args.state.as_deref()),
                ("kind", args.kind.as_deref()),
                ("open", args.open.then_some("true")),
            ];
            return pages::json(store, "/api/v1/commands", &query, args.limit, lang).await;
        }
        let limit = args.limit as usize;
        let mut commands = store.commands(&filter, limit + 1).await?;
        let more = commands.len() > limit;
        commands.truncate(limit);
        print(&text(&commands, more, limit, clock().now()))?;
        Ok(End::Done)
    })
}

fn text(commands: &[Command], more: bool, limit: usize, now: Moment) -> String {
    if commands.is_empty() {
        return "No command fits.\n".to_owned();
    }
    let line = |command: &Command| {
        vec![
            command.id.to_string(),
            command.kind.clone(),
            command.stand.state.clone(),
            age(command.stand.since, now),
            command.who.clone(),
            command.second.clone().unwrap_or_default(),
            command.outcome.clone().unwrap_or_default(),
        ]
    };
    let lines: Vec<Vec<String>> = commands.iter().map(line).collect();
    let head = [
        "COMMAND", "KIND", "STATE", "FOR", "ASKED BY", "SECOND", "SAID",
    ];
    let mut out = aligned(&head, &lines);
    if more {
        out += &format!("There are more: --limit shows more than {limit}.\n");
    }
    out
}
