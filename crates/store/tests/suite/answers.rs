//! Nothing that was acknowledged is lost.

use crate::fixtures::{METER, OTHER, answer, number};
use crate::place::{Place, on_both};
use fleet::Moment;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use store::{AnswerId, NewAnswer, OpenOptions, Settlement, Store};

/// Where the child of the kill test finds its store.
const CHILD_URL: &str = "STORE_TEST_CHILD_URL";

on_both![
    a_kept_answer_comes_back_as_it_was,
    what_is_not_settled_waits_oldest_first_and_nothing_waits_twice,
    a_meters_answers_are_paged_newest_first,
    answers_of_any_year_are_kept_and_found,
    many_answers_at_once_get_an_id_each_in_their_order,
    a_killed_program_loses_nothing_that_was_acknowledged,
];

async fn a_kept_answer_comes_back_as_it_was(place: Place) {
    let store = place.open().await;
    let strange = NewAnswer {
        meter: None,
        body: "<html>\u{0}'; DROP TABLE answer; -- ✓</html>".into(),
        ..answer(METER, -5)
    };
    let ids = store
        .keep(&[answer(METER, 10), strange.clone()])
        .await
        .unwrap();
    let back = store.answer(ids[1]).await.unwrap().unwrap();
    // the one character that PostgreSQL cannot hold
    let body = strange.body.replace('\0', "\u{2400}");
    assert_eq!(back.answer, NewAnswer { body, ..strange });
    assert_eq!((back.problem, back.settled), (None, false));
    assert_eq!(store.answer(AnswerId(999)).await.unwrap(), None);
}

async fn what_is_not_settled_waits_oldest_first_and_nothing_waits_twice(place: Place) {
    let store = place.open().await;
    let first = store
        .keep(&[answer(METER, 30), answer(OTHER, 20)])
        .await
        .unwrap();
    let second = store.keep(&[answer(METER, 10)]).await.unwrap();
    let waiting = async || -> Vec<AnswerId> {
        store
            .unsettled(10)
            .await
            .unwrap()
            .into_iter()
            .map(|answer| answer.id)
            .collect()
    };
    assert_eq!(waiting().await, [first[0], first[1], second[0]]);
    let settled = vec![(first[1], Some("not JSON".to_owned())), (first[1], None)];
    let settlement = Settlement {
        settled,
        ..Settlement::default()
    };
    store.settle(&settlement).await.unwrap();
    store.settle(&settlement).await.unwrap();
    assert_eq!(waiting().await, [first[0], second[0]]);
    let unread = store.answer(first[1]).await.unwrap().unwrap();
    assert_eq!(
        (unread.problem.as_deref(), unread.settled),
        (Some("not JSON"), true)
    );
    assert_eq!(store.unsettled(1).await.unwrap().len(), 1);
}

async fn a_meters_answers_are_paged_newest_first(place: Place) {
    let store = place.open().await;
    let mine: Vec<NewAnswer> = (0..5).map(|at| answer(METER, at)).collect();
    let ids = store.keep(&mine).await.unwrap();
    store.keep(&[answer(OTHER, 9)]).await.unwrap();
    let page = store.answers(&number(METER), None, 2).await.unwrap();
    assert_eq!(
        page.iter().map(|answer| answer.id).collect::<Vec<_>>(),
        [ids[4], ids[3]]
    );
    let next = store
        .answers(&number(METER), Some(page[1].id), 9)
        .await
        .unwrap();
    assert_eq!(
        next.iter().map(|answer| answer.id).collect::<Vec<_>>(),
        [ids[2], ids[1], ids[0]]
    );
}

async fn answers_of_any_year_are_kept_and_found(place: Place) {
    // from a clock that was never set to one that is far ahead: PostgreSQL keeps months apart
    let store = place.open().await;
    let times = [
        i64::MIN,
        0,
        1_706_745_600_000,
        1_709_251_199_999,
        4_102_444_800_000,
        i64::MAX,
    ];
    let all: Vec<NewAnswer> = times.iter().map(|at| answer(METER, *at)).collect();
    let ids = store.keep(&all).await.unwrap();
    let found = store.answers(&number(METER), None, 9).await.unwrap();
    let mut back: Vec<i64> = found.iter().map(|answer| answer.answer.at.0).collect();
    back.sort_unstable();
    assert_eq!(back, times);
    for (id, at) in ids.iter().zip(times) {
        assert_eq!(
            store.answer(*id).await.unwrap().unwrap().answer.at,
            Moment(at)
        );
    }
    assert_eq!(store.unsettled(9).await.unwrap().len(), times.len());
}

async fn many_answers_at_once_get_an_id_each_in_their_order(place: Place) {
    let store = place.open().await;
    let many: Vec<NewAnswer> = (0..3_000).map(|at| answer(METER, at)).collect();
    let ids = store.keep(&many).await.unwrap();
    assert!(
        ids.is_sorted_by(|a, b| a < b),
        "each id is larger than the one before"
    );
    let last = store.answer(ids[2_999]).await.unwrap().unwrap();
    assert_eq!(last.answer.at, Moment(2_999));
    assert_eq!(store.keep(&[]).await.unwrap(), []);
}

async fn a_killed_program_loses_nothing_that_was_acknowledged(place: Place) {
    place.open().await.close().await;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "answers::child_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_URL, &place.url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines.map_while(Result::ok).filter_map(|line| {
        let id = line.rsplit_once("kept ")?.1.parse().ok();
        id.map(AnswerId)
    });
    let acknowledged: Vec<AnswerId> = said.take(40).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        acknowledged.len(),
        40,
        "the child kept answers until it was killed"
    );
    let store = place.open().await;
    let waiting = store.unsettled(usize::MAX).await.unwrap();
    for id in acknowledged {
        assert!(
            waiting.iter().any(|answer| answer.id == id),
            "{id:?} is lost"
        );
    }
    // and the store goes on by itself
    let next = store.keep(&[answer(METER, 1)]).await.unwrap();
    assert!(waiting.iter().all(|answer| answer.id < next[0]));
}

/// Not a test of its own: keeps answers until it is killed.
#[test]
#[ignore = "run by a_killed_program_loses_nothing_that_was_acknowledged"]
fn child_that_is_killed() {
    let Ok(url) = std::env::var(CHILD_URL) else {
        return;
    };
    crate::place::run(async {
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        for at in 0..1_000_000 {
            let ids = store
                .keep(&[answer(METER, at), answer(OTHER, at)])
                .await
                .unwrap();
            println!("kept {}", ids[1].0);
        }
    });
}
