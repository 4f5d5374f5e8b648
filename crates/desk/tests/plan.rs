//! The planner's promises, one by one.

mod support;

use asking::{Item, Pace, Polled, Reached, RefusalKind, Seen, TaskId, TaskState};
use desk::plan::{EVIDENCE, Fate, OPERATOR, Planner, ROUTINE, Rules};
use fleet::{DAY, HOUR, MINUTE, SECOND};
use store::{Due, NewSlot, Slot, SlotId, SlotState};
use support::world::{START, World, due, number, refusal};

/// A pace whose first look pays for tasks of one second.
fn quick() -> Pace {
    Pace {
        first_poll: SECOND,
        steps: Vec::new(),
        last_step: SECOND,
        ..Pace::default()
    }
}

fn fleet(meters: usize, groups: usize) -> Vec<Due> {
    let gateway = |n| format!("gw{}", n % groups);
    (0..meters).map(|n| due(n, &gateway(n))).collect()
}

/// A planner whose login has succeeded.
fn ready(pace: &Pace, meters: &[Due]) -> Planner {
    let mut planner = Planner::new("main", pace, (100, true), Rules::default(), 1, START);
    planner.fleet(meters, START);
    assert!(planner.probe(START));
    planner.probed(Ok(()), START);
    planner
}

#[test]
fn a_meter_is_asked_every_six_hours_and_every_hour_while_a_case_is_open() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(2, 1));
    world.run(MINUTE);
    world.planner.case(&number(1), true, world.now);
    world.run(10 * HOUR - MINUTE);
    assert_eq!(world.times(0).len(), 2, "{:?}", world.times(0));
    let wait = world.times(0)[1] - world.times(0)[0];
    assert!((5 * HOUR..=7 * HOUR).contains(&wait), "{wait}");
    let often = world.times(1).len();
    assert!((8..=12).contains(&often), "{often}");
    world.planner.case(&number(1), false, world.now);
    world.run(5 * HOUR);
    assert!(world.times(1).len() <= often + 1);
}

#[test]
fn of_the_routine_the_most_overdue_goes_first_and_a_stale_answer_before_it() {
    let ages = [7 * HOUR, 20 * HOUR, 30 * HOUR, 9 * HOUR];
    let mut meters = fleet(4, 1);
    for (meter, age) in meters.iter_mut().zip(ages) {
        meter.observed_at = Some(START.plus(-age));
    }
    let pace = Pace {
        in_flight: 1,
        ..quick()
    };
    let mut world = World::with(&pace, Rules::default(), &meters);
    world.run(10 * SECOND);
    let order: Vec<_> = world.asked.iter().map(|asked| &asked.meter).collect();
    assert_eq!(order, [&number(2), &number(1), &number(3), &number(0)]);
}

#[test]
fn a_group_with_a_long_queue_takes_nothing_from_another() {
    let mut meters = fleet(1_000, 1);
    meters.extend((2_000..2_005).map(|n| due(n, "other")));
    let mut planner = ready(&Pace::default(), &meters);
    let groups: Vec<_> = planner
        .creates(START, 6)
        .into_iter()
        .map(|create| create.group)
        .collect();
    let other = groups.iter().filter(|group| *group == "other").count();
    assert_eq!(other, 3, "{groups:?}");
}

#[test]
fn meters_that_do_not_answer_never_hold_more_than_half_of_their_group() {
    let meters = fleet(40, 1);
    let mut world = World::with(&quick(), Rules::default(), &meters);
    world.dead.extend((0..20).map(number));
    world.run(DAY);
    for n in 20..40 {
        let times = world.times(n);
        assert!(times.len() >= 4, "{n}: {times:?}");
        let late = times.windows(2).map(|pair| pair[1] - pair[0]).max();
        assert!(late < Some(7 * HOUR), "{n}: {times:?}");
    }
    // Doubling from one hour: 0, 1, 3, 7, 15 and then a day.
    for n in 0..20 {
        let times = world.times(n);
        assert!((4..=6).contains(&times.len()), "{n}: {times:?}");
    }
    assert!(world.peak <= 5);
}

#[test]
fn the_longest_waits_spread_too() {
    let mut meters = fleet(400, 200);
    for meter in &mut meters {
        meter.asked_at = Some(START);
        meter.silent = 30;
    }
    let mut world = World::with(&quick(), Rules::default(), &meters);
    world.run(2 * DAY);
    let firsts: Vec<_> = (0..400).map(|n| world.times(n)[0]).collect();
    let hours = |from, to| {
        let within = |at: &&i64| (from..to).contains(*at);
        firsts.iter().filter(within).count()
    };
    // 24 h and a tenth of it to both sides: each quarter holds its share.
    assert_eq!(hours(21 * HOUR, 27 * HOUR), 400);
    let quarter = 12 * DAY / 240;
    for part in 0..4 {
        let from = DAY * 9 / 10 + part * quarter;
        assert!(hours(from, from + quarter) > 50, "{part}: {firsts:?}");
    }
}

#[test]
fn a_lost_creation_never_becomes_a_second_one_within_its_horizon() {
    let mut planner = ready(&quick(), &fleet(1, 1));
    let create = planner.creates(START, 9).pop().unwrap();
    planner.reserved(create.ticket, SlotId(1));
    let lost = refusal(RefusalKind::TimedOut, Reached::Perhaps);
    let fate = planner.refused(create.ticket, &lost, START, START);
    assert_eq!(fate, Some(Fate::Lost(SlotId(1))));
    planner.spoke(START.plus(1), START.plus(1));
    let mut now = START.plus(1);
    while now < create.horizon {
        assert!(planner.creates(now, 9).is_empty());
        assert!(planner.expired(now).is_empty());
        for search in planner.searches(now, 9) {
            planner.not_looked(search.ticket, now);
        }
        now = planner.wake(now).unwrap().max(now.plus(1));
    }
    let fates = planner.expired(create.horizon);
    assert_eq!(fates, [Fate::Again(create.ticket, SlotId(1))]);
    planner.freed(create.ticket, create.horizon);
    let later = create.horizon.plus(HOUR);
    assert_eq!(planner.creates(later, 9).len(), 1);
}

#[test]
fn an_old_answer_never_passes_for_that_of_a_lost_creation() {
    let mut planner = ready(&quick(), &fleet(2, 1));
    let creates = planner.creates(START, 9);
    for (slot, create) in (1..).zip(&creates) {
        planner.reserved(create.ticket, SlotId(slot));
    }
    planner.created(creates[0].ticket, TaskId("50".to_owned()), START);
    let lost = refusal(RefusalKind::TimedOut, Reached::Perhaps);
    planner.refused(creates[1].ticket, &lost, START, START);
    planner.spoke(START.plus(1), START.plus(1));
    let later = START.plus(MINUTE);
    let mut search = planner.searches(later, 9).pop().unwrap();
    let meter = search.ask.meter.as_str().to_owned();
    let seen = |task: &str, state, creator: &str| Seen {
        polled: Polled {
            task: TaskId(task.to_owned()),
            state,
            raw: String::new(),
        },
        meter: meter.clone(),
        creator: Some(creator.to_owned()),
        name: None,
        named: true,
    };
    let (done, waits) = (TaskState::Done, TaskState::Waiting);
    search.floor = Some(49);
    let rows = [
        (seen("51", done.clone(), "ops"), true),
        (seen("49", done.clone(), "ops"), false),
        (seen("51", done.clone(), "somebody"), false),
    ];
    for (seen, fits) in rows {
        assert_eq!(search.fits(&seen, Some("ops")), fits, "{seen:?}");
    }
    // A row that does not say what it is of may be another ask's.
    let nameless = Seen {
        named: false,
        ..seen("51", done.clone(), "OPS")
    };
    assert!(search.alone && search.fits(&nameless, Some("ops")));
    search.alone = false;
    assert!(!search.fits(&nameless, Some("ops")));
    // Nothing is known of what came before: an ended task may be of any age.
    search.floor = None;
    assert!(!search.fits(&seen("51", done, "ops"), Some("ops")));
    assert!(search.fits(&seen("51", waits, "ops"), Some("ops")));
    planner.found(search.ticket, TaskId("50".to_owned()), later);
    assert_eq!(planner.counts(later).unknown, 1, "another ask's task");
    planner.found(search.ticket, TaskId("51".to_owned()), later);
    assert_eq!(planner.counts(later).unknown, 0);
}

#[test]
fn a_creation_of_which_nothing_is_heard_any_more_frees_its_slot_at_its_horizon() {
    let mut planner = ready(&quick(), &fleet(1, 1));
    let create = planner.creates(START, 9).pop().unwrap();
    planner.reserved(create.ticket, SlotId(1));
    assert!(planner.expired(create.horizon.plus(-1)).is_empty());
    let fates = planner.expired(create.horizon);
    assert_eq!(fates, [Fate::Again(create.ticket, SlotId(1))]);
    // What comes after all comes too late.
    let late = create.horizon.plus(1);
    planner.created(create.ticket, TaskId("7".to_owned()), late);
    assert!(planner.looks(late.plus(HOUR), 9).is_empty());
    let lost = refusal(RefusalKind::TimedOut, Reached::Perhaps);
    assert_eq!(planner.refused(create.ticket, &lost, START, late), None);
    planner.freed(create.ticket, late);
    assert_eq!(planner.counts(late).in_flight, 0);
}

#[test]
fn a_task_found_past_its_horizon_gets_one_more_look() {
    let pace = Pace {
        horizon: 10 * MINUTE,
        ..quick()
    };
    let mut world = World::with(&pace, Rules::default(), &fleet(1, 1));
    world.takes = 2 * HOUR;
    world.run(SECOND);
    world.down = true;
    world.run(3 * HOUR);
    world.down = false;
    world.run(10 * MINUTE);
    assert_eq!(world.ends.len(), 1);
    assert_eq!(world.ends[0].failed, None, "the answer was there");
}

#[test]
fn a_task_that_never_ends_is_given_up_and_its_meter_counts_as_silent() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(1, 1));
    world.takes = DAY;
    world.run(20 * MINUTE);
    assert_eq!(world.ends.len(), 1);
    assert!(world.ends[0].failed.is_some());
    assert_eq!(world.ends[0].silent, 1);
}

#[test]
fn creations_of_one_group_keep_their_spacing() {
    let pace = Pace {
        spacing: 3 * SECOND,
        ..quick()
    };
    let mut world = World::with(&pace, Rules::default(), &fleet(20, 2));
    world.run(MINUTE);
    for group in ["gw0", "gw1"] {
        let of_group = world.asked.iter().filter(|asked| asked.group == group);
        let times: Vec<_> = of_group.map(|asked| asked.at).collect();
        assert_eq!(times.len(), 10);
        assert!(times.windows(2).all(|w| w[1].since(w[0]) >= 3 * SECOND));
    }
}

#[test]
fn an_offline_gateway_is_probed_rarely_and_asked_again_once_it_answers() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(10, 1));
    world.dead.extend((0..10).map(number));
    world.planner.gateway("gw0", false, START);
    world.run(3 * HOUR);
    let probes = world.asked.len();
    assert!((4..=7).contains(&probes), "{probes}");
    world.dead.clear();
    world.run(4 * HOUR);
    assert!(world.asked.len() > probes + 9, "{}", world.asked.len());
}

#[test]
fn what_others_hold_in_the_store_keeps_the_limit_after_a_restart() {
    let meters = fleet(50, 1);
    let mut planner = ready(&quick(), &meters);
    let states = [SlotState::Waiting, SlotState::Sending, SlotState::Unknown];
    let slot = |n: usize, asked: &str| Slot {
        id: SlotId(i64::try_from(n).unwrap()),
        slot: NewSlot {
            head_end: "main".to_owned(),
            group: "gw0".to_owned(),
            meter: number(n),
            asked: asked.to_owned(),
            request: None,
            at: START,
            horizon: START.plus(15 * MINUTE),
            command: None,
            mark: None,
        },
        state: states[n % 3],
        task: n.is_multiple_of(3).then(|| n.to_string()),
        sent_at: n.is_multiple_of(3).then_some(START),
    };
    let mut slots: Vec<_> = (0..3).map(|n| slot(n, "operating_status")).collect();
    slots.push(slot(4, "reconnect"));
    planner.held(&slots, START);
    planner.held(&slots, START);
    assert_eq!(planner.creates(START, 99).len(), 1);
    assert_eq!(planner.counts(START).in_flight, 5);
    assert_eq!(planner.looks(START, 9).concat().len(), 1);
    assert_eq!(planner.searches(START, 9).len(), 2);
    planner.held(&slots[..3], START);
    assert_eq!(planner.creates(START, 99).len(), 1, "the command has ended");
}

#[test]
fn looks_are_sent_in_batches_as_large_as_the_head_end_allows() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(1_000, 200));
    world.run(0);
    assert_eq!(world.asked.len(), 1_000);
    let at = START.plus(SECOND);
    let calls = world.planner.looks(at, 64);
    assert!(calls.len() <= 11, "{}", calls.len());
    assert!(calls.iter().all(|call| call.len() <= 100));
}

#[test]
fn a_meter_that_moves_to_another_gateway_is_asked_there() {
    let mut planner = ready(&quick(), &fleet(1, 1));
    let meter = number(0);
    planner.want(&meter, Item::Power, EVIDENCE, START, None, START);
    planner.fleet(&[due(0, "elsewhere")], START);
    let creates = planner.creates(START, 9);
    assert_eq!(creates.len(), 1);
    assert_eq!(creates[0].group, "elsewhere");
}

#[test]
fn a_meter_that_is_gone_is_not_asked() {
    let mut planner = ready(&quick(), &fleet(3, 1));
    let meter = number(2);
    planner.want(&meter, Item::Power, OPERATOR, START, None, START);
    planner.fleet(&fleet(2, 1), START);
    let asked: Vec<_> = planner
        .creates(START, 9)
        .into_iter()
        .map(|create| create.ask.meter)
        .collect();
    assert_eq!(asked, [number(0), number(1)]);
    assert!(!planner.want(&meter, Item::Power, ROUTINE, START, None, START));
}

#[test]
fn a_status_typed_by_a_person_puts_the_routine_off() {
    let mut planner = ready(&quick(), &fleet(1, 1));
    planner.observed(&number(0), START, START);
    assert!(planner.creates(START.plus(HOUR), 9).is_empty());
    assert_eq!(planner.creates(START.plus(7 * HOUR), 9).len(), 1);
}
