//! Readings and events: many, repeated, late, from clocks that are wrong.

use crate::fixtures::{METER, OTHER, nth, number};
use crate::place::{Place, on_both};
use fleet::{DAY, HOUR, Moment};
use store::{Event, Reading};

fn reading(meter: &str, register: &'static str, at: i64, milli: i64) -> Reading {
    Reading {
        meter: number(meter),
        register,
        at: Moment(at),
        milli,
    }
}

on_both![
    a_reading_that_comes_again_is_ignored_and_not_counted,
    a_span_begins_with_its_first_moment_and_ends_before_its_last,
    readings_of_every_meter_and_clock_are_kept,
    another_node_knows_the_registers_of_the_first,
    an_event_is_kept_once,
];

async fn a_reading_that_comes_again_is_ignored_and_not_counted(place: Place) {
    let store = place.open().await;
    let batch = [
        reading(METER, "kwh", 1, 10),
        reading(METER, "kwh_hour", 1, 20),
        reading(OTHER, "kwh", 1, 30),
    ];
    assert_eq!(store.keep_readings(&batch).await.unwrap(), 3);
    let again = [
        reading(METER, "kwh", 1, 99),
        reading(METER, "kwh", 2, 11),
        reading(METER, "kwh", 2, 12),
    ];
    assert_eq!(store.keep_readings(&again).await.unwrap(), 1);
    let kept = store
        .readings(&number(METER), "kwh", Moment(0), Moment(9), 9)
        .await
        .unwrap();
    assert_eq!(
        kept,
        [reading(METER, "kwh", 1, 10), reading(METER, "kwh", 2, 11)]
    );
    assert_eq!(store.keep_readings(&[]).await.unwrap(), 0);
    let nothing = store
        .readings(&number(METER), "power_w", Moment(0), Moment(9), 9)
        .await
        .unwrap();
    assert_eq!(nothing, []);
}

async fn a_span_begins_with_its_first_moment_and_ends_before_its_last(place: Place) {
    let store = place.open().await;
    let start = 20_650 * DAY;
    let hours: Vec<Reading> = (0..24 * 70)
        .map(|h| reading(METER, "kwh", start + h * HOUR, h))
        .collect();
    assert_eq!(
        store.keep_readings(&hours).await.unwrap(),
        hours.len() as u64
    );
    let span = async |from: i64, to: i64, limit: usize| {
        let (from, to) = (Moment(start + from * HOUR), Moment(start + to * HOUR));
        store
            .readings(&number(METER), "kwh", from, to, limit)
            .await
            .unwrap()
    };
    assert_eq!(span(0, 24 * 70, 99_999).await, hours);
    assert_eq!(span(30, 55, 99).await, hours[30..55]);
    assert_eq!(span(30, 31, 99).await, hours[30..31]);
    assert_eq!(span(30, 30, 99).await, []);
    assert_eq!(span(55, 30, 99).await, []);
    assert_eq!(span(0, 24 * 70, 5).await, hours[..5]);
}

async fn readings_of_every_meter_and_clock_are_kept(place: Place) {
    let store = place.open().await;
    let mut all: Vec<Reading> = (0..3_000)
        .map(|n| Reading {
            meter: nth(n),
            ..reading(METER, "kwh", 1_767_225_600_000, i64::from(n))
        })
        .collect();
    for at in [-1, 0, 946_684_800_000, 4_102_444_800_000] {
        all.push(reading(METER, "kwh", at, 1));
    }
    assert_eq!(store.keep_readings(&all).await.unwrap(), 3_004);
    assert_eq!(store.keep_readings(&all).await.unwrap(), 0);
    let ever = (Moment(i64::MIN), Moment(i64::MAX));
    let kept = store
        .readings(&number(METER), "kwh", ever.0, ever.1, 9)
        .await
        .unwrap();
    assert_eq!(
        kept.iter().map(|r| r.at.0).collect::<Vec<_>>(),
        [-1, 0, 946_684_800_000, 4_102_444_800_000]
    );
    let one = store
        .readings(&nth(2_999), "kwh", ever.0, ever.1, 9)
        .await
        .unwrap();
    assert_eq!(one[0].milli, 2_999);
}

async fn another_node_knows_the_registers_of_the_first(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    one.keep_readings(&[reading(METER, "kwh", 1, 1)])
        .await
        .unwrap();
    let (a, b) = (
        [reading(METER, "power_w", 2, 2)],
        [reading(OTHER, "power_w", 2, 3)],
    );
    let (a, b) = tokio::join!(one.keep_readings(&a), two.keep_readings(&b));
    assert_eq!((a.unwrap(), b.unwrap()), (1, 1));
    for (store, meter, milli) in [(&one, OTHER, 3), (&two, METER, 2)] {
        let kept = store
            .readings(&number(meter), "power_w", Moment(0), Moment(9), 9)
            .await
            .unwrap();
        assert_eq!(kept, [reading(meter, "power_w", 2, milli)]);
    }
    assert_eq!(
        two.readings(&number(METER), "kwh", Moment(0), Moment(9), 9)
            .await
            .unwrap()
            .len(),
        1
    );
}

async fn an_event_is_kept_once(place: Place) {
    let store = place.open().await;
    let event = |local: &str, code, source: &str| Event {
        meter: number(METER),
        received: Moment(50),
        local: local.into(),
        source: source.into(),
        code,
        text: (code == 3).then(|| "cover opened".into()),
    };
    let all = [
        event("2026-03-01 10:00:00", 3, "main"),
        event("2026-03-01 10:00:00", 3, "backup"),
        event("2026-03-01 10:00:00", 4, "main"),
        event("2026-03-02 09:00:00", 3, "main"),
    ];
    assert_eq!(store.keep_events(&all).await.unwrap(), 4);
    assert_eq!(store.keep_events(&all).await.unwrap(), 0);
    let twice = [
        event("2026-03-03 10:00:00", 3, "main"),
        event("2026-03-03 10:00:00", 3, "main"),
    ];
    assert_eq!(store.keep_events(&twice).await.unwrap(), 1);
    let kept = store.events(&number(METER), 2).await.unwrap();
    assert_eq!(kept, [twice[0].clone(), all[3].clone()]);
    assert_eq!(store.events(&number(OTHER), 2).await.unwrap(), []);
}
