//! What others hear of a command: the audit and the endpoints.

use super::Hook;
use fleet::Moment;
use serde_json::{Value, json};
use store::{Command, NewAudit, NewMessage};

/// Stands for the id of a command that has none yet.
pub(super) const ID: &str = "{command}";

/// A command has ended, by itself.
pub(super) fn ended(command: &Command, now: Moment) -> NewAudit {
    line(
        command,
        &command.id.to_string(),
        "desk",
        "desk",
        &command.stand.state,
        now,
    )
}

/// Somebody did something about a command.
pub(super) fn line(
    command: &Command,
    id: &str,
    who: &str,
    via: &str,
    what: &str,
    now: Moment,
) -> NewAudit {
    let detail = json!({
        "command": id,
        "kind": command.kind,
        "args": args(command),
        "asked_by": command.who,
        "reason": command.reason,
        "state": command.stand.state,
        "outcome": command.outcome,
        "second": command.second,
    });
    NewAudit {
        site: command.site.clone().unwrap_or_default(),
        at: now,
        who: who.to_owned(),
        via: via.to_owned(),
        what: format!("command {what}"),
        subject: command.id.meter.to_string(),
        detail: detail.to_string(),
    }
}

/// What the endpoints are told of where a command stands now.
pub(super) fn messages(command: &Command, now: Moment, hooks: &[Hook]) -> Vec<NewMessage> {
    messages_about(command, &command.id.to_string(), now, hooks)
}

/// Likewise, under this id.
pub(super) fn messages_about(
    command: &Command,
    id: &str,
    now: Moment,
    hooks: &[Hook],
) -> Vec<NewMessage> {
    if hooks.is_empty() {
        return Vec::new();
    }
    let kind = format!("command.{}", command.stand.state);
    let wanting = hooks.iter().filter(|hook| (hook.wants)(&kind));
    let mut body = None;
    wanting
        .map(|hook| NewMessage {
            endpoint: hook.endpoint.clone(),
            kind: kind.clone(),
            meter: Some(command.id.meter.clone()),
            at: now,
            body: body.get_or_insert_with(|| about(command, id)).clone(),
        })
        .collect()
}

fn about(command: &Command, id: &str) -> String {
    let body = json!({
        "id": id,
        "meter": command.id.meter.as_str(),
        "site": command.site,
        "kind": command.kind,
        "args": args(command),
        "state": command.stand.state,
        "outcome": command.outcome,
        "asked_by": command.who,
        "reason": command.reason,
        "since": command.stand.since.0,
    });
    body.to_string()
}

fn args(command: &Command) -> Value {
    serde_json::from_str(&command.args).unwrap_or(Value::Null)
}
