//! The stop button.

use crate::office::{OPENED, Office};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

const STOP: &str = "/api/v1/stop";

#[tokio::test]
async fn the_button_takes_back_what_is_not_sent_and_keeps_the_rest_out() {
    let office = Office::open().await;
    let clock = json!({ "kind": "set-clock", "reason": "it runs late" });
    let dark = json!({ "kind": "disconnect", "reason": "moved out" });
    let (one, two) = (
        office.wish("desk", 0, "a", &clock).await,
        office.wish("desk", OPENED, "a", &dark).await,
    );
    let none = json!({ "stopped": false, "by": null, "since": null, "why": null });
    assert_eq!(office.json("guest", STOP).await, none);
    let empty = office.post("field", STOP, &json!({ "why": " " })).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);

    let came = office
        .post("field", STOP, &json!({ "why": "a storm" }))
        .await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let told = came.json();
    assert_eq!(
        (&told["taken_back"], &told["again"]),
        (&json!(2), &json!(false))
    );
    assert_eq!(
        (&told["by"], &told["why"]),
        (&json!("field"), &json!("a storm"))
    );
    for came in [&one, &two] {
        let story = office.json("guest", came.header("location")).await;
        assert_eq!(story["state"], "cancelled");
    }
    let refused = office.wish("desk", 1, "a", &clock).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("field (a storm)"), "{}", refused.body);
    let read = json!({ "kind": "read" });
    assert_eq!(
        office.wish("field", 1, "b", &read).await.status,
        StatusCode::ACCEPTED
    );
    // what was asked for before it is found under its name all the same
    let again = office.wish("desk", 0, "a", &clock).await;
    assert_eq!(again.status, StatusCode::ACCEPTED, "{}", again.body);
    assert_eq!(
        (&again.json()["id"], &again.json()["state"]),
        (&one.json()["id"], &json!("cancelled"))
    );

    let again = office
        .post("desk", STOP, &json!({ "why": "thunder" }))
        .await
        .json();
    assert_eq!(
        (&again["again"], &again["by"]),
        (&json!(true), &json!("field"))
    );
    assert_eq!(again["taken_back"], 0);

    let lift = async |who: &str| office.put(who, Method::DELETE, STOP, &Value::Null).await;
    assert_eq!(lift("field").await.status, StatusCode::FORBIDDEN);
    assert_eq!(lift("desk").await.json()["stopped"], false);
    assert_eq!(lift("desk").await.status, StatusCode::CONFLICT);
    assert_eq!(
        office.wish("desk", 1, "a", &clock).await.status,
        StatusCode::ACCEPTED
    );
}
