//! Events that head-ends or meters reported, and what changed of a meter's values.

use crate::error::StoreError;
use crate::kept::{AnswerId, Event};
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, again, args};
use crate::store::Store;
use fleet::{MeterNumber, Moment};

const EVENT: &[(&str, Kind)] = &[
    ("meter", Text),
    ("local", Text),
    ("source", Text),
    ("code", Int),
    ("received", Int),
    ("said", Text),
];

/// A value as it was from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The meter.
    pub meter: MeterNumber,
    /// The item's word.
    pub item: String,
    /// The value as it came.
    pub value: String,
    /// When it was first received.
    pub at: Moment,
    /// The answer that said so.
    pub answer: Option<AnswerId>,
}

impl Store {
    /// Keeps events; how many were new. The same event of the same source is kept once.
    pub async fn keep_events(&self, events: &[Event]) -> Result<u64, StoreError> {
        if events.is_empty() {
            return Ok(0);
        }
        again(|| self.keep_events_once(events)).await
    }

    async fn keep_events_once(&self, events: &[Event]) -> Result<u64, StoreError> {
        let mut session = self.write("keep events").await?;
        // always in the same order, or two nodes would wait for one another
        let mut sorted: Vec<&Event> = events.iter().collect();
        sorted.sort_by_key(|event| (&event.meter, &event.local, &event.source, event.code));
        let mut rows = Rows::new(EVENT);
        for Event {
            meter,
            received,
            local,
            source,
            code,
            text,
        } in sorted
        {
            rows.push(args![meter, local, source, *code, *received, text]);
        }
        let then = "INSERT INTO event (meter, local, source, code, received, said) \
                    SELECT meter, local, source, code, received, said FROM rows \
                    WHERE true ON CONFLICT DO NOTHING";
        let new = session.bulk(rows, then).await?;
        session.commit().await?;
        Ok(new)
    }

    /// A meter's events, the last happened first.
    pub async fn events(
        &self,
        meter: &MeterNumber,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let mut session = self.read("list events").await?;
        let sql = "SELECT meter, received, local, source, code, said FROM event \
                   WHERE meter = $1 ORDER BY local DESC, received DESC, source, code LIMIT $2";
        session
            .rows(sql, vec![meter.into(), Arg::limit(limit)], event)
            .await
    }

    /// How a meter's values changed, newest first; of one item where it is given.
    pub async fn observations(
        &self,
        meter: &MeterNumber,
        item: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Observation>, StoreError> {
        let mut session = self.read("list observations").await?;
        let sql = "SELECT meter, item, value, at, answer FROM observation WHERE meter = $1 \
                   AND item = COALESCE($2, item) ORDER BY at DESC, item LIMIT $3";
        session
            .rows(
                sql,
                vec![meter.into(), item.into(), Arg::limit(limit)],
                observation,
            )
            .await
    }
}

fn event(cells: &mut Cells<'_>) -> Result<Event, sqlx::Error> {
    Ok(Event {
        meter: cells.meter()?,
        received: cells.moment()?,
        local: cells.text()?,
        source: cells.text()?,
        code: cells.int()?,
        text: cells.maybe_text()?,
    })
}

fn observation(cells: &mut Cells<'_>) -> Result<Observation, sqlx::Error> {
    Ok(Observation {
        meter: cells.meter()?,
        item: cells.text()?,
        value: cells.text()?,
        at: cells.moment()?,
        answer: cells.maybe_int()?.map(AnswerId),
    })
}
