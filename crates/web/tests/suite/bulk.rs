//! One wish for many meters.

use crate::house;
use crate::office::Office;
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::ops::Range;

const PATH: &str = "/api/v1/commands";

fn clocks(meters: Range<usize>) -> Value {
    let meters: Vec<_> = meters.map(|n| house::number(n).to_string()).collect();
    json!({ "kind": "set-clock", "reason": "summer time", "meters": meters, "intent": "summer" })
}

#[tokio::test]
async fn each_meter_has_its_own_answer_and_nothing_is_asked_twice() {
    let office = Office::open().await;
    let mut body = clocks(0..3);
    body["meters"]
        .as_array_mut()
        .unwrap()
        .push(json!("47999999999"));
    body["canary"] = json!(1);
    let first = office.post("desk", PATH, &body).await;
    assert_eq!(first.status, StatusCode::ACCEPTED, "{}", first.body);
    let first = first.json();
    assert_eq!(
        (&first["left"], first["items"].as_array().unwrap().len()),
        (&json!(3), 1)
    );
    body["canary"] = json!(0);
    let told = office.post("desk", PATH, &body).await.json();
    let items = told["items"].as_array().unwrap();
    assert_eq!(items[0]["id"], first["items"][0]["id"]);
    for (n, item) in items[..3].iter().enumerate() {
        assert_eq!(item["meter"], house::number(n).as_str());
        assert_eq!(
            (&item["state"], &item["error"]),
            (&json!("queued"), &Value::Null)
        );
        assert_eq!(item["again"], json!(n == 0));
    }
    assert_eq!(
        (&items[3]["id"], &items[3]["state"]),
        (&Value::Null, &Value::Null)
    );
    assert!(items[3]["error"].as_str().unwrap().contains("registered"));
    let counts = json!({
        "meters": 4, "again": 1, "errors": 1, "darkens": 0, "states": { "queued": 3 },
    });
    assert_eq!(told["counts"], counts);
    let kept = office.json("desk", PATH).await;
    assert_eq!(kept["items"].as_array().unwrap().len(), 3);
    // whoever asks for one under the same name asks for something else
    let one = json!({ "kind": "set-clock", "reason": "summer time" });
    assert_eq!(
        office.wish("desk", 0, "summer", &one).await.json()["again"],
        false
    );
}

#[tokio::test]
async fn a_dry_run_says_how_many_go_dark_and_how_long_it_takes() {
    let office = Office::open().await;
    let mut body = clocks(0..7);
    body["kind"] = json!("disconnect");
    body["dry_run"] = json!(true);
    let came = office.post("desk", PATH, &body).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let told = came.json();
    assert_eq!(told["dry_run"], true);
    assert_eq!(told["counts"]["darkens"], 7);
    assert_eq!(told["counts"]["states"], json!({ "proposed": 7 }));
    // three of eleven homes at one an hour and two a day
    assert_eq!(told["reach"]["darkens"], 7);
    let site = &told["reach"]["sites"][0];
    assert_eq!(
        (&site["site"], &site["darkens"]),
        (&json!("st-1"), &json!(3))
    );
    assert_eq!(
        (&site["per_hour"], &site["per_day"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        (&site["at_least_hours"], &told["reach"]["at_least_hours"]),
        (&json!(24), &json!(24))
    );
    assert_eq!(office.json("desk", PATH).await["items"], json!([]));
}

#[tokio::test]
async fn what_is_wrong_everywhere_is_one_problem() {
    let office = Office::open().await;
    let token = json!({ "token": "37037300014464855694", "purpose": "clear-tamper" });
    let many: Vec<_> = (0..1001).map(|n| house::number(n).to_string()).collect();
    let twice = [house::number(1).to_string(), house::number(1).to_string()];
    let rows = [
        ("kind", json!("explode"), "kind"),
        ("reason", json!(""), "reason"),
        ("intent", json!("two words"), "intent"),
        ("intent", json!(""), "intent"),
        ("meters", json!(["4x"]), "meters"),
        ("meters", json!(many), "meters"),
        ("meters", json!(twice), "meters"),
        ("args", json!({ "watts": 5 }), "watts"),
        ("unknown", json!(1), ""),
        ("meters", json!("all"), ""),
    ];
    for (name, value, field) in rows {
        let mut body = clocks(0..3);
        body[name] = value;
        let came = office.post("desk", PATH, &body).await;
        assert_eq!(
            came.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}: {}",
            came.body
        );
        assert_eq!(
            came.json()["field"].as_str().unwrap_or_default(),
            field,
            "{name}"
        );
    }
    let mut body = clocks(0..2);
    (body["kind"], body["args"]) = (json!("deliver-token"), token);
    let came = office.post("desk", PATH, &body).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut read = clocks(0..2);
    (read["kind"], read["reason"]) = (json!("read"), json!(""));
    let came = office.post("field", PATH, &read).await;
    assert_eq!(
        came.json()["field"],
        "reason",
        "of many a read needs a reason too"
    );
    assert_eq!(office.json("desk", PATH).await["items"], json!([]));
}
