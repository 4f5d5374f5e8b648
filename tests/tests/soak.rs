//! A large fleet: every meter is judged, no limit is broken, and the memory stays small.
//!
//! A thousand meters behind ten gateways; ten thousand behind fifty where `CALINMETER_LONG` is
//! set.

use ::desk::Clock;
use ::desk::plan::Rules;
use ::fleet::DAY;
use asking::Dialect;
use end_to_end::{
    Desk, Fleet, Head, Place, ailing, is_long, patience, register, rules, run, until,
};
use std::time::Duration;

/// How many times faster than the clock.
const SCALE: u32 = 60;

#[test]
fn a_large_fleet_is_judged_within_the_limits_and_in_little_memory() {
    let (meters, gateways, minutes, mebibytes) = if is_long() {
        (10_000, 50, 30, 400)
    } else {
        (1_000, 10, 3, 200)
    };
    run(async {
        let clock = Clock::running(SCALE);
        let scene = |_| ailing(meters, gateways, 6, 2_000);
        let head = Head::open(Dialect::Station, clock, scene).await;
        let place = Place::sqlite();
        let store = place.open().await;
        register(&store, &head).await;
        let rules = Rules {
            routine_every: DAY,
            abnormal_every: DAY,
            silent_most: DAY,
            ..rules()
        };
        let desk = Desk::open(store, clock, head.deployment(), patience(), rules).await;
        let books = desk.books();
        let fleet = Fleet::of(&head);
        let patience = Duration::from_mins(minutes);
        until("every meter is judged", patience, async || {
            fleet.judged(&books.standings().await)
        })
        .await;
        let delivered = desk.witness.delivered();
        until("every answer is kept as it came", patience, async || {
            books.all_kept(&delivered).await
        })
        .await;
        head.assert_no_breach();
        let most = most_memory();
        assert!(most < mebibytes << 10, "{most} KiB of memory at the most");
        desk.stop().await;
        head.sim.stop().await;
    });
}

/// The most memory this process ever held, KiB: the pretend head-end's, the store's and the desk's.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}
