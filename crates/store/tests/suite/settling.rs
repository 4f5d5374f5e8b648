//! What follows from answers is kept together, and late or repeated answers do no harm.

use crate::fixtures::{
    METER, OTHER, about, answer, bare, judged, new_case, number, seen, slot, value, values, words,
};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{CaseFilter, NewAnswer, Reading, Settlement};

on_both![
    a_value_that_stays_keeps_its_since_and_only_a_change_is_observed,
    an_answer_that_comes_late_does_not_hide_a_newer_one,
    several_values_of_one_item_in_one_batch_are_taken_in_order,
    an_answer_frees_its_slot_and_its_settlement_ends_the_request,
    equal_requests_merge_and_the_higher_priority_wins,
    a_settlement_is_kept_whole_or_not_at_all,
];

async fn a_value_that_stays_keeps_its_since_and_only_a_change_is_observed(place: Place) {
    let store = place.open().await;
    store.put_meters(&[bare(number(METER))]).await.unwrap();
    for (at, text) in [(10, "230"), (20, "230"), (30, "0"), (40, "0"), (50, "230")] {
        store
            .settle(&values(vec![value(METER, "voltage", text, at)]))
            .await
            .unwrap();
    }
    let known = store.known(&[number(METER)]).await.unwrap();
    let latest = &known[0].latest[0];
    assert_eq!(
        (latest.value.as_str(), latest.at, latest.since),
        ("230", Moment(50), Moment(50))
    );
    let seen = store
        .observations(&number(METER), Some("voltage"), 9)
        .await
        .unwrap();
    let seen: Vec<(i64, &str)> = seen.iter().map(|o| (o.at.0, o.value.as_str())).collect();
    assert_eq!(seen, [(50, "230"), (30, "0"), (10, "230")]);
    store
        .settle(&values(vec![value(METER, "voltage", "230", 60)]))
        .await
        .unwrap();
    let known = store.known(&[number(METER)]).await.unwrap();
    let latest = &known[0].latest[0];
    assert_eq!((latest.at, latest.since), (Moment(60), Moment(50)));
    assert_eq!(
        store
            .observations(&number(METER), Some("relay"), 9)
            .await
            .unwrap(),
        []
    );
}

async fn an_answer_that_comes_late_does_not_hide_a_newer_one(place: Place) {
    let store = place.open().await;
    store.put_meters(&[bare(number(METER))]).await.unwrap();
    store
        .settle(&values(vec![value(METER, "relay", "open", 20)]))
        .await
        .unwrap();
    store
        .settle(&values(vec![value(METER, "relay", "closed", 10)]))
        .await
        .unwrap();
    let known = store.known(&[number(METER)]).await.unwrap();
    assert_eq!(known[0].latest[0].value, "open");
    assert_eq!(
        store
            .observations(&number(METER), None, 9)
            .await
            .unwrap()
            .len(),
        1
    );
}

async fn several_values_of_one_item_in_one_batch_are_taken_in_order(place: Place) {
    let store = place.open().await;
    let batch = [(1, "a"), (2, "b"), (3, "b"), (4, "c")];
    let batch = batch
        .iter()
        .map(|(at, text)| value(METER, "relay", text, *at))
        .collect();
    store.settle(&values(batch)).await.unwrap();
    let seen = store.observations(&number(METER), None, 9).await.unwrap();
    let seen: Vec<i64> = seen.iter().map(|o| o.at.0).collect();
    assert_eq!(seen, [4, 2, 1]);
}

async fn an_answer_frees_its_slot_and_its_settlement_ends_the_request(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let request = store.request(&meter, "power", 3, Moment(5)).await.unwrap();
    let wanted = [slot("G1", &meter, "power"), slot("G1", &meter, "relay")];
    let slots = store.reserve(&wanted, 5).await.unwrap();
    let (named, told) = (slots[0].unwrap(), slots[1].unwrap());
    let ids = store
        .keep(&[NewAnswer {
            slot: Some(named),
            ..answer(METER, 8)
        }])
        .await
        .unwrap();
    let held = store.slots("main").await.unwrap();
    let held: Vec<_> = held.into_iter().map(|slot| slot.id).collect();
    assert_eq!(held, [told], "what is kept holds nothing any more");
    store
        .settle(&Settlement {
            at: Moment(9),
            settled: vec![(ids[0], None)],
            latest: vec![store::Latest {
                answer: Some(ids[0]),
                ..value(METER, "power", "5", 8)
            }],
            requests: vec![(request, None)],
            freed: vec![told],
            ..Settlement::default()
        })
        .await
        .unwrap();
    assert_eq!(store.slots("main").await.unwrap(), []);
    let ended = store.request_state(request).await.unwrap().unwrap();
    assert_eq!(
        (ended.done_at, ended.outcome, ended.answer),
        (Some(Moment(9)), None, Some(ids[0]))
    );
    assert_eq!(store.open_requests().await.unwrap(), []);
    let again = store.request(&meter, "power", 1, Moment(20)).await.unwrap();
    assert_ne!(again, request, "a request that has ended is not joined");
    store
        .settle(&Settlement {
            requests: vec![(again, Some("the meter did not answer".into()))],
            ..Settlement::default()
        })
        .await
        .unwrap();
    let ended = store.request_state(again).await.unwrap().unwrap();
    assert_eq!(ended.outcome.as_deref(), Some("the meter did not answer"));
    assert_eq!((ended.done_at, ended.answer), (Some(Moment(20)), None));
}

async fn equal_requests_merge_and_the_higher_priority_wins(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let first = store.request(&meter, "power", 2, Moment(1)).await.unwrap();
    let other = store
        .request(&number(OTHER), "power", 2, Moment(2))
        .await
        .unwrap();
    assert_eq!(
        store.request(&meter, "power", 1, Moment(3)).await.unwrap(),
        first
    );
    assert_eq!(
        store
            .request(&number(OTHER), "power", 3, Moment(4))
            .await
            .unwrap(),
        other
    );
    let open = store.open_requests().await.unwrap();
    let open: Vec<_> = open.iter().map(|r| (r.id, r.priority, r.at.0)).collect();
    assert_eq!(open, [(other, 3, 2), (first, 2, 1)]);
}

async fn a_settlement_is_kept_whole_or_not_at_all(place: Place) {
    let store = place.open().await;
    let ids = store.keep(&[answer(METER, 1)]).await.unwrap();
    // what is behind it refuses the last part of it
    let refuse = if place.is_postgres() {
        "ALTER TABLE slot RENAME TO slot_away"
    } else {
        "CREATE TRIGGER no BEFORE INSERT ON reading BEGIN SELECT RAISE(ABORT, 'no'); END"
    };
    place.tamper(refuse).await;
    let meter = number(METER);
    let settlement = Settlement {
        settled: vec![(ids[0], None)],
        latest: vec![value(METER, "relay", "open", 1)],
        standings: vec![judged(&meter, words("theft", "visit", 3), 1)],
        cases: vec![seen(new_case(about("meter", METER), "theft", 3, 1))],
        readings: vec![Reading {
            meter: meter.clone(),
            register: "kwh",
            at: Moment(1),
            milli: 1,
        }],
        freed: vec![store::SlotId(1)],
        ..Settlement::default()
    };
    store.settle(&settlement).await.unwrap_err();
    assert_eq!(store.unsettled(9).await.unwrap().len(), 1);
    assert_eq!(store.standing(&meter).await.unwrap(), None);
    assert_eq!(store.observations(&meter, None, 9).await.unwrap(), []);
    assert_eq!(
        store.cases(&CaseFilter::default(), None, 9).await.unwrap(),
        []
    );
    let repair = if place.is_postgres() {
        "ALTER TABLE slot_away RENAME TO slot"
    } else {
        "DROP TRIGGER no"
    };
    place.tamper(repair).await;
    store.settle(&settlement).await.unwrap();
    assert_eq!(store.unsettled(9).await.unwrap(), []);
    assert_eq!(
        store
            .readings(&meter, "kwh", Moment(0), Moment(9), 9)
            .await
            .unwrap()
            .len(),
        1
    );
}
