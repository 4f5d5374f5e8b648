//! What holds for every register: nothing lost, nothing invented, and batches change nothing.

mod support;

use fleet::{DAY, HOUR, MINUTE, Moment};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use readings::{
    Around, Bounds, Calendar, Exchange, Facts, Heard, Instant, Memory, Quality, Quantity,
    ReaderClock, Reading, Span, estimate,
};
use support::zone;

const START: i64 = 1_445_500_000_000;

/// A register as it ordinarily is: hours apart, never less.
fn register() -> impl Strategy<Value = Vec<Reading>> {
    let step = (
        prop_oneof![8 => Just(HOUR), 1 => 1..6 * HOUR, 1 => HOUR..4 * DAY],
        prop_oneof![4 => 0..2_000_i64, 1 => Just(0)],
    );
    vec(step, 1..200).prop_map(|steps| {
        let (mut at, mut wh) = (Moment(START), 1_000);
        let mut readings = vec![Reading::new(at, wh)];
        for (length, more) in steps {
            at = at.plus(length);
            wh += more * length / HOUR;
            readings.push(Reading::new(at, wh));
        }
        readings
    })
}

/// Anything that a wire may bring.
fn anything() -> impl Strategy<Value = Vec<Reading>> {
    let at = prop_oneof![6 => START..START + 20 * DAY, 1 => any::<i64>()];
    let wh =
        prop_oneof![6 => 0..60_000_i64, 1 => 900_000_000..1_000_000_000_i64, 1 => any::<i64>()];
    let clock = prop_oneof![
        4 => Just(ReaderClock::Unknown),
        1 => any::<i64>().prop_map(|at| ReaderClock::Live(Moment(at))),
        1 => (START..START + 20 * DAY).prop_map(|at| ReaderClock::Later(Moment(at))),
    ];
    let reading = (at, wh, clock, any::<bool>()).prop_map(|(at, wh, clock, manual)| Reading {
        clock,
        quality: if manual {
            Quality::Manual
        } else {
            Quality::Actual
        },
        ..Reading::new(Moment(at), wh)
    });
    vec(reading, 1..80)
}

fn span() -> impl Strategy<Value = Span> {
    (START..START + 20 * DAY, of(0..5 * DAY)).prop_map(|(from, length)| Span {
        from: Moment(from),
        to: length.map(|length| Moment(from + length)),
    })
}

fn berlin() -> Calendar {
    Calendar::new(zone("Europe/Berlin"))
}

proptest! {
    #[test]
    fn intervals_sum_up_to_the_register(readings in register()) {
        let heard = support::hear(&readings, &Facts::default(), &Bounds::default(), &berlin());
        let sum: i64 = heard.intervals.iter().map(|one| one.wh.unwrap()).sum();
        prop_assert_eq!(sum, readings[readings.len() - 1].wh - readings[0].wh);
        prop_assert_eq!(heard.intervals.len(), readings.len() - 1);
        let linked = heard.intervals.windows(2).all(|two| two[0].to == two[1].from);
        prop_assert!(linked);
    }

    #[test]
    fn days_hold_what_their_intervals_do(readings in register()) {
        let heard = support::hear(&readings, &Facts::default(), &Bounds::default(), &berlin());
        for day in &heard.days {
            prop_assert!(day.covered >= 0 && day.covered <= day.local.length());
            prop_assert!((22 * HOUR..=26 * HOUR).contains(&day.local.length()));
        }
        let begins: Vec<Moment> = heard.days.iter().map(|day| day.local.from).collect();
        prop_assert!(begins.is_sorted());
        // what is shared out over days is never more than what was consumed without a gap
        let without_gaps = heard.intervals.iter().filter(|one| one.missing == 0);
        let consumed: i64 = without_gaps.filter_map(|one| one.wh).sum();
        let days: i64 = heard.days.iter().map(|day| day.wh).sum();
        prop_assert!(days <= consumed, "{days} of {consumed}");
    }

    #[test]
    fn batches_change_nothing(
        readings in anything(),
        powers in vec((START..START + 20 * DAY, -5_000..9_000_000_i64), 0..40),
        cuts in vec(any::<prop::sample::Index>(), 0..5),
        spans in vec(span(), 0..3),
        exchange in of((START..START + 20 * DAY, of(0..60_000_i64), of(0..60_000_i64))),
    ) {
        let exchanges: Vec<Exchange> = exchange
            .map(|(at, last_wh, first_wh)| Exchange { at: Moment(at), last_wh, first_wh })
            .into_iter()
            .collect();
        let facts = Facts {
            exchanges: &exchanges,
            relay_open: &spans,
            outages: &spans,
            ..Facts::default()
        };
        let (bounds, calendar) = (Bounds::default(), berlin());
        let around = Around { facts: &facts, bounds: &bounds, calendar: &calendar };
        let cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(readings.len())).collect();
        let hear = |kept_between: bool| {
            let (mut memory, mut heard) = (Memory::default(), Heard::default());
            for (place, reading) in readings.iter().enumerate() {
                if kept_between && cuts.contains(&place) {
                    let kept = serde_json::to_string(&memory).unwrap();
                    memory = serde_json::from_str(&kept).unwrap();
                }
                memory.hear(reading, &around, &mut heard);
                if let Some((at, milli)) = powers.get(place) {
                    let instant = Instant { at: Moment(*at), quantity: Quantity::Power, milli: *milli };
                    memory.hear_instant(&instant, &around, &mut heard);
                }
            }
            (memory, heard)
        };
        prop_assert_eq!(hear(false), hear(true));
    }

    #[test]
    fn the_same_readings_again_say_nothing_new(readings in register()) {
        let (bounds, calendar, facts) = (Bounds::default(), berlin(), Facts::default());
        let around = Around { facts: &facts, bounds: &bounds, calendar: &calendar };
        let (mut memory, mut heard) = (Memory::default(), Heard::default());
        for reading in &readings {
            memory.hear(reading, &around, &mut heard);
        }
        let (before, once) = (memory.clone(), heard.clone());
        for reading in &readings {
            memory.hear(reading, &around, &mut heard);
        }
        prop_assert_eq!((&memory, &heard.intervals, &heard.flags), (&before, &once.intervals, &once.flags));
    }

    #[test]
    fn whatever_comes_no_interval_is_negative_or_backwards(readings in anything()) {
        let heard = support::hear(&readings, &Facts::default(), &Bounds::default(), &berlin());
        for one in &heard.intervals {
            prop_assert!(one.from < one.to && one.wh.is_none_or(|wh| wh >= 0));
            prop_assert_eq!(one.wh.is_none(), one.quality == Quality::Failed);
        }
        for flag in &heard.flags {
            prop_assert!(flag.from <= flag.to);
        }
    }

    #[test]
    fn estimates_sum_up_and_are_marked(
        readings in register(),
        dark in vec(span(), 0..3),
        period in prop_oneof![Just(HOUR), Just(15 * MINUTE)],
    ) {
        let bounds = Bounds { period, ..Bounds::default() };
        let facts = Facts { outages: &dark, ..Facts::default() };
        let calendar = berlin();
        let around = Around { facts: &facts, bounds: &bounds, calendar: &calendar };
        let heard = support::hear(&readings, &facts, &bounds, &calendar);
        for gap in heard.intervals.iter().filter(|one| one.missing > 0) {
            let parts = estimate(gap, &heard.intervals, &around);
            prop_assert_eq!(parts.len(), gap.missing as usize + 1);
            prop_assert_eq!(parts.iter().filter_map(|part| part.wh).sum::<i64>(), gap.wh.unwrap());
            prop_assert!(parts.iter().all(|part| part.quality == Quality::Estimated));
            prop_assert!(parts.iter().all(|part| part.wh.is_some_and(|wh| wh >= 0)));
            prop_assert_eq!((parts[0].from, parts[parts.len() - 1].to), (gap.from, gap.to));
        }
    }
}
