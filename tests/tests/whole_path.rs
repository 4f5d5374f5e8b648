//! The whole path: every condition of the demonstration's fleet, from the meter to the worklist,
//! through each dialect and into each store.

use ::desk::Clock;
use asking::Dialect;
use end_to_end::{
    Books, Desk, Engine, Fleet, Head, Place, demo, on, patience, register, rules, until,
};
use std::collections::BTreeSet;
use std::time::Duration;
use store::Case;

/// How many times faster than the clock: twenty minutes pass in six seconds.
const SCALE: u32 = 200;
/// How long anything may take, of the computer's time.
const PATIENCE: Duration = Duration::from_secs(90);
/// The gateway of the demonstration that has gone dark.
const DARK: &str = "E4-38-19-FF-FE-00-00-06";
/// The site and the cause of the neighbours with too little voltage.
const FEEDER: (&str, &str) = ("SITE_B", "utility-job-under-voltage");

macro_rules! each {
    ($($name:ident: $dialect:ident into $engine:ident;)*) => {
        $(#[test] fn $name() { walk(Dialect::$dialect, Engine::$engine); })*
    };
}

each! {
    every_condition_goes_from_station_into_sqlite: Station into Sqlite;
    every_condition_goes_from_concentrator_into_sqlite: Concentrator into Sqlite;
    every_condition_goes_from_v1_into_sqlite: V1 into Sqlite;
    every_condition_goes_from_station_into_postgresql: Station into Postgres;
    every_condition_goes_from_concentrator_into_postgresql: Concentrator into Postgres;
    every_condition_goes_from_v1_into_postgresql: V1 into Postgres;
}

fn walk(dialect: Dialect, engine: Engine) {
    on(engine, |place| whole_path(dialect, place));
}

async fn whole_path(dialect: Dialect, place: Place) {
    let clock = Clock::running(SCALE);
    let head = Head::open(dialect, clock, |now| demo(1, now)).await;
    let store = place.open().await;
    register(&store, &head).await;
    let deployment = head.deployment();
    let desk = Desk::open(store, clock, deployment, patience(), rules()).await;
    let books = desk.books();
    let fleet = Fleet::of(&head);

    until(
        "every meter that can answer is judged",
        PATIENCE,
        async || {
            let standings = books.standings().await;
            fleet.judged(&standings)
        },
    )
    .await;
    until("what no code says is a case too", PATIENCE, async || {
        on_the_worklist(&fleet, &books.open_cases().await)
    })
    .await;
    every_code_of_the_guide_is_there(&books).await;
    let delivered = desk.witness.delivered();
    assert!(
        delivered.len() > fleet.answering.len(),
        "{}",
        delivered.len()
    );
    until("every answer is kept as it came", PATIENCE, async || {
        books.all_kept(&delivered).await
    })
    .await;

    let handle = &head.sim.handle;
    handle.set_gateway_online(DARK, true).expect("a gateway");
    until(
        "the dark gateway's meters are judged",
        PATIENCE,
        async || {
            let cases = books.open_cases().await;
            if cases.iter().any(|case| case.cause == "gateway-dark") {
                return Err("its case is open".to_owned());
            }
            Fleet::of(&head).judged(&books.standings().await)
        },
    )
    .await;
    head.assert_no_breach();
    desk.stop().await;
    head.sim.stop().await;
}

/// One case for each thing that no code says.
fn on_the_worklist(fleet: &Fleet, cases: &[Case]) -> Result<(), String> {
    let of =
        |cause: &str| -> Vec<&Case> { cases.iter().filter(|case| case.cause == cause).collect() };
    let silent: BTreeSet<String> = of("silent")
        .into_iter()
        .map(|case| case.subject.id.clone())
        .collect();
    let stray: Vec<_> = silent
        .difference(&fleet.mute)
        .filter(|number| !fleet.dark.contains(*number))
        .collect();
    assert!(stray.is_empty(), "{stray:?} answer and are called silent");
    if !silent.is_superset(&fleet.mute) {
        return Err(format!("silent are {silent:?} of {:?}", fleet.mute));
    }
    let [dark] = of("gateway-dark")[..] else {
        return Err("the dark gateway is no case".to_owned());
    };
    assert_eq!(
        (dark.subject.kind, dark.subject.id.as_str()),
        ("gateway", DARK)
    );
    let stray = cases
        .iter()
        .find(|case| fleet.dark.contains(&case.subject.id) && case.parent != Some(dark.id));
    assert_eq!(stray, None, "the gateway explains its meters");
    let [job] = of(FEEDER.1)[..] else {
        return Err("the feeder is no job".to_owned());
    };
    assert_eq!(
        (job.subject.kind, job.subject.id.as_str()),
        ("site", FEEDER.0)
    );
    let homes = of("under-voltage");
    let homes: Vec<_> = homes
        .iter()
        .filter(|case| case.site.as_deref() == Some(FEEDER.0))
        .collect();
    assert!(homes.len() >= 8, "{}", homes.len());
    match homes.iter().find(|case| case.parent != Some(job.id)) {
        Some(home) => Err(format!("{home:?} is not under the job")),
        None => Ok(()),
    }
}

/// Each of the 22 rows of the guide stands on a meter; what somebody has to do is a case of that
/// name, and a number that nobody listed is an unlisted case.
async fn every_code_of_the_guide_is_there(books: &Books) {
    let standings = books.standings().await;
    let cases = books.open_cases().await;
    let has_case = |number: &str, cause: &str| {
        let of = |case: &&Case| case.subject.id == number && case.cause == cause;
        cases.iter().filter(of).count() == 1
    };
    let rows = catalogue::ami_rows();
    assert_eq!(rows.len(), 22);
    for row in rows {
        let found = standings
            .iter()
            .filter(|(_, standing)| standing.ami_code == Some(row.ami.0));
        let mut many = 0;
        for (number, standing) in found {
            many += 1;
            let rests = ["fine", "ignore"].contains(&standing.words.decision.as_str());
            assert_eq!(has_case(number, row.slug), !rests, "{number} {standing:?}");
        }
        assert!(many > 0, "{} is on no meter", row.ami);
    }
    for code in [1002_u16, 1019, 1031] {
        let found = standings
            .iter()
            .find(|(_, standing)| standing.ami_code == Some(code));
        let (number, _) = found.unwrap_or_else(|| panic!("{code} is on no meter"));
        assert!(has_case(number, &format!("unlisted-{code}")), "{code}");
    }
}
