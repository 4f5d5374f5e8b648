//! `calinmeter command list`.

use super::json;
use crate::Ended;
use crate::args::command::List;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{age, clock, open_store, to_the_end};
use crate::setup::Setup;
use anyhow::Context;
use fleet::{MeterNumber, Moment};
use serde_json::Value;
use store::{Command, CommandFilter};

pub(super) fn run(args: &List, setup: &Setup) -> Ended {
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
        let mut commands = store
            .commands(&filter, args.limit.saturating_add(1))
            .await?;
        let more = commands.len() > args.limit;
        commands.truncate(args.limit);
        let text = if args.json {
            let items: Vec<Value> = commands.iter().map(json::object).collect();
            let next = commands.last().filter(|_| more).map(|last| last.id.number);
            let document = serde_json::json!({ "items": items, "next": next });
            serde_json::to_string_pretty(&document)? + "\n"
        } else {
            text(&commands, more, args.limit, clock().now())
        };
        print(&text)?;
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
