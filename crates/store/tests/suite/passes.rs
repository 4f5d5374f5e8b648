//! What has ended and what leaves next is one step: what is freed there may be taken there.

use crate::commands::{departure, new, put, step};
use crate::fixtures::{nth, slot};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{Left, NewAnswer, Pass, SlotChange, Store};

on_both![
    a_slot_that_is_freed_is_taken_in_the_same_step,
    an_act_that_ended_makes_way_for_the_next_at_its_meter,
    what_was_moved_meanwhile_keeps_nothing_else_back,
];

fn answer(n: u32, asked: &str, slot: Option<store::SlotId>) -> NewAnswer {
    NewAnswer {
        at: Moment(5),
        source: "main".to_owned(),
        meter: Some(nth(n)),
        asked: asked.to_owned(),
        body: "{}".to_owned(),
        slot,
    }
}

async fn sent(store: &Store, n: u32) -> (store::CommandId, store::SlotId) {
    let id = put(store, &[new(&nth(n), "reconnect")]).await.remove(0);
    let left = store.depart(&[departure(&id, Moment(1), false)], 1).await;
    let Left::Sent(held) = left.unwrap()[0] else {
        panic!("it left")
    };
    (id, held)
}

async fn a_slot_that_is_freed_is_taken_in_the_same_step(place: Place) {
    let store = place.open().await;
    let full = [slot("G1", &nth(1), "power"), slot("G2", &nth(2), "power")];
    let held = store.reserve(&full, 1).await.unwrap();
    let wanted = [slot("G1", &nth(3), "power"), slot("G2", &nth(4), "power")];
    assert_eq!(store.reserve(&wanted, 1).await.unwrap(), [None, None]);
    let pass = Pass {
        answers: &[answer(1, "power", held[0])],
        changes: &[SlotChange::Free(held[1].unwrap())],
        slots: &wanted,
        group_most: 1,
        ..Pass::default()
    };
    let passed = store.pass(pass).await.unwrap();
    assert_eq!(passed.answers.len(), 1);
    let taken: Vec<_> = passed.slots.into_iter().map(Option::unwrap).collect();
    let slots = store.slots("main").await.unwrap();
    assert_eq!(slots.iter().map(|one| one.id).collect::<Vec<_>>(), taken);
    assert_eq!(store.unsettled(9).await.unwrap().len(), 1);
}

async fn an_act_that_ended_makes_way_for_the_next_at_its_meter(place: Place) {
    let store = place.open().await;
    let (first, held) = sent(&store, 1).await;
    let next = put(&store, &[new(&nth(1), "set-clock")]).await.remove(0);
    let leaves = [departure(&next, Moment(9), false)];
    assert_eq!(store.depart(&leaves, 1).await.unwrap(), [Left::Full]);
    let pass = Pass {
        about_acts: &[answer(1, "reconnect", Some(held))],
        moves: &[step(&first, 1, "executed", Moment(5))],
        departures: &leaves,
        group_most: 1,
        ..Pass::default()
    };
    let passed = store.pass(pass).await.unwrap();
    assert_eq!(passed.moved, [true]);
    assert!(matches!(passed.left[0], Left::Sent(_)), "{passed:?}");
    let (command, _) = store.command(&next).await.unwrap().unwrap();
    assert_eq!(command.stand.state, "sending");
}

async fn what_was_moved_meanwhile_keeps_nothing_else_back(place: Place) {
    let store = place.open().await;
    let (first, held) = sent(&store, 1).await;
    let old = step(&first, 0, "executed", Moment(5));
    let pass = Pass {
        about_acts: &[answer(1, "reconnect", Some(held))],
        moves: &[old],
        slots: &[slot("G1", &nth(2), "power")],
        group_most: 1,
        ..Pass::default()
    };
    let passed = store.pass(pass).await.unwrap();
    assert_eq!(passed.moved, [false], "somebody else has moved it");
    assert!(passed.slots[0].is_some(), "and the rest goes on");
    assert_eq!(
        store.pass(Pass::default()).await.unwrap(),
        store::Passed::default()
    );
}
