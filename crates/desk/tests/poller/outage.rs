//! A head-end that is down: one case, nobody asked meanwhile, no stampede after.

use crate::fake::Fake;
use crate::life::{How, Place, until};
use desk::Clock;
use desk::plan::Rules;
use fleet::{HOUR, MINUTE};
use std::sync::Arc;
use std::time::Duration;
use store::CaseFilter;

/// An hour passes in a second.
const SCALE: u32 = 3_600;

fn cases(place: &Place) -> Vec<(String, bool)> {
    let filter = CaseFilter {
        explained: true,
        ..CaseFilter::default()
    };
    let cases = place.with_store(async |store| store.cases(&filter, None, 100).await);
    let cases = cases.expect("cases").into_iter();
    cases
        .map(|case| (case.cause, case.closed_at.is_none()))
        .collect()
}

#[test]
fn a_head_end_that_is_down_for_hours_is_one_case_and_is_met_gently_after() {
    let clock = Clock::running(SCALE);
    let place = Place::with(40, 5);
    let mut fake = Fake::new(clock);
    // each creation takes a while, so that many could be under way at once
    fake.latency = Duration::from_millis(3);
    let fake = Arc::new(fake);
    let rules = Rules {
        routine_every: HOUR,
        ..How::default().rules
    };
    let slow_start = rules.slow_start as usize;
    let life = place.start(
        &fake,
        &How {
            rules,
            ..How::default()
        },
    );
    place.until_all_are_judged();
    fake.vendor().down = true;
    until("the poller notices", || life.status().down.is_some());
    // what was planned before may still be on its way
    until("what was begun has ended", || place.slots().is_empty());
    let (made, since) = (fake.vendor().made.len(), clock.now());
    let creations = |fake: &Fake| {
        let vendor = fake.vendor();
        vendor
            .calls
            .iter()
            .filter(|(what, _)| *what == "create")
            .count()
    };
    let asked = creations(&fake);
    until("five hours have passed", || {
        clock.now().since(since) > 5 * HOUR
    });
    assert_eq!(creations(&fake), asked, "nobody is asked meanwhile");
    assert_eq!(cases(&place), [("head-end-unreachable".to_owned(), true)]);
    let (_, sentence) = life.status().down.expect("still down");
    assert!(sentence.contains("cannot be reached"), "{sentence}");
    let logins = {
        let vendor = fake.vendor();
        let tried = |(what, at): &&(&str, _)| *what == "login" && *at > since;
        vendor.calls.iter().filter(tried).count()
    };
    // every five minutes, a quarter of it more or less
    assert!((30..=90).contains(&logins), "{logins} logins in five hours");
    fake.count_anew();
    fake.vendor().down = false;
    let all_again = made + place.meters.len();
    until("everybody was asked again", || {
        fake.vendor().made.len() >= all_again
    });
    let stampede = fake.vendor().stampede;
    assert!(stampede <= slow_start, "{stampede} under way at once");
    until("the case is closed by itself", || cases(&place).is_empty());
    until("it says that it is up", || life.status().down.is_none());
    assert!(fake.vendor().peak <= 5);
    life.stop();
    assert!(fake.clock.now().since(since) > 5 * HOUR + MINUTE);
}
