//! Sudden ends at every step: limits hold, nothing that was kept is lost, it goes on by itself.

use crate::fake::{Fake, Manner, body};
use crate::life::{How, Place, number, until};
use asking::Item;
use desk::Clock;
use fleet::{MINUTE, SECOND};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{NewAnswer, NewSlot, SlotChange, SlotState};

const SCALE: u32 = 50;

fn fiftyfold(takes: i64) -> Fake {
    let mut fake = Fake::new(Clock::running(SCALE));
    fake.pace.horizon = 3 * MINUTE;
    fake.takes = takes;
    fake
}

#[test]
fn between_the_slot_and_the_task_the_slot_is_held_to_its_horizon_and_then_asked_again() {
    let (fake, place) = (Arc::new(fiftyfold(SECOND)), Place::with(2, 8));
    fake.vendor().manner = Some(Manner::NeverLeaves);
    let life = place.start(&fake, &How::default());
    until("every slot is taken", || place.slots().len() == 10);
    life.kill();
    let held = place.slots();
    assert!(held.iter().all(|slot| slot.state == SlotState::Sending));
    assert_eq!(fake.vendor().made.len(), 0);

    fake.vendor().manner = None;
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    for slot in held {
        let made = fake.made_for(&slot.slot.meter);
        assert_eq!(made.len(), 1, "{slot:?}");
        assert!(made[0].at >= slot.slot.horizon, "{slot:?} {made:?}");
    }
    assert!(fake.vendor().peak <= 5 && place.slots().is_empty());
}

#[test]
fn between_the_task_and_its_number_the_task_is_found_and_none_is_made_again() {
    let (fake, place) = (Arc::new(fiftyfold(100 * SECOND)), Place::with(2, 5));
    fake.vendor().manner = Some(Manner::NeverReturns);
    let life = place.start(&fake, &How::default());
    until("every task is made", || fake.vendor().made.len() == 10);
    life.kill();
    assert!(place.slots().iter().all(|slot| slot.task.is_none()));

    fake.vendor().manner = None;
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    assert_eq!(fake.vendor().made.len(), 10, "each is asked once");
}

#[test]
fn a_task_that_was_found_again_is_known_to_the_life_after_next_too() {
    let (fake, place) = (Arc::new(fiftyfold(100 * SECOND)), Place::with(1, 1));
    fake.vendor().manner = Some(Manner::NeverReturns);
    let life = place.start(&fake, &How::default());
    until("the task is made", || fake.vendor().made.len() == 1);
    life.kill();
    let life = place.start(&fake, &How::default());
    until("the task is found", || {
        place.slots().iter().any(|slot| slot.task.is_some())
    });
    life.kill();
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    assert_eq!(fake.vendor().made.len(), 1);
}

/// What a life leaves that ends between keeping an answer and judging it.
fn kept_and_not_judged(place: &Place, fake: &Fake) {
    let (meter, at) = (number(0, 0), fake.clock.now());
    let slot = NewSlot {
        head_end: "main".to_owned(),
        group: "GW-0".to_owned(),
        meter: meter.clone(),
        asked: Item::OperatingStatus.word().to_owned(),
        request: None,
        at,
        horizon: at.plus(3 * MINUTE),
        command: None,
        mark: None,
    };
    let kept = place.with_store(async |store| {
        let slot = store.reserve(&[slot], 5).await?[0];
        let sent = SlotChange::Sent(slot.expect("a slot"), "77".to_owned(), at);
        store.change_slots(&[sent]).await?;
        let answer = NewAnswer {
            at,
            source: "main".to_owned(),
            meter: Some(meter.clone()),
            asked: Item::OperatingStatus.word().to_owned(),
            body: body(77, &meter, Item::OperatingStatus),
            slot,
        };
        store.keep(&[answer]).await
    });
    kept.expect("kept");
}

#[test]
fn between_keeping_and_judging_the_answer_is_judged_by_the_next_life() {
    let (fake, place) = (Arc::new(fiftyfold(SECOND)), Place::with(1, 3));
    kept_and_not_judged(&place, &fake);
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    until("the slot is free", || place.slots().is_empty());
    life.stop();
    let answers = place.answers(&number(0, 0));
    assert!(
        answers
            .iter()
            .all(|one| one.settled && one.problem.is_none())
    );
    let first = answers.last().map(|one| one.answer.body.contains("77"));
    assert_eq!(first, Some(true), "{answers:?}");
}

#[test]
fn whenever_it_is_killed_limits_hold_and_what_was_kept_stays() {
    let (fake, place) = (Arc::new(fiftyfold(2 * SECOND)), Place::with(6, 12));
    let mut kept = 0;
    for round in 0..12_usize {
        let life = place.start(&fake, &How::default());
        // another moment each time: so many calls after its start
        let calls = fake.vendor().calls.len() + 3 + round * 7 % 31;
        until("it asks", || {
            fake.vendor().calls.len() >= calls || place.judged().len() == place.meters.len()
        });
        life.kill();
        let now = place.kept();
        assert!(now >= kept, "{now} of {kept} answers are kept");
        kept = now;
        let slots = place.slots();
        let full = (0..6).map(|gateway| {
            let group = format!("GW-{gateway}");
            slots.iter().filter(|slot| slot.slot.group == group).count()
        });
        assert!(full.max() <= Some(5), "{slots:?}");
    }
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    assert!(
        fake.vendor().peak <= 5,
        "{} on one gateway",
        fake.vendor().peak
    );
    // nobody is asked again whose answer was kept
    for meter in &place.meters {
        let kept = place.answers(meter).into_iter();
        let bodies: BTreeSet<String> = kept.map(|stored| stored.answer.body).collect();
        assert_eq!(bodies.len(), 1, "{meter}: {bodies:?}");
    }
}
