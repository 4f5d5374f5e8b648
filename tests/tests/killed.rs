//! `kill -9` at any moment while a fleet is asked: what was acknowledged to the store is there
//! after the next start, which goes on by itself and keeps the limits.

use ::desk::Clock;
use asking::Dialect;
use end_to_end::{Books, Fleet, Head, Place, Program, ailing, is_long, run, until};
use sqlx::{Connection as _, Row as _, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use store::{OpenOptions, Store};

/// How long anything may take, of the computer's time. A slot is held for two minutes at most.
const PATIENCE: Duration = Duration::from_mins(3);
/// What the moments are drawn from.
const SEED: u64 = 23;

/// Every answer by its id.
type Answers = BTreeMap<i64, String>;

#[test]
fn a_kill_at_any_moment_loses_no_answer_that_was_kept() {
    run(async {
        let dialects: &[Dialect] = if is_long() {
            &[Dialect::Station, Dialect::Concentrator, Dialect::V1]
        } else {
            &[Dialect::Station]
        };
        for dialect in dialects {
            killed(*dialect, if is_long() { 40 } else { 6 }).await;
        }
    });
}

async fn killed(dialect: Dialect, times: u64) {
    let head = Head::open(dialect, Clock::running(1), |_| ailing(300, 10, 4, 100)).await;
    let place = Place::sqlite();
    let folder = place.folder.path();
    Program::configure(folder, &head);
    Program::run(
        folder,
        &["meter", "import", "--from-head-end", end_to_end::NAME],
    );

    let mut kept = Answers::new();
    for turn in 0..times {
        let program = Program::serve(folder);
        let moment = chance(turn) % 80;
        let from = calls(&head);
        reaches(&head, from + moment / 2).await;
        let store = existing(&place).await;
        kept.extend(answers(&store).await);
        store.close().await;
        reaches(&head, from + moment).await;
        program.kill();
        is_whole(&place).await;
        let store = existing(&place).await;
        let now = answers(&store).await;
        for (id, body) in &kept {
            assert_eq!(now.get(id), Some(body), "answer {id}, after {moment} calls");
        }
        store.close().await;
    }
    assert!(!kept.is_empty(), "nothing was asked");

    let program = Program::serve(folder);
    let fleet = Fleet::of(&head);
    let store = existing(&place).await;
    let books = Books::of(&store);
    until("the fleet is judged", PATIENCE, async || {
        // a creation whose answer the kill has lost holds its slot until its horizon has passed
        let waiting = books.held_meters(head.clock.now()).await;
        let waiting = if is_long() { BTreeSet::new() } else { waiting };
        fleet.without(&waiting).judged(&books.standings().await)?;
        let waiting = store.unsettled(1).await.expect("the queue is read");
        match waiting.as_slice() {
            [] => Ok(()),
            one => Err(format!("{one:?} was never read")),
        }
    })
    .await;
    store.close().await;
    drop(program);
    head.assert_no_breach();
    head.sim.stop().await;
}

/// Waits until the head-end has been called so often.
async fn reaches(head: &Head, moment: u64) {
    until("the moment has come", PATIENCE, async || {
        match calls(head) {
            so_many if so_many < moment => Err(format!("{so_many} of {moment} calls")),
            _ => Ok(()),
        }
    })
    .await;
}

fn calls(head: &Head) -> u64 {
    head.sim.handle.stats().calls
}

/// A number that looks like chance and is the same in every run (`SplitMix64`).
fn chance(turn: u64) -> u64 {
    let mut mixed = (SEED + turn + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The store that the program made, beside the program.
async fn existing(place: &Place) -> Store {
    place.open_with(OpenOptions::existing()).await
}

async fn answers(store: &Store) -> Answers {
    let all = Books::of(store).all_answers().await.into_iter();
    all.map(|kept| (kept.id.0, kept.answer.body)).collect()
}

/// The database itself finds nothing wrong in its file.
async fn is_whole(place: &Place) {
    let link = SqliteConnection::connect(&place.url).await;
    let mut link = link.expect("the file opens");
    let row = sqlx::query("PRAGMA integrity_check")
        .fetch_one(&mut link)
        .await;
    let said: String = row.expect("it is checked").get(0);
    assert_eq!(said, "ok");
    link.close().await.expect("the file is let go");
}
