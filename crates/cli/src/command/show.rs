//! `calinmeter command show`: one command with everything that happened to it.

use super::{id, sending};
use crate::args::command::Show;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{iso, open_store, to_the_end};
use crate::setup::Setup;
use crate::{Ended, pages};
use anyhow::bail;
use catalogue::Lang;
use serde_json::{Map, Value};
use store::{Command, CommandEvent};

pub(super) fn run(args: &Show, setup: &Setup, lang: Lang) -> Ended {
    let id = id(&args.id)?;
    to_the_end(async {
        let store = open_store(setup).await?;
        let Some((command, events)) = store.command(&id).await? else {
            bail!("there is no command {id}: calinmeter command list shows them");
        };
        if args.json {
            return pages::json(store, &format!("/api/v1/commands/{id}"), &[], 1, lang).await;
        }
        print(&text(&command, &events))?;
        sending::warn(&store, &[id]).await?;
        Ok(End::Done)
    })
}

fn text(command: &Command, events: &[CommandEvent]) -> String {
    let stand = &command.stand;
    let site = command.site.as_deref().unwrap_or("no site");
    let mut lines = vec![
        ("command", format!("{} {}", command.id, command.kind)),
        ("at", format!("{site}, head-end {}", command.head_end)),
        ("carries", args(&command.args)),
        (
            "asked",
            format!(
                "by {} ({}), {}: {}",
                command.who,
                command.via,
                iso(command.at),
                command.reason
            ),
        ),
        (
            "state",
            format!("{} since {}", stand.state, iso(stand.since)),
        ),
        ("says", command.outcome.clone().unwrap_or_default()),
        ("until", stand.deadline.map(iso).unwrap_or_default()),
    ];
    if command.darkens {
        let second = command.second.clone();
        let second = second.map_or_else(
            || "nobody agreed".to_owned(),
            |name| format!("{name} agreed"),
        );
        lines.push((
            "darkens",
            format!("a home may lose its supply by it; {second}"),
        ));
    }
    lines.push(("sent", stand.sent_at.map(iso).unwrap_or_default()));
    lines.push(("task", command.task.clone().unwrap_or_default()));
    lines.push(("before", command.before.clone().unwrap_or_default()));
    lines.push(("proof", command.proof.clone().unwrap_or_default()));
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    let about: String = lines
        .map(|(name, text)| format!("{name:<8} {text}\n"))
        .collect();
    let line = |event: &CommandEvent| {
        vec![
            iso(event.at),
            event.event.clone(),
            event.state.clone(),
            event.who.clone().unwrap_or_default(),
            event.said.clone().unwrap_or_default(),
        ]
    };
    let story: Vec<Vec<String>> = events.iter().map(line).collect();
    about + "\n" + &aligned(&["WHEN", "EVENT", "STATE", "WHO", "SAID"], &story)
}

/// `{"watts": 2000}` as `watts 2000`.
fn args(text: &str) -> String {
    let fields: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let field = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("{name} {text}"),
        other => format!("{name} {other}"),
    };
    fields.iter().map(field).collect::<Vec<_>>().join(", ")
}
