//! Moving commands: from the revision that was seen, or not at all.

use super::{CommandId, Stand, row};
use crate::chain::{NewAudit, chain};
use crate::error::StoreError;
use crate::message::NewMessage;
use crate::messages::post;
use crate::rounds::rounds;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::Moment;
use std::collections::BTreeSet;

/// One step of a command, with what becomes known by it. What is left out stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The command.
    pub id: CommandId,
    /// The revision that was seen.
    pub rev: i64,
    /// What happened, in the desk's word.
    pub event: String,
    /// Where it stands then.
    pub stand: Stand,
    /// When it happened.
    pub at: Moment,
    /// Who did it; nothing where the desk did.
    pub who: Option<String>,
    /// One sentence; it is also how the command stands or ended.
    pub said: Option<String>,
    /// The second person, where this is his word.
    pub second: Option<String>,
    /// The newest task that is known before it is sent.
    pub mark: Option<String>,
    /// Its task.
    pub task: Option<String>,
    /// What is known before it is sent: JSON.
    pub before: Option<String>,
    /// How it was proved: JSON.
    pub proof: Option<String>,
    /// Whether it has ended for good: its token is forgotten then.
    pub ends: bool,
    /// Whether whoever works on it has to look at it anew: somebody else moved it.
    pub anew: bool,
    /// When its task was dispatched.
    pub dispatched_at: Option<Moment>,
    /// What goes into the audit with it.
    pub audit: Vec<NewAudit>,
    /// What others are told of it.
    pub messages: Vec<NewMessage>,
}

const MOVE: &[(&str, Kind)] = &[
    ("meter", Text),
    ("id", Int),
    ("rev", Int),
    ("state", Text),
    ("since", Int),
    ("deadline", Int),
    ("queue_until", Int),
    ("sent_at", Int),
    ("second", Text),
    ("mark", Text),
    ("task", Text),
    ("before", Text),
    ("proof", Text),
    ("outcome", Text),
    ("anew", Int),
    ("dispatched_at", Int),
];
const EVENT: &[(&str, Kind)] = &[
    ("meter", Text),
    ("command", Int),
    ("rev", Int),
    ("at", Int),
    ("event", Text),
    ("state", Text),
    ("who", Text),
    ("said", Text),
];
const ID: &[(&str, Kind)] = &[("meter", Text), ("id", Int)];

const MOVE_THEN: &str = "UPDATE command SET rev = command.rev + 1, state = rows.state, \
    since = rows.since, deadline = rows.deadline, queue_until = rows.queue_until, \
    sent_at = rows.sent_at, second = COALESCE(rows.second, command.second), \
    mark = COALESCE(rows.mark, command.mark), task = COALESCE(rows.task, command.task), \
    before = COALESCE(rows.before, command.before), \
    proof = COALESCE(rows.proof, command.proof), \
    outcome = COALESCE(rows.outcome, command.outcome), \
    dispatched_at = COALESCE(rows.dispatched_at, command.dispatched_at), \
    taken = CASE WHEN rows.anew = 1 THEN 0 ELSE command.taken END \
    FROM rows WHERE command.meter = rows.meter AND command.id = rows.id \
    AND command.rev = rows.rev RETURNING command.meter, command.id";
const EVENT_THEN: &str = "INSERT INTO command_event (meter, command, rev, at, event, state, who, \
    said) SELECT meter, command, rev, at, event, state, who, said FROM rows";
const FORGET: &str = "UPDATE token SET sealed = NULL FROM rows WHERE token.meter = rows.meter \
    AND token.command = rows.id AND token.sealed IS NOT NULL";

impl Store {
    /// Moves commands, together or not at all; for each whether it stood where it was seen. One that
    /// somebody else has moved meanwhile stays where it is.
    pub async fn move_commands(&self, moves: &[Move]) -> Result<Vec<bool>, StoreError> {
        if moves.is_empty() {
            return Ok(Vec::new());
        }
        again(|| async {
            let mut session = self.write("move commands").await?;
            let taken = apply(&mut session, moves).await?;
            session.commit().await?;
            Ok(taken)
        })
        .await
    }
}

/// Moves commands within a transaction.
pub(crate) async fn apply(session: &mut Session, moves: &[Move]) -> Result<Vec<bool>, StoreError> {
    let shifted = shift(session, moves).await?;
    shifted.tell(session).await?;
    Ok(shifted.taken)
}

/// What moved, and what is still to be told of it.
pub(crate) struct Moved {
    /// For each move whether the command stood where it was seen.
    pub(crate) taken: Vec<bool>,
    audit: Vec<NewAudit>,
    messages: Vec<NewMessage>,
}

impl Moved {
    /// Tells the audit and whoever listens. Others may wait for the audit meanwhile: this comes last
    /// before the commit.
    pub(crate) async fn tell(&self, session: &mut Session) -> Result<(), StoreError> {
        chain(session, &self.audit).await?;
        post(session, &self.messages).await.map(drop)
    }
}

/// Moves commands within a transaction, and tells nobody yet.
pub(crate) async fn shift(session: &mut Session, moves: &[Move]) -> Result<Moved, StoreError> {
    let mut taken = vec![false; moves.len()];
    let (mut audit, mut messages) = (Vec::new(), Vec::new());
    let places: Vec<(usize, &Move)> = moves.iter().enumerate().collect();
    for round in rounds(places.iter(), |(_, one)| &one.id) {
        let mut rows = Rows::new(MOVE);
        for (_, one) in &round {
            rows.push(cells(one));
        }
        let done = session.bulk_rows(rows, MOVE_THEN, row::id).await?;
        let done: BTreeSet<CommandId> = done.into_iter().collect();
        let (mut events, mut ended) = (Rows::new(EVENT), Rows::new(ID));
        for (place, one) in round {
            if !done.contains(&one.id) {
                continue;
            }
            taken[*place] = true;
            events.push(event(one));
            audit.extend(one.audit.iter().cloned());
            messages.extend(one.messages.iter().cloned());
            if one.ends {
                ended.push(args![&one.id.meter, one.id.number]);
            }
        }
        session.bulk(events, EVENT_THEN).await?;
        session.bulk(ended, FORGET).await?;
    }
    Ok(Moved {
        taken,
        audit,
        messages,
    })
}

fn cells(one: &Move) -> Vec<crate::sql::Arg> {
    let stand = &one.stand;
    args![
        &one.id.meter,
        one.id.number,
        one.rev,
        &stand.state,
        stand.since,
        stand.deadline,
        stand.queue_until,
        stand.sent_at,
        &one.second,
        &one.mark,
        &one.task,
        &one.before,
        &one.proof,
        &one.said,
        one.anew,
        one.dispatched_at,
    ]
}

fn event(one: &Move) -> Vec<crate::sql::Arg> {
    args![
        &one.id.meter,
        one.id.number,
        one.rev + 1,
        one.at,
        &one.event,
        &one.stand.state,
        &one.who,
        &one.said,
    ]
}
