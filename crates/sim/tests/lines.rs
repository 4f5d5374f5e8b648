//! The line at a gateway: how many progress, how busy it was, what becomes of the rest.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use client::{Caller, small, still};
use serde_json::{Value, json};
use sim::{Dialect, Scene};

const METER: &str = "47005300000";

fn many(count: usize) -> Value {
    (0..count)
        .map(|_| json!({"meterId": METER, "flag": "E421"}))
        .collect()
}

async fn statuses(caller: &Caller) -> Vec<i64> {
    let list =
        json!({"lang": "en", "meterId": METER, "pageSize": 100, "orderBy": "createDate asc"});
    let came = caller
        .ask("/api/RemoteMeterTask/GetReadingTask", &list)
        .await;
    let rows = came["result"]["data"].as_array().unwrap().clone();
    rows.iter()
        .map(|row| row["status"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn five_of_a_burst_progress_and_the_others_wait_in_line() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &many(12))
        .await;
    assert_eq!(
        statuses(&caller).await,
        [3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0]
    );
    running.handle.advance(1_000);
    assert_eq!(
        statuses(&caller).await,
        [1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 0, 0]
    );
    running.handle.advance(2_000);
    assert_eq!(statuses(&caller).await, [1; 12]);

    let stats = running.handle.stats();
    let line = &stats.gateways[0];
    assert_eq!(
        (
            line.most,
            line.breaches,
            line.created,
            line.ended,
            line.in_flight
        ),
        (12, 7, 12, 12, 0)
    );
    assert_eq!((line.busy_ms, line.capacity_ms), (12_000, 15_000));
    assert!((stats.utilisation() - 0.8).abs() < 1e-9);
    running.handle.reset_stats();
    let stats = running.handle.stats();
    assert_eq!(
        (stats.breaches(), stats.most(), stats.gateways[0].busy_ms),
        (0, 0, 0)
    );
}

#[tokio::test]
async fn a_limit_that_is_kept_is_no_breach_and_fills_the_capacity() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running.handle.reset_stats();
    for _ in 0..20 {
        caller
            .ask("/api/RemoteMeterTask/CreateReadingTask", &many(5))
            .await;
        running.handle.advance(1_000);
    }
    let stats = running.handle.stats();
    assert_eq!((stats.breaches(), stats.most()), (0, 5));
    assert!((stats.utilisation() - 1.0).abs() < 1e-9);
}

#[tokio::test]
async fn behind_a_dark_gateway_tasks_wait_and_then_fail() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running
        .handle
        .set_gateway_online("230401081", false)
        .unwrap();
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &many(7))
        .await;
    running.handle.advance(99_000);
    assert_eq!(statuses(&caller).await, [0; 7]);
    running.handle.advance(12_000);
    assert_eq!(statuses(&caller).await, [2; 7]);
}

#[tokio::test]
async fn a_gateway_that_comes_back_in_time_saves_its_tasks() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &many(1))
        .await;
    running
        .handle
        .set_gateway_online("230401081", false)
        .unwrap();
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &many(6))
        .await;
    running.handle.advance(50_000);
    running
        .handle
        .set_gateway_online("230401081", true)
        .unwrap();
    running.handle.advance(2_000);
    assert_eq!(
        statuses(&caller).await,
        [3, 1, 1, 1, 1, 1, 1],
        "the first was on its way and is lost"
    );
    running.handle.advance(60_000);
    assert_eq!(statuses(&caller).await[0], 2);
}

#[tokio::test]
async fn a_limit_may_be_another() {
    let mut scene = small().with_task_time(1_000);
    scene.pace.in_flight = 2;
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &many(3))
        .await;
    assert_eq!(statuses(&caller).await, [3, 3, 0]);
}

#[tokio::test]
async fn gateways_do_not_wait_for_each_other() {
    let running = still(
        Scene {
            start_ms: Some(client::START),
            ..Scene::fleet(20, 4, 7)
        }
        .with_task_time(1_000),
    )
    .await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let rows: Value = running
        .handle
        .numbers()
        .iter()
        .map(|meter| json!({"meterId": meter, "flag": "E421"}))
        .collect();
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &rows)
        .await;
    let stats = running.handle.stats();
    assert!(
        stats
            .gateways
            .iter()
            .all(|line| line.most == 5 && line.breaches == 0),
        "{stats:?}"
    );
}
