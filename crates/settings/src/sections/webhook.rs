//! `[[webhook]]`: who is told what happened.

use crate::check;
use crate::given::Given;
use crate::key::{Key, Slot, instead, quoted, short};
use crate::reader::{Reader, Section};
use crate::secret_at::SecretAt;
use std::ops::Range;
use toml::de::DeTable;

/// More patterns than there are kinds of events are none.
const MOST_EVENTS: usize = 50;
const EVENTS_WANTED: &str = "a list of kinds such as [\"command.*\"] or [\"command.verified\"]";

/// One endpoint. Its secret is named, not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Your name for it; messages are kept under it.
    pub name: String,
    /// Where it is, with its path.
    pub url: String,
    /// Where its secret is; there in every endpoint that was read.
    pub secret: Option<SecretAt>,
    /// Which kinds of events it wants; a star stands for the rest of a kind.
    pub events: Vec<String>,
}

impl Default for Webhook {
    /// An endpoint of which nothing is said yet but the defaults.
    fn default() -> Self {
        Self {
            name: String::new(),
            url: String::new(),
            secret: None,
            events: vec!["command.*".to_owned()],
        }
    }
}

impl Webhook {
    pub(crate) fn read(reader: &mut Reader, at: &Range<usize>, table: &DeTable) -> Self {
        let mut read = Self::default();
        reader.table("webhook", at, table, &[], &mut read);
        reader.once("webhook.name", &read.name, at, table);
        read
    }
}

impl Section for Webhook {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "name",
            Slot::Text(check::id, |hook| &mut hook.name),
            "Your name for who is told; what it has not heard yet is kept under it.",
        )
        .like("\"billing\""),
        Key::<Self>::new(
            "url",
            Slot::Text(check::page, |hook| &mut hook.url),
            "Where it is told, with the path. Only this file names it, so any network is allowed.",
        )
        .like("\"https://billing.example.org/calinmeter\""),
        Key::<Self>::new(
            "secret_file",
            Slot::SecretFile(|hook| &mut hook.secret),
            "The file with the secret that signs it, whsec_ and base64; a second line while it changes.",
        )
        .like("\"secrets/billing-webhook\""),
        Key::<Self>::new(
            "secret_env",
            Slot::SecretVariable(|hook| &mut hook.secret),
            "",
        )
        .like("\"BILLING_WEBHOOK_SECRET\"")
        .or(),
        Key::<Self>::new(
            "events",
            Slot::Own(put_events, |hook| Some(show_events(&hook.events))),
            "What it is told: kinds of events, where a star stands for the rest; [\"*\"] is everything.",
        ),
    ];
    const NEEDED: &'static [&'static [&'static str]] =
        &[&["name"], &["url"], &["secret_file", "secret_env"]];
}

fn put_events(hook: &mut Webhook, given: Given) -> Result<(), String> {
    let Given::List(list) = given else {
        return Err(instead(given, EVENTS_WANTED));
    };
    let mut events = Vec::new();
    for one in list.iter().take(MOST_EVENTS + 1) {
        let Given::Text(text) = Given::of(one.get_ref()) else {
            return Err(format!("write {EVENTS_WANTED}"));
        };
        check::events(text)
            .map_err(|()| format!("\"{}\" names no events: write {EVENTS_WANTED}", short(text)))?;
        events.push(text.to_owned());
    }
    if events.is_empty() || events.len() > MOST_EVENTS {
        return Err(format!("write 1 to {MOST_EVENTS} kinds, {EVENTS_WANTED}"));
    }
    hook.events = events;
    Ok(())
}

fn show_events(events: &[String]) -> String {
    let events: Vec<String> = events.iter().map(|kind| quoted(kind)).collect();
    format!("[{}]", events.join(", "))
}
