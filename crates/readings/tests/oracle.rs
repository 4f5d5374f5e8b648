//! Totals, gaps, local days, estimates, power factors and voltages equal the oracle's.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

mod support;

use fleet::{DAY, Moment, PowerFactor};
use jiff::civil::Date;
use readings::{
    Around, Bands, Calendar, Facts, Interval, PowerFactorTerms, PowerFactors, Quality, Voltages,
    Volts, estimate, power_factor, used,
};
use serde_json::{Value, json};
use support::{
    daily, hear, hourly, london, midnight, opsd, oracle, quarterly, register_of_days,
    register_of_quarters, simbench, table, utc, zone,
};

const COLUMNS: [&str; 2] = [
    "DE_KN_residential4_grid_import",
    "DE_KN_residential4_heat_pump",
];

fn sum(intervals: &[Interval]) -> i64 {
    intervals.iter().map(|one| one.wh.unwrap()).sum()
}

fn tenths(value: i64) -> f64 {
    f64::from(i32::try_from(value).unwrap()) / 10.0
}

fn spoken(at: Moment) -> String {
    jiff::Timestamp::from_millisecond(at.0).unwrap().to_string()
}

#[test]
fn opsd_totals_and_gaps_with_their_estimates() {
    let calendar = Calendar::new(zone("Europe/Berlin"));
    for column in COLUMNS {
        let expected = &oracle("opsd")[column];
        let readings = opsd(column);
        assert_eq!(json!(readings.len()), expected["readings"]);
        let (bounds, facts) = (hourly(), Facts::default());
        let heard = hear(&readings, &facts, &bounds, &calendar);
        assert_eq!(json!(sum(&heard.intervals)), expected["total_wh"]);
        let around = Around {
            facts: &facts,
            bounds: &bounds,
            calendar: &calendar,
        };
        let gaps: Vec<Value> = heard
            .intervals
            .iter()
            .filter(|one| one.missing > 0)
            .map(|gap| {
                let parts = estimate(gap, &heard.intervals, &around);
                assert!(parts.iter().all(|part| part.quality == Quality::Estimated));
                let wh: Vec<i64> = parts.iter().filter_map(|part| part.wh).collect();
                json!({
                    "after": spoken(gap.from),
                    "before": spoken(gap.to),
                    "missing": gap.missing,
                    "wh": gap.wh,
                    "estimate_wh": wh,
                })
            })
            .collect();
        assert_eq!(json!(gaps), expected["gaps"]);
        let flagged: Vec<u32> = heard
            .flags
            .iter()
            .filter(|flag| flag.rule.slug == "gap")
            .map(|flag| u32::try_from(flag.saw.0[0]).unwrap())
            .collect();
        let missing: Vec<Value> = flagged.iter().map(|missing| json!(missing)).collect();
        let theirs: Vec<Value> = gaps.iter().map(|gap| gap["missing"].clone()).collect();
        assert_eq!(missing, theirs);
    }
}

#[test]
fn opsd_local_days_with_one_of_25_hours() {
    let calendar = Calendar::new(zone("Europe/Berlin"));
    for column in COLUMNS {
        let expected = &oracle("opsd")[column];
        let heard = hear(&opsd(column), &Facts::default(), &hourly(), &calendar);
        let mut theirs = expected["days"].as_array().unwrap().iter();
        for day in &heard.days {
            let date = day.local.date.to_string();
            let expected = theirs.find(|one| one["date"] == json!(date)).unwrap();
            assert_eq!(json!(day.local.length() / fleet::HOUR), expected["hours"]);
            assert_eq!(json!(day.known_wh), expected["wh"], "{column} {date}");
        }
        // days of which nobody knows anything are not there; the others all are
        let whole = |days: &Value| {
            let days = days.as_array().unwrap();
            days.iter().filter(|day| !day["wh"].is_null()).count()
        };
        let known = heard.days.iter().filter(|day| day.known_wh.is_some());
        assert_eq!(known.count(), whole(&expected["days"]));
        let long = heard.days.iter().filter(|day| day.local.length() != DAY);
        let long: Vec<String> = long.map(|day| day.local.date.to_string()).collect();
        assert_eq!(long, ["2015-10-25"]);
    }
}

#[test]
fn a_local_month_of_opsd() {
    let berlin = zone("Europe/Berlin");
    let calendar = Calendar::new(berlin.clone());
    for column in COLUMNS {
        let expected = &oracle("opsd")[column];
        let heard = hear(&opsd(column), &Facts::default(), &hourly(), &calendar);
        let month = |year, month| midnight(Date::new(year, month, 1).unwrap(), &berlin);
        let november = used(&heard.intervals, month(2015, 11), month(2015, 12));
        assert_eq!(json!(november.wh), expected["november_wh"]);
        let missing: u64 = gaps_since(expected, month(2015, 11));
        assert_eq!(u64::from(november.missing), missing);
        // no reading stands at the first of October
        let october = used(&heard.intervals, month(2015, 10), month(2015, 11));
        assert_eq!((october.wh, october.quality), (None, Quality::Failed));
    }
}

fn gaps_since(expected: &Value, from: Moment) -> u64 {
    let gaps = expected["gaps"].as_array().unwrap();
    gaps.iter()
        .filter(|gap| utc(gap["after"].as_str().unwrap()) >= from)
        .map(|gap| gap["missing"].as_u64().unwrap())
        .sum()
}

#[test]
fn london_homes() {
    let expected = oracle("lcl");
    let london_zone = zone("Europe/London");
    let calendar = Calendar::new(london_zone.clone());
    let (mut total, mut gaps) = (0, 0);
    for (name, days) in london() {
        let theirs = &expected["meters"][&name];
        let readings = register_of_days(&days, &london_zone);
        let heard = hear(&readings, &Facts::default(), &daily(), &calendar);
        assert_eq!(json!(sum(&heard.intervals)), theirs["wh"], "{name}");
        total += sum(&heard.intervals);
        let found: Vec<u32> = heard
            .intervals
            .iter()
            .map(|one| one.missing)
            .filter(|missing| *missing > 0)
            .collect();
        let missing: Vec<Value> = theirs["gaps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|gap| gap["missing"].clone())
            .collect();
        assert_eq!(
            found.iter().map(|one| json!(one)).collect::<Vec<_>>(),
            missing
        );
        gaps += found.len();
        // every day that follows another one is known to the Wh, a day of 23 or 25 hours too
        let known: Vec<(Date, i64)> = heard
            .days
            .iter()
            .filter_map(|day| Some((day.local.date, day.known_wh?)))
            .collect();
        let follows = |place: usize| {
            place == 0 || days[place - 1].date.tomorrow().unwrap() == days[place].date
        };
        let measured: Vec<(Date, i64)> = (0..days.len())
            .filter(|place| follows(*place))
            .map(|place| (days[place].date, days[place].wh))
            .collect();
        assert_eq!(known, measured, "{name}");
    }
    assert_eq!(
        (json!(total), json!(gaps)),
        (expected["total_wh"].clone(), expected["gaps"].clone())
    );
}

#[test]
fn simbench_registers_and_power_factors() {
    let expected = oracle("simbench");
    let calendar = Calendar::new(zone("Europe/Berlin"));
    let terms = PowerFactorTerms::default();
    for (name, quarters) in simbench() {
        let theirs = &expected["meters"][&name];
        let readings = register_of_quarters(&quarters);
        let heard = hear(&readings, &Facts::default(), &quarterly(), &calendar);
        let wh40 = theirs["wh40"].as_i64().unwrap();
        assert_eq!(sum(&heard.intervals), wh40 / 40, "{name}");
        let mut ended = 0;
        let ends: Vec<i64> = theirs["days_wh40"]
            .as_array()
            .unwrap()
            .iter()
            .map(|day| {
                ended += day.as_i64().unwrap();
                ended / 40
            })
            .collect();
        let mut before = 0;
        for (day, end) in heard.days.iter().zip(&ends) {
            assert_eq!(
                day.known_wh,
                Some(end - before),
                "{name} {}",
                day.local.date
            );
            before = *end;
        }
        assert_eq!(heard.days.len(), ends.len());
        let greatest = heard.intervals.iter().filter_map(Interval::mean_w);
        let greatest = greatest.fold(0.0, f64::max);
        let theirs_w = theirs["greatest_tenth_w"].as_f64().unwrap() / 10.0;
        // a register of whole Wh shows the mean of a quarter of an hour to 4 W
        assert!(
            (greatest - theirs_w).abs() <= 4.0,
            "{name}: {greatest} and {theirs_w}"
        );
        let mut factors = PowerFactors::default();
        for quarter in &quarters {
            let (watts, reactive) = (tenths(quarter.tenth_w), tenths(quarter.tenth_var));
            let factor = power_factor(watts, reactive).unwrap_or(PowerFactor(1.0));
            factors.hear(fleet::Watts(watts), factor, &terms);
        }
        assert_eq!(json!(factors.loaded), theirs["slots_with_load"], "{name}");
        assert_eq!(json!(factors.low), theirs["low_power_factor"], "{name}");
    }
}

#[test]
fn voltages_of_bareilly_without_the_dark_slots() {
    let expected = oracle("ceew");
    let bands = Bands::default();
    for name in ["BR02", "BR03"] {
        let mut voltages = Voltages::default();
        for row in table("readings/ceew_bareilly_2meters_2019-07-10_11.csv") {
            if row["meter"] == name {
                let number = |column: &str| row[column].parse().unwrap();
                let volts = Volts {
                    mean: number("voltage_v_mean"),
                    hz: Some(number("freq_hz_mean")),
                };
                voltages.hear(&volts, &bands);
            }
        }
        let theirs = &expected["meters"][name];
        let dark = theirs["dark_slots"].as_u64().unwrap() + theirs["part_slots"].as_u64().unwrap();
        assert_eq!(u64::from(voltages.dark), dark);
        assert_eq!(json!(voltages.lit), theirs["voltage"]["lit_slots"]);
        assert_eq!(json!(voltages.high), theirs["voltage"]["above_253_v"]);
        assert_eq!(json!(voltages.low), theirs["voltage"]["below_207_v"]);
        assert_eq!(json!(voltages.least), theirs["voltage"]["least_v"]);
        assert_eq!(json!(voltages.greatest), theirs["voltage"]["greatest_v"]);
    }
}
