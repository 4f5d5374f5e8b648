//! A head-end that is down for hours: one system case, verdicts that stay and show their age, no
//! meter's case because of it, and recovery without a restart.

use ::desk::plan::Rules;
use ::desk::{CaseRules, Clock};
use ::fleet::{HOUR, MINUTE, Moment};
use asking::{Dialect, Pace};
use end_to_end::{Books, Desk, Fleet, Head, Place, ailing, register, rules, run, until};
use sim::{Fault, FaultName};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use store::{Case, Standing, Words};

/// How many times faster than the clock: an hour passes in a second and a half.
const SCALE: u32 = 2_400;
/// How long the head-end is down, of the test's time.
const HOURS: i64 = 4 * HOUR;
/// How long anything may take, of the computer's time.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn a_head_end_that_refuses_connections_for_hours_is_one_case() {
    in_each_dialect(FaultName::Refuse, "head-end-unreachable");
}

#[test]
fn a_head_end_that_hangs_for_hours_is_one_case() {
    in_each_dialect(FaultName::Hang, "head-end-unreachable");
}

#[test]
fn a_head_end_that_shows_its_error_page_for_hours_is_one_case() {
    in_each_dialect(FaultName::Html503, "head-end-answer");
}

fn in_each_dialect(name: FaultName, cause: &str) {
    run(async {
        tokio::join!(
            down(name, cause, Dialect::Station),
            down(name, cause, Dialect::Concentrator),
            down(name, cause, Dialect::V1),
        );
    });
}

async fn down(name: FaultName, cause: &str, dialect: Dialect) {
    let clock = Clock::running(SCALE);
    let head = Head::open(dialect, clock, |_| ailing(24, 3, 9, 5_000)).await;
    let place = Place::sqlite();
    let store = place.open().await;
    register(&store, &head).await;
    let mut deployment = head.deployment();
    deployment.pace = Pace {
        // of the computer's time
        call: 1_000,
        // a second of the computer's is forty minutes here
        horizon: 3 * HOUR,
        ..deployment.pace
    };
    let rules = Rules {
        abnormal_every: HOUR / 2,
        ..rules()
    };
    let desk = Desk::open(store, clock, deployment, CaseRules::default(), rules).await;
    let books = desk.books();
    let fleet = Fleet::of(&head);
    until("the fleet is judged", PATIENCE, async || {
        fleet.judged(&books.standings().await)
    })
    .await;
    let cases_before = meter_cases(&books).await;

    head.sim.handle.set_faults(vec![Fault::always(name)]);
    let fell = clock.now();
    until("the outage is known", PATIENCE, async || {
        match books.troubles().await.as_slice() {
            [one] if one == cause => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;
    assert!(desk.status().down.is_some(), "{:?}", desk.status());
    let passed = |hours: i64| match clock.now().since(fell) {
        passed if passed < hours => Err("not yet".to_owned()),
        _ => Ok(clock.now()),
    };
    // what was under way when it fell has ended by then
    until("an hour has passed", PATIENCE, async || passed(HOUR)).await;
    let frozen = verdicts(&books).await;
    let sampled = until("hours have passed", PATIENCE, async || {
        let same = verdicts(&books).await == frozen;
        assert!(same, "verdicts stay as they are");
        assert_eq!(books.troubles().await, [cause], "one case");
        passed(HOURS)
    })
    .await;
    for (number, (_, observed)) in &frozen {
        let age = observed.map(|at| sampled.since(at));
        assert!(
            age.is_none_or(|age| age >= HOURS - 10 * MINUTE),
            "{number}: {age:?}"
        );
    }
    assert_eq!(
        meter_cases(&books).await,
        cases_before,
        "nobody is sent out"
    );

    head.sim.handle.set_faults(Vec::new());
    let lifted = clock.now();
    until("all is as it was", PATIENCE, async || {
        match books.troubles().await.as_slice() {
            [] => {}
            other => return Err(format!("{other:?}")),
        }
        let standings = books.standings().await;
        fleet.judged(&standings)?;
        let old = |number: &&String| standings[*number].observed_at < Some(lifted);
        match fleet.answering.keys().find(old) {
            Some(number) => Err(format!("{number} has not been asked again")),
            None => Ok(()),
        }
    })
    .await;
    fleet
        .no_stray_case(&books.open_cases().await)
        .expect("no case of the outage");
    let closed = books.closed_cases().await;
    let of_head_end: Vec<&Case> = closed
        .iter()
        .filter(|case| case.subject.kind == "head_end")
        .collect();
    assert_eq!(
        of_head_end.len(),
        1,
        "{name:?} at {dialect:?}: {of_head_end:?}"
    );
    let delivered = desk.witness.delivered();
    until("every answer is kept as it came", PATIENCE, async || {
        books.all_kept(&delivered).await
    })
    .await;
    head.assert_no_breach();
    desk.stop().await;
    head.sim.stop().await;
}

/// What each meter's verdict says, and when its status was received.
async fn verdicts(books: &Books) -> BTreeMap<String, (Words, Option<Moment>)> {
    let standings = books.standings().await.into_iter();
    standings
        .map(
            |(
                number,
                Standing {
                    words, observed_at, ..
                },
            )| (number, (words, observed_at)),
        )
        .collect()
}

/// The meters that have a case, and its cause.
async fn meter_cases(books: &Books) -> BTreeSet<(String, String)> {
    let open = books.open_cases().await.into_iter();
    open.filter(|case| case.subject.kind == "meter")
        .map(|case| (case.subject.id, case.cause))
        .collect()
}
