//! A fault at every step: each of the simulator's faults hits three calls in ten, on every path of
//! each dialect, while a fleet is asked. Nothing is lost, no limit is broken, and when the fault
//! has gone the poller recovers by itself.

use ::desk::Clock;
use ::desk::plan::Rules;
use asking::{Dialect, Pace};
use end_to_end::{Desk, Fleet, Head, Place, ailing, patience, register, rules, run, until};
use fleet::MINUTE;
use sim::{Fault, FaultName};
use std::collections::BTreeSet;
use std::time::Duration;

/// How many times faster than the clock.
const SCALE: u32 = 300;
/// How long a fault lasts, of the test's time.
const LASTS: i64 = 12 * MINUTE;
/// How likely it is for each call.
const LIKELY: f64 = 0.3;
/// How long recovery may take, of the computer's time.
const PATIENCE: Duration = Duration::from_mins(1);

macro_rules! each {
    ($($name:ident: $fault:ident;)*) => {
        $(#[test] fn $name() { in_each_dialect(FaultName::$fault); })*
    };
}

each! {
    pages_for_people_lose_nothing: Html503;
    resets_lose_nothing: Reset;
    a_shut_door_loses_nothing: Refuse;
    calls_that_hang_lose_nothing: Hang;
    slow_calls_lose_nothing: Slow;
    empty_bodies_lose_nothing: EmptyBody;
    messages_of_the_server_lose_nothing: MessageJson;
    business_refusals_lose_nothing: Code99;
    lost_answers_lose_nothing: LostAnswer;
    expired_logins_lose_nothing: ExpiredToken;
    answers_of_no_dialect_lose_nothing: WrongShape;
    tasks_that_vanish_lose_nothing: TaskVanishes;
    successes_without_data_lose_nothing: TrueWithEmptyData;
    half_pages_lose_nothing: HalfPage;
}

fn in_each_dialect(name: FaultName) {
    run(async {
        tokio::join!(
            faulty(name, Dialect::Station),
            faulty(name, Dialect::Concentrator),
            faulty(name, Dialect::V1),
        );
    });
}

fn fault(name: FaultName) -> Fault {
    let slow = name == FaultName::Slow;
    Fault {
        probability: LIKELY,
        ms: if slow { 50 } else { 0 },
        up_to_ms: if slow { 250 } else { 0 },
        ..Fault::always(name)
    }
}

/// Whether a fault may take a task away so that nobody ever sees its end: its slot is freed then.
fn may_hide_tasks(name: FaultName) -> bool {
    matches!(
        name,
        FaultName::TaskVanishes | FaultName::HalfPage | FaultName::LostAnswer | FaultName::Hang
    )
}

async fn faulty(name: FaultName, dialect: Dialect) {
    let clock = Clock::running(SCALE);
    let head = Head::open(dialect, clock, |_| ailing(24, 3, 5, 5_000)).await;
    let place = Place::sqlite();
    let store = place.open().await;
    register(&store, &head).await;
    let handle = &head.sim.handle;
    handle.set_faults(vec![fault(name)]);
    let mut deployment = head.deployment();
    deployment.pace = Pace {
        // of the computer's time: a call that hangs is given up then
        call: if name == FaultName::Hang { 300 } else { 5_000 },
        horizon: 10 * MINUTE,
        ..deployment.pace
    };
    let rules = Rules {
        routine_every: 20 * MINUTE,
        ..rules()
    };
    let desk = Desk::open(store, clock, deployment, patience(), rules).await;
    let books = desk.books();
    let fleet = Fleet::of(&head);
    let began = clock.now();

    let context = format!("{name:?} at {dialect:?}");
    until(&format!("{context} has lasted"), PATIENCE, async || {
        let troubles = books.troubles().await;
        let causes: BTreeSet<&String> = troubles.iter().collect();
        assert_eq!(causes.len(), troubles.len(), "one case for each cause");
        match clock.now().since(began) {
            passed if passed < LASTS => Err("not yet".to_owned()),
            _ => Ok(()),
        }
    })
    .await;
    handle.set_faults(Vec::new());
    until(
        &format!("all is well after {context}"),
        PATIENCE,
        async || {
            fleet.judged(&books.standings().await)?;
            match books.troubles().await.as_slice() {
                [] => fleet.no_stray_case(&books.open_cases().await),
                troubles => Err(format!("{troubles:?} are open")),
            }
        },
    )
    .await;
    let delivered = desk.witness.delivered();
    until(
        &format!("all is kept in spite of {context}"),
        PATIENCE,
        async || {
            books.all_kept(&delivered).await?;
            match books.overdue_slots(clock.now(), MINUTE).await {
                0 => {}
                slots => return Err(format!("{slots} slots are held past their horizon")),
            }
            match desk.given_up().await {
                0 => Ok(()),
                _ if may_hide_tasks(name) => Ok(()),
                tasks => Err(format!("{tasks} tasks were given up unseen")),
            }
        },
    )
    .await;
    head.assert_no_breach();
    desk.stop().await;
    head.sim.stop().await;
}
