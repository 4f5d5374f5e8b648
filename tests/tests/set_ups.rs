//! Set up wrongly: the password, the address, the dialect. Each is one system case with its cause,
//! and putting it right at the other end is enough: nothing is restarted here.

use ::desk::Clock;
use asking::{Deployment, Dialect, RefusalKind, Secret};
use catalogue::Lang;
use end_to_end::{
    Desk, Fleet, Head, Place, WebPage, ailing, patience, register, rules, run, sim_dialect, until,
};
use std::time::Duration;
use store::{Case, Store};

/// How many times faster than the clock.
const SCALE: u32 = 300;
/// How long anything may take, of the computer's time.
const PATIENCE: Duration = Duration::from_mins(1);
const PASSWORD: Cause = ("head-end-login", RefusalKind::LoginRefused);
const NOBODY: Cause = ("head-end-unreachable", RefusalKind::Unreachable);
const PAGE: Cause = ("head-end-answer", RefusalKind::HtmlPage);
const DIALECT: Cause = ("head-end-set-up", RefusalKind::NoSuchPath);
const DIALECTS: [Dialect; 3] = [Dialect::Station, Dialect::Concentrator, Dialect::V1];

fn scene(_: i64) -> sim::Scene {
    ailing(12, 2, 3, 5_000)
}

/// A store in which the fleet of a head-end is registered, and that head-end, open.
async fn registered(dialect: Dialect) -> (Place, Store, Head) {
    let head = Head::open(dialect, Clock::running(SCALE), scene).await;
    let place = Place::sqlite();
    let store = place.open().await;
    register(&store, &head).await;
    (place, store, head)
}

/// The cause of the one case, and the refusal whose sentence it shows.
type Cause = (&'static str, RefusalKind);

/// The desk finds one trouble and judges nobody; gives the desk, still troubled.
async fn troubled(store: Store, clock: Clock, deployment: Deployment, expected: Cause) -> Desk {
    let (cause, refusal) = expected;
    let context = deployment.dialect.word();
    let desk = Desk::open(store, clock, deployment, patience(), rules()).await;
    let books = desk.books();
    let found = until(&format!("{context} is in trouble"), PATIENCE, async || {
        let open = books.open_cases().await;
        match open.as_slice() {
            [one] => Ok(one.clone()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;
    assert_eq!(
        (found.subject.kind, found.cause.as_str()),
        ("head_end", cause)
    );
    let because = ::desk::sentences(&found.words.because, Lang::En).join(" ");
    assert!(because.contains(refusal.sentence()), "{because}");
    // it stays the only one while it is tried again and again
    let tried = clock.now();
    until("it was tried for a while", PATIENCE, async || {
        let causes: Vec<String> = books
            .open_cases()
            .await
            .into_iter()
            .map(|c| c.cause)
            .collect();
        assert_eq!(causes, [cause]);
        match clock.now().since(tried) {
            passed if passed < 5 * fleet::MINUTE => Err("not yet".to_owned()),
            _ => Ok(()),
        }
    })
    .await;
    let closed: Vec<Case> = books.closed_cases().await;
    assert_eq!(closed, [], "{context}");
    assert_eq!(desk.witness.created(), [], "nothing was asked for");
    desk
}

/// Once it is put right the fleet is judged and the case is closed.
async fn recovers(desk: Desk, head: &Head) {
    let books = desk.books();
    let fleet = Fleet::of(head);
    until("all is well", PATIENCE, async || {
        fleet.judged(&books.standings().await)?;
        match books.troubles().await.as_slice() {
            [] => fleet.no_stray_case(&books.open_cases().await),
            other => Err(format!("{other:?} are open")),
        }
    })
    .await;
    head.assert_no_breach();
    desk.stop().await;
}

#[test]
fn a_wrong_password_is_one_case_until_it_is_the_right_one() {
    run(async {
        for dialect in DIALECTS {
            let (_place, store, head) = registered(dialect).await;
            let mut deployment = head.deployment();
            deployment.password = Secret::new("another-password");
            let desk = troubled(store, head.clock, deployment, PASSWORD).await;
            let mut state = head.sim.handle.state();
            let account = state.heads.of_mut(sim_dialect(dialect));
            account.password = sim::Password("another-password".to_owned());
            head.sim.handle.load(state).expect("the state is played");
            recovers(desk, &head).await;
            head.sim.stop().await;
        }
    });
}

#[test]
fn an_address_where_nothing_listens_is_one_case_until_the_head_end_is_there() {
    run(async {
        for dialect in DIALECTS {
            let (_place, store, head) = registered(dialect).await;
            let (clock, port, deployment) = (head.clock, head.port(), head.deployment());
            head.sim.stop().await;
            let desk = troubled(store, clock, deployment, NOBODY).await;
            let head = Head::at(port, dialect, clock, scene).await;
            recovers(desk, &head).await;
            head.sim.stop().await;
        }
    });
}

#[test]
fn an_address_with_a_web_page_is_one_case_until_the_head_end_is_there() {
    run(async {
        for dialect in DIALECTS {
            let (_place, store, head) = registered(dialect).await;
            let page = WebPage::open().await;
            let (clock, port) = (head.clock, page.port());
            let mut deployment = head.deployment();
            head.sim.stop().await;
            deployment.url = format!("http://127.0.0.1:{port}");
            let desk = troubled(store, clock, deployment, PAGE).await;
            page.close().await;
            let head = Head::at(port, dialect, clock, scene).await;
            recovers(desk, &head).await;
            head.sim.stop().await;
        }
    });
}

#[test]
fn a_wrong_dialect_is_one_case_until_the_right_server_is_there() {
    run(async {
        let pairs = [
            (Dialect::Station, Dialect::V1),
            (Dialect::V1, Dialect::Station),
            (Dialect::Concentrator, Dialect::V1),
        ];
        for (ours, theirs) in pairs {
            let (_place, store, right) = registered(ours).await;
            let clock = right.clock;
            right.sim.stop().await;
            let wrong = Head::open(theirs, clock, scene).await;
            let (port, deployment) = (wrong.port(), wrong.deployment_as(ours));
            let desk = troubled(store, clock, deployment, DIALECT).await;
            wrong.sim.stop().await;
            let head = Head::at(port, ours, clock, scene).await;
            recovers(desk, &head).await;
            head.sim.stop().await;
        }
    });
}
