//! Every rule with a case in which it speaks and one next to it in which it does not.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

mod support;

use catalogue::Lang;
use fleet::{DAY, HOUR, MINUTE, Moment, Watts};
use readings::{
    Around, Bounds, Calendar, Exchange, Facts, Flag, Heard, Instant, Interval, Memory, Quality,
    Quantity, RULES, ReaderClock, Reading, Span, Summed, Week, rule, stand_out, sum_check,
};
use std::collections::BTreeSet;
use support::zone;

/// Midnight of 2 June 2025 in Kampala, which has no summer time.
const START: Moment = Moment(1_748_811_600_000);

fn hour(hours: i64) -> Moment {
    START.plus(hours * HOUR)
}

/// Hears `(hour, wh)`.
fn heard(readings: &[(i64, i64)], facts: &Facts<'_>) -> Vec<Flag> {
    let readings: Vec<Reading> = readings
        .iter()
        .map(|(at, wh)| Reading::new(hour(*at), *wh))
        .collect();
    flags_of(&readings, facts, &Bounds::default())
}

fn flags_of(readings: &[Reading], facts: &Facts<'_>, bounds: &Bounds) -> Vec<Flag> {
    support::hear(
        readings,
        facts,
        bounds,
        &Calendar::new(zone("Africa/Kampala")),
    )
    .flags
}

/// A register at midnight, day by day.
fn days(wh: &[i64]) -> Vec<Flag> {
    let mut sum = 0;
    let ends = wh.iter().enumerate().map(|(day, wh)| {
        sum += wh;
        Reading::new(hour((i64::try_from(day).unwrap() + 1) * 24), sum)
    });
    let readings: Vec<Reading> = std::iter::once(Reading::new(START, 0))
        .chain(ends)
        .collect();
    flags_of(&readings, &Facts::default(), &support::daily())
}

/// The same value so often.
fn instants(quantity: Quantity, values: &[i64]) -> Vec<Flag> {
    let calendar = Calendar::new(zone("Africa/Kampala"));
    let (facts, bounds) = (Facts::default(), Bounds::default());
    let around = Around {
        facts: &facts,
        bounds: &bounds,
        calendar: &calendar,
    };
    let (mut memory, mut heard) = (Memory::default(), Heard::default());
    for (place, milli) in values.iter().enumerate() {
        let instant = Instant {
            at: hour(i64::try_from(place).unwrap()),
            quantity,
            milli: *milli,
        };
        memory.hear_instant(&instant, &around, &mut heard);
    }
    heard.flags
}

/// A register that stands still for so many hours at 500 W.
fn standing(hours: i64) -> Vec<Flag> {
    let calendar = Calendar::new(zone("Africa/Kampala"));
    let (facts, bounds) = (Facts::default(), Bounds::default());
    let around = Around {
        facts: &facts,
        bounds: &bounds,
        calendar: &calendar,
    };
    let (mut memory, mut heard) = (Memory::default(), Heard::default());
    memory.hear(&Reading::new(hour(0), 5_000), &around, &mut heard);
    for at in 0..=hours {
        let instant = Instant {
            at: hour(at),
            quantity: Quantity::Power,
            milli: 90_000 + at,
        };
        memory.hear_instant(&instant, &around, &mut heard);
    }
    memory.hear(&Reading::new(hour(hours), 5_000), &around, &mut heard);
    let frozen = heard.flags.into_iter();
    frozen.filter(|flag| flag.rule.slug != "gap").collect()
}

fn stamped(clock: ReaderClock) -> Vec<Flag> {
    let reading = Reading {
        clock,
        ..Reading::new(hour(1), 100)
    };
    flags_of(&[reading], &Facts::default(), &Bounds::default())
}

fn among(own: i64) -> Vec<Flag> {
    let week = |wh| {
        Some(Week {
            wh,
            usual_wh: 4_000,
        })
    };
    let homes = [
        week(own),
        week(3_900),
        week(4_100),
        week(4_000),
        week(3_700),
        week(4_400),
        None,
    ];
    let found = stand_out(&homes, hour(0), hour(168), &Bounds::default());
    assert!(found.iter().all(|(place, _)| *place == 0));
    found.into_iter().map(|(_, flag)| flag).collect()
}

fn interval(wh: Option<i64>) -> Interval {
    Interval {
        from: hour(0),
        to: hour(1),
        wh,
        quality: Quality::Actual,
        missing: 0,
    }
}

fn sums(total: i64, homes: &[i64]) -> Vec<Flag> {
    let homes: Vec<Option<Interval>> = homes.iter().map(|wh| Some(interval(Some(*wh)))).collect();
    match sum_check(&interval(Some(total)), &homes, &Bounds::default()) {
        Summed::Differs(flag) => vec![flag],
        Summed::Fits { residual_wh } => {
            let homes: i64 = homes.iter().flatten().filter_map(|one| one.wh).sum();
            assert_eq!(residual_wh, total - homes);
            Vec::new()
        }
        Summed::Unknown { missing } => panic!("{missing} are missing"),
    }
}

const NONE: Facts<'_> = Facts {
    phases: None,
    load_limit: None,
    exchanges: &[],
    relay_open: &[],
    outages: &[],
    vacant: &[],
};

fn exchange(last_wh: Option<i64>, first_wh: Option<i64>) -> Exchange {
    Exchange {
        at: hour(1),
        last_wh,
        first_wh,
    }
}

/// Name of the rule, its case, and the case next to it.
type Case = (&'static str, Vec<Flag>, Vec<Flag>);

fn cases() -> Vec<Case> {
    [of_the_register(), of_days_and_stretches(), of_others()].concat()
}

fn of_the_register() -> Vec<Case> {
    let with_limit = |watts| {
        let facts = Facts {
            load_limit: Some(Watts(watts)),
            ..NONE
        };
        heard(&[(0, 0), (1, 1_500), (2, 3_000)], &facts)
    };
    let exchanged = |one: Exchange| {
        let facts = Facts {
            exchanges: &[one],
            ..NONE
        };
        heard(&[(0, 900_000), (1, 2_400), (2, 2_900)], &facts)
    };
    vec![
        (
            "same-moment",
            heard(&[(0, 100), (0, 101)], &NONE),
            heard(&[(0, 100), (0, 100)], &NONE),
        ),
        (
            "ran-back",
            heard(&[(0, 5_000), (1, 4_990)], &NONE),
            heard(&[(0, 5_000), (1, 5_000)], &NONE),
        ),
        (
            "rolled-over",
            heard(&[(0, 999_999_000), (1, 500)], &NONE),
            heard(&[(0, 899_999_000), (1, 500)], &NONE),
        ),
        (
            "exchanged",
            exchanged(exchange(Some(900_200), Some(2_000))),
            exchanged(exchange(None, None)),
        ),
        (
            "exchanged-blind",
            exchanged(exchange(Some(900_200), None)),
            exchanged(exchange(Some(900_200), Some(2_000))),
        ),
        (
            "beyond-meter",
            heard(&[(0, 0), (1, 25_320)], &NONE),
            heard(&[(0, 0), (1, 25_310)], &NONE),
        ),
        ("beyond-limit", with_limit(1_300.0), with_limit(1_400.0)),
        (
            "clock-jumped",
            heard(&[(0, 0), (1, 100), (30, 200), (2, 300)], &NONE),
            heard(&[(0, 0), (1, 100), (30, 200), (2, 150)], &NONE),
        ),
        (
            "ten-times",
            heard(&[(0, 41_000), (1, 412_000)], &NONE),
            heard(&[(0, 41_000), (1, 412_005)], &NONE),
        ),
        (
            "tenth",
            heard(&[(0, 41_000), (1, 4_120)], &NONE),
            heard(&[(0, 41_000), (1, 3_120)], &NONE),
        ),
        (
            "swapped",
            heard(&[(0, 41_000), (1, 14_200)], &NONE),
            heard(&[(0, 41_000), (1, 12_000)], &NONE),
        ),
    ]
}

fn of_days_and_stretches() -> Vec<Case> {
    let open = [Span::new(hour(0), hour(9))];
    let ends_early = [Span::new(hour(0), hour(2).plus(-1))];
    let while_open = |spans: &[Span], wh: i64| {
        let facts = Facts {
            relay_open: spans,
            ..NONE
        };
        heard(&[(1, 100), (2, 100 + wh)], &facts)
    };
    let while_vacant = |spans: &[Span], wh: i64| {
        let facts = Facts {
            vacant: spans,
            ..NONE
        };
        heard(&[(1, 100), (2, 100 + wh)], &facts)
    };
    let usual = |last: &[i64]| days(&[&[4_000; 28][..], last].concat());
    let zero = |count: usize| usual(&vec![0; count]);
    vec![
        ("spike", usual(&[17_000]), usual(&[15_900])),
        ("high", usual(&[15_000; 6]), usual(&[11_900; 7])),
        ("low", usual(&[300; 7]), usual(&[500; 7])),
        ("nothing-used", zero(7), zero(6)),
        (
            "use-while-open",
            while_open(&open, 20),
            while_open(&ends_early, 20),
        ),
        (
            "use-while-open",
            while_open(&open, 20),
            while_open(&open, 10),
        ),
        (
            "use-while-vacant",
            while_vacant(&open, 20),
            while_vacant(&open, 10),
        ),
        (
            "gap",
            heard(&[(0, 0), (2, 100)], &NONE),
            heard(&[(0, 0), (1, 100)], &NONE),
        ),
    ]
}

fn of_others() -> Vec<Case> {
    vec![
        ("above-neighbours", among(17_000), among(15_000)),
        ("below-neighbours", among(900), among(1_100)),
        (
            "frozen-value",
            instants(Quantity::Voltage, &[231_500; 6]),
            instants(Quantity::Voltage, &[231_500; 5]),
        ),
        (
            "frozen-value",
            instants(Quantity::Power, &[7_000; 6]),
            instants(Quantity::Power, &[0; 9]),
        ),
        ("frozen-register", standing(2), standing(1)),
        (
            "sum-differs",
            sums(10_000, &[4_000, 5_000]),
            sums(10_000, &[4_400, 5_000]),
        ),
        (
            "sum-differs",
            sums(10_000, &[5_200, 5_100]),
            sums(10_000, &[5_100, 5_050]),
        ),
        (
            "clock-off",
            stamped(ReaderClock::Live(hour(1).plus(-6 * MINUTE))),
            stamped(ReaderClock::Live(hour(1).plus(-5 * MINUTE))),
        ),
        (
            "clock-off",
            stamped(ReaderClock::Later(hour(1).plus(-6 * MINUTE))),
            stamped(ReaderClock::Later(hour(1).plus(DAY))),
        ),
    ]
}

#[test]
fn each_rule_speaks_in_its_case_and_is_silent_next_to_it() {
    for (slug, with, without) in cases() {
        let says = |flags: &[Flag]| flags.iter().any(|flag| flag.rule.slug == slug);
        assert!(says(&with), "{slug} does not speak: {with:?}");
        assert!(!says(&without), "{slug} speaks: {without:?}");
    }
}

#[test]
fn no_rule_is_without_a_case() {
    let with: BTreeSet<&str> = cases().iter().map(|case| case.0).collect();
    let all: BTreeSet<&str> = RULES.iter().map(|rule| rule.slug).collect();
    assert_eq!(with, all);
    assert_eq!(all.len(), RULES.len(), "two rules have one name");
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id.word()).collect();
    assert_eq!(ids.len(), 12, "{ids:?}");
    assert!(RULES.is_sorted_by_key(|rule| rule.id));
    assert!(rule("gap").is_some() && rule("gaps").is_none());
}

#[test]
fn every_sentence_is_filled_in_both_languages() {
    for (slug, flags, _) in cases() {
        for flag in flags.iter().filter(|flag| flag.rule.slug == slug) {
            for lang in [Lang::En, Lang::Fr] {
                let (says, said) = (flag.rule.says.get(lang), flag.say(lang));
                let asks = |text: &str| text.matches('?').count();
                assert_eq!(asks(says), asks(&said), "{slug}: {said}");
                assert!(!said.contains(['{', '}']), "{slug}: {said}");
            }
        }
    }
    let gap = &heard(&[(0, 0), (3, 1_234)], &NONE)[0];
    assert_eq!(
        gap.say(Lang::En),
        "2 readings are missing in 3.0 h. What was consumed in all is known; what was consumed \
         when is not, and is estimated only on request."
    );
    let back = &heard(&[(0, 5_000), (1, 4_990)], &NONE)[0];
    assert!(
        back.say(Lang::Fr)
            .starts_with("L'index est revenu de 5,00 kWh à 4,99 kWh")
    );
}

#[test]
fn what_lasts_is_said_once_until_it_is_over() {
    let open = [Span::new(hour(0), hour(6)), Span::new(hour(20), hour(30))];
    let facts = Facts {
        relay_open: &open,
        ..NONE
    };
    let readings: Vec<(i64, i64)> = (0..30).map(|at| (at, at * 50)).collect();
    let slugs: Vec<&str> = heard(&readings, &facts)
        .iter()
        .map(|flag| flag.rule.slug)
        .collect();
    assert_eq!(slugs, ["use-while-open", "use-while-open"]);
}

#[test]
fn a_missing_home_is_never_zero() {
    let homes = [Some(interval(Some(5_000))), None, Some(interval(None))];
    let checked = sum_check(&interval(Some(5_100)), &homes, &Bounds::default());
    assert_eq!(checked, Summed::Unknown { missing: 2 });
    let other = Interval {
        to: hour(2),
        ..interval(Some(100))
    };
    let checked = sum_check(&interval(Some(100)), &[Some(other)], &Bounds::default());
    assert_eq!(checked, Summed::Unknown { missing: 1 });
}
