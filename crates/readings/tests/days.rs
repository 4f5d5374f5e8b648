//! Local days of several zones: 23, 24 and 25 hours, and stranger ones.

mod support;

use fleet::{HOUR, MINUTE, Moment};
use readings::{Bounds, Calendar, Facts, Reading};
use support::{local, zone};

/// Zone, date, minutes of the day. Source: the IANA time zone database.
const DAYS: &[(&str, &str, i64)] = &[
    ("Africa/Kampala", "2026-03-29", 1_440),
    ("Europe/Berlin", "2026-03-29", 1_380),
    ("Europe/Berlin", "2026-10-25", 1_500),
    // midnight itself is left out here: the day begins at 01:00
    ("America/Sao_Paulo", "2018-11-04", 1_380),
    // half an hour of summer time
    ("Australia/Lord_Howe", "2026-10-04", 1_410),
    ("Australia/Lord_Howe", "2026-04-05", 1_470),
];

#[test]
fn days_are_as_long_as_the_clocks_have_them() {
    for (name, date, minutes) in DAYS {
        let calendar = Calendar::new(zone(name));
        let day = calendar.day_of(date.parse().unwrap()).unwrap();
        assert_eq!(day.length() / MINUTE, *minutes, "{name} {date}");
        // its first and last moment belong to it, the next one does not
        for inside in [day.from, day.to.plus(-1)] {
            assert_eq!(calendar.day(inside), Some(day), "{name} {date}");
        }
        assert_eq!(calendar.day(day.to).unwrap().from, day.to);
    }
}

#[test]
fn a_day_of_23_hours_has_23_readings_and_its_own_energy() {
    let berlin = zone("Europe/Berlin");
    let first = local("2026-03-28T00:00:00", &berlin);
    let readings: Vec<Reading> = (0..=24 + 23 + 24)
        .map(|hour| Reading::new(first.plus(hour * HOUR), hour * 100))
        .collect();
    let calendar = Calendar::new(berlin);
    let heard = support::hear(&readings, &Facts::default(), &Bounds::default(), &calendar);
    let known: Vec<Option<i64>> = heard.days.iter().map(|day| day.known_wh).collect();
    assert_eq!(known, [Some(2_400), Some(2_300), Some(2_400)]);
    assert_eq!(heard.flags, []);
}

#[test]
fn a_reading_a_second_before_midnight_stands_at_midnight() {
    // head-ends stamp the end of a day 23:59:59
    let kampala = zone("Africa/Kampala");
    let end = |day: i64| local("2026-03-28T23:59:59", &kampala).plus(day * 24 * HOUR);
    let readings: Vec<Reading> = (0..4)
        .map(|day| Reading::new(end(day), day * 4_000))
        .collect();
    let calendar = Calendar::new(kampala);
    let heard = support::hear(&readings, &Facts::default(), &support::daily(), &calendar);
    let days: Vec<(String, Option<i64>)> = heard
        .days
        .iter()
        .map(|day| (day.local.date.to_string(), day.known_wh))
        .collect();
    let expected = ["2026-03-29", "2026-03-30", "2026-03-31"];
    assert_eq!(days, expected.map(|date| (date.to_owned(), Some(4_000))));
}

#[test]
fn readings_at_any_minute_share_the_hour_over_midnight_out() {
    let kampala = zone("Africa/Kampala");
    let first = local("2026-03-28T00:15:00", &kampala);
    let readings: Vec<Reading> = (0..72)
        .map(|hour| Reading::new(first.plus(hour * HOUR), hour * 100))
        .collect();
    let calendar = Calendar::new(kampala);
    let heard = support::hear(&readings, &Facts::default(), &Bounds::default(), &calendar);
    let days: Vec<(i64, Option<i64>)> = heard
        .days
        .iter()
        .map(|day| (day.wh, day.known_wh))
        .collect();
    // the first day lacks its first quarter of an hour
    assert_eq!(days, [(2_375, None), (2_400, None)]);
    assert_eq!(heard.days[1].used_wh(&Bounds::default()), Some(2_400));
}

#[test]
fn a_moment_beyond_the_calendar_is_a_clock_that_is_off() {
    let calendar = Calendar::new(zone("Europe/Berlin"));
    let readings = [0, i64::MAX, i64::MIN, HOUR].map(|at| Reading::new(Moment(at), 100));
    let heard = support::hear(&readings, &Facts::default(), &Bounds::default(), &calendar);
    let slugs: Vec<&str> = heard.flags.iter().map(|flag| flag.rule.slug).collect();
    assert_eq!((slugs, heard.intervals.len()), (vec!["clock-off"], 1));
    assert_eq!(calendar.day(Moment(i64::MAX)), None);
}
