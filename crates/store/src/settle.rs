//! What follows from answers, kept together or not at all.

use crate::error::StoreError;
use crate::kept::{Latest, Settlement, Standing};
use crate::rounds::rounds;
use crate::slot::SlotId;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Kind, Rows, Session, again, args};
use crate::store::Store;
use crate::{AnswerId, RequestId, readings};
use fleet::Moment;

const IDS: &[(&str, Kind)] = &[("id", Int)];
const PROBLEM: &[(&str, Kind)] = &[("id", Int), ("problem", Text)];
const LATEST: &[(&str, Kind)] = &[
    ("meter", Text),
    ("item", Text),
    ("value", Text),
    ("at", Int),
    ("since", Int),
    ("answer", Int),
];
const STANDING: &[(&str, Kind)] = &[
    ("meter", Text),
    ("status", Text),
    ("ami_code", Int),
    ("slug", Text),
    ("class", Text),
    ("supply", Text),
    ("decision", Text),
    ("owner", Text),
    ("severity", Int),
    ("because", Text),
    ("observed_at", Int),
    ("since", Int),
    ("asked_at", Int),
    ("heard_at", Int),
    ("silent", Int),
];
const ENDED: &[(&str, Kind)] = &[("id", Int), ("outcome", Text), ("at", Int)];

/// A change is written down only where the value is another one and not an older one.
const OBSERVED: &str = "INSERT INTO observation (meter, at, item, value, answer) \
    SELECT r.meter, r.at, r.item, r.value, r.answer FROM rows r \
    LEFT JOIN latest l ON l.meter = r.meter AND l.item = r.item \
    WHERE l.meter IS NULL OR (l.value <> r.value AND l.at <= r.at)";

/// A value equal to the one there keeps its `since`; an older one changes nothing.
const LATEST_THEN: &str = "INSERT INTO latest (meter, item, value, at, since, answer) \
    SELECT meter, item, value, at, since, answer FROM rows WHERE true \
    ON CONFLICT (meter, item) DO UPDATE SET value = excluded.value, at = excluded.at, \
    since = CASE WHEN latest.value = excluded.value THEN latest.since ELSE excluded.since END, \
    answer = excluded.answer WHERE latest.at <= excluded.at";

/// When the meter was last asked and heard never goes back: others write it too.
const STANDING_THEN: &str = "INSERT INTO standing (meter, status, ami_code, slug, class, supply, \
    decision, owner, severity, because, observed_at, since, asked_at, heard_at, silent) \
    SELECT meter, status, ami_code, slug, class, supply, decision, owner, severity, because, \
    observed_at, since, asked_at, heard_at, silent FROM rows WHERE true \
    ON CONFLICT (meter) DO UPDATE SET status = excluded.status, ami_code = excluded.ami_code, \
    slug = excluded.slug, class = excluded.class, supply = excluded.supply, \
    decision = excluded.decision, owner = excluded.owner, severity = excluded.severity, \
    because = excluded.because, observed_at = excluded.observed_at, since = excluded.since, \
    asked_at = CASE WHEN standing.asked_at > COALESCE(excluded.asked_at, standing.asked_at - 1) \
    THEN standing.asked_at ELSE excluded.asked_at END, \
    heard_at = CASE WHEN standing.heard_at > COALESCE(excluded.heard_at, standing.heard_at - 1) \
    THEN standing.heard_at ELSE excluded.heard_at END, silent = excluded.silent";

impl Store {
    /// Keeps what follows from a batch of answers, together or not at all. Settling
    /// twice changes nothing.
    pub async fn settle(&self, settlement: &Settlement) -> Result<(), StoreError> {
        let observed = settlement.latest.iter().map(|latest| latest.at);
        self.ready_months("observation", observed).await?;
        let read = settlement.readings.iter().map(|reading| reading.at);
        self.ready_months("reading", read).await?;
        again(|| self.settle_once(settlement)).await?;
        self.learn_registers(&settlement.readings).await
    }

    async fn settle_once(&self, settlement: &Settlement) -> Result<(), StoreError> {
        let mut session = self.write("settle answers").await?;
        answered(&mut session, &settlement.settled).await?;
        latest(&mut session, &settlement.latest).await?;
        standings(&mut session, &settlement.standings).await?;
        crate::cases::change(&mut session, &settlement.cases).await?;
        requests(&mut session, &settlement.requests, settled_at(settlement)).await?;
        readings::keep(&mut session, self.registers(), &settlement.readings).await?;
        free(&mut session, settlement.freed.iter()).await?;
        session.commit().await
    }
}

/// When this is settled: as told, else the newest moment it speaks of.
fn settled_at(settlement: &Settlement) -> Moment {
    let values = settlement.latest.iter().map(|latest| latest.at);
    let stood = settlement
        .standings
        .iter()
        .filter_map(|standing| standing.heard_at);
    values.chain(stood).fold(settlement.at, Moment::max)
}

/// Takes answers out of the queue.
async fn answered(
    session: &mut Session,
    settled: &[(AnswerId, Option<String>)],
) -> Result<(), StoreError> {
    let (mut ids, mut problems) = (Rows::new(IDS), Rows::new(PROBLEM));
    for round in rounds(settled.iter(), |(id, _)| *id).into_iter().take(1) {
        for (id, problem) in round {
            ids.push(args![id.0]);
            if problem.is_some() {
                problems.push(args![id.0, problem]);
            }
        }
    }
    let then = "INSERT INTO answer_problem (id, meter, problem) \
        SELECT a.id, a.meter, rows.problem FROM rows \
        CROSS JOIN answer_pending a WHERE a.id = rows.id";
    session.bulk(problems, then).await?;
    let then = "DELETE FROM answer_pending WHERE id IN (SELECT id FROM rows)";
    session.bulk(ids, then).await.map(drop)
}

async fn latest(session: &mut Session, latest: &[Latest]) -> Result<(), StoreError> {
    for round in rounds(latest.iter(), |new| (&new.meter, &new.item)) {
        let mut rows = Rows::new(LATEST);
        for new in round {
            let Latest {
                meter,
                item,
                value,
                at,
                since,
                answer,
            } = new;
            rows.push(args![
                meter,
                item,
                value,
                *at,
                *since,
                answer.map(|id| id.0)
            ]);
        }
        session.bulk(rows.clone(), OBSERVED).await?;
        session.bulk(rows, LATEST_THEN).await?;
    }
    Ok(())
}

async fn standings(session: &mut Session, standings: &[Standing]) -> Result<(), StoreError> {
    for round in rounds(standings.iter(), |new| &new.meter) {
        let mut rows = Rows::new(STANDING);
        for new in round {
            let words = &new.words;
            rows.push(args![
                &new.meter,
                &new.status,
                new.ami_code,
                &words.slug,
                &words.class,
                &words.supply,
                &words.decision,
                &words.owner,
                words.severity,
                &words.because,
                new.observed_at,
                new.since,
                new.asked_at,
                new.heard_at,
                new.silent,
            ]);
        }
        session.bulk(rows, STANDING_THEN).await?;
    }
    Ok(())
}

/// Ends requests; the answer is the one that came through a slot serving the request.
async fn requests(
    session: &mut Session,
    ended: &[(RequestId, Option<String>)],
    at: Moment,
) -> Result<(), StoreError> {
    let mut rows = Rows::new(ENDED);
    for round in rounds(ended.iter(), |(id, _)| *id).into_iter().take(1) {
        for (id, outcome) in round {
            rows.push(args![id.0, outcome, at]);
        }
    }
    let then = "UPDATE request SET outcome = rows.outcome, \
        done_at = CASE WHEN rows.at > request.at THEN rows.at ELSE request.at END, \
        answer = (SELECT l.answer FROM latest l WHERE l.meter = request.meter \
        AND l.item = request.item AND l.at >= request.at AND rows.outcome IS NULL) \
        FROM rows WHERE request.id = rows.id AND request.done_at IS NULL";
    session.bulk(rows, then).await.map(drop)
}

/// Frees slots; one that is free already stays so.
pub(crate) async fn free(
    session: &mut Session,
    slots: impl Iterator<Item = &SlotId>,
) -> Result<(), StoreError> {
    let slots: std::collections::BTreeSet<&SlotId> = slots.collect();
    let mut rows = Rows::new(IDS);
    for slot in slots {
        rows.push(args![slot.0]);
    }
    session
        .bulk(rows, "DELETE FROM slot WHERE id IN (SELECT id FROM rows)")
        .await
        .map(drop)
}
