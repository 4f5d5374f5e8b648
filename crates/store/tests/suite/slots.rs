//! The limits of a gateway hold, whoever asks and however often.

use crate::fixtures::{METER, nth, number, slot};
use crate::place::{Place, on_both};
use fleet::Moment;
use std::collections::BTreeSet;
use store::{NewSlot, SlotChange, SlotState};

on_both![
    slots_are_given_in_order_until_the_group_is_full,
    the_same_is_not_asked_twice_and_takes_nobodys_place,
    a_slot_says_where_its_ask_stands,
    the_newest_task_of_a_head_end_is_known_after_its_slots_are_free,
    writers_together_never_exceed_the_limit,
    two_writers_never_ask_the_same_of_one_meter,
];

async fn slots_are_given_in_order_until_the_group_is_full(place: Place) {
    let store = place.open().await;
    let wanted: Vec<NewSlot> = (0..4).map(|n| slot("G1", &nth(n), "power")).collect();
    let got = store.reserve(&wanted, 3).await.unwrap();
    assert_eq!(
        got.iter().map(Option::is_some).collect::<Vec<_>>(),
        [true, true, true, false]
    );
    let other = store
        .reserve(&[slot("G2", &nth(9), "power")], 3)
        .await
        .unwrap();
    assert!(other[0].is_some(), "another group has its own limit");
    store
        .change_slots(&[SlotChange::Free(got[1].unwrap())])
        .await
        .unwrap();
    let again = store.reserve(&wanted[3..], 3).await.unwrap();
    assert!(
        again[0].is_some() && again[0] != got[1],
        "an id is never given twice"
    );
    assert_eq!(store.reserve(&[], 3).await.unwrap(), []);
    assert_eq!(
        store
            .reserve(&[slot("G3", &nth(8), "power")], 0)
            .await
            .unwrap(),
        [None]
    );
}

async fn the_same_is_not_asked_twice_and_takes_nobodys_place(place: Place) {
    let store = place.open().await;
    let (a, b) = (nth(1), nth(2));
    let wanted = [
        slot("G1", &a, "power"),
        slot("G1", &a, "power"),
        slot("G1", &a, "relay"),
        slot("G1", &b, "power"),
    ];
    let got = store.reserve(&wanted, 3).await.unwrap();
    assert_eq!(
        got.iter().map(Option::is_some).collect::<Vec<_>>(),
        [true, false, true, true]
    );
    assert_eq!(store.reserve(&wanted[..1], 9).await.unwrap(), [None]);
}

async fn a_slot_says_where_its_ask_stands(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let wanted = [slot("G1", &meter, "power"), slot("G1", &meter, "relay")];
    let got = store.reserve(&wanted, 5).await.unwrap();
    let (first, second) = (got[0].unwrap(), got[1].unwrap());
    let changes = [
        SlotChange::Sent(first, "task 7".into(), Moment(3)),
        SlotChange::Lost(second),
    ];
    store.change_slots(&changes).await.unwrap();
    let held = store.slots("main").await.unwrap();
    assert_eq!(
        held.iter().map(|slot| slot.state).collect::<Vec<_>>(),
        [SlotState::Waiting, SlotState::Unknown]
    );
    assert_eq!(
        (held[0].task.as_deref(), held[0].sent_at),
        (Some("task 7"), Some(Moment(3)))
    );
    assert_eq!(held[0].slot, wanted[0]);
    assert_eq!(store.slots("backup").await.unwrap(), []);
    // what is free already stays free
    let changes = [
        SlotChange::Free(first),
        SlotChange::Free(first),
        SlotChange::Lost(first),
    ];
    store.change_slots(&changes).await.unwrap();
    assert_eq!(store.slots("main").await.unwrap().len(), 1);
}

async fn the_newest_task_of_a_head_end_is_known_after_its_slots_are_free(place: Place) {
    let store = place.open().await;
    let wanted = |mark| NewSlot {
        mark,
        ..slot("G1", &number(METER), "power")
    };
    let mut at = 0;
    let mut round = async |mark, tasks: &[&str]| {
        let slot = store.reserve(&[wanted(mark)], 5).await.unwrap()[0].unwrap();
        assert_eq!(store.slots("main").await.unwrap()[0].slot.mark, mark);
        at += 1;
        let sent = |task: &&str| SlotChange::Sent(slot, (*task).to_owned(), Moment(at));
        let mut changes: Vec<_> = tasks.iter().map(sent).collect();
        changes.push(SlotChange::Free(slot));
        store.change_slots(&changes).await.unwrap();
        store.newest_task("main").await.unwrap()
    };
    assert_eq!(round(None, &["a name"]).await, None, "it is no number");
    assert_eq!(round(None, &["41"]).await, Some(41));
    assert_eq!(round(Some(41), &["44"]).await, Some(44));
    // answers come in any order
    assert_eq!(round(Some(41), &["43"]).await, Some(44));
    assert_eq!(store.newest_task("backup").await.unwrap(), None);
    // a head-end that was set up anew counts from the start
    assert_eq!(round(Some(44), &["2"]).await, Some(2));
    let forget = SlotChange::Forget("main".to_owned());
    store.change_slots(&[forget]).await.unwrap();
    assert_eq!(store.newest_task("main").await.unwrap(), None);
    assert_eq!(round(None, &["3"]).await, Some(3));
}

async fn writers_together_never_exceed_the_limit(place: Place) {
    const CAP: u32 = 5;
    let nodes = [place.open().await, place.open().await];
    let mut writers = Vec::new();
    for writer in 0..6_u32 {
        let store = nodes[writer as usize % 2].clone();
        writers.push(tokio::spawn(async move {
            let mut taken = Vec::new();
            for round in 0..10 {
                let n = writer * 1_000 + round * 10;
                let wanted: Vec<NewSlot> = (0..4)
                    .map(|k| slot(if k % 2 == 0 { "G1" } else { "G2" }, &nth(n + k), "power"))
                    .collect();
                let got = store.reserve(&wanted, CAP).await.unwrap();
                let held = store.slots("main").await.unwrap();
                for group in ["G1", "G2"] {
                    let count = held.iter().filter(|slot| slot.slot.group == group).count();
                    assert!(count <= CAP as usize, "{count} held in {group}");
                }
                taken.extend(got.into_iter().flatten());
                if round % 3 == 2 {
                    let free: Vec<SlotChange> = taken.drain(..).map(SlotChange::Free).collect();
                    store.change_slots(&free).await.unwrap();
                }
            }
            taken
        }));
    }
    let mut left = BTreeSet::new();
    for writer in writers {
        left.extend(writer.await.unwrap());
    }
    let held = nodes[0].slots("main").await.unwrap();
    assert_eq!(
        held.iter().map(|slot| slot.id).collect::<BTreeSet<_>>(),
        left
    );
}

async fn two_writers_never_ask_the_same_of_one_meter(place: Place) {
    let nodes = [place.open().await, place.open().await];
    for round in 0..10 {
        // each node believes the meter behind another gateway
        let meter = nth(round);
        let (a, b) = ([slot("G1", &meter, "power")], [slot("G2", &meter, "power")]);
        let (a, b) = tokio::join!(nodes[0].reserve(&a, 50), nodes[1].reserve(&b, 50));
        let given = [a.unwrap()[0], b.unwrap()[0]];
        assert_eq!(given.iter().flatten().count(), 1, "{given:?}");
    }
}
