//! `GET /api/v1/commands` and `GET /api/v1/commands/{id}`.

use super::item::List;
use super::lists::{limit, place, vocabulary};
use super::wish::flag;
use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::paging::{self, CommandPlace};
use crate::reads;
use crate::time::iso;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use store::{Command, CommandEvent, CommandFilter, CommandId};

/// A command; `id` and `state` are the contract's.
#[derive(Serialize)]
pub(super) struct CommandItem {
    id: String,
    state: String,
    meter: String,
    site: Option<String>,
    kind: String,
    /// Of a token only its last digits.
    args: Value,
    reason: String,
    asked_by: String,
    via: String,
    asked_at: Option<String>,
    /// Why it stands where it stands, or how it ended.
    said: Option<String>,
    since: Option<String>,
    /// Until when it may stand there; nothing where nothing more is done about it.
    until: Option<String>,
    second: Option<String>,
    darkens: bool,
    physical: bool,
    head_end: String,
    task: Option<String>,
    sent_at: Option<String>,
}

/// A command with everything that happened to it.
#[derive(Serialize)]
pub(super) struct CommandStory {
    #[serde(flatten)]
    item: CommandItem,
    /// The time zone of its site: the moments here are UTC.
    zone: Option<String>,
    /// What was known before it was sent.
    before: Value,
    /// How it was proved.
    proof: Value,
    events: Vec<EventItem>,
}

#[derive(Serialize)]
struct EventItem {
    at: Option<String>,
    event: String,
    state: String,
    /// Who did it; nothing where the desk did.
    who: Option<String>,
    said: Option<String>,
}

/// `/api/v1/commands`.
pub(super) async fn list(desk: &State, asked: &Asked) -> Result<List<CommandItem>, Fail> {
    let limit = limit(asked)?;
    let meter = asked.get("meter").map(reads::meter_number).transpose();
    let filter = CommandFilter {
        meter: meter.map_err(|_| {
            let said = "meter is a number of at most 12 digits";
            Fail::Param("meter", said.to_owned())
        })?,
        site: asked.owned("site"),
        state: vocabulary(
            asked,
            "state",
            commands::State::all().map(commands::State::word),
        )?,
        kind: vocabulary(
            asked,
            "kind",
            commands::Kind::all().map(commands::Kind::word),
        )?,
        open: flag(asked, "open")?,
        before: place(asked, CommandPlace::read)?,
    };
    let commands = desk.store.commands(&filter, limit + 1).await?;
    let (commands, next) = paging::cut(commands, limit, CommandPlace::of);
    let items = commands.into_iter().map(CommandItem::of).collect();
    Ok(List { items, next })
}

/// `/api/v1/commands/{id}`.
pub(super) async fn one(desk: &State, text: &str) -> Result<CommandStory, Fail> {
    let id = command_id(text)?;
    let (command, events) = desk
        .store
        .command(&id)
        .await?
        .ok_or_else(|| missing(text))?;
    let zone = match &command.site {
        Some(site) => {
            let sites = desk.store.sites().await?;
            let here = sites.into_iter().find(|one| one.id.as_str() == site);
            here.and_then(|site| site.zone)
        }
        None => None,
    };
    Ok(CommandStory {
        zone,
        before: json(command.before.as_deref()),
        proof: json(command.proof.as_deref()),
        events: events.into_iter().map(EventItem::of).collect(),
        item: CommandItem::of(command),
    })
}

/// The id in a path.
pub(super) fn command_id(text: &str) -> Result<CommandId, Fail> {
    CommandId::parse(text).ok_or_else(|| missing(text))
}

fn missing(text: &str) -> Fail {
    let shown: String = text.chars().take(40).collect();
    Fail::said(
        StatusCode::NOT_FOUND,
        format!("there is no command {shown}"),
    )
}

impl CommandItem {
    fn of(command: Command) -> Self {
        Self {
            id: command.id.to_string(),
            state: command.stand.state,
            meter: command.id.meter.to_string(),
            site: command.site,
            kind: command.kind,
            args: json(Some(&command.args)),
            reason: command.reason,
            asked_by: command.who,
            via: command.via,
            asked_at: iso(command.at),
            said: command.outcome,
            since: iso(command.stand.since),
            until: command.stand.deadline.and_then(iso),
            second: command.second,
            darkens: command.darkens,
            physical: command.physical,
            head_end: command.head_end,
            task: command.task,
            sent_at: command.stand.sent_at.and_then(iso),
        }
    }
}

impl EventItem {
    fn of(event: CommandEvent) -> Self {
        Self {
            at: iso(event.at),
            event: event.event,
            state: event.state,
            who: event.who,
            said: event.said,
        }
    }
}

/// What is kept as JSON.
pub(super) fn json(kept: Option<&str>) -> Value {
    kept.and_then(|kept| serde_json::from_str(kept).ok())
        .unwrap_or_default()
}
