//! The whole engine in time that is handed in: the real round, the real planner, the real store; a
//! head-end that does at random what head-ends do, people who do what people do, and a program that
//! ends at any moment. What happens next is drawn from a seed, so a seed repeats a failure:
//!
//! `CALINMETER_SEED=17 cargo test -p desk --lib simulated`
//!
//! `CALINMETER_SEEDS=10000` says how many are tried. After each schedule the faults stop, time
//! passes, and the promises are held against what really happened at the meters.

mod people;
mod promises;
mod speaking;
mod vendor;
mod world;

use std::collections::BTreeMap;
use world::World;

/// How many schedules the checks try.
const SEEDS: u64 = 100;

#[test]
fn whatever_happens_no_act_is_done_twice_and_nothing_is_lost_or_hangs() {
    let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let mut seen = BTreeMap::new();
    if let Some(seed) = number("CALINMETER_SEED") {
        return schedule(seed, true, &mut seen);
    }
    let seeds = number("CALINMETER_SEEDS").unwrap_or(SEEDS);
    let first = number("CALINMETER_FIRST").unwrap_or(1);
    for seed in first..first + seeds {
        schedule(seed, false, &mut seen);
    }
    // a simulation in which nothing happens proves nothing
    println!("{seeds} schedules: {seen:?}");
    for event in [
        "send", "accept", "lose", "find", "execute", "verify", "fail", "not-sent",
    ] {
        assert!(
            seen.contains_key(event) || seeds < SEEDS,
            "{event} never happened"
        );
    }
}

fn schedule(seed: u64, told: bool, events: &mut BTreeMap<String, u32>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let mut world = World::new(seed, told).await;
        world.disorder().await;
        world.order().await;
        world.keeps_its_promises().await;
        for event in world.events().await {
            *events.entry(event).or_default() += 1;
        }
    });
}
