//! Calls whose answer is lost, that never end, that fall over, that answer in disorder.

use crate::fake::{Fake, Manner};
use crate::life::{How, Place, number, until};
use desk::Clock;
use fleet::{HOUR, MINUTE, SECOND};
use std::sync::Arc;
use store::SlotState;

const SCALE: u32 = 100;

fn hundredfold() -> Fake {
    let mut fake = Fake::new(Clock::running(SCALE));
    fake.pace.horizon = 2 * MINUTE;
    fake.pace.call = 100;
    fake
}

/// One whose task list cannot be searched.
fn listless() -> Fake {
    let mut fake = hundredfold();
    (fake.offers.looks, fake.offers.task_list) = (1, false);
    fake
}

fn scripted(fake: &Fake, place: &Place, manner: Manner) {
    let mut vendor = fake.vendor();
    for meter in &place.meters {
        vendor.manners.insert(meter.clone(), [manner].into());
    }
}

#[test]
fn a_lost_answer_is_found_in_the_head_ends_list_and_no_second_task_is_made() {
    let mut fake = hundredfold();
    // nothing older is known: only a task that has not ended is sure to be this one's
    fake.takes = MINUTE;
    let (fake, place) = (Arc::new(fake), Place::with(3, 5));
    scripted(&fake, &place, Manner::LosesAnswer);
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    for meter in &place.meters {
        assert_eq!(fake.made_for(meter).len(), 1, "{meter}");
    }
    assert!(fake.vendor().peak <= 5);
}

#[test]
fn a_lost_answer_that_cannot_be_found_never_becomes_a_second_task_within_the_horizon() {
    let (fake, place) = (Arc::new(listless()), Place::with(2, 8));
    scripted(&fake, &place, Manner::LosesAnswer);
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    for meter in &place.meters {
        let made = fake.made_for(meter);
        let wait = made[1].at.since(made[0].at);
        assert!(wait >= 2 * MINUTE && made.len() == 2, "{meter}: {wait} ms");
    }
    assert!(fake.vendor().peak <= 5);
}

#[test]
fn a_creation_that_hangs_stops_no_other_and_is_given_up() {
    let (fake, place) = (Arc::new(listless()), Place::with(2, 6));
    let hangs = number(0, 3);
    let manner = [Manner::NeverLeaves].into();
    fake.vendor().manners.insert(hangs.clone(), manner);
    let life = place.start(&fake, &How::default());
    until("all others are judged", || place.judged().len() >= 11);
    until("its slot is unknown", || {
        let slots = place.slots();
        let known = |state| slots.iter().any(|slot| slot.state == state);
        known(SlotState::Unknown) || fake.made_for(&hangs).len() == 1
    });
    place.until_all_are_judged();
    // nothing counts as under way any more: stopping waits for nobody
    life.stop();
    assert!(place.slots().is_empty());
}

#[test]
fn a_creation_that_falls_over_is_a_lost_answer() {
    let (fake, place) = (Arc::new(listless()), Place::with(1, 3));
    let falls = number(0, 1);
    let manner = [Manner::Falls].into();
    fake.vendor().manners.insert(falls.clone(), manner);
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    let vendor = fake.vendor();
    let creates = vendor.calls.iter().filter(|(what, _)| *what == "create");
    let creates: Vec<_> = creates.map(|(_, at)| *at).collect();
    assert_eq!(creates.len(), 4);
    let wait = creates[3].since(creates[0]);
    assert!(wait >= 2 * MINUTE - SECOND, "{wait} ms");
    drop(vendor);
    life.stop();
}

#[test]
fn looks_that_hang_stop_no_other() {
    let mut fake = hundredfold();
    fake.pace.horizon = HOUR;
    let (fake, place) = (Arc::new(fake), Place::with(4, 5));
    fake.vendor().looks_hang = 3;
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    assert_eq!(fake.vendor().made.len(), 20, "nobody is asked twice for it");
}

#[test]
fn answers_that_come_in_disorder_or_not_at_all_go_to_the_meters_they_are_of() {
    let (fake, place) = (Arc::new(hundredfold()), Place::with(4, 5));
    fake.vendor().disorderly = true;
    let life = place.start(&fake, &How::default());
    place.until_all_are_judged();
    life.stop();
    for meter in &place.meters {
        for stored in place.answers(meter) {
            let names_it = stored.answer.body.contains(meter.as_str());
            assert!(names_it && stored.problem.is_none(), "{meter}: {stored:?}");
        }
    }
}

#[test]
fn a_poller_that_falls_goes_on_from_what_the_store_holds() {
    let (fake, place) = (Arc::new(hundredfold()), Place::with(2, 5));
    let life = place.start(&fake, &How::default());
    life.until_it_leads();
    fake.vendor().falls = 1;
    until("it has fallen", || fake.vendor().falls == 0);
    place.until_all_are_judged();
    assert!(fake.vendor().peak <= 5);
    life.stop();
}
