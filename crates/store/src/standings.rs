//! Where meters stand: what is known of them, their contact, their neighbours.

use crate::Meter;
use crate::case::Case;
use crate::cases::{self, words};
use crate::error::StoreError;
use crate::fleet::{Registered as _, columns};
use crate::kept::{AnswerId, Known, Latest, Standing};
use crate::rounds::rounds;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Cells, Kind, Rows, again, args};
use crate::store::Store;
use fleet::{MeterNumber, Moment};
use std::collections::BTreeMap;

const METERS: &[(&str, Kind)] = &[("meter", Text)];
const TOUCHED: &[(&str, Kind)] = &[("meter", Text), ("value", Int)];

/// What is read of a standing `s`.
pub(crate) const STANDING: &str = "s.meter, s.status, s.ami_code, s.slug, s.class, s.supply, \
    s.decision, s.owner, s.severity, s.because, s.observed_at, s.since, s.asked_at, s.heard_at, \
    s.silent";
const LATEST: &str = "l.meter, l.item, l.value, l.at, l.since, l.answer";

/// A standing of a meter that was never judged, made by the first contact.
const FIRST: &str = "INSERT INTO standing (meter, slug, class, supply, decision, owner, severity, \
    because, silent) SELECT meter, '', '', '', '', '', 0, '', 0 FROM rows WHERE true \
    ON CONFLICT (meter) DO NOTHING";
const ASKED: &str = "UPDATE standing SET asked_at = rows.value FROM rows \
    WHERE standing.meter = rows.meter AND COALESCE(standing.asked_at, rows.value) <= rows.value";
const SILENT: &str =
    "UPDATE standing SET silent = rows.value FROM rows WHERE standing.meter = rows.meter";

/// What meters can have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The same site.
    Site,
    /// The same gateway or concentrator.
    Gateway,
}

impl Store {
    /// Everything known of these meters; those that are not registered are left out.
    pub async fn known(&self, meters: &[MeterNumber]) -> Result<Vec<Known>, StoreError> {
        let mut session = self.read("read what is known of meters").await?;
        let wanted = numbers(meters.iter());
        let then = format!(
            "SELECT {} FROM rows CROSS JOIN meter m WHERE m.number = rows.meter ORDER BY m.number",
            columns::<Meter>("m")
        );
        let meters = session
            .bulk_rows(wanted.clone(), &then, Meter::read)
            .await?;
        let then =
            format!("SELECT {STANDING} FROM rows CROSS JOIN standing s WHERE s.meter = rows.meter");
        let standings = session.bulk_rows(wanted.clone(), &then, standing).await?;
        let then = format!(
            "SELECT {LATEST} FROM rows CROSS JOIN latest l WHERE l.meter = rows.meter ORDER BY l.item"
        );
        let latest = session.bulk_rows(wanted.clone(), &then, latest).await?;
        let then = format!(
            "SELECT {} FROM rows CROSS JOIN cases c WHERE c.subject = rows.meter \
             AND c.subject_kind = 'meter' AND c.closed_at IS NULL ORDER BY c.id",
            cases::COLUMNS
        );
        let open = session.bulk_rows(wanted, &then, cases::case).await?;
        Ok(together(meters, standings, latest, open))
    }

    /// Where one meter stands.
    pub async fn standing(&self, meter: &MeterNumber) -> Result<Option<Standing>, StoreError> {
        let mut session = self.read("read where a meter stands").await?;
        let sql = format!("SELECT {STANDING} FROM standing s WHERE s.meter = $1");
        session.first(sql, args![meter], standing).await
    }

    /// The neighbours of a meter, itself left out: how many have a status received since then, and
    /// how many of those say this code.
    pub async fn alike(
        &self,
        group: Group,
        id: &str,
        except: &MeterNumber,
        ami_code: u16,
        since: Moment,
    ) -> Result<(u32, u32), StoreError> {
        let mut session = self.read("look at a meter's neighbours").await?;
        let column = match group {
            Group::Site => "site",
            Group::Gateway => "gateway",
        };
        let sql = format!(
            "SELECT count(*), CAST(COALESCE(SUM(CASE WHEN s.ami_code = $3 THEN 1 ELSE 0 END), 0) \
             AS BIGINT) FROM meter m JOIN standing s ON s.meter = m.number \
             WHERE m.{column} = $1 AND m.number <> $2 AND s.observed_at >= $4"
        );
        let args = args![id, except, i64::from(ami_code), since];
        session
            .only(sql, args, |cells| Ok((cells.small()?, cells.small()?)))
            .await
    }

    /// Writes down when meters were asked, and how many asks have gone without an answer.
    pub async fn touch(
        &self,
        asked: &[(MeterNumber, Moment)],
        silent: &[(MeterNumber, u32)],
    ) -> Result<(), StoreError> {
        again(|| self.touch_once(asked, silent)).await
    }

    async fn touch_once(
        &self,
        asked: &[(MeterNumber, Moment)],
        silent: &[(MeterNumber, u32)],
    ) -> Result<(), StoreError> {
        let mut session = self.write("write contacts down").await?;
        let meters = asked.iter().map(|(meter, _)| meter);
        let meters = numbers(meters.chain(silent.iter().map(|(meter, _)| meter)));
        session.bulk(meters, FIRST).await?;
        for round in rounds(asked.iter(), |(meter, _)| meter) {
            let mut rows = Rows::new(TOUCHED);
            for (meter, at) in round {
                rows.push(args![meter, *at]);
            }
            session.bulk(rows, ASKED).await?;
        }
        for round in rounds(silent.iter(), |(meter, _)| meter) {
            let mut rows = Rows::new(TOUCHED);
            for (meter, silent) in round {
                rows.push(args![meter, *silent]);
            }
            session.bulk(rows, SILENT).await?;
        }
        session.commit().await
    }
}

/// Each meter once, in order.
fn numbers<'m>(meters: impl Iterator<Item = &'m MeterNumber>) -> Rows {
    let meters: std::collections::BTreeSet<&MeterNumber> = meters.collect();
    let mut rows = Rows::new(METERS);
    for meter in meters {
        rows.push(args![meter]);
    }
    rows
}

fn together(
    meters: Vec<Meter>,
    standings: Vec<Standing>,
    latest: Vec<Latest>,
    cases: Vec<Case>,
) -> Vec<Known> {
    let mut known: BTreeMap<MeterNumber, Known> = meters
        .into_iter()
        .map(|meter| {
            let number = meter.number.clone();
            (
                number,
                Known {
                    meter,
                    standing: None,
                    latest: Vec::new(),
                    cases: Vec::new(),
                },
            )
        })
        .collect();
    for standing in standings {
        if let Some(known) = known.get_mut(&standing.meter) {
            known.standing = Some(standing);
        }
    }
    for latest in latest {
        if let Some(known) = known.get_mut(&latest.meter) {
            known.latest.push(latest);
        }
    }
    for case in cases {
        let number = MeterNumber::parse(&case.subject.id).ok();
        if let Some(known) = number.and_then(|number| known.get_mut(&number)) {
            known.cases.push(case);
        }
    }
    known.into_values().collect()
}

pub(crate) fn standing(cells: &mut Cells<'_>) -> Result<Standing, sqlx::Error> {
    Ok(Standing {
        meter: cells.meter()?,
        status: cells.maybe_text()?,
        ami_code: cells.maybe_small()?,
        words: words(cells)?,
        observed_at: cells.maybe_moment()?,
        since: cells.maybe_moment()?,
        asked_at: cells.maybe_moment()?,
        heard_at: cells.maybe_moment()?,
        silent: cells.small()?,
    })
}

fn latest(cells: &mut Cells<'_>) -> Result<Latest, sqlx::Error> {
    Ok(Latest {
        meter: cells.meter()?,
        item: cells.text()?,
        value: cells.text()?,
        at: cells.moment()?,
        since: cells.moment()?,
        answer: cells.maybe_int()?.map(AnswerId),
    })
}
