//! How long a free slot waits for its next task.

use crate::fake::Fake;
use crate::life::{How, Place, until};
use desk::Clock;
use desk::plan::Rules;
use fleet::{MINUTE, SECOND};
use std::collections::BTreeMap;
use std::sync::Arc;

#[test]
#[ignore = "measures: cargo test --release -p desk --test poller speed -- --ignored --nocapture"]
fn a_free_slot_waits_for_its_next_task() {
    let clock = Clock::running(1);
    let fake = Arc::new(Fake::new(clock));
    let place = Place::with(200, 60);
    let rules = Rules {
        routine_every: 10 * SECOND,
        abnormal_every: 10 * SECOND,
        ..How::default().rules
    };
    let life = place.start(
        &fake,
        &How {
            rules,
            ..How::default()
        },
    );
    life.until_it_leads();
    let start = clock.now();
    until("it runs", || clock.now().since(start) > 30 * SECOND);
    life.kill();
    let vendor = fake.vendor();
    let mut gateways: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for made in &vendor.made {
        let at = made.at.since(start);
        gateways
            .entry(&made.meter.as_str()[..6])
            .or_default()
            .push(at);
    }
    // five slots a gateway: each creation follows the one five before by the task and the gap
    let mut gaps: Vec<i64> = Vec::new();
    for times in gateways.values() {
        let late = times.windows(6).filter(|w| w[0] > 10 * SECOND);
        gaps.extend(late.map(|w| w[5] - w[0] - fake.takes));
    }
    gaps.sort_unstable();
    let at = |percent: usize| gaps[(gaps.len() - 1) * percent / 100];
    println!(
        "{} tasks in {} s",
        vendor.made.len(),
        clock.now().since(start) / SECOND
    );
    println!(
        "gap ms: 10% {} median {} 90% {} 99% {}",
        at(10),
        at(50),
        at(90),
        at(99)
    );
    assert!(vendor.peak <= 5 && clock.now().since(start) < MINUTE);
}
