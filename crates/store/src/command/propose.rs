//! New commands.

use super::moves::{Move, apply};
use super::tokens::{self, NewToken};
use super::{CommandId, Stand};
use crate::chain::{NewAudit, chain};
use crate::error::StoreError;
use crate::message::NewMessage;
use crate::messages::post;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::{MeterNumber, Moment};
use std::collections::BTreeMap;

/// A command to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCommand {
    /// The meter.
    pub meter: MeterNumber,
    /// The kind's word.
    pub kind: String,
    /// What it carries: JSON, of a token only its last digits.
    pub args: String,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub who: String,
    /// By which door.
    pub via: String,
    /// The requester's own name for it: the same name gives the same command.
    pub intent: Option<String>,
    /// What is asked, in short: the same name for something else is a clash.
    pub digest: String,
    /// The meter's site.
    pub site: Option<String>,
    /// The head-end that will send it.
    pub head_end: String,
    /// Whether it changes something at the meter.
    pub physical: bool,
    /// Whether it may move the relay.
    pub relay: bool,
    /// Whether it may darken a home.
    pub darkens: bool,
    /// The higher goes first.
    pub priority: u8,
    /// When it is asked for.
    pub at: Moment,
    /// Where it stands at first.
    pub stand: Stand,
    /// What was known of the meter: JSON.
    pub before: Option<String>,
    /// How it stands or ended, one sentence.
    pub said: Option<String>,
    /// Unsent ones whose place it takes, should it be new.
    pub replaces: Vec<Move>,
    /// A token that somebody brings.
    pub token: Option<NewToken>,
    /// What goes into the audit with it; `{command}` stands for its id there.
    pub audit: Vec<NewAudit>,
    /// What others are told of it; likewise.
    pub messages: Vec<NewMessage>,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// It is written down.
    New(CommandId),
    /// It was written down before, under the same name.
    Same(CommandId),
    /// Something else was asked for under this name.
    Clash(CommandId),
}

impl Proposed {
    /// The command it is about.
    pub fn id(&self) -> &CommandId {
        match self {
            Self::New(id) | Self::Same(id) | Self::Clash(id) => id,
        }
    }
}

/// Where the id goes that is not known before.
const ID: &str = "{command}";

const COMMAND: &[(&str, Kind)] = &[
    ("meter", Text),
    ("id", Int),
    ("kind", Text),
    ("args", Text),
    ("reason", Text),
    ("who", Text),
    ("via", Text),
    ("intent", Text),
    ("digest", Text),
    ("site", Text),
    ("head_end", Text),
    ("physical", Int),
    ("relay", Int),
    ("darkens", Int),
    ("priority", Int),
    ("at", Int),
    ("state", Text),
    ("since", Int),
    ("deadline", Int),
    ("queue_until", Int),
    ("before", Text),
    ("outcome", Text),
];
const INSERT: &str = "INSERT INTO command (meter, id, kind, args, reason, who, via, intent, \
    digest, site, head_end, physical, relay, darkens, priority, at, state, since, deadline, \
    queue_until, before, outcome, rev, taken) SELECT meter, id, kind, args, reason, who, via, \
    intent, digest, site, head_end, physical, relay, darkens, priority, at, state, since, \
    deadline, queue_until, before, outcome, 0, 0 FROM rows";
const EVENT: &str = "INSERT INTO command_event (meter, command, rev, at, event, state, who, said) \
    SELECT meter, id, 0, at, 'propose', state, who, outcome FROM rows";
const INTENT: &[(&str, Kind)] = &[("meter", Text), ("intent", Text)];
const KNOWN: &str = "SELECT c.meter, c.intent, c.id, c.digest FROM rows CROSS JOIN command c \
    WHERE c.meter = rows.meter AND c.intent = rows.intent";

/// A meter, and the requester's own name for a command there.
type Name = (MeterNumber, String);
/// What is known under a name.
type Intents = BTreeMap<Name, (i64, String)>;

impl Store {
    /// Writes commands down, in one durable step; what becomes of each, in their order. The same
    /// name twice in one call counts like twice in two.
    pub async fn propose(&self, new: &[NewCommand]) -> Result<Vec<Proposed>, StoreError> {
        if new.is_empty() {
            return Ok(Vec::new());
        }
        again(|| self.propose_once(new)).await
    }

    /// What was written down under these names before: the command, and what it was in short.
    pub async fn asked_before(
        &self,
        names: &[(MeterNumber, String)],
    ) -> Result<BTreeMap<(MeterNumber, String), (CommandId, String)>, StoreError> {
        let mut rows = Rows::new(INTENT);
        for (meter, intent) in names {
            rows.push(args![meter, intent]);
        }
        let mut session = self.read("look for what was asked before").await?;
        let known = session.bulk_rows(rows, KNOWN, known).await?;
        let found = known
            .into_iter()
            .map(|((meter, intent), (number, digest))| {
                let id = CommandId {
                    meter: meter.clone(),
                    number,
                };
                ((meter, intent), (id, digest))
            });
        Ok(found.collect())
    }

    async fn propose_once(&self, new: &[NewCommand]) -> Result<Vec<Proposed>, StoreError> {
        let mut session = self.write("write commands down").await?;
        let names = new.iter().filter(|one| one.intent.is_some());
        let alone = names.map(|one| format!("intents {}", one.meter)).collect();
        session.alone(alone).await?;
        let mut known = intents(&mut session, new).await?;
        let ids = session.ids("command", new.len()).await?;
        let (mut rows, mut out) = (Rows::new(COMMAND), Vec::new());
        let (mut replaced, mut brought) = (Vec::new(), Vec::new());
        let (mut audit, mut messages) = (Vec::new(), Vec::new());
        for (one, number) in new.iter().zip(ids) {
            let name = one.intent.clone().map(|name| (one.meter.clone(), name));
            let id = |number| CommandId {
                meter: one.meter.clone(),
                number,
            };
            if let Some((before, digest)) = name.as_ref().and_then(|name| known.get(name)) {
                let same = *digest == one.digest;
                let before = id(*before);
                out.push(if same {
                    Proposed::Same(before)
                } else {
                    Proposed::Clash(before)
                });
                continue;
            }
            if let Some(name) = name {
                known.insert(name, (number, one.digest.clone()));
            }
            rows.push(cells(one, number));
            replaced.extend(one.replaces.iter().cloned());
            let name = id(number).to_string();
            audit.extend(one.audit.iter().map(|line| NewAudit {
                detail: line.detail.replace(ID, &name),
                ..line.clone()
            }));
            messages.extend(one.messages.iter().map(|message| NewMessage {
                body: message.body.replace(ID, &name),
                ..message.clone()
            }));
            brought.extend(one.token.as_ref().map(|token| (id(number), token)));
            out.push(Proposed::New(id(number)));
        }
        session.bulk(rows.clone(), INSERT).await?;
        session.bulk(rows, EVENT).await?;
        apply(&mut session, &replaced).await?;
        tokens::keep(&mut session, &brought).await?;
        chain(&mut session, &audit).await?;
        post(&mut session, &messages).await?;
        session.commit().await?;
        Ok(out)
    }
}

async fn intents(session: &mut Session, new: &[NewCommand]) -> Result<Intents, StoreError> {
    let mut rows = Rows::new(INTENT);
    for one in new.iter().filter(|one| one.intent.is_some()) {
        rows.push(args![&one.meter, &one.intent]);
    }
    Ok(session
        .bulk_rows(rows, KNOWN, known)
        .await?
        .into_iter()
        .collect())
}

/// A name, and what is known under it.
fn known(cells: &mut Cells<'_>) -> Result<(Name, (i64, String)), sqlx::Error> {
    let name = (cells.meter()?, cells.text()?);
    Ok((name, (cells.int()?, cells.text()?)))
}

fn cells(one: &NewCommand, number: i64) -> Vec<Arg> {
    let stand = &one.stand;
    args![
        &one.meter,
        number,
        &one.kind,
        &one.args,
        &one.reason,
        &one.who,
        &one.via,
        &one.intent,
        &one.digest,
        &one.site,
        &one.head_end,
        one.physical,
        one.relay,
        one.darkens,
        one.priority,
        one.at,
        &stand.state,
        stand.since,
        stand.deadline,
        stand.queue_until,
        &one.before,
        &one.said,
    ]
}
