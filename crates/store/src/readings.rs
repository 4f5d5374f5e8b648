//! Readings of registers, many and often.

use crate::error::StoreError;
use crate::kept::Reading;
use crate::registers::Registers;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Copy, Kind, Rows, Session, again, args, maybe_int};
use crate::store::Store;
use crate::target::Engine;
use fleet::{HOUR, MeterNumber, Moment};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

const READING: &[(&str, Kind)] = &[
    ("hour", Int),
    ("meter", Text),
    ("register", Int),
    ("ms", Int),
    ("milli", Int),
];

const KEEP: &str = "INSERT INTO reading (hour, meter, register, ms, milli) \
    SELECT hour, meter, register, ms, milli FROM rows WHERE true ON CONFLICT DO NOTHING";

const COPY: &str = "COPY reading (hour, meter, register, ms, milli) FROM STDIN BINARY";

/// The first hour of any meter within a span.
const FIRST: &str = "SELECT CAST(MIN(hour) AS BIGINT) FROM reading WHERE hour >= $1 AND hour <= $2";
/// The hours are named one by one, so that each is one step into the index; `CROSS` makes SQLite
/// begin with them.
const READ: &str = "WITH RECURSIVE hours(hour) AS (SELECT CAST($3 AS BIGINT) \
    UNION ALL SELECT hour + 1 FROM hours WHERE hour < $4) \
    SELECT hours.hour * 3600000 + r.ms AS at, r.milli FROM hours \
    CROSS JOIN reading r WHERE r.hour = hours.hour AND r.meter = $1 AND r.register = $2 \
    AND hours.hour * 3600000 + r.ms >= $5 AND hours.hour * 3600000 + r.ms < $6 \
    ORDER BY at LIMIT $7";
/// So many hours are looked through at once, a little more than a year.
const STRIDE: i64 = 9_000;

impl Store {
    /// Keeps readings; how many were new. One that is there already stays as it is.
    pub async fn keep_readings(&self, readings: &[Reading]) -> Result<u64, StoreError> {
        if readings.is_empty() {
            return Ok(0);
        }
        self.ready_months("reading", readings.iter().map(|reading| reading.at))
            .await?;
        // what comes again mostly comes in rows: then copying would be tried in vain each time
        if !self.repeats().load(Ordering::Relaxed)
            && let Some(new) = self.copy_readings(readings).await?
        {
            return Ok(new);
        }
        let new = again(|| async {
            let mut session = self.write("keep readings").await?;
            let new = keep(&mut session, self.registers(), readings).await?;
            session.commit().await?;
            Ok(new)
        })
        .await?;
        self.repeats()
            .store(new < readings.len() as u64, Ordering::Relaxed);
        self.learn_registers(readings).await?;
        Ok(new)
    }

    /// PostgreSQL takes a copy several times as fast as rows that may be there already.
    /// Nothing, and nothing is kept, where one of them is, or where a register is new.
    async fn copy_readings(&self, readings: &[Reading]) -> Result<Option<u64>, StoreError> {
        let ids = self.registers().known(&words(readings));
        let (Engine::Postgres, Some(ids)) = (self.engine(), ids) else {
            return Ok(None);
        };
        let mut copy = Copy::of(5);
        for Reading {
            meter,
            register,
            at,
            milli,
        } in in_order(readings)
        {
            let register = ids.get(register).and_then(|id| i16::try_from(*id).ok());
            let (Ok(hour), Ok(ms), Some(register)) = (
                i32::try_from(hour(*at)),
                i32::try_from(at.0.rem_euclid(HOUR)),
                register,
            ) else {
                return Ok(None);
            };
            copy.row();
            copy.cell(&hour.to_be_bytes());
            copy.cell(meter.as_str().as_bytes());
            copy.cell(&register.to_be_bytes());
            copy.cell(&ms.to_be_bytes());
            copy.cell(&milli.to_be_bytes());
        }
        // a copy is one step by itself, and durable when it ends
        let mut session = self.read("copy readings").await?;
        session.copy(COPY, copy).await
    }

    /// A meter's readings of one register from `from` until before `to`, oldest first.
    pub async fn readings(
        &self,
        meter: &MeterNumber,
        register: &'static str,
        from: Moment,
        to: Moment,
        limit: usize,
    ) -> Result<Vec<Reading>, StoreError> {
        let mut session = self.read("list readings").await?;
        if self.registers().id(register).is_none() {
            self.registers().learn(&mut session).await?;
        }
        let Some(id) = self.registers().id(register) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let (mut next, last) = (hour(from), hour(to));
        // from one stretch that holds anything to the next one
        while found.len() < limit {
            let first = session.only(FIRST, args![next, last], maybe_int).await?;
            let Some(first) = first else {
                break;
            };
            let end = last.min(first.saturating_add(STRIDE));
            let mut args = args![meter, id, first, end, from, to];
            args.push(Arg::limit(limit - found.len()));
            let read = |cells: &mut Cells<'_>| {
                let (at, milli) = (cells.moment()?, cells.int()?);
                Ok(Reading {
                    meter: meter.clone(),
                    register,
                    at,
                    milli,
                })
            };
            found.extend(session.rows(READ, args, read).await?);
            next = end + 1;
        }
        Ok(found)
    }

    /// Remembers the registers of readings that are kept by now.
    pub(crate) async fn learn_registers(&self, readings: &[Reading]) -> Result<(), StoreError> {
        let new = |reading: &Reading| self.registers().id(reading.register).is_none();
        if readings.iter().any(new) {
            let mut session = self.read("read the registers").await?;
            self.registers().learn(&mut session).await?;
        }
        Ok(())
    }
}

/// The hour a moment belongs to, counted from 1970, UTC. Beyond 240,000 years it is the last one
/// there is room for.
fn hour(at: Moment) -> i64 {
    at.0.div_euclid(HOUR)
        .clamp(i32::MIN.into(), i32::MAX.into())
}

/// Keeps readings within a transaction; how many were new.
pub(crate) async fn keep(
    session: &mut Session,
    registers: &Registers,
    readings: &[Reading],
) -> Result<u64, StoreError> {
    if readings.is_empty() {
        return Ok(0);
    }
    let ids = registers.ids(session, words(readings)).await?;
    let mut rows = Rows::new(READING);
    for Reading {
        meter,
        register,
        at,
        milli,
    } in in_order(readings)
    {
        let register = ids.get(register).copied();
        rows.push(args![
            hour(*at),
            meter,
            register,
            at.0.rem_euclid(HOUR),
            *milli
        ]);
    }
    session.bulk(rows, KEEP).await
}

/// The registers that readings are of.
fn words(readings: &[Reading]) -> BTreeSet<&'static str> {
    readings.iter().map(|reading| reading.register).collect()
}

/// In the order of the key, so that each page is touched once; of equal ones the first stays first.
fn in_order(readings: &[Reading]) -> Vec<&Reading> {
    let mut sorted: Vec<&Reading> = readings.iter().collect();
    sorted.sort_by_cached_key(|reading| {
        let Reading {
            meter,
            register,
            at,
            ..
        } = reading;
        (hour(*at), meter, *register, *at)
    });
    sorted
}
