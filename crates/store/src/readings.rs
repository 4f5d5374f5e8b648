//! Readings of registers, many and often.

use crate::error::StoreError;
use crate::kept::Reading;
use crate::registers::Registers;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::{DAY, MeterNumber, Moment};
use std::collections::BTreeSet;

const READING: &[(&str, Kind)] = &[
    ("day", Int),
    ("meter", Text),
    ("register", Int),
    ("at", Int),
    ("milli", Int),
];

const KEEP: &str = "INSERT INTO reading (day, meter, register, at, milli) \
    SELECT day, meter, register, at, milli FROM rows WHERE true ON CONFLICT DO NOTHING";

/// The days are named one by one, so that each is one step into the index.
const READ: &str = "WITH RECURSIVE days(day) AS (SELECT CAST($3 AS BIGINT) \
    UNION ALL SELECT day + 1 FROM days WHERE day < $4) \
    SELECT r.at, r.milli FROM days JOIN reading r ON r.day = days.day AND r.meter = $1 \
    AND r.register = $2 AND r.at >= $5 AND r.at < $6 ORDER BY r.at LIMIT $7";

impl Store {
    /// Keeps readings; how many were new. One that is there already stays as it is.
    pub async fn keep_readings(&self, readings: &[Reading]) -> Result<u64, StoreError> {
        if readings.is_empty() {
            return Ok(0);
        }
        self.ready_months("reading", readings.iter().map(|reading| reading.at))
            .await?;
        let new = again(|| async {
            let mut session = self.write("keep readings").await?;
            let new = keep(&mut session, self.registers(), readings).await?;
            session.commit().await?;
            Ok(new)
        })
        .await?;
        self.learn_registers(readings).await?;
        Ok(new)
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
        let (first, last) = (day(from), day(to));
        let mut args = args![meter, id, first, last, from, to];
        args.push(Arg::limit(limit));
        session
            .rows(READ, args, |cells| {
                let (at, milli) = (cells.moment()?, cells.int()?);
                Ok(Reading {
                    meter: meter.clone(),
                    register,
                    at,
                    milli,
                })
            })
            .await
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

/// The day a moment belongs to, counted from 1970, UTC.
fn day(at: Moment) -> i64 {
    at.0.div_euclid(DAY)
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
    let words: BTreeSet<&'static str> = readings.iter().map(|reading| reading.register).collect();
    let ids = registers.ids(session, words).await?;
    let mut rows = Rows::new(READING);
    for Reading {
        meter,
        register,
        at,
        milli,
    } in readings
    {
        let register = ids.get(register).copied();
        rows.push(args![day(*at), meter, register, *at, *milli]);
    }
    session.bulk(rows, KEEP).await
}
