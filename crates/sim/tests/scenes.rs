//! Scenes: what they hold, that they repeat, that they can be read back and posted.

mod client;

use client::{Caller, HOUR, START, send, small, still};
use serde_json::{Value, json};
use sim::{Change, Dialect, Fault, FaultName, Options, Scene, Step};
use std::collections::BTreeSet;
use std::time::Instant;

const METER: &str = "47005300000";

#[tokio::test]
async fn the_demonstration_has_every_code_unlisted_ones_silence_and_a_dark_gateway() {
    let scene = Scene::demo_at(7, START);
    assert_eq!((scene.sites.len(), scene.meters.len()), (3, 152));
    let dark = scene
        .gateways
        .iter()
        .filter(|g| g.offline_since.is_some())
        .count();
    assert_eq!(dark, 1);
    let running = still(scene).await;
    let mut codes = BTreeSet::new();
    let (mut silent, mut low) = (0, BTreeSet::new());
    for number in running.handle.numbers() {
        let view = running.handle.meter(&number).unwrap();
        codes.insert(view.now.status);
        silent += u32::from(view.state.conditions.has(sim::Condition::Silent));
        if view.now.status == 1012 {
            low.insert(view.state.gateway);
        }
    }
    let guide = include_str!("../../catalogue/data/guide/ami-codes.csv");
    for line in guide.lines().skip(1) {
        let code: u16 = line[..4].parse().unwrap();
        assert!(codes.contains(&code), "{code}");
    }
    assert!([1002, 1019, 1031].iter().all(|code| codes.contains(code)));
    assert_eq!(silent, 2);
    assert!(low.contains("E4-38-19-FF-FE-00-00-04"));
}

#[tokio::test]
async fn the_demonstration_goes_on_while_it_runs() {
    let running = still(Scene::demo_at(7, START)).await;
    let statuses = || -> Vec<u16> {
        let numbers = running.handle.numbers();
        numbers
            .iter()
            .map(|n| running.handle.meter(n).unwrap().now.status)
            .collect()
    };
    let count = |statuses: &[u16], code| statuses.iter().filter(|s| **s == code).count();
    let before = statuses();
    running.handle.advance(HOUR + 60_000);
    let after = statuses();
    assert_eq!(
        count(&after, 1006),
        count(&before, 1006) + 1,
        "a cover was opened"
    );
    assert_eq!(
        count(&after, 1003),
        count(&before, 1003) + 1,
        "a limit tripped"
    );
    assert!(
        running
            .handle
            .state()
            .gateways
            .iter()
            .all(|g| g.offline_since.is_none())
    );
}

/// What a head answers to the same calls.
async fn told(seed: u64) -> Vec<Value> {
    let scene = Scene {
        start_ms: Some(START),
        ..Scene::fleet(40, 4, seed)
    };
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    running.handle.set_faults(vec![
        Fault {
            probability: 0.4,
            ..Fault::always(FaultName::Code99)
        }
        .on("concentrator/"),
    ]);
    let mut told = Vec::new();
    for meter in running.handle.numbers() {
        let row = caller.company(&json!({"meterId": meter, "protocolId": 43, "customerId": "1"}));
        let id = caller.create("Reading", &row).await;
        running.handle.advance(20_000);
        told.push(caller.look("Reading", id).await);
        told.push(
            caller
                .ask("/api/concentrator/read", &caller.company(&json!({})))
                .await,
        );
    }
    told
}

#[tokio::test]
async fn the_same_seed_tells_the_same_and_another_something_else() {
    let first = told(7).await;
    assert_eq!(first, told(7).await);
    assert_ne!(first, told(8).await);
}

#[tokio::test]
async fn a_state_can_be_read_and_posted_back_in_the_middle_of_everything() {
    let running = still(Scene::demo_at(7, START)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let numbers = running.handle.numbers();
    let rows: Value = numbers
        .iter()
        .take(30)
        .map(|n| json!({"meterId": n, "flag": "EFF7"}))
        .collect();
    caller
        .ask("/api/RemoteMeterTask/CreateReadingTask", &rows)
        .await;
    let token = caller
        .ask(
            "/api/token/clearTamperToken/generate",
            &json!({"meterId": numbers[0]}),
        )
        .await;
    running
        .handle
        .type_in(&numbers[0], token["result"]["token"].as_str().unwrap())
        .unwrap();
    running.handle.advance(8_000);

    let url = running.control_url.clone();
    let get = async || send(&url, "GET", "/sim/state", "", "").await.unwrap();
    let state = get().await;
    assert_eq!(state.status, 200);
    running.handle.advance(40_000);
    let later = get().await.json();
    assert!(state.json() != later, "time has passed");

    let body = String::from_utf8(state.body.clone()).unwrap();
    let json_type = "Content-Type: application/json\r\n";
    let posted = send(&url, "POST", "/sim/state", json_type, &body)
        .await
        .unwrap();
    assert_eq!(posted.status, 204, "{posted:?}");
    assert!(get().await.json() == state.json(), "as it was");
    running.handle.advance(40_000);
    let again = get().await.json();
    let tasks = |state: &Value| state["progress"]["tasks"].clone();
    assert!(tasks(&again) == tasks(&later), "and it goes on as it went");
    assert!(again["meters"] == later["meters"], "meters differ");
}

#[tokio::test]
async fn a_scene_that_cannot_be_is_refused_with_its_reason() {
    let running = still(small()).await;
    let json_type = "Content-Type: application/json\r\n";
    for (scene, reason) in [
        (json!({"gateways": [{"id": "G", "site": "S"}]}), "site S"),
        (
            json!({"meters": [{"number": "47001582544", "gateway": "G"}]}),
            "gateway G",
        ),
        (
            json!({"sites": [{"id": "S", "name": "S"}], "gateways": [{"id": "G", "site": "S"}], "meters": [{"number": "x", "gateway": "G"}]}),
            "cannot be kept",
        ),
        (
            json!({"sites": [{"id": "S", "name": "S"}], "gateways": [{"id": "G", "site": "S"}], "meters": [{"number": "1", "gateway": "G"}, {"number": "1", "gateway": "G"}]}),
            "twice",
        ),
        (json!({"fleet": {"meters": 3}}), "gateway"),
    ] {
        let came = send(
            &running.control_url,
            "POST",
            "/sim/state",
            json_type,
            &scene.to_string(),
        )
        .await
        .unwrap();
        assert_eq!(came.status, 422);
        assert!(
            came.json()["title"].as_str().unwrap().contains(reason),
            "{came:?}"
        );
    }
    assert_eq!(running.handle.numbers().len(), 3, "the old scene goes on");
}

#[tokio::test]
async fn meters_gateways_keypads_stats_and_time_are_moved_through_the_control_surface() {
    let running = still(small()).await;
    let json_type = "Content-Type: application/json\r\n";
    let ask = async |method: &str, path: &str, body: &str| {
        send(&running.control_url, method, path, json_type, body)
            .await
            .unwrap()
    };
    let meter = format!("/sim/meters/{METER}");
    assert_eq!(ask("GET", &meter, "").await.json()["now"]["status"], 1000);
    let patched = ask(
        "PATCH",
        &meter,
        r#"{"conditions": {"not-commissioned": true}}"#,
    )
    .await;
    assert_eq!(patched.json()["now"]["status"], 1008);
    let keypad = format!("{meter}/keypad");
    assert_eq!(
        ask("POST", &keypad, r#"{"typed": "87"}"#).await.json(),
        json!({"display": {"shows": "8"}})
    );
    assert_eq!(
        ask("POST", &keypad, r#"{"typed": "12345"}"#).await.json(),
        json!({"display": "commissioned"})
    );
    assert_eq!(ask("GET", "/sim/meters/1", "").await.status, 404);
    assert_eq!(
        ask("PATCH", "/sim/gateways/230401081", r#"{"online": false}"#)
            .await
            .status,
        204
    );
    assert_eq!(
        ask("PATCH", "/sim/gateways/none", r#"{"online": false}"#)
            .await
            .status,
        404
    );
    assert_eq!(
        ask("POST", "/sim/clock", r#"{"advance_ms": 5000}"#)
            .await
            .json(),
        json!({"now_ms": START + 5000})
    );
    let stats = ask("GET", "/sim/stats", "").await.json();
    assert_eq!(
        (&stats["since_ms"], &stats["now_ms"]),
        (&json!(START), &json!(START + 5000))
    );
    assert_eq!(ask("POST", "/sim/stats/reset", "").await.status, 204);
}

#[tokio::test]
async fn a_timeline_changes_meters_sites_gateways_and_faults_at_its_times() {
    let mut scene = small();
    let step = |at_ms: i64, change: Value| Step {
        at_ms,
        change: serde_json::from_value::<Change>(change).unwrap(),
    };
    scene.timeline = vec![
        step(
            30_000,
            json!({"change": "faults", "faults": [{"name": "html-503"}]}),
        ),
        step(
            10_000,
            json!({"change": "site", "site": "SITE_A", "set": {"volts": 160.0}}),
        ),
        step(
            20_000,
            json!({"change": "gateway", "gateway": "230401081", "online": false}),
        ),
        step(
            15_000,
            json!({"change": "meter", "meter": METER, "set": {"volts": 230.0, "conditions": {"terminal-open": true}}}),
        ),
        step(
            25_000,
            json!({"change": "behind", "gateway": "230401081", "set": {"drift_s": 60}}),
        ),
        step(
            26_000,
            json!({"change": "keypad", "meter": METER, "typed": "12345"}),
        ),
    ];
    let running = still(scene).await;
    let status = |n: &str| running.handle.meter(n).unwrap().now.status;
    running.handle.advance(12_000);
    assert_eq!((status(METER), status("47001582544")), (1012, 1012));
    running.handle.advance(60_000);
    assert_eq!((status(METER), status("47001582544")), (1006, 1012));
    assert_eq!(
        running.handle.meter(METER).unwrap().state.openings.last,
        [START + 15_000]
    );
    let state = running.handle.state();
    assert_eq!(state.gateways[0].offline_since, Some(START + 20_000));
    assert_eq!(state.faults, [Fault::always(FaultName::Html503)]);
    assert!(state.meters.iter().all(|m| m.drift_s == 60));
    assert!(state.timeline.is_empty());
}

#[tokio::test]
async fn a_dealt_scene_shows_each_head_its_part_only() {
    let scene = Scene::demo_at(7, START).dealt_to(&Dialect::ALL);
    let running = still(scene).await;
    let station = Caller::new(&running, Dialect::Station).await;
    let concentrator = Caller::new(&running, Dialect::Concentrator).await;
    let of = |came: &Value| came["result"]["total"].as_u64().unwrap();
    let a = of(&station.ask("/api/meter/read", &json!({})).await);
    let b = of(&concentrator
        .ask("/api/account/read", &concentrator.company(&json!({})))
        .await);
    assert_eq!((a, b), (56, 50));
    let gateways = station.ask("/api/gateway/read", &json!({})).await;
    assert_eq!(of(&gateways), 2);
}

#[tokio::test]
async fn a_hundred_thousand_meters_are_there_at_once_and_listed_by_pages() {
    let began = Instant::now();
    let options = Options {
        heads: vec![(Dialect::Station, 0)],
        time_scale: 0.0,
        ..Options::default()
    };
    let scene = Scene {
        start_ms: Some(START),
        ..Scene::fleet(100_000, 500, 7)
    };
    let running = sim::start(scene, &options).await.unwrap();
    let caller = Caller::new(&running, Dialect::Station).await;
    let last = caller
        .ask(
            "/api/meter/read",
            &json!({"pageNumber": 200, "pageSize": 500}),
        )
        .await;
    assert!(
        began.elapsed().as_secs() < 20,
        "even unoptimised on a busy machine: {:?}",
        began.elapsed()
    );
    assert_eq!(last["result"]["total"], 100_000);
    assert_eq!(last["result"]["data"].as_array().unwrap().len(), 500);
    let numbers: BTreeSet<String> = running.handle.numbers().into_iter().collect();
    assert_eq!(numbers.len(), 100_000);
    assert!(
        numbers
            .iter()
            .all(|n| n.len() == 11 && n.starts_with("47") && luhn(n))
    );
    running.stop().await;
}

fn luhn(number: &str) -> bool {
    let digits = number.bytes().rev().map(|b| u32::from(b - b'0'));
    let sum: u32 = digits
        .zip([1, 2].into_iter().cycle())
        .map(|(d, times)| (d * times) / 10 + (d * times) % 10)
        .sum();
    sum.is_multiple_of(10)
}

#[tokio::test]
async fn time_runs_as_fast_as_it_is_told() {
    let options = Options {
        time_scale: 10_000.0,
        ..Options::default()
    };
    let running = sim::start(small(), &options).await.unwrap();
    let late = async || {
        while running.handle.now_ms() < START + HOUR {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), late())
        .await
        .unwrap();
}
