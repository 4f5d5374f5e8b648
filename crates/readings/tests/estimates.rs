//! Estimates where supply was gone, where nothing is known, and where they stand in for a gap.

mod support;

use fleet::{HOUR, Moment};
use readings::{
    Around, Bounds, Calendar, Exchange, Facts, Interval, Quality, Reading, Span, estimate, used,
};
use support::zone;

/// A Monday at midnight in Kampala.
const START: Moment = Moment(1_748_811_600_000);

fn hour(hours: i64) -> Moment {
    START.plus(hours * HOUR)
}

/// Four weeks of 100 Wh an hour, 300 Wh from 18 to 22 o'clock, then a gap from 12 to 20 o'clock.
fn register() -> Vec<Reading> {
    let mut wh = 0;
    let mut readings = vec![Reading::new(START, 0)];
    for at in 0..28 * 24 + 24 {
        wh += if (18..22).contains(&(at % 24)) {
            300
        } else {
            100
        };
        readings.push(Reading::new(hour(at + 1), wh));
    }
    let (from, to) = (28 * 24 + 13, 28 * 24 + 20);
    readings.drain(from..to);
    readings
}

fn parts(facts: &Facts<'_>, readings: &[Reading]) -> Vec<i64> {
    let calendar = Calendar::new(zone("Africa/Kampala"));
    let bounds = Bounds::default();
    let heard = support::hear(readings, facts, &bounds, &calendar);
    let around = Around {
        facts,
        bounds: &bounds,
        calendar: &calendar,
    };
    let gap = heard.intervals.iter().find(|one| one.length() > HOUR);
    let parts = gap.map(|gap| estimate(gap, &heard.intervals, &around));
    parts
        .unwrap_or_default()
        .iter()
        .filter_map(|part| part.wh)
        .collect()
}

#[test]
fn a_long_gap_follows_the_same_weekday() {
    assert_eq!(
        parts(&Facts::default(), &register()),
        [100, 100, 100, 100, 100, 100, 300, 300]
    );
}

#[test]
fn time_without_supply_gets_nothing() {
    let dark = [Span::new(hour(28 * 24 + 12), hour(28 * 24 + 14))];
    let facts = Facts {
        outages: &dark,
        ..Facts::default()
    };
    let found = parts(&facts, &register());
    assert_eq!(found[..2], [0, 0]);
    assert_eq!(found.iter().sum::<i64>(), 1_200);
}

#[test]
fn days_with_an_outage_are_no_days_to_go_by() {
    // every Monday evening before was dark for a moment: nothing is left to go by
    let dark: Vec<Span> = (0..4)
        .map(|week| Span::new(hour(week * 168 + 18), hour(week * 168 + 19)))
        .collect();
    let facts = Facts {
        outages: &dark,
        ..Facts::default()
    };
    assert_eq!(parts(&facts, &register()), [150; 8]);
}

#[test]
fn what_no_register_tells_is_given_by_the_means_or_not_at_all() {
    let exchange = [Exchange {
        at: hour(28 * 24 + 15),
        last_wh: None,
        first_wh: None,
    }];
    let facts = Facts {
        exchanges: &exchange,
        ..Facts::default()
    };
    assert_eq!(
        parts(&facts, &register()),
        [100, 100, 100, 100, 100, 100, 300, 300]
    );
    let last = register();
    let short = &last[last.len() - 6..];
    assert_eq!(
        parts(&facts, &[Reading::new(hour(28 * 24 + 12), 9), short[0]]),
        [0_i64; 0]
    );
}

#[test]
fn a_month_says_that_an_estimate_stands_in_it() {
    let whole = |wh, from, to, quality| Interval {
        from: hour(from),
        to: hour(to),
        wh,
        quality,
        missing: u32::from(quality == Quality::Actual && to - from > 1),
    };
    let actual = whole(Some(100), 0, 1, Quality::Actual);
    let gap = whole(Some(500), 1, 3, Quality::Actual);
    let ends = (hour(0), hour(3));
    let of = |intervals: &[Interval]| used(intervals, ends.0, ends.1);
    let found = of(&[actual, gap]);
    assert_eq!(
        (found.wh, found.quality, found.missing),
        (Some(600), Quality::Actual, 1)
    );
    let estimated = [
        actual,
        whole(Some(250), 1, 2, Quality::Estimated),
        whole(Some(250), 2, 3, Quality::Estimated),
    ];
    let found = of(&estimated);
    assert_eq!(
        (found.wh, found.quality, found.missing),
        (Some(600), Quality::Estimated, 0)
    );
    // a stretch that nobody knows, one that is not there, an end without a reading
    let failed = whole(None, 1, 3, Quality::Failed);
    for intervals in [&[actual, failed][..], &[gap], &[actual], &[]] {
        assert_eq!(
            (of(intervals).wh, of(intervals).quality),
            (None, Quality::Failed)
        );
    }
}
