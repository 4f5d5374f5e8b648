//! Asking for commands one by one.

use crate::house;
use crate::office::{OPENED, Office};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

fn reconnect() -> Value {
    json!({ "kind": "reconnect", "args": { "order_known": true }, "reason": "it was paid" })
}

fn disconnect() -> Value {
    json!({ "kind": "disconnect", "args": {}, "reason": "moved out" })
}

#[tokio::test]
async fn a_wish_is_answered_at_once_and_found_where_it_says() {
    let office = Office::open().await;
    let came = office.wish("desk", OPENED, "order-1", &reconnect()).await;
    assert_eq!(came.status, StatusCode::ACCEPTED, "{}", came.body);
    let told = came.json();
    let keys: Vec<_> = told.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "state", "said", "again", "darkens"]);
    assert_eq!(
        (&told["state"], &told["again"]),
        (&json!("queued"), &json!(false))
    );
    let place = came.header("location").to_owned();
    assert_eq!(
        place,
        format!("/api/v1/commands/{}", told["id"].as_str().unwrap())
    );

    let story = office.json("guest", &place).await;
    assert_eq!(
        (&story["id"], &story["state"]),
        (&told["id"], &told["state"])
    );
    assert_eq!(story["meter"], house::number(OPENED).as_str());
    assert_eq!(story["asked_by"], "desk");
    assert!(story["via"].as_str().unwrap().starts_with("key "));
    assert_eq!(story["args"], json!({ "order_known": true }));
    assert_eq!(story["zone"], "Africa/Kampala");
    assert_eq!(story["before"]["status"], "1007");
    assert_eq!(story["events"][0]["event"], "propose");
    assert!(story["events"][0]["at"].as_str().unwrap().ends_with('Z'));
    let tag = office.get("guest", &place).await.header("etag").to_owned();
    let headers = [("if-none-match", tag.as_str())];
    let same = office
        .send("guest", Method::GET, &place, "", &headers)
        .await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn the_same_name_is_the_same_command_and_never_another() {
    let office = Office::open().await;
    let first = office
        .wish("desk", OPENED, "order-1", &reconnect())
        .await
        .json();
    let again = office.wish("desk", OPENED, "order-1", &reconnect()).await;
    assert_eq!(again.status, StatusCode::ACCEPTED);
    assert_eq!(
        (&again.json()["id"], &again.json()["again"]),
        (&first["id"], &json!(true))
    );
    let mut other = reconnect();
    other["reason"] = json!("another reason");
    let clash = office.wish("desk", OPENED, "order-1", &other).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let by_another = office.wish("second", OPENED, "order-1", &reconnect()).await;
    assert_eq!(by_another.status, StatusCode::CONFLICT);
    // keys are unique per meter
    let clock = json!({ "kind": "set-clock", "reason": "it runs late" });
    let elsewhere = office.wish("desk", 1, "order-1", &clock).await;
    assert_eq!(elsewhere.status, StatusCode::ACCEPTED);
    assert_eq!(
        office.json("desk", "/api/v1/commands").await["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let office = Office::open().await;
    let path = format!(
        "/api/v1/meters/{}/commands?dry_run=true",
        house::number(OPENED)
    );
    let came = office.post("desk", &path, &disconnect()).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    assert_eq!(
        (&came.json()["id"], &came.json()["state"]),
        (&Value::Null, &json!("proposed"))
    );
    assert!(came.json()["darkens"].as_str().unwrap().contains("relay"));
    assert_eq!(
        office.json("desk", "/api/v1/commands").await["items"],
        json!([])
    );
    let path = path.replace("true", "perhaps");
    let came = office.post("desk", &path, &disconnect()).await;
    assert_eq!(came.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_makes_no_sense_is_a_problem_that_names_the_field() {
    let office = Office::open().await;
    let clock = |more: Value| {
        let mut body = json!({ "kind": "set-clock", "reason": "it runs late" });
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body.to_string()
    };
    let of = |kind: &str, args: Value| clock(json!({ "kind": kind, "args": args }));
    let credit = json!({ "token": "3703 7300 0144 6485 5694", "purpose": "credit" });
    let rows = [
        ("{".to_owned(), 400, "", "not JSON"),
        (String::new(), 400, "", "not JSON"),
        ("[]".to_owned(), 422, "", "does not fit"),
        (
            clock(json!({ "watts": 5 })),
            422,
            "",
            "unknown field `watts`",
        ),
        (clock(json!({ "kind": 7 })), 422, "", "expected a string"),
        (of("explode", json!({})), 422, "kind", "explode"),
        (of("set-clock", json!(5)), 422, "args", "JSON object"),
        (of("set-load-limit", json!({})), 422, "watts", "missing"),
        (
            of("set-load-limit", json!({ "watts": 0 })),
            422,
            "args",
            "0 W",
        ),
        (
            of("set-load-limit", json!({ "watt": 9 })),
            422,
            "watt",
            "watts",
        ),
        (of("read", json!({ "item": "mood" })), 422, "item", "mood"),
        (of("deliver-token", credit), 422, "args", "credit"),
        (clock(json!({ "reason": " " })), 422, "reason", "say why"),
        (
            clock(json!({ "reason": "x".repeat(70_000) })),
            413,
            "",
            "at most",
        ),
    ];
    let path = format!("/api/v1/meters/{}/commands", house::number(OPENED));
    let key = [("idempotency-key", "one")];
    for (body, status, field, detail) in rows {
        let came = office.send("desk", Method::POST, &path, &body, &key).await;
        let problem = came.json();
        assert_eq!(came.status.as_u16(), status, "{problem}");
        assert_eq!(came.header("content-type"), "application/problem+json");
        assert_eq!(
            problem["field"].as_str().unwrap_or_default(),
            field,
            "{problem}"
        );
        assert!(
            problem["detail"].as_str().unwrap().contains(detail),
            "{problem}"
        );
    }
    let long = "x".repeat(201);
    let names: [&[_]; 5] = [
        &[],
        &[("idempotency-key", "")],
        &[("idempotency-key", "two words")],
        &[("idempotency-key", "caf\u{e9}")],
        &[("idempotency-key", &long)],
    ];
    for names in names {
        let came = office
            .send("desk", Method::POST, &path, &clock(json!({})), names)
            .await;
        assert_eq!(came.status, StatusCode::BAD_REQUEST, "{names:?}");
        assert_eq!(came.json()["parameter"], "Idempotency-Key");
    }
    for (meter, detail) in [("47999999999", "not registered|no meter"), ("4x", "")] {
        let path = format!("/api/v1/meters/{meter}/commands");
        let came = office
            .send("desk", Method::POST, &path, &clock(json!({})), &key)
            .await;
        assert_eq!(came.status, StatusCode::NOT_FOUND, "{meter}");
        let said = came.json()["detail"].as_str().unwrap().to_owned();
        assert!(
            detail.is_empty() || detail.split('|').any(|it| said.contains(it)),
            "{said}"
        );
    }
    assert_eq!(
        office.json("desk", "/api/v1/commands").await["items"],
        json!([])
    );
}
