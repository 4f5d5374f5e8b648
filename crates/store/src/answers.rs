//! Raw answers: kept before anybody interprets them, and never changed.

use crate::command::{Move, Moved, shift};
use crate::error::StoreError;
use crate::kept::{AnswerId, NewAnswer, StoredAnswer};
use crate::settle::free;
use crate::slot::{SlotChange, SlotId};
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::MeterNumber;

/// A row of raw answers.
const ANSWER: &[(&str, Kind)] = &[
    ("id", Int),
    ("meter", Text),
    ("at", Int),
    ("source", Text),
    ("asked", Text),
    ("body", Text),
    ("slot", Int),
];

/// A row of what is not settled yet.
const PENDING: &[(&str, Kind)] = &[("id", Int), ("meter", Text), ("at", Int)];

/// What is read of an answer `a`, with its problem `p` and its place `w` among the waiting ones.
const COLUMNS: &str = "a.id, a.at, a.source, a.meter, a.asked, a.body, a.slot, p.problem, w.id \
    FROM answer a LEFT JOIN answer_problem p ON p.id = a.id AND p.meter = a.meter \
    LEFT JOIN answer_pending w ON w.id = a.id AND w.meter = a.meter AND w.at = a.at";

/// Inserts answers within a transaction, and frees their slots.
async fn insert(session: &mut Session, answers: &[NewAnswer]) -> Result<Vec<i64>, StoreError> {
    let ids = session.ids("answer", answers.len()).await?;
    let mut rows = Rows::new(ANSWER);
    for (id, new) in ids.iter().zip(answers) {
        let slot = new.slot.map(|slot| slot.0);
        rows.push(args![
            *id,
            meter(new),
            new.at,
            &new.source,
            &new.asked,
            &new.body,
            slot
        ]);
    }
    let then = "INSERT INTO answer (id, meter, at, source, asked, body, slot) \
                SELECT id, meter, at, source, asked, body, slot FROM rows";
    session.bulk(rows, then).await?;
    let slots = answers.iter().filter_map(|answer| answer.slot.as_ref());
    free(session, slots).await?;
    Ok(ids)
}

/// Keeps answers within a transaction: they wait to be interpreted.
pub(crate) async fn keep(
    session: &mut Session,
    answers: &[NewAnswer],
) -> Result<Vec<AnswerId>, StoreError> {
    if answers.is_empty() {
        return Ok(Vec::new());
    }
    let ids = insert(session, answers).await?;
    let mut pending = Rows::new(PENDING);
    for (id, new) in ids.iter().zip(answers) {
        pending.push(args![*id, meter(new), new.at]);
    }
    let then = "INSERT INTO answer_pending (id, meter, at) SELECT id, meter, at FROM rows";
    session.bulk(pending, then).await?;
    Ok(ids.into_iter().map(AnswerId).collect())
}

/// Keeps what became of acts within a transaction, and moves their commands; who is to hear of it is
/// told later.
pub(crate) async fn keep_acts(
    session: &mut Session,
    answers: &[NewAnswer],
    changes: &[SlotChange],
    moves: &[Move],
) -> Result<Moved, StoreError> {
    if !answers.is_empty() {
        insert(session, answers).await?;
    }
    crate::slots::change(session, changes).await?;
    shift(session, moves).await
}

fn meter(answer: &NewAnswer) -> &str {
    answer.meter.as_ref().map_or("", MeterNumber::as_str)
}

/// The oldest that wait; naming the time lets PostgreSQL look into one month only.
const UNSETTLED: &str = "SELECT a.id, a.at, a.source, a.meter, a.asked, a.body, a.slot, \
    p.problem, w.id FROM answer_pending w \
    JOIN answer a ON a.id = w.id AND a.meter = w.meter AND a.at = w.at \
    LEFT JOIN answer_problem p ON p.id = w.id AND p.meter = w.meter ORDER BY w.id LIMIT $1";

impl Store {
    /// Keeps answers in one durable step: once this returns they survive whatever happens to the
    /// program. The slots they came through are free with it: nothing of theirs is under way.
    pub async fn keep(&self, answers: &[NewAnswer]) -> Result<Vec<AnswerId>, StoreError> {
        if answers.is_empty() {
            return Ok(Vec::new());
        }
        self.ready_months("answer", answers.iter().map(|answer| answer.at))
            .await?;
        let mut session = self.write("keep answers").await?;
        let ids = keep(&mut session, answers).await?;
        session.commit().await?;
        Ok(ids)
    }

    /// Keeps what became of acts and moves their commands, in one durable step; for each command
    /// whether it stood where it was seen. There is nothing to interpret in these answers.
    pub async fn keep_acts(
        &self,
        answers: &[NewAnswer],
        changes: &[SlotChange],
        moves: &[Move],
    ) -> Result<Vec<bool>, StoreError> {
        self.ready_months("answer", answers.iter().map(|answer| answer.at))
            .await?;
        again(|| async {
            let mut session = self.write("keep what became of commands").await?;
            let shifted = keep_acts(&mut session, answers, changes, moves).await?;
            shifted.tell(&mut session).await?;
            session.commit().await?;
            Ok(shifted.taken)
        })
        .await
    }

    /// Answers that nobody has interpreted yet, oldest first.
    pub async fn unsettled(&self, limit: usize) -> Result<Vec<StoredAnswer>, StoreError> {
        let mut session = self.read("read what is not settled").await?;
        session
            .rows(UNSETTLED, vec![Arg::limit(limit)], stored)
            .await
    }

    /// A meter's answers, newest first; those older than `before` where it is given.
    pub async fn answers(
        &self,
        meter: &MeterNumber,
        before: Option<AnswerId>,
        limit: usize,
    ) -> Result<Vec<StoredAnswer>, StoreError> {
        let mut session = self.read("list a meter's answers").await?;
        let before = before.map_or(i64::MAX, |id| id.0);
        let sql = format!(
            "SELECT {COLUMNS} WHERE a.meter = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3"
        );
        session
            .rows(
                sql,
                vec![meter.into(), before.into(), Arg::limit(limit)],
                stored,
            )
            .await
    }

    /// One answer.
    pub async fn answer(&self, id: AnswerId) -> Result<Option<StoredAnswer>, StoreError> {
        let mut session = self.read("look an answer up").await?;
        let sql = format!("SELECT {COLUMNS} WHERE a.id = $1");
        session.first(sql, args![id.0], stored).await
    }
}

fn stored(cells: &mut Cells<'_>) -> Result<StoredAnswer, sqlx::Error> {
    Ok(StoredAnswer {
        id: AnswerId(cells.int()?),
        answer: NewAnswer {
            at: cells.moment()?,
            source: cells.text()?,
            meter: cells.meter_or_none()?,
            asked: cells.text()?,
            body: cells.text()?,
            slot: cells.maybe_int()?.map(SlotId),
        },
        problem: cells.maybe_text()?,
        settled: cells.maybe_int()?.is_none(),
    })
}
