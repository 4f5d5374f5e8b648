//! What somebody wants to know: who goes first, what merges, what is never forgotten.

mod support;

use asking::{Act, Item, Pace, Reached, RefusalKind, TaskId};
use desk::plan::{AFTER_COMMAND, ActFate, EVIDENCE, Errand, Fate, OPERATOR, Planner, Rules, Watch};
use fleet::{HOUR, MINUTE, SECOND};
use store::{Due, Request, RequestId, SlotId};
use support::world::{Asked, START, World, due, number, refusal};

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
fn an_operator_goes_before_a_command_before_evidence_before_routine() {
    let pace = Pace {
        in_flight: 1,
        ..quick()
    };
    let mut world = World::with(&pace, Rules::default(), &fleet(4, 1));
    let wants = [(1, EVIDENCE), (2, OPERATOR), (3, AFTER_COMMAND)];
    for (n, priority) in wants {
        let meter = number(n);
        assert!(
            world
                .planner
                .want(&meter, Item::Power, priority, START, None, START)
        );
    }
    world.run(10 * SECOND);
    let order: Vec<_> = world.asked.iter().map(|asked| asked.item).collect();
    assert_eq!(order[..3], [Item::Power; 3]);
    let order: Vec<_> = world.asked.iter().map(|asked| &asked.meter).collect();
    assert_eq!(order[..3], [&number(2), &number(3), &number(1)]);
    assert_eq!(world.asked[3].item, Item::OperatingStatus);
    assert_eq!(world.asked.len(), 7);
}

#[test]
fn a_meter_that_does_not_answer_is_asked_one_thing_at_a_time() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(1, 1));
    world.dead.insert(number(0));
    let items = [Item::Power, Item::Relay, Item::LoadLimit, Item::Voltage];
    for item in items {
        let meter = number(0);
        world
            .planner
            .want(&meter, item, EVIDENCE, START, None, START);
    }
    world.run(50 * SECOND);
    assert_eq!(world.asked.len(), 1);
    let meter = number(0);
    let now = world.now;
    world
        .planner
        .want(&meter, Item::Clock, OPERATOR, now, None, now);
    world.run(0);
    assert_eq!(world.asked.len(), 2, "an operator does not wait for that");
    world.run(HOUR);
    for item in items {
        assert_eq!(world.asked.iter().filter(|a| a.item == item).count(), 1);
    }
}

#[test]
fn a_meter_whose_evidence_did_not_come_is_still_asked_its_routine() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(12, 1));
    world.run(MINUTE);
    assert_eq!(world.asked.len(), 12, "their status is known");
    world.dead.extend((0..4).map(number));
    let now = world.now;
    for n in 0..4 {
        let planner = &mut world.planner;
        planner.want(&number(n), Item::Power, EVIDENCE, now, None, now);
    }
    world.run(HOUR);
    world.dead.clear();
    let asked = world.asked.len();
    world.run(24 * HOUR);
    for n in 0..4 {
        let mut later = world.asked[asked..].iter();
        let status = |asked: &Asked| asked.item == Item::OperatingStatus;
        assert!(later.any(|asked| status(asked) && asked.meter == number(n)));
    }
}

#[test]
fn equal_requests_merge_also_with_the_ask_in_flight() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(1, 1));
    let meter = number(0);
    let request = |id, priority, at| Request {
        id: RequestId(id),
        meter: number(0),
        item: Item::Power.word().to_owned(),
        priority,
        at,
        done_at: None,
        outcome: None,
        answer: None,
    };
    world
        .planner
        .want(&meter, Item::Power, EVIDENCE, START, None, START);
    world
        .planner
        .requests(&[request(7, OPERATOR, START)], START);
    world.run(500);
    assert_eq!(world.asked.len(), 1);
    world
        .planner
        .want(&meter, Item::Power, OPERATOR, world.now, None, world.now);
    world
        .planner
        .requests(&[request(7, OPERATOR, START)], world.now);
    world.run(MINUTE);
    let power: Vec<_> = world
        .asked
        .iter()
        .filter(|a| a.item == Item::Power)
        .collect();
    assert_eq!(power.len(), 1);
    let end = world
        .ends
        .iter()
        .find(|end| end.item == Item::Power)
        .unwrap();
    assert_eq!(end.request, Some(RequestId(7)));
    // A list that was read before the answer was settled brings nothing back.
    world
        .planner
        .requests(&[request(7, OPERATOR, START)], world.now);
    world.run(MINUTE);
    assert_eq!(world.asked.len(), 2);
}

#[test]
fn a_read_back_is_not_satisfied_by_an_ask_that_was_sent_before_the_command() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(1, 1));
    let meter = number(0);
    world
        .planner
        .want(&meter, Item::Relay, OPERATOR, START, None, START);
    world.run(500);
    let now = world.now;
    let id = Some(RequestId(9));
    world
        .planner
        .want(&meter, Item::Relay, AFTER_COMMAND, now, id, now);
    world.run(MINUTE);
    let relay = world.ends.iter().filter(|end| end.item == Item::Relay);
    let ends: Vec<_> = relay.map(|end| end.request).collect();
    assert_eq!(ends, [None, id]);
}

#[test]
fn a_withdrawn_request_is_not_asked() {
    let mut planner = ready(&quick(), &fleet(1, 1));
    planner.creates(START, 1);
    let meter = number(0);
    planner.want(
        &meter,
        Item::Power,
        EVIDENCE,
        START,
        Some(RequestId(1)),
        START,
    );
    assert_eq!(planner.counts(START).waiting, 1);
    planner.requests(&[], START);
    assert_eq!(planner.counts(START).waiting, 0);
}

#[test]
fn an_item_that_is_refused_to_everybody_rests_but_an_operator_may_try() {
    let mut planner = ready(&quick(), &fleet(50, 10));
    let refused = refusal(RefusalKind::NotOffered, Reached::No);
    let creates = planner.creates(START, 4);
    assert_eq!(creates.len(), 4);
    for (slot, create) in (1..).zip(creates) {
        planner.reserved(create.ticket, SlotId(slot));
        let fate = planner.refused(create.ticket, &refused, START, START);
        assert!(matches!(fate, Some(Fate::Unanswered(_))), "{fate:?}");
        planner.freed(create.ticket, START);
    }
    assert!(planner.creates(START.plus(MINUTE), 99).is_empty());
    let meter = number(9);
    let now = START.plus(MINUTE);
    planner.want(&meter, Item::OperatingStatus, OPERATOR, now, None, now);
    assert_eq!(planner.creates(now, 99).len(), 1);
    assert!(!planner.creates(START.plus(2 * HOUR), 99).is_empty());
}

#[test]
fn a_command_waits_until_somebody_says_behind_which_gateway_its_meter_is() {
    let mut planner = ready(&quick(), &[]);
    // it was sent before the restart, and the fleet is not read yet
    planner.watch(
        Watch {
            command: 1,
            meter: number(7),
            act: Act::Reconnect,
            task: Some(TaskId("5".to_owned())),
            sent_at: START,
            mark: None,
            dispatched: false,
        },
        START,
    );
    let read = |command| Errand {
        command,
        meter: number(7),
        act: Act::Read(Item::Power),
        priority: OPERATOR,
        at: START,
    };
    assert!(!planner.errand(read(2), START));
    assert!(!planner.want(&number(7), Item::Power, OPERATOR, START, None, START));
    planner.fleet(&[due(7, "gw0")], START);
    assert!(planner.errand(read(2), START));
    let (ticket, _) = planner.settled(1).expect("it was under way");
    planner.freed(ticket, START);
    // moved behind another gateway while it waits
    planner.fleet(&[due(7, "gw1")], START);
    let sent = planner.sends(START, 10);
    let groups: Vec<&str> = sent.iter().map(|one| one.group.as_str()).collect();
    assert_eq!(groups, ["gw1"]);
}

/// A planner of a head-end without a task list that has lost what became of an act at meter 7.
fn lost_act() -> Planner {
    let rules = Rules {
        routine: None,
        ..Rules::default()
    };
    let mut planner = Planner::new("main", &quick(), (100, false), rules, 1, START);
    planner.fleet(&[due(7, "gw0")], START);
    assert!(planner.probe(START));
    planner.probed(Ok(()), START);
    let act = Errand {
        command: 1,
        meter: number(7),
        act: Act::Reconnect,
        priority: OPERATOR,
        at: START,
    };
    assert!(planner.errand(act, START));
    let sent = planner.sends(START, 1).pop().expect("it goes");
    assert!(planner.reserved(sent.ticket, SlotId(1)));
    // another call was answered meanwhile: the head-end is there
    planner.spoke(START.plus(1), START.plus(1));
    let lost = refusal(RefusalKind::TimedOut, Reached::Perhaps);
    let fate = planner.act_refused(sent.ticket, &lost, START, START);
    assert_eq!(fate, Some(ActFate::Lost));
    planner
}

#[test]
fn the_meter_says_what_became_of_an_act_before_its_slot_is_free() {
    let mut planner = lost_act();
    let meter = number(7);
    planner.want(
        &meter,
        Item::OperatingStatus,
        AFTER_COMMAND,
        START,
        None,
        START,
    );
    assert_eq!(planner.creates(START.plus(MINUTE), 9).len(), 1);
}

#[test]
fn what_waited_behind_a_lost_act_goes_when_its_slot_is_given_up() {
    let mut planner = lost_act();
    let meter = number(7);
    for item in [Item::Power, Item::OperatingStatus] {
        planner.want(&meter, item, AFTER_COMMAND, START, None, START);
    }
    let soon = START.plus(MINUTE);
    let first = planner.creates(soon, 9);
    assert_eq!(first.len(), 1, "one beside the act, the other waits");
    assert!(planner.reserved(first[0].ticket, SlotId(2)));
    planner.created(first[0].ticket, TaskId("2".to_owned()), soon);
    let late = START.plus(quick().horizon);
    let fates = planner.expired(late);
    let over = fates.iter().find_map(|fate| match fate {
        Fate::Over(ticket, slot) => Some((*ticket, *slot)),
        _ => None,
    });
    let (ticket, slot) = over.expect("its slot is given up");
    assert_eq!(slot, SlotId(1));
    planner.slot_over(ticket, late);
    assert_eq!(planner.creates(late, 9).len(), 1, "the other goes");
}

#[test]
fn whoever_waits_for_an_answer_is_not_starved_by_acts() {
    let meters = fleet(20, 1);
    let mut planner = ready(&quick(), &meters);
    let act = |command: i64, at| Errand {
        command,
        meter: number(usize::try_from(command).unwrap()),
        act: Act::Reconnect,
        priority: OPERATOR,
        at,
    };
    for command in 1..=9 {
        assert!(planner.errand(act(command, START), START));
    }
    let later = START.plus(SECOND);
    let meter = number(0);
    planner.want(&meter, Item::Power, AFTER_COMMAND, later, None, later);
    // five tasks at a gateway: the last slot is for the answer
    assert_eq!(planner.sends(later, 99).len(), 4);
    let creates = planner.creates(later, 99);
    assert_eq!(creates.len(), 1);
    assert_eq!(creates[0].item, Item::Power);
}

#[test]
fn at_a_gateway_with_one_slot_acts_and_answers_take_turns_by_age() {
    let pace = Pace {
        in_flight: 1,
        ..quick()
    };
    let mut planner = ready(&pace, &fleet(3, 1));
    let act = |command: i64, n, at| Errand {
        command,
        meter: number(n),
        act: Act::Reconnect,
        priority: OPERATOR,
        at,
    };
    let (second, third) = (START.plus(SECOND), START.plus(2 * SECOND));
    assert!(planner.errand(act(1, 1, START), START));
    planner.want(&number(0), Item::Power, AFTER_COMMAND, second, None, second);
    assert!(planner.errand(act(2, 2, third), third));
    let first = planner.sends(third, 99);
    assert_eq!(first.iter().map(|one| one.command).collect::<Vec<_>>(), [1]);
    planner.not_sent(first[0].ticket, third);
    assert!(planner.sends(third, 99).is_empty(), "it is younger");
    let creates = planner.creates(third, 99);
    assert_eq!(creates.len(), 1);
    assert_eq!(creates[0].item, Item::Power);
}
