//! What a memory keeps and lets go: doubts, late readings, powers, days that are not known.

mod support;

use fleet::{HOUR, Moment};
use readings::{
    Around, Bounds, Calendar, Exchange, Facts, Heard, Instant, Memory, Quantity, Reading, Span,
};
use support::zone;

/// Midnight in Kampala.
const START: Moment = Moment(1_748_811_600_000);

fn hour(hours: i64) -> Moment {
    START.plus(hours * HOUR)
}

fn calendar() -> Calendar {
    Calendar::new(zone("Africa/Kampala"))
}

/// Hears `(hour, wh)`.
fn heard(readings: &[(i64, i64)], facts: &Facts<'_>, bounds: &Bounds) -> Heard {
    let readings: Vec<Reading> = readings
        .iter()
        .map(|(at, wh)| Reading::new(hour(*at), *wh))
        .collect();
    support::hear(&readings, facts, bounds, &calendar())
}

fn slugs(heard: &Heard) -> Vec<&str> {
    heard.flags.iter().map(|flag| flag.rule.slug).collect()
}

#[test]
fn a_doubt_is_gone_when_the_register_goes_on() {
    // two wrong values that fit each other, with a right one between them
    let readings = [
        (0, 500_000),
        (1, 11_115),
        (2, 500_400),
        (3, 11_116),
        (4, 500_900),
    ];
    let heard = heard(&readings, &Facts::default(), &Bounds::default());
    assert_eq!(slugs(&heard), ["ran-back", "gap", "ran-back", "gap"]);
    let wh: Vec<Option<i64>> = heard.intervals.iter().map(|one| one.wh).collect();
    assert_eq!(wh, [Some(400), Some(500)]);
}

#[test]
fn two_that_fit_each_other_are_the_new_register() {
    let readings = [(0, 500_000), (1, 11_115), (2, 11_415), (3, 11_916)];
    let heard = heard(&readings, &Facts::default(), &Bounds::default());
    assert_eq!(slugs(&heard), ["ran-back"]);
    let wh: Vec<Option<i64>> = heard.intervals.iter().map(|one| one.wh).collect();
    assert_eq!(wh, [None, Some(300), Some(501)]);
}

#[test]
fn a_late_reading_is_handed_back_and_moves_nothing() {
    let readings = [(0, 100), (1, 200), (4, 500), (2, 310), (3, 420), (5, 600)];
    let heard = heard(&readings, &Facts::default(), &Bounds::default());
    let late: Vec<i64> = heard.late.iter().map(|one| one.wh).collect();
    assert_eq!(late, [310, 420]);
    assert_eq!(slugs(&heard), ["gap"]);
    assert_eq!(heard.intervals.len(), 3);
}

#[test]
fn a_power_counts_only_while_the_register_stands() {
    let (facts, bounds, calendar) = (Facts::default(), Bounds::default(), calendar());
    let around = Around {
        facts: &facts,
        bounds: &bounds,
        calendar: &calendar,
    };
    // 90 Wh an hour; the register moves in steps of 100 Wh, so it stands for one hour at most
    let of = |steps: fn(i64) -> i64| {
        let (mut memory, mut heard) = (Memory::default(), Heard::default());
        for at in 0..12 {
            memory.hear(&Reading::new(hour(at), steps(at)), &around, &mut heard);
            let power = Instant {
                at: hour(at),
                quantity: Quantity::Power,
                milli: 90_000 + at,
            };
            memory.hear_instant(&power, &around, &mut heard);
        }
        heard.flags.len()
    };
    assert_eq!(of(|at| at * 90 / 100 * 100), 0);
    // it is said once
    assert_eq!(of(|at| at.min(3) * 90), 1);
}

#[test]
fn a_day_in_which_something_is_unknown_is_unknown() {
    let exchange = [Exchange {
        at: hour(12),
        last_wh: None,
        first_wh: Some(0),
    }];
    let facts = Facts {
        exchanges: &exchange,
        ..Facts::default()
    };
    let readings: Vec<(i64, i64)> = (0..=48)
        .map(|at| {
            (
                at,
                if at < 12 {
                    900_000 + at * 100
                } else {
                    at * 100
                },
            )
        })
        .collect();
    let heard = heard(&readings, &facts, &Bounds::default());
    let known: Vec<Option<i64>> = heard.days.iter().map(|day| day.known_wh).collect();
    assert_eq!(known, [None, Some(2_400)]);
    // what readings cover is there, and it is nearly all
    assert_eq!(
        (heard.days[0].wh, heard.days[0].covered),
        (2_300, 23 * HOUR)
    );
}

#[test]
fn nothing_used_is_counted_with_supply_and_a_closed_relay_only() {
    let readings: Vec<(i64, i64)> = (0..12)
        .map(|day| (day * 24, if day < 3 { day * 4_000 } else { 12_000 }))
        .collect();
    let spans = [Span::new(hour(6 * 24 + 1), hour(6 * 24 + 2))];
    let of = |facts: &Facts<'_>| slugs(&heard(&readings, facts, &support::daily())).len();
    assert_eq!(of(&Facts::default()), 1);
    let dark = Facts {
        outages: &spans,
        ..Facts::default()
    };
    let open = Facts {
        relay_open: &spans,
        ..Facts::default()
    };
    assert_eq!((of(&dark), of(&open)), (0, 0));
}
