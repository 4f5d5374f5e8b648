//! Large fleets: how long planning takes, and how much room.

mod support;

use asking::{Pace, TaskId, TaskState};
use desk::plan::{Next, Planner, Rules};
use store::SlotId;
use support::world::{START, due};

#[test]
fn a_hundred_thousand_due_meters_are_planned_in_microseconds_each() {
    let meters: Vec<_> = (0..100_000)
        .map(|n| due(n, &format!("gw{}", n % 200)))
        .collect();
    let pace = Pace::default();
    let mut planner = Planner::new("main", &pace, (100, true), Rules::default(), 1, START);
    planner.fleet(&meters, START);
    planner.probe(START);
    planner.probed(Ok(()), START);
    let began = std::time::Instant::now();
    let (mut now, mut slot, mut waiting) = (START, 0, Vec::new());
    let mut ended = 0;
    while ended < meters.len() {
        for create in planner.creates(now, 64) {
            slot += 1;
            planner.reserved(create.ticket, SlotId(slot));
            planner.created(create.ticket, TaskId(slot.to_string()), now);
            waiting.push(create.ticket);
        }
        now = planner.wake(now).unwrap().max(now);
        for look in planner.looks(now, 8).into_iter().flatten() {
            planner.look_ended();
            assert!(matches!(
                planner.looked(look.ticket, &TaskState::Done, now),
                Next::End(_)
            ));
            planner.freed(look.ticket, now);
            ended += 1;
        }
    }
    let each = began.elapsed().as_nanos() / 100_000;
    println!("{each} ns for each meter: created, looked at, settled");
    // Built for debugging, on a machine that has other things to do: some 10 µs are usual.
    assert!(each < 500_000, "{each} ns");
}

/// How much a fleet of a million takes: run with `--ignored --nocapture`.
#[test]
#[ignore = "takes a gigabyte with the list it is read from, and some seconds"]
fn a_million_meters_take_some_hundred_bytes_each() {
    let resident = || {
        let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
        let pages = statm.split(' ').nth(1).unwrap();
        pages.parse::<usize>().unwrap() * 4096
    };
    let before = resident();
    let pace = Pace::default();
    let mut planner = Planner::new("main", &pace, (100, true), Rules::default(), 1, START);
    for n in 0..1_000_000 {
        let mut due = due(n, &format!("gw{}", n % 5_000));
        due.customer = Some(format!("customer-{n}"));
        due.site = Some(format!("site-{}", n % 500));
        planner.meter(&due, START);
    }
    let each = (resident() - before) / 1_000_000;
    println!("{each} bytes for each meter");
    assert!(each < 200, "{each}");
}
