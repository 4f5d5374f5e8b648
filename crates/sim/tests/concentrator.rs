//! The concentrator dialect, by the worked exchanges of the fact sheet.

mod client;

use client::{Caller, code_of, small, still};
use serde_json::{Value, json};
use sim::{Dialect, Fault, FaultName, ItemName};

const METER: &str = "47003104321";

fn row(caller: &Caller, protocol: u32) -> Value {
    caller.company(&json!({"meterId": METER, "protocolId": protocol, "customerId": "1"}))
}

/// The value as text, whether it came as text or as a number.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[tokio::test]
async fn the_first_task_has_the_number_of_the_capture_and_ends_as_it_did() {
    let running = still(small().with_task_time(0)).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let created = caller
        .ask(
            "/API/RemoteMeterTask/CreateReadingTask",
            &json!([row(&caller, 39)]),
        )
        .await;
    assert_eq!(
        (&created["code"], &created["reason"]),
        (&json!(0), &json!("success"))
    );
    assert_eq!(created["result"][0]["id"], 3800);
    let poll = caller.company(&json!({"id": 3800, "lang": "en"}));
    let came = caller
        .ask("/api/remotemetertask/getreadingtask", &poll)
        .await;
    assert_eq!(came["result"]["total"], 1);
    let seen = &came["result"]["data"][0];
    for (key, value) in [
        ("id", json!(3800)),
        ("customerId", json!("C000002")),
        ("concentratorId", json!("230401081")),
        ("meterId", json!(METER)),
        ("dataPrefix", json!("Current Credit Balance(kWh)")),
        ("status", json!(1)),
        ("remark", Value::Null),
        ("company", json!("Company A")),
        ("createDate", json!("2026-08-05 09:00:00")),
    ] {
        assert_eq!(seen[key], value, "{key}");
    }
    assert_eq!(plain(&seen["data"]), "108.8");
    assert_eq!(
        seen["name"].as_str().unwrap().trim(),
        "Current Credit Balance"
    );
}

#[tokio::test]
async fn a_pending_task_is_status_0_with_null() {
    let running = still(small().with_task_time(9_000)).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let id = caller.create("Reading", &row(&caller, 39)).await;
    let seen = caller.look("Reading", id).await;
    assert_eq!((&seen["status"], &seen["data"]), (&json!(0), &Value::Null));
}

#[tokio::test]
async fn names_have_trailing_blanks_and_data_are_numbers_now_and_then() {
    let running = still(small().with_task_time(0)).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let (mut blanks, mut numbers) = (0, 0);
    for _ in 0..40 {
        let id = caller.create("Reading", &row(&caller, 39)).await;
        let seen = caller.look("Reading", id).await;
        blanks += u32::from(seen["name"].as_str().unwrap().ends_with(' '));
        numbers += u32::from(seen["data"].is_number());
        assert_eq!(plain(&seen["data"]), "108.8");
    }
    assert!(
        (1..40).contains(&blanks) && (1..40).contains(&numbers),
        "{blanks} {numbers}"
    );
}

#[tokio::test]
async fn the_relay_answers_connected_and_disconnected() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    for (protocol, said, status) in [(20001, "Disconnected", 1007), (20000, "Connected", 1000)] {
        let id = caller.create("Control", &row(&caller, protocol)).await;
        running.handle.advance(1_000);
        let seen = caller.look("Control", id).await;
        assert_eq!((&seen["data"], &seen["status"]), (&json!(said), &json!(1)));
        assert_eq!(seen["name"].as_str().unwrap().trim(), "Relay On/Off");
        assert_eq!(code_of(&running, METER), status);
    }
}

#[tokio::test]
async fn a_foreign_token_ends_rejected_with_status_3() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let mut token = row(&caller, 30000);
    token["data"] = "12345678901234567890".into();
    let id = caller.create("Token", &token).await;
    running.handle.advance(1_000);
    let seen = caller.look("Token", id).await;
    assert_eq!((&seen["data"], &seen["status"]), (&json!(""), &json!(3)));
    assert_eq!(seen["name"].as_str().unwrap().trim(), "Token");
}

#[tokio::test]
async fn a_clear_tamper_token_is_minted_delivered_and_clears() {
    let running = still(small().with_task_time(1_000)).await;
    running
        .handle
        .patch_meter(METER, &json!({"conditions": {"terminal-open": true}}))
        .unwrap();
    running
        .handle
        .patch_meter(METER, &json!({"conditions": {"terminal-open": false}}))
        .unwrap();
    assert_eq!(code_of(&running, METER), 1006);
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let body = caller.company(&json!({"meterId": METER}));
    let minted = caller
        .ask("/API/Token/ClearTamperToken/Generate", &body)
        .await;
    let token = minted["result"]["token"].as_str().unwrap();
    assert_eq!(token.len(), 20, "in one piece");
    let mut deliver = row(&caller, 30000);
    deliver["data"] = token.into();
    let id = caller.create("Token", &deliver).await;
    running.handle.advance(1_000);
    assert_eq!(caller.look("Token", id).await["status"], 1);
    assert_eq!(code_of(&running, METER), 1000);
}

#[tokio::test]
async fn an_expired_login_is_a_401_and_a_new_one_works() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    running
        .handle
        .set_faults(vec![Fault::once(FaultName::ExpiredToken)]);
    let body = caller.company(&json!({"pageNumber": 1, "pageSize": 100}));
    let came = caller
        .post("/API/ConcentratorOnlineStatus/Read", &body)
        .await
        .unwrap();
    assert_eq!((came.status, came.body.len()), (401, 0));
    let again = Caller::new(&running, Dialect::Concentrator).await;
    let came = again.ask("/API/ConcentratorOnlineStatus/Read", &body).await;
    assert_eq!(came["result"]["data"][0]["concentratorId"], "230401081");
    assert_eq!(came["result"]["data"][0]["status"], true);
}

#[tokio::test]
async fn a_wrong_company_is_not_logged_in() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let mut account = caller.account();
    account["company"] = "Another".into();
    let came = caller.ask("/API/User/Login", &account).await;
    assert_eq!(came["result"], Value::Null);
    assert!(came["reason"].is_string());
}

#[tokio::test]
async fn item_43_answers_the_status_only_where_a_scene_says_so() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let path = "/API/RemoteMeterTask/CreateReadingTask";
    assert_eq!(
        caller.ask(path, &json!([row(&caller, 43)])).await["code"],
        99
    );
    let mut scene = small().with_task_time(0);
    scene.heads.concentrator.items = vec![ItemName::operating_status(Dialect::Concentrator)];
    running.handle.load(scene).unwrap();
    let id = caller.create("Reading", &row(&caller, 43)).await;
    let seen = caller.look("Reading", id).await;
    assert_eq!(plain(&seen["data"]), "1000");
}

#[tokio::test]
async fn a_daily_report_has_24_hours_and_bits_that_are_true_when_all_is_well() {
    let mut scene = small();
    scene.pace.gaps_permille = 0;
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let body = caller.company(&json!({"concentratorId": "230401081", "meterId": METER, "updateDateRange": ["2026-08-03T00:00:00", "2026-08-05T23:00:00"], "lang": "en"}));
    let came = caller.ask("/API/DailyReport/Read", &body).await;
    assert_eq!(came["result"]["total"], 3);
    let last = &came["result"]["data"][2];
    assert_eq!(last["currentDate"], "2026-08-04 23:59:59");
    assert_eq!(last["createDate"], "2026-08-05 00:30:00");
    assert_eq!(last["createId"], "System");
    let hours: f64 = (1..=24)
        .map(|hour| last[format!("hourT1_{hour:02}")].as_f64().unwrap())
        .sum();
    let before = came["result"]["data"][1]["totalT1"].as_f64().unwrap();
    assert!((last["totalT1"].as_f64().unwrap() - before - hours).abs() < 0.02);
    let bits = last
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, _)| key.starts_with("status_"));
    assert_eq!(bits.filter(|(_, value)| **value == json!(true)).count(), 8);
}

#[tokio::test]
async fn accounts_and_the_tree_of_items_are_listed() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let accounts = caller
        .ask(
            "/api/account/read",
            &caller.company(&json!({"pageSize": 2})),
        )
        .await;
    assert_eq!(accounts["result"]["total"], 3);
    assert_eq!(accounts["result"]["data"][0]["concentratorId"], "230401081");
    let tree = caller
        .ask(
            "/api/dlms/readDlmsTree",
            &json!({"Company": "Company A", "lang": "en", "version": "1.1"}),
        )
        .await;
    let leaves = tree["result"][0]["children"].as_array().unwrap();
    assert!(leaves.iter().any(|leaf| leaf["id"] == "39"));
}

#[tokio::test]
async fn several_tasks_are_created_by_one_call_and_keep_their_order() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Concentrator).await;
    let meters = ["47005300000", "47001582544", "47003104321"];
    let rows = |meters: &[&str]| -> Value {
        let row = |meter: &&str| {
            caller.company(&json!({"meterId": meter, "protocolId": 20001, "customerId": "1"}))
        };
        meters.iter().map(row).collect()
    };
    let path = "/API/RemoteMeterTask/CreateControlTask";
    let came = caller.ask(path, &rows(&meters)).await;
    let came = came["result"].as_array().unwrap();
    let named: Vec<_> = came
        .iter()
        .map(|row| row["meterId"].as_str().unwrap())
        .collect();
    assert_eq!(named, meters);
    assert_eq!(running.handle.stats().gateways[0].created, 3);
    // one that nobody knows spoils the call, and nothing is created
    let spoilt = caller
        .ask(path, &rows(&["47005300000", "47009999999"]))
        .await;
    assert_eq!(
        (&spoilt["code"], &spoilt["result"]),
        (&json!(99), &json!(null))
    );
    assert_eq!(running.handle.stats().gateways[0].created, 3);
}
