//! Minutes without supply, the indices and the major-event threshold equal the oracle's.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

mod support;

use fleet::{MINUTE, Moment, SECOND};
use jiff::tz::TimeZone;
use outages::{
    Cause, IndexTerms, Interruption, Major, MajorTerms, Slot, major_threshold, of_slots,
    reliability,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{local, oracle, same, table};

const CEEW: &str = "readings/ceew_bareilly_2meters_2019-07-10_11.csv";
const MAJORS: &str = "outages/us_major_outages_2000_2003.csv";

fn kolkata() -> TimeZone {
    TimeZone::get("Asia/Kolkata").unwrap()
}

fn slots(meter: &str, since: Option<Moment>) -> Vec<Slot> {
    let zone = kolkata();
    let of = |row: &BTreeMap<String, String>| {
        let from = local(&row["slot_start_ist"], &zone);
        Slot::of_frequency(from, 10, row["freq_hz_mean"].parse().unwrap(), 50.0)
    };
    let rows = table(CEEW);
    let mine = rows.iter().filter(|row| row["meter"] == meter).map(of);
    mine.filter(|slot| since.is_none_or(|since| slot.from >= since))
        .collect()
}

/// As the oracle writes them: an interruption that lasts ends with the data there.
fn written(interruptions: &[Interruption], end: Moment) -> Vec<Value> {
    let zone = kolkata();
    let text = |at: Moment| {
        let at = jiff::Timestamp::from_millisecond(at.0).unwrap();
        let at = at.to_zoned(zone.clone());
        at.strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    let of = |one: &Interruption| {
        json!({
            "from": text(one.from),
            "to": text(one.to.unwrap_or(end)),
            "minutes": one.length(end) / MINUTE,
        })
    };
    interruptions.iter().map(of).collect()
}

#[test]
fn interruptions_of_bareilly() {
    let expected = oracle("ceew");
    for meter in ["BR02", "BR03"] {
        let theirs = &expected["meters"][meter];
        let slots = slots(meter, None);
        let end = slots[slots.len() - 1].from.plus(30 * MINUTE);
        let found = of_slots(&slots, 3 * MINUTE);
        assert_eq!(
            json!(written(&found, end)),
            theirs["interruptions"],
            "{meter}"
        );
        let minutes: i64 = found.iter().map(|one| one.length(end) / MINUTE).sum();
        assert_eq!(json!(minutes), theirs["dark_minutes"]);
        assert_eq!(found.last().unwrap().to, None);
    }
}

#[test]
fn indices_of_bareilly() {
    let theirs = &oracle("ceew")["site"];
    let zone = kolkata();
    let (from, to) = (
        local(theirs["from"].as_str().unwrap(), &zone),
        local(theirs["to"].as_str().unwrap(), &zone),
    );
    let interruptions: Vec<Interruption> = ["BR02", "BR03"]
        .into_iter()
        .flat_map(|meter| of_slots(&slots(meter, Some(from)), 3 * MINUTE))
        .collect();
    let found = reliability(
        &interruptions,
        2,
        (from, to),
        3 * MINUTE,
        IndexTerms::default(),
    );
    let found = found.unwrap().supply;
    assert_eq!(json!(found.sustained), theirs["sustained"]);
    assert_eq!(json!(found.momentary), theirs["momentary"]);
    assert_eq!((found.open, found.resolution), (2, 3 * MINUTE));
    assert_indices(&found, theirs);
}

fn assert_indices(found: &outages::Indices, theirs: &Value) {
    let number = |name: &str| theirs[name].as_f64();
    for (name, value) in [
        ("customer_minutes", Some(found.customer_minutes)),
        ("saidi_min", Some(found.saidi_min)),
        ("saifi", Some(found.saifi)),
        ("caidi_min", found.caidi_min),
        ("maifi", found.maifi),
        ("asai", Some(found.asai)),
    ] {
        let equal = match (value, number(name)) {
            (Some(one), Some(other)) => same(one, other),
            (one, other) => one == other,
        };
        assert!(equal, "{name}: {value:?} and {:?}", number(name));
    }
}

/// The table's clocks are those of each state; minutes between them are what it gives, so all are
/// read as if they were of one zone without a summer time.
fn at(text: &str) -> Moment {
    local(text, &TimeZone::UTC)
}

/// A complete row as an interruption; incomplete ones are left out, never zero.
fn interruption(row: &BTreeMap<String, String>) -> Option<Interruption> {
    let complete = !row["duration_min"].is_empty() && !row["customers_affected"].is_empty();
    complete.then(|| Interruption {
        from: at(&row["start_local"]),
        to: Some(at(&row["restoration_local"])),
        homes: row["customers_affected"].parse().unwrap(),
        cause: Cause::Supply,
        resolution: SECOND,
    })
}

fn customers(rows: &[&BTreeMap<String, String>]) -> u64 {
    let states: BTreeSet<(&str, u64)> = rows
        .iter()
        .map(|row| {
            (
                row["state"].as_str(),
                row["customers_total_state"].parse().unwrap(),
            )
        })
        .collect();
    states.iter().map(|(_, total)| total).sum()
}

#[test]
fn indices_of_states_and_years() {
    let expected = oracle("majors");
    let rows = table(MAJORS);
    let groups = expected["groups"].as_array().unwrap();
    assert!(groups.len() > 40);
    for theirs in groups {
        let year = theirs["year"].as_i64().unwrap();
        let state = theirs["state"].as_str().unwrap();
        let some: Vec<_> = rows
            .iter()
            .filter(|row| row["year"] == year.to_string())
            .filter(|row| state == "all" || row["state"] == state)
            .collect();
        let interruptions: Vec<Interruption> =
            some.iter().filter_map(|row| interruption(row)).collect();
        assert_eq!(json!(some.len() - interruptions.len()), theirs["left_out"]);
        assert_eq!(json!(customers(&some)), theirs["customers"]);
        let period = (
            at(&format!("{year}-01-01T00:00:00")),
            at(&format!("{}-01-01T00:00:00", year + 1)),
        );
        let terms = IndexTerms::default();
        let found = reliability(&interruptions, customers(&some), period, SECOND, terms).unwrap();
        assert_eq!(
            json!(found.supply.sustained),
            theirs["sustained"],
            "{year} {state}"
        );
        assert_eq!(
            json!(found.supply.momentary),
            theirs["momentary"],
            "{year} {state}"
        );
        assert_indices(&found.supply, theirs);
        assert_eq!((found.meter.sustained, found.ordered), (0, 0));
    }
}

#[test]
fn the_threshold_of_major_event_days() {
    let expected = oracle("majors");
    let rows = table(MAJORS);
    for (span, last) in [("2000_2002", "2002"), ("2000_2003", "2003")] {
        let theirs = &expected["days"][span];
        let (mut daily, mut sustained): (BTreeMap<&str, f64>, u64) = (BTreeMap::new(), 0);
        for row in rows.iter().filter(|row| row["year"].as_str() <= last) {
            let Some(one) = interruption(row).filter(|one| one.length(one.from) > 5 * MINUTE)
            else {
                continue;
            };
            let year: Vec<_> = rows
                .iter()
                .filter(|other| other["year"] == row["year"])
                .collect();
            let day = (one.from, one.from.plus(1));
            let found = reliability(&[one], customers(&year), day, SECOND, IndexTerms::default());
            sustained += 1;
            *daily.entry(&row["start_local"][..10]).or_default() += found.unwrap().supply.saidi_min;
        }
        let saidi: Vec<f64> = daily.values().copied().collect();
        let found = major_threshold(&saidi, sustained, &MajorTerms::default());
        assert_eq!(json!(sustained), theirs["sustained"]);
        assert_eq!(
            json!(saidi.iter().filter(|one| **one > 0.0).count()),
            theirs["days"]
        );
        match found {
            Major::NotEnough { sustained, least } => {
                assert_eq!(theirs["enough"], json!(false));
                assert!(sustained < least);
            }
            Major::Threshold {
                saidi_min,
                alpha,
                beta,
                days,
            } => {
                assert_eq!(theirs["enough"], json!(true));
                assert_eq!(json!(days), theirs["days"]);
                for (name, value) in [
                    ("alpha", alpha),
                    ("beta", beta),
                    ("threshold_min", saidi_min),
                ] {
                    assert!(
                        same(value, theirs[name].as_f64().unwrap()),
                        "{name}: {value}"
                    );
                }
            }
        }
    }
}
