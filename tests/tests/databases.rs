//! The database goes away, or its disk is full, while a fleet is asked: what was acknowledged is
//! there afterwards, what was in hand is fetched again, and no limit is broken.

use ::desk::Clock;
use ::fleet::MINUTE;
use asking::Dialect;
use end_to_end::{
    Books, Desk, Fleet, Head, Place, Server, ailing, patience, register, rules, run, skip, until,
};
use std::collections::BTreeMap;
use std::time::Duration;
use store::{OpenOptions, Store};

/// How many times faster than the clock.
const SCALE: u32 = 120;
/// How long anything may take, of the computer's time.
const PATIENCE: Duration = Duration::from_mins(1);
/// How many answers have come when the trouble begins.
const SOME: usize = 10;
/// How much a full disk still takes, bytes.
const LEFT: u64 = 40 << 10;

fn scene(_: i64) -> sim::Scene {
    ailing(60, 4, 7, 10_000)
}

#[test]
fn a_database_that_goes_away_and_comes_back_has_lost_nothing() {
    let Some(mut server) = Server::start() else {
        return skip();
    };
    run(async {
        let clock = Clock::running(SCALE);
        let head = Head::open(Dialect::Station, clock, scene).await;
        let opened = Store::open(&server.url(), OpenOptions::default()).await;
        let store = opened.expect("the store opens");
        register(&store, &head).await;
        let desk = Desk::open(store, clock, head.deployment(), patience(), rules()).await;
        let books = desk.books();
        let acknowledged = some_answers(&desk).await;
        server.stop();
        let said = until("the desk says so", PATIENCE, async || {
            desk.status().store_trouble.ok_or("no trouble".to_owned())
        })
        .await;
        assert!(said.contains("database"), "{said}");
        let gone = clock.now();
        let created = desk.witness.created().len();
        until(
            "it has been away for a while",
            PATIENCE,
            async || match clock.now().since(gone) {
                passed if passed < 5 * MINUTE => Err("not yet".to_owned()),
                _ => Ok(()),
            },
        )
        .await;
        let more = desk.witness.created().len() - created;
        assert!(
            more <= 20,
            "{more} tasks were created without a place to note them"
        );
        server.start_again();
        goes_on(&desk, &head).await;
        until("the desk says no more of it", PATIENCE, async || {
            desk.status().store_trouble.map_or(Ok(()), Err)
        })
        .await;
        same(&books, &acknowledged).await;
        desk.stop().await;
        head.sim.stop().await;
    });
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged_and_nothing_that_was_in_hand() {
    run(async {
        let clock = Clock::running(SCALE);
        let head = Head::open(Dialect::Station, clock, scene).await;
        let place = Place::sqlite();
        let store = place.open().await;
        register(&store, &head).await;
        let size = store.size_bytes().await.expect("it has a size");
        store.close().await;
        let limited = OpenOptions {
            largest: Some(size + LEFT),
            ..OpenOptions::default()
        };
        let store = place.open_with(limited).await;
        let desk = Desk::open(store, clock, head.deployment(), patience(), rules()).await;
        let said = until("the disk is full", PATIENCE, async || {
            desk.status()
                .store_trouble
                .ok_or("there is room".to_owned())
        })
        .await;
        assert!(said.contains("make room"), "{said}");
        let acknowledged = answers(&desk.books()).await;
        assert!(acknowledged.len() > SOME, "{}", acknowledged.len());
        let in_hand = desk.witness.delivered();
        desk.stop().await;

        let store = place.open().await;
        let desk = Desk::open(store, clock, head.deployment(), patience(), rules()).await;
        goes_on(&desk, &head).await;
        let books = desk.books();
        same(&books, &acknowledged).await;
        until(
            "what was in hand has been fetched again",
            PATIENCE,
            async || books.all_kept(&in_hand).await,
        )
        .await;
        desk.stop().await;
        head.sim.stop().await;
    });
}

/// Waits until a part of the fleet has answered; what is kept then.
async fn some_answers(desk: &Desk) -> BTreeMap<i64, String> {
    let books = desk.books();
    until("some have answered", PATIENCE, async || {
        match answers(&books).await {
            some if some.len() < SOME => Err(format!("{}", some.len())),
            some => Ok(some),
        }
    })
    .await
}

/// Every answer by its id.
async fn answers(books: &Books) -> BTreeMap<i64, String> {
    let all = books.all_answers().await.into_iter();
    all.map(|kept| (kept.id.0, kept.answer.body)).collect()
}

/// What was acknowledged is there, word for word.
async fn same(books: &Books, acknowledged: &BTreeMap<i64, String>) {
    let now = answers(books).await;
    for (id, body) in acknowledged {
        assert_eq!(now.get(id), Some(body), "answer {id}");
    }
}

/// The fleet is judged, everything that was delivered is kept, and no limit was broken.
async fn goes_on(desk: &Desk, head: &Head) {
    let books = desk.books();
    let fleet = Fleet::of(head);
    until("the fleet is judged", PATIENCE, async || {
        fleet.judged(&books.standings().await)
    })
    .await;
    let delivered = desk.witness.delivered();
    until("every answer is kept as it came", PATIENCE, async || {
        books.all_kept(&delivered).await
    })
    .await;
    head.assert_no_breach();
}
