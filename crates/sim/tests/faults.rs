//! Every fault, by its name.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use client::{Caller, Came, send, small, still};
use serde_json::{Value, json};
use sim::{Dialect, Fault, FaultName, Running};
use std::io;
use std::time::Duration;

const METER: &str = "47005300000";

fn off() -> Value {
    json!([{"meterId": METER, "flag": "C03C", "data": ""}])
}

const CREATE: &str = "/API/RemoteMeterTask/CreateControlTask";
const GET: &str = "/API/RemoteMeterTask/GetControlTask";

/// What a creation meets, and how often the meter was switched off in the end.
async fn met(fault: FaultName) -> (io::Result<Came>, u16, Running, Caller) {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running.handle.set_faults(vec![Fault::always(fault)]);
    let came = caller.post(CREATE, &off()).await;
    running.handle.set_faults(Vec::new());
    running.handle.advance(5_000);
    let done = running.handle.meter(METER).unwrap().state.done.off;
    (came, done, running, caller)
}

#[tokio::test]
async fn a_page_an_empty_body_a_message_and_a_code_change_nothing() {
    let (came, done, ..) = met(FaultName::Html503).await;
    let came = came.unwrap();
    assert_eq!((came.status, done), (503, 0));
    assert!(came.head.contains("text/html") && came.body.starts_with(b"<!DOCTYPE html>"));

    let (came, done, ..) = met(FaultName::EmptyBody).await;
    let came = came.unwrap();
    assert_eq!((came.status, came.body.len(), done), (200, 0, 0));

    let (came, done, ..) = met(FaultName::MessageJson).await;
    let came = came.unwrap();
    assert_eq!((came.status, done), (500, 0));
    assert!(came.json()["Message"].is_string());

    let (came, done, ..) = met(FaultName::Code99).await;
    let came = came.unwrap();
    assert_eq!((came.status, done), (200, 0));
    assert_eq!(came.json()["code"], 99);

    let (came, done, ..) = met(FaultName::ExpiredToken).await;
    let came = came.unwrap();
    assert_eq!((came.status, came.body.len(), done), (401, 0, 0));

    let (came, done, ..) = met(FaultName::WrongShape).await;
    let came = came.unwrap();
    assert_eq!((came.status, done), (200, 0));
    assert!(came.json().get("code").is_none());
}

#[tokio::test]
async fn a_reset_does_nothing_and_a_lost_answer_does_it_all_the_same() {
    let (came, done, ..) = met(FaultName::Reset).await;
    assert_eq!(came.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(done, 0);

    let (came, done, _running, caller) = met(FaultName::LostAnswer).await;
    assert_eq!(came.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(done, 1);
    let list = caller
        .ask(GET, &json!({"lang": "en", "meterId": METER}))
        .await;
    assert_eq!(list["result"]["total"], 1, "the list knows of it");
}

#[tokio::test]
async fn a_shut_door_refuses_and_opens_again_at_the_same_address() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running
        .handle
        .set_faults(vec![Fault::always(FaultName::Refuse).at(Dialect::Station)]);
    let refused = async || loop {
        // the port closes a moment after the fault is set
        match caller.post("/api/meter/read", &json!({})).await {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => return,
            Err(_) => tokio::task::yield_now().await,
            Ok(came) => panic!("{came:?}"),
        }
    };
    tokio::time::timeout(Duration::from_secs(20), refused())
        .await
        .unwrap();
    let other = Caller::new(&running, Dialect::Concentrator).await;
    assert!(!other.jwt.is_empty(), "another head is open");
    running.handle.set_faults(Vec::new());
    let opened = async || loop {
        if let Ok(came) = caller.post("/api/meter/read", &json!({})).await {
            return came;
        }
        tokio::task::yield_now().await;
    };
    let came = tokio::time::timeout(Duration::from_secs(20), opened())
        .await
        .unwrap();
    assert_eq!(came.json()["result"]["total"], 3);
}

#[tokio::test]
async fn a_hanging_call_is_never_answered_and_others_are() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running
        .handle
        .set_faults(vec![Fault::always(FaultName::Hang).on("/api/meter/")]);
    let nothing = json!({});
    let hangs = caller.post("/api/meter/read", &nothing);
    tokio::pin!(hangs);
    tokio::select! {
        came = &mut hangs => panic!("{came:?}"),
        other = caller.ask("/api/gateway/read", &nothing) => assert_eq!(other["code"], 0),
    }
    running.stop().await;
    assert!(hangs.await.is_err(), "stopping lets it go");
}

#[tokio::test]
async fn a_slow_answer_takes_as_long_as_it_is_told() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let slow = Fault {
        ms: 120,
        up_to_ms: 150,
        ..Fault::always(FaultName::Slow)
    };
    running.handle.set_faults(vec![slow]);
    let began = std::time::Instant::now();
    caller.ask("/api/meter/read", &json!({})).await;
    assert!(began.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn a_task_may_vanish_after_its_number_was_given() {
    let (came, done, _running, caller) = met(FaultName::TaskVanishes).await;
    let id = came.unwrap().json()["result"][0]["id"].clone();
    assert!(id.is_u64());
    let looked = caller.ask(GET, &json!({"lang": "en", "id": id})).await;
    assert_eq!(looked["result"], json!({"total": 0, "data": []}));
    let list = caller
        .ask(GET, &json!({"lang": "en", "meterId": METER}))
        .await;
    assert_eq!((list["result"]["total"].as_u64(), done), (Some(0), 0));
}

#[tokio::test]
async fn many_may_be_created_and_half_of_them_answered() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let rows: Value = ["47001582544", "47003104321", METER]
        .map(|meter| json!({"meterId": meter, "flag": "E421"}))
        .to_vec()
        .into();
    let create = "/API/RemoteMeterTask/CreateReadingTask";
    for (fault, answered) in [
        (FaultName::HalfAnswer, Some(2)),
        (FaultName::LostAnswer, None),
    ] {
        running.handle.reset_stats();
        running.handle.set_faults(vec![Fault::once(fault)]);
        let came = caller.post(create, &rows).await;
        let came = came
            .ok()
            .map(|came| came.json()["result"].as_array().unwrap().len());
        assert_eq!(came, answered);
        // each row is a task of its own
        assert_eq!(running.handle.stats().gateways[0].created, 3);
    }
    // one task is answered whole
    running
        .handle
        .set_faults(vec![Fault::once(FaultName::HalfAnswer)]);
    caller.create("Reading", &rows[0]).await;
}

#[tokio::test]
async fn success_may_come_without_its_data() {
    let running = still(small().with_task_time(0)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let id = caller
        .create("Reading", &json!({"meterId": METER, "flag": "E421"}))
        .await;
    running
        .handle
        .set_faults(vec![Fault::once(FaultName::TrueWithEmptyData)]);
    let row = caller.look("Reading", id).await;
    assert_eq!((&row["status"], &row["data"]), (&json!(1), &json!("")));
    assert_eq!(caller.look("Reading", id).await["data"], "000005.00,01,00");
}

#[tokio::test]
async fn half_a_page_says_the_whole_total() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running
        .handle
        .set_faults(vec![Fault::always(FaultName::HalfPage)]);
    let came = caller.ask("/api/meter/read", &json!({"pageSize": 2})).await;
    assert_eq!(came["result"]["total"], 3);
    assert_eq!(came["result"]["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn probability_paths_heads_and_counts_are_kept() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let sometimes = Fault {
        probability: 0.3,
        ..Fault::always(FaultName::Html503)
    };
    running.handle.set_faults(vec![
        sometimes.on("/api/GATEWAY"),
        Fault {
            times: Some(2),
            ..Fault::always(FaultName::Code99)
        }
        .on("/api/account"),
        Fault::always(FaultName::Html503).at(Dialect::V1),
    ]);
    let mut pages = 0;
    for _ in 0..100 {
        pages += u32::from(
            caller
                .post("/api/gateway/read", &json!({}))
                .await
                .unwrap()
                .status
                == 503,
        );
    }
    assert!((15..50).contains(&pages), "{pages}");
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(
            caller.ask("/api/account/read", &json!({})).await["code"]
                .as_i64()
                .unwrap(),
        );
    }
    assert_eq!(codes, [99, 99, 0]);
    assert_eq!(
        caller
            .post("/api/meter/read", &json!({}))
            .await
            .unwrap()
            .status,
        200
    );
}

#[tokio::test]
async fn faults_are_set_and_read_by_their_names_through_the_control_surface() {
    let running = still(small()).await;
    let names = [
        "html-503",
        "reset",
        "refuse",
        "hang",
        "slow",
        "empty-body",
        "message-json",
        "code-99",
        "lost-answer",
        "expired-token",
        "wrong-shape",
        "task-vanishes",
        "true-with-empty-data",
        "half-page",
        "half-answer",
    ];
    let faults: Vec<Value> = names
        .iter()
        .map(|name| json!({"name": name, "probability": 0.5, "head": "v1", "path": "/nowhere"}))
        .collect();
    let json_type = "Content-Type: application/json\r\n";
    let body = Value::from(faults.clone()).to_string();
    let set = send(&running.control_url, "PUT", "/sim/faults", json_type, &body)
        .await
        .unwrap();
    assert_eq!(set.status, 204, "{set:?}");
    let read = send(&running.control_url, "GET", "/sim/faults", "", "")
        .await
        .unwrap();
    assert_eq!(read.json().as_array().unwrap().len(), names.len());
    let unknown = send(
        &running.control_url,
        "PUT",
        "/sim/faults",
        json_type,
        r#"[{"name": "gremlins"}]"#,
    )
    .await
    .unwrap();
    assert_eq!(unknown.status, 422);
}
