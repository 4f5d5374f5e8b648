//! Trends and changes of the mean day: planted ones are found, measured homes mostly have none.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

mod support;

use readings::{DayUse, TrendTerms, trend};
use support::{LondonDay, london};

fn uses(days: &[LondonDay]) -> Vec<DayUse> {
    let epoch = "1970-01-01".parse::<jiff::civil::Date>().unwrap();
    let number = |day: &LondonDay| day.date.since(epoch).unwrap().get_days();
    let used = |day: &LondonDay| DayUse {
        day: number(day),
        wh: day.wh,
        dark: false,
    };
    days.iter().map(used).collect()
}

fn days(wh: impl IntoIterator<Item = i64>) -> Vec<DayUse> {
    (0..)
        .zip(wh)
        .map(|(day, wh)| DayUse {
            day,
            wh,
            dark: false,
        })
        .collect()
}

#[test]
fn a_planted_drop_is_mostly_found_and_measured_homes_mostly_have_no_change() {
    let terms = TrendTerms::default();
    let (mut windows, mut changed, mut found) = (0, 0, 0);
    for home in london().values() {
        for window in uses(home).chunks_exact(56) {
            windows += 1;
            changed += i32::from(trend(window, &terms).unwrap().change.is_some());
            let mut with = window.to_vec();
            for day in &mut with[40..] {
                day.wh = day.wh * 4 / 10;
            }
            let change = trend(&with, &terms).unwrap().change;
            let near = |change: &readings::Change| (change.day - with[40].day).abs() <= 3;
            found += i32::from(change.as_ref().is_some_and(near));
        }
    }
    assert!(windows > 1_000, "{windows}");
    assert!(changed * 14 <= windows, "{changed} of {windows} changed");
    assert!(found * 4 >= windows * 3, "{found} of {windows} found");
}

#[test]
fn a_change_says_when_and_how_much() {
    let wiggle = |day: i64, wh: i64| wh + day % 3 * 10;
    let with = days((0..40).map(|day| wiggle(day, if day < 28 { 5_000 } else { 2_000 })));
    let change = trend(&with, &TrendTerms::default())
        .unwrap()
        .change
        .unwrap();
    assert_eq!(change.day, 28);
    assert!((change.drop() - 0.6).abs() < 0.01, "{change:?}");
    let even = days((0..40).map(|day| wiggle(day, 5_000)));
    assert_eq!(trend(&even, &TrendTerms::default()).unwrap().change, None);
    // a fall by less than half is none
    let little = days((0..40).map(|day| wiggle(day, if day < 28 { 5_000 } else { 2_600 })));
    assert_eq!(trend(&little, &TrendTerms::default()).unwrap().change, None);
}

#[test]
fn a_trend_is_the_median_slope_of_the_weeks() {
    let rising = days((0..56).map(|day| 3_000 + day / 7 * 140));
    let found = trend(&rising, &TrendTerms::default()).unwrap();
    assert_eq!(found.days, 56);
    assert!((found.weekly_wh.unwrap() - 140.0).abs() < 1e-9, "{found:?}");
    // one wild week moves a mean, not a median
    let wild = days((0..56).map(|day| {
        if day / 7 == 3 {
            90_000
        } else {
            3_000 + day / 7 * 140
        }
    }));
    let found = trend(&wild, &TrendTerms::default()).unwrap();
    assert!((found.weekly_wh.unwrap() - 140.0).abs() < 1e-9, "{found:?}");
}

#[test]
fn too_few_days_say_nothing_and_dark_ones_are_left_out() {
    let terms = TrendTerms::default();
    assert_eq!(trend(&days([4_000; 6]), &terms), None);
    assert_eq!(trend(&days([4_000; 7]), &terms).unwrap().weekly_wh, None);
    let mut with = days([4_000; 20]);
    for day in &mut with[..10] {
        (day.wh, day.dark) = (0, true);
    }
    let found = trend(&with, &terms).unwrap();
    assert_eq!((found.days, found.mean_wh), (10, 4_000.0));
}
