//! A command as programs read it.

use crate::run::iso;
use serde_json::{Value, json};
use store::{Command, CommandEvent};

pub(super) fn object(command: &Command) -> Value {
    let parsed = |text: &Option<String>| {
        let text = text.as_deref()?;
        Some(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
    };
    json!({
        "id": command.id.to_string(),
        "meter": command.id.meter.as_str(),
        "site": command.site,
        "head_end": command.head_end,
        "kind": command.kind,
        "args": parsed(&Some(command.args.clone())),
        "state": command.stand.state,
        "since": iso(command.stand.since),
        "until": command.stand.deadline.map(iso),
        "open": command.stand.deadline.is_some(),
        "said": command.outcome,
        "reason": command.reason,
        "asked_by": command.who,
        "via": command.via,
        "at": iso(command.at),
        "darkens": command.darkens,
        "second": command.second,
        "sent_at": command.stand.sent_at.map(iso),
        "task": command.task,
        "before": parsed(&command.before),
        "proof": parsed(&command.proof),
    })
}

pub(super) fn event(event: &CommandEvent) -> Value {
    json!({
        "at": iso(event.at),
        "event": event.event,
        "state": event.state,
        "who": event.who,
        "said": event.said,
    })
}
