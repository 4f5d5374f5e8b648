//! A look reads the ids of a list first: whatever stands in other people's rows does no harm.

use crate::said::{connect, logged_in, watched};
use crate::stage::{Received, Stage, ok};
use crate::station::{METER, plays};
use asking::{Act, Dialect, Item, Polled, TaskState, Watched};
use serde_json::Value;

/// Rows that are nobody's, or that only their beginning can be read of.
const BROKEN: [&str; 7] = [
    "null",
    "[1001]",
    "\"1001\"",
    "{}",
    r#"{"id":{"id":1001}}"#,
    r#"{"id":1101,"data":1e999}"#,
    r#"{"id":1102,"data":"\ud800"}"#,
];

fn list<S: AsRef<str>>(rows: &[S]) -> String {
    let rows: Vec<&str> = rows.iter().map(AsRef::as_ref).collect();
    format!(
        r#"{{"code":0,"reason":"success","result":{{"total":9000,"data":[{}]}}}}"#,
        rows.join(",")
    )
}

fn done(id: &str) -> String {
    format!(r#"{{"id":{id},"data":"1","status":1}}"#)
}

fn read(id: u64) -> Watched {
    watched(&id.to_string(), METER, Act::Read(Item::Credit))
}

/// The four tasks that every list here is asked for.
fn four() -> Vec<Watched> {
    (1001..=1004).map(read).collect()
}

fn size(request: &Received) -> u64 {
    let body: Value = serde_json::from_str(&request.body).unwrap();
    body["pageSize"].as_u64().unwrap()
}

fn all_done(polled: &[Polled]) -> bool {
    polled.iter().all(|polled| polled.state == TaskState::Done)
}

#[tokio::test]
async fn an_id_may_come_as_text() {
    let (stage, head_end) = plays(|_, _| {
        let ids = ["1004", "\"1003\"", "\" 1002 \"", "1001"];
        ok(&list(&ids.map(done)))
    })
    .await;
    let polled = head_end.poll(&four()).await.unwrap();
    assert!(all_done(&polled), "{polled:?}");
    assert_eq!(stage.received("Get").len(), 1);
    assert_eq!(polled[1].raw, done("\" 1002 \""), "in the bytes it came in");
}

#[tokio::test]
async fn broken_rows_of_others_hide_no_task() {
    let (stage, head_end) = plays(|_, _| {
        let own = (1001..=1004).map(|id| done(&id.to_string()));
        let rows: Vec<String> = BROKEN.map(str::to_owned).into_iter().chain(own).collect();
        ok(&list(&rows))
    })
    .await;
    let polled = head_end.poll(&four()).await.unwrap();
    assert!(all_done(&polled), "{polled:?}");
    assert_eq!(stage.received("Get").len(), 1);
}

#[tokio::test]
async fn a_full_page_with_broken_rows_is_not_taken_for_the_last() {
    let (stage, head_end) = plays(|request, _| {
        let others = (2000..2005).map(|id| done(&id.to_string()));
        let full: Vec<String> = BROKEN
            .map(str::to_owned)
            .into_iter()
            .chain(others)
            .collect();
        match size(request) {
            12 => ok(&list(&full)),
            _ => ok(&list(&["1001", "1002", "1003", "1004"].map(done))),
        }
    })
    .await;
    let polled = head_end.poll(&four()).await.unwrap();
    assert!(all_done(&polled), "{polled:?}");
    let sizes: Vec<u64> = stage.received("Get").iter().map(size).collect();
    assert_eq!(sizes, [12, 500]);
}

#[tokio::test]
async fn a_wanted_row_that_cannot_be_read_is_asked_for_again_by_its_meter() {
    let (stage, head_end) = plays(|request, _| {
        let mut rows = ["1004", "1003", "1002", "1001"].map(done);
        if !request.body.contains("meterId") {
            rows[0] = r#"{"id":1004,"data":"\ud800","status":1}"#.to_owned();
        }
        ok(&list(&rows))
    })
    .await;
    let polled = head_end.poll(&four()).await.unwrap();
    assert!(all_done(&polled), "{polled:?}");
    let asked = stage.received("Get");
    let by_meter = asked.iter().filter(|one| one.body.contains("meterId"));
    assert_eq!(by_meter.count(), 1);
}

#[tokio::test]
async fn a_concentrators_task_is_found_among_broken_rows() {
    for id in ["1001", "\"1001\""] {
        let stage = Stage::plays(move |request, _| {
            if request.path == "/API/User/Login" {
                return ok(&logged_in("a pass"));
            }
            let mut rows = BROKEN.map(str::to_owned).to_vec();
            rows.push(done(id));
            ok(&list(&rows))
        })
        .await;
        let head_end = connect(Dialect::Concentrator, &stage.url);
        let polled = head_end.poll(&[read(1001)]).await.unwrap();
        assert!(all_done(&polled), "{polled:?}");
        assert_eq!(polled[0].raw, done(id));
    }
}
