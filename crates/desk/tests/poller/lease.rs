//! Who asks: one process at a time, the next at once, and the store's word where two differ.

use crate::fake::{Fake, body};
use crate::life::{How, Place, number, until};
use asking::Item;
use desk::Clock;
use desk::plan::Rules;
use fleet::{DAY, MINUTE, SECOND};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{NewSlot, SlotChange, SlotState};

const SCALE: u32 = 20;

fn fake() -> Fake {
    let mut fake = Fake::new(Clock::running(SCALE));
    fake.pace.horizon = 40 * SECOND;
    fake
}

fn named(name: &'static str) -> How {
    let rules = Rules {
        routine_every: 10 * SECOND,
        ..How::default().rules
    };
    How {
        rules,
        holder: Some((name, 1_000)),
        ..How::default()
    }
}

#[test]
fn of_two_pollers_over_one_store_one_asks_and_the_other_follows_it() {
    let (fake, place) = (Arc::new(fake()), Place::with(4, 10));
    let first = place.start(&fake, &named("first"));
    first.until_it_leads();
    let second = place.start(&fake, &named("second"));
    until("a hundred were asked", || {
        assert!(!(first.status().leads && second.status().leads));
        fake.vendor().made.len() >= 100
    });
    first.stop();
    second.until_it_leads();
    let made = fake.vendor().made.len();
    until("the other asks", || fake.vendor().made.len() > made + 50);
    second.stop();
    assert!(fake.vendor().peak <= 5, "{}", fake.vendor().peak);
}

#[test]
fn of_two_pollers_the_other_takes_over_from_one_that_was_killed() {
    let (fake, place) = (Arc::new(fake()), Place::with(4, 10));
    let first = place.start(&fake, &named("first"));
    first.until_it_leads();
    let second = place.start(&fake, &named("second"));
    until("a hundred were asked", || fake.vendor().made.len() >= 100);
    first.kill();
    second.until_it_leads();
    place.until_all_are_judged();
    second.stop();
    assert!(fake.vendor().peak <= 5, "{}", fake.vendor().peak);
}

#[test]
fn after_a_sudden_end_the_next_life_asks_at_once_and_a_process_beside_it_does_not() {
    let (fake, place) = (Arc::new(fake()), Place::with(2, 5));
    let serve = place.start(&fake, &How::default());
    serve.until_it_leads();
    let query = place.start(&fake, &How::default());
    place.until_all_are_judged();
    assert!(serve.status().leads && !query.status().leads);
    query.stop();
    serve.kill();
    let killed = Instant::now();
    let again = place.start(&fake, &How::default());
    again.until_it_leads();
    // its lease would have lasted for a minute
    assert!(
        killed.elapsed() < Duration::from_secs(5),
        "{:?}",
        killed.elapsed()
    );
    again.stop();
}

/// Somebody else has the lease for a while.
fn steal(place: &Place, fake: &Fake, from: &str) {
    place
        .with_store(async |store| {
            store.release("poller/main", from).await?;
            let now = fake.clock.now();
            store.lease("poller/main", "thief", now, DAY).await
        })
        .expect("stolen");
}

#[test]
fn a_lease_that_was_lost_and_won_again_begins_with_what_the_store_holds() {
    let (fake, place) = (Arc::new(fake()), Place::with(1, 20));
    let life = place.start(&fake, &named("first"));
    place.until_all_are_judged();
    steal(&place, &fake, "first");
    until("it is lost", || !life.status().leads);
    until("what was sent is written down", || {
        let slots = place.slots();
        slots.iter().all(|slot| slot.state != SlotState::Sending)
    });
    let (made, lost) = (fake.vendor().made.len(), fake.clock.now());
    let passed = || fake.clock.now().since(lost) > 30 * SECOND;
    until("everybody would have been asked again", passed);
    assert_eq!(
        fake.vendor().made.len(),
        made,
        "nothing is asked without the lease"
    );
    // the other process ends what was under way, and asks for something itself
    let at = fake.clock.now();
    let slot = NewSlot {
        head_end: "main".to_owned(),
        group: "GW-0".to_owned(),
        meter: number(0, 3),
        asked: Item::OperatingStatus.word().to_owned(),
        request: None,
        at,
        horizon: at.plus(MINUTE),
        command: None,
        mark: None,
    };
    let held = place.slots().into_iter();
    let ended: Vec<SlotChange> = held.map(|slot| SlotChange::Free(slot.id)).collect();
    place
        .with_store(async |store| {
            store.change_slots(&ended).await?;
            let slot = store.reserve(&[slot], 5).await?[0].expect("a slot");
            // a task that the head-end has long made and ended
            let sent = SlotChange::Sent(slot, "1".to_owned(), at);
            store.change_slots(&[sent]).await?;
            store.release("poller/main", "thief").await
        })
        .expect("given back");
    life.until_it_leads();
    until("what the other left is ended", || {
        let slots = place.slots();
        slots.iter().all(|slot| slot.task.as_deref() != Some("1"))
    });
    until("everybody is asked again", || {
        fake.vendor().made.len() >= made + 40
    });
    life.stop();
    let own = fake.vendor().made[0].meter.clone();
    let mark = body(1, &own, Item::OperatingStatus);
    let kept = place.answers(&number(0, 3));
    assert!(kept.iter().any(|one| one.answer.body == mark), "{kept:?}");
    assert!(fake.vendor().peak <= 5);
}

#[test]
fn slots_taken_without_a_word_are_found_and_do_not_block_their_group_for_ever() {
    let (fake, place) = (Arc::new(fake()), Place::with(1, 20));
    let life = place.start(&fake, &named("first"));
    life.until_it_leads();
    // as where the store takes slots and its answer is lost: nobody knows of them
    let at = fake.clock.now();
    let slot = |n| NewSlot {
        head_end: "main".to_owned(),
        group: "GW-0".to_owned(),
        meter: number(9, n),
        asked: Item::OperatingStatus.word().to_owned(),
        request: None,
        at,
        horizon: at.plus(40 * SECOND),
        command: None,
        mark: None,
    };
    let slots: Vec<NewSlot> = (0..5).map(slot).collect();
    place
        .with_store(async |store| store.reserve(&slots, 5).await)
        .expect("slots");
    place.until_all_are_judged();
    until("they are free", || {
        place
            .slots()
            .iter()
            .all(|slot| place.meters.contains(&slot.slot.meter))
    });
    life.stop();
    assert!(fake.vendor().peak <= 5);
}

#[test]
fn slots_of_another_kind_count_for_as_long_as_they_are_held() {
    let (fake, place) = (Arc::new(fake()), Place::with(1, 20));
    let at = fake.clock.now();
    let slot = |n| NewSlot {
        head_end: "main".to_owned(),
        group: "GW-0".to_owned(),
        meter: number(0, n),
        asked: "reconnect".to_owned(),
        request: None,
        at,
        horizon: at.plus(DAY),
        command: None,
        mark: None,
    };
    let slots: Vec<NewSlot> = (0..5).map(slot).collect();
    let held = place
        .with_store(async |store| store.reserve(&slots, 5).await)
        .expect("slots");
    let life = place.start(&fake, &named("first"));
    life.until_it_leads();
    let since = fake.clock.now();
    until("a while has passed", || {
        fake.clock.now().since(since) > 20 * SECOND
    });
    assert_eq!(fake.vendor().made.len(), 0, "the group is full");
    let free: Vec<SlotChange> = held.into_iter().flatten().map(SlotChange::Free).collect();
    place
        .with_store(async |store| store.change_slots(&free).await)
        .expect("freed");
    place.until_all_are_judged();
    life.stop();
}
