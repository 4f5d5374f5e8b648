//! What the planner makes of slots from before, and of a lease that was lost meanwhile.

use crate::life::number;
use asking::{Item, Pace, TaskId, TaskState};
use desk::plan::{Next, Planner, Rules, Search};
use fleet::{HOUR, MINUTE, Moment, SECOND};
use store::{Due, NewSlot, Slot, SlotId, SlotState};

const START: Moment = Moment(1_000 * HOUR);

fn due(n: usize) -> Due {
    Due {
        meter: number(0, n),
        head_end: Some("main".to_owned()),
        gateway: Some("GW-0".to_owned()),
        site: None,
        customer: None,
        asked_at: None,
        observed_at: None,
        silent: 0,
        open_case: false,
    }
}

/// A slot whose task is under way.
fn slot(n: usize, id: i64) -> Slot {
    Slot {
        id: SlotId(id),
        slot: NewSlot {
            head_end: "main".to_owned(),
            group: "GW-0".to_owned(),
            meter: number(0, n),
            asked: "operating_status".to_owned(),
            request: None,
            at: START,
            horizon: START.plus(15 * MINUTE),
            command: None,
            mark: None,
        },
        state: SlotState::Waiting,
        task: Some(id.to_string()),
        sent_at: Some(START),
    }
}

/// A planner whose login has succeeded.
fn ready() -> Planner {
    let rules = Rules {
        jitter: 0,
        ..Rules::default()
    };
    let mut planner = Planner::new("main", &Pace::default(), (9, true), rules, 1, START);
    assert!(planner.probe(START));
    planner.probed(Ok(()), START);
    planner
}

/// Every task that is under way is found done, and its slot freed.
fn all_done(planner: &mut Planner, now: Moment) {
    for look in planner.looks(now, 9).concat() {
        let Next::End(end) = planner.looked(look.ticket, &TaskState::Done, now) else {
            panic!("a task that is done has ended");
        };
        planner.freed(end.ticket, now);
    }
    planner.look_ended();
}

fn asked(planner: &mut Planner, now: Moment) -> usize {
    planner.creates(now, 99).len()
}

#[test]
fn an_answer_that_came_before_the_fleet_was_read_is_not_asked_for_again() {
    let mut planner = ready();
    planner.held(&[slot(0, 1)], START);
    let now = START.plus(MINUTE);
    all_done(&mut planner, now);
    // the list was read before that answer was judged
    planner.fleet(&[due(0)], now);
    assert_eq!(asked(&mut planner, now), 0);
    assert_eq!(asked(&mut planner, now.plus(6 * HOUR)), 1);
}

#[test]
fn a_meter_that_came_into_the_fleet_while_its_slot_was_held_keeps_its_turn() {
    let mut planner = ready();
    let slots: Vec<Slot> = (0..5).zip(1..).map(|(n, id)| slot(n, id)).collect();
    planner.held(&slots, START);
    let fleet: Vec<Due> = (0..5).map(due).collect();
    planner.fleet(&fleet, START);
    all_done(&mut planner, START.plus(MINUTE));
    assert_eq!(asked(&mut planner, START.plus(MINUTE)), 0);
    assert_eq!(asked(&mut planner, START.plus(7 * HOUR)), 5);
}

#[test]
fn after_a_lost_lease_no_old_ticket_touches_what_is_new() {
    let mut planner = ready();
    planner.fleet(&[due(0), due(1)], START);
    let old = planner.creates(START, 9);
    assert!(planner.reserved(old[0].ticket, SlotId(1)));
    planner.created(old[0].ticket, TaskId("1".to_owned()), START);

    planner.renew();
    planner.held(&[slot(0, 1)], START);
    planner.fleet(&[due(0), due(1)], START);
    assert!(!planner.reserved(old[1].ticket, SlotId(2)), "to be freed");
    planner.freed(old[0].ticket, START);
    assert_eq!(planner.counts(START).in_flight, 1);
    let new = planner.holder(SlotId(1)).expect("taken up");
    assert_ne!(new, old[0].ticket);
    assert_eq!(planner.waiter(old[0].ticket, &TaskId("1".to_owned())), new);
    let creates = planner.creates(START, 9);
    assert_eq!(creates.len(), 1, "the other meter");
    assert!(old.iter().all(|one| one.ticket != creates[0].ticket));
}

#[test]
fn a_task_without_a_name_is_nobodys_while_something_else_is_asked_of_its_meter() {
    let mut planner = ready();
    planner.fleet(&[due(0)], START);
    let mut unknown = slot(0, 1);
    (unknown.state, unknown.task) = (SlotState::Unknown, None);
    planner.held(&[unknown], START);
    let search = |planner: &mut Planner, now| -> Search {
        let found = planner.searches(now, 9).pop();
        found.expect("it is searched for")
    };
    let first = search(&mut planner, START);
    assert!(first.alone);
    planner.not_looked(first.ticket, START);
    let (meter, operator) = (number(0, 0), desk::plan::OPERATOR);
    planner.want(&meter, Item::Power, operator, START, None, START);
    assert_eq!(asked(&mut planner, START), 1);
    assert!(!search(&mut planner, START.plus(60 * SECOND)).alone);
}

/// A slot whose answer was lost, of an ask before which the newest task was this.
fn lost(n: usize, id: i64, mark: Option<u64>) -> Slot {
    let mut lost = slot(n, id);
    (lost.state, lost.task, lost.slot.mark) = (SlotState::Unknown, None, mark);
    lost
}

#[test]
fn what_was_known_when_it_was_asked_tells_a_lost_task_from_an_older_one_after_a_restart() {
    let mut planner = ready();
    planner.fleet(&[due(0), due(1), due(2), due(3)], START);
    planner.newest_is(Some(46));
    planner.held(&[lost(0, 1, Some(44)), lost(1, 2, None)], START);
    let searches = planner.searches(START, 9);
    let floors: Vec<_> = searches.iter().map(|search| search.floor).collect();
    assert_eq!(floors, [Some(44), None]);
    // a task that is known by its slot alone is no newer one
    planner.held(
        &[lost(0, 1, Some(44)), lost(1, 2, None), slot(2, 45)],
        START,
    );
    assert_eq!(planner.newest(), Some(46));
    let creates = planner.creates(START, 9);
    assert_eq!(creates.len(), 1);
    assert_eq!(creates[0].mark, Some(46));
}

#[test]
fn a_task_whose_number_nobody_learned_makes_every_mark_worthless() {
    let mut planner = ready();
    planner.fleet(&[due(0), due(1)], START);
    planner.newest_is(Some(46));
    planner.held(&[lost(0, 1, Some(44))], START);
    assert!(!planner.has_forgotten());
    let fates = planner.expired(START.plus(15 * MINUTE));
    assert_eq!(fates.len(), 1);
    assert_eq!(planner.newest(), None);
    assert!(planner.has_forgotten());
    assert!(!planner.has_forgotten(), "it is told once");
    // the next task that is made is the newest there is
    let create = planner.creates(START, 9).pop().expect("the other meter");
    assert_eq!(create.mark, None);
    planner.reserved(create.ticket, SlotId(2));
    planner.created(create.ticket, TaskId("48".to_owned()), START);
    assert_eq!(planner.newest(), Some(48));
}
