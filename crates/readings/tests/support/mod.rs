//! The measured data of `tests/data`, and the oracle's results.
#![allow(dead_code, reason = "each test binary uses its part")]
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

use flate2::read::GzDecoder;
use fleet::{DAY, HOUR, MINUTE, Moment};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use readings::{Around, Bounds, Calendar, Facts, Heard, Memory, Reading};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A table, each row by the names of its columns.
pub(crate) fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data")
        .join(name);
    let file = File::open(&path).unwrap();
    let read: Box<dyn Read> = if path.extension().is_some_and(|end| end == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut rows = csv::Reader::from_reader(read);
    rows.deserialize().map(Result::unwrap).collect()
}

/// What the oracle calculated.
pub(crate) fn oracle(part: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/expected.json");
    let file = File::open(path).unwrap();
    let mut all: Value = serde_json::from_reader(file).unwrap();
    all[part].take()
}

pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

pub(crate) fn utc(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// A clock's text as a moment.
pub(crate) fn local(text: &str, zone: &TimeZone) -> Moment {
    let civil: DateTime = text.parse().unwrap();
    let at = civil.to_zoned(zone.clone()).unwrap();
    Moment(at.timestamp().as_millisecond())
}

pub(crate) fn midnight(date: Date, zone: &TimeZone) -> Moment {
    Moment(
        date.to_zoned(zone.clone())
            .unwrap()
            .timestamp()
            .as_millisecond(),
    )
}

/// Wh of a decimal text in kWh, half up, without a double in between.
pub(crate) fn wh(kwh: &str) -> i64 {
    let (whole, decimals) = kwh.split_once('.').unwrap_or((kwh, ""));
    let digits: String = decimals.chars().chain("0000".chars()).take(4).collect();
    let tenths = whole.parse::<i64>().unwrap() * 10_000 + digits.parse::<i64>().unwrap();
    (tenths + 5) / 10
}

/// One of the two registers of OPSD.
pub(crate) fn opsd(column: &str) -> Vec<Reading> {
    let rows = table("readings/opsd_konstanz_res4_cumulative_60min_2015-10_11.csv.gz");
    let there = rows.iter().filter(|row| !row[column].is_empty());
    there
        .map(|row| Reading::new(utc(&row["utc_timestamp"]), wh(&row[column])))
        .collect()
}

/// A day of a London home.
pub(crate) struct LondonDay {
    pub(crate) date: Date,
    pub(crate) wh: i64,
    pub(crate) half_hours: u32,
}

/// The homes of LCL, each with its days.
pub(crate) fn london() -> BTreeMap<String, Vec<LondonDay>> {
    let mut homes: BTreeMap<String, Vec<LondonDay>> = BTreeMap::new();
    for row in table("readings/lcl_daily_150meters.csv.gz") {
        if !row["energy_sum"].is_empty() {
            homes
                .entry(row["LCLid"].clone())
                .or_default()
                .push(LondonDay {
                    date: row["day"].parse().unwrap(),
                    wh: wh(&row["energy_sum"]),
                    half_hours: row["energy_count"].parse().unwrap(),
                });
        }
    }
    homes
}

/// A register that is read at the end of each day, and before the first one.
pub(crate) fn register_of_days(days: &[LondonDay], zone: &TimeZone) -> Vec<Reading> {
    let mut sum = 0;
    let mut readings = vec![Reading::new(midnight(days[0].date, zone), 0)];
    for day in days {
        sum += day.wh;
        readings.push(Reading::new(
            midnight(day.date.tomorrow().unwrap(), zone),
            sum,
        ));
    }
    readings
}

/// A quarter of an hour of a `SimBench` home: tenths of a W and of a var.
pub(crate) struct Quarter {
    pub(crate) at: Moment,
    pub(crate) tenth_w: i64,
    pub(crate) tenth_var: i64,
}

pub(crate) fn simbench() -> BTreeMap<String, Vec<Quarter>> {
    let zone = zone("Europe/Berlin");
    let mut homes: BTreeMap<String, Vec<Quarter>> = BTreeMap::new();
    for row in table("readings/simbench_lv3101_pq_15min_1week.csv.gz") {
        let tenths = |text: &str| -> i64 {
            let magnitude = text.trim_start_matches('-');
            let (whole, decimals) = magnitude.split_once('.').unwrap_or((magnitude, ""));
            let digits: String = decimals.chars().chain("0000".chars()).take(4).collect();
            let tenths = whole.parse::<i64>().unwrap() * 10_000 + digits.parse::<i64>().unwrap();
            if text.starts_with('-') {
                -tenths
            } else {
                tenths
            }
        };
        homes
            .entry(row["meter"].clone())
            .or_default()
            .push(Quarter {
                at: local(&row["time"], &zone),
                tenth_w: tenths(&row["p_kw"]),
                tenth_var: tenths(&row["q_kvar"]),
            });
    }
    homes
}

/// The register of a `SimBench` home: the whole Wh of what was drawn so far.
pub(crate) fn register_of_quarters(quarters: &[Quarter]) -> Vec<Reading> {
    let mut wh40 = 0;
    let mut readings = vec![Reading::new(quarters[0].at, 0)];
    for quarter in quarters {
        wh40 += quarter.tenth_w;
        readings.push(Reading::new(quarter.at.plus(15 * MINUTE), wh40 / 40));
    }
    readings
}

/// Hears a meter's readings from the first one on.
pub(crate) fn hear(
    readings: &[Reading],
    facts: &Facts<'_>,
    bounds: &Bounds,
    calendar: &Calendar,
) -> Heard {
    let mut memory = Memory::default();
    let mut heard = Heard::default();
    let around = Around {
        facts,
        bounds,
        calendar,
    };
    for reading in readings {
        memory.hear(reading, &around, &mut heard);
    }
    heard
}

pub(crate) fn daily() -> Bounds {
    Bounds {
        period: DAY,
        ..Bounds::default()
    }
}

pub(crate) fn hourly() -> Bounds {
    Bounds {
        period: HOUR,
        ..Bounds::default()
    }
}

pub(crate) fn quarterly() -> Bounds {
    Bounds {
        period: 15 * MINUTE,
        ..Bounds::default()
    }
}
