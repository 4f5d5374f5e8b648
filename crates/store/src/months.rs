//! PostgreSQL keeps answers, observations and readings in one table a month, made when needed.

use crate::error::StoreError;
use crate::sql::{args, int};
use crate::store::Store;
use fleet::{DAY, HOUR, Moment};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Months within these years have a table of their own. A meter whose clock is wrong must not make
/// thousands of them; what is outside goes into the table's rest.
const YEARS: std::ops::RangeInclusive<i16> = 2015..=2099;

/// A month of a table.
type Month = (&'static str, Date);

/// The column a table is cut by, and how many milliseconds one of it is.
fn cut_by(table: &str) -> (&'static str, i64) {
    match table {
        "reading" => ("hour", HOUR),
        _ => ("at", 1),
    }
}

/// The months that are known to be ready.
#[derive(Debug, Default)]
pub(crate) struct Months {
    ready: Mutex<BTreeSet<Month>>,
}

impl Months {
    fn missing(&self, wanted: &BTreeSet<Month>) -> Vec<Month> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.difference(&ready).copied().collect()
    }

    fn remember(&self, months: Vec<Month>) {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.extend(months);
    }
}

impl Store {
    /// Makes the tables of these moments' months; what has none goes into the table's rest.
    pub(crate) async fn ready_months(
        &self,
        table: &'static str,
        moments: impl Iterator<Item = Moment>,
    ) -> Result<(), StoreError> {
        let Some(months) = self.months() else {
            return Ok(());
        };
        let mut days = BTreeSet::new();
        let mut last = None;
        for day in moments.map(|at| at.0.div_euclid(DAY)) {
            // most follow one of the same day
            if last != Some(day) {
                days.insert(day);
                last = Some(day);
            }
        }
        let wanted = days
            .into_iter()
            .filter_map(month)
            .map(|month| (table, month))
            .collect();
        let missing = months.missing(&wanted);
        if missing.is_empty() {
            return Ok(());
        }
        let mut session = self.write("make a month's table").await?;
        session.alone(vec!["calinmeter months".to_owned()]).await?;
        for (table, month) in &missing {
            let Some((name, from, to)) = bounds(table, *month) else {
                continue;
            };
            // rows of that month that wait in the rest would have to be moved: they stay there,
            // and so do those that follow
            let (column, _) = cut_by(table);
            let sql = format!(
                "SELECT CASE WHEN to_regclass($1) IS NULL AND NOT EXISTS \
                 (SELECT 1 FROM {table}_rest WHERE {column} >= $2 AND {column} < $3) \
                 THEN 1::bigint ELSE 0 END"
            );
            if session.only(sql, args![&name, from, to], int).await? == 1 {
                let sql = format!(
                    "CREATE TABLE {name} PARTITION OF {table} FOR VALUES FROM ({from}) TO ({to})"
                );
                session.script(sql).await?;
            }
        }
        session.commit().await?;
        months.remember(missing);
        Ok(())
    }
}

/// The first day of the month of a day counted from 1970.
fn month(day: i64) -> Option<Date> {
    let at = Timestamp::from_millisecond(day.checked_mul(DAY)?).ok()?;
    let first = at.to_zoned(TimeZone::UTC).date().first_of_month();
    YEARS.contains(&first.year()).then_some(first)
}

/// The name of a month's table, where it begins and where the next one does.
fn bounds(table: &str, month: Date) -> Option<(String, i64, i64)> {
    let (_, unit) = cut_by(table);
    let start = |date: Date| {
        let at = date.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(at.as_millisecond() / unit)
    };
    let name = format!("{table}_{:04}_{:02}", month.year(), month.month());
    let next = month.checked_add(1.month()).ok()?;
    Some((name, start(month)?, start(next)?))
}

#[cfg(test)]
mod tests {
    use super::{bounds, month};
    use fleet::DAY;

    #[test]
    fn a_month_begins_and_ends_where_the_calendar_says() {
        // 2024-02-29 is day 19,782
        let february = month(19_782).unwrap();
        let (name, from, to) = bounds("answer", february).unwrap();
        assert_eq!(name, "answer_2024_02");
        assert_eq!((from, to), (19_754 * DAY, 19_783 * DAY));
        let (_, from, to) = bounds("reading", february).unwrap();
        assert_eq!(
            (from, to),
            (19_754 * 24, 19_783 * 24),
            "readings are cut by the hour"
        );
        assert_eq!(month(0), None, "1970 is a wrong clock");
        assert_eq!(month(i64::MAX), None);
    }
}
