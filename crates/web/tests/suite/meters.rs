//! Holding a meter, recording what was found there, registering it; and the audit of all of it.

use crate::house;
use crate::office::{OPENED, Office};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

fn at(part: &str) -> String {
    format!("/api/v1/meters/{}{part}", house::number(OPENED))
}

#[tokio::test]
async fn a_hold_is_released_by_its_owner_or_by_two_others() {
    let office = Office::open().await;
    let path = at("/hold");
    let put = async |who: &str, body: Value| office.put(who, Method::PUT, &path, &body).await;
    let release =
        async |who: &str, body: Value| office.put(who, Method::DELETE, &path, &body).await;
    let medical = json!({ "kind": "medical", "why": "a ventilator" });

    assert_eq!(
        release("field", Value::Object(serde_json::Map::new()))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let first = put("field", medical.clone()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let same = put("field", medical.clone()).await;
    assert_eq!((same.status, same.json()), (StatusCode::OK, first.json()));
    let list = office.json("guest", &path).await;
    assert_eq!(list["items"][0]["who"], "field");
    assert_eq!(
        (&list["items"][0]["kind"], &list["next"]),
        (&json!("medical"), &Value::Null)
    );

    let waits = release("desk", json!({})).await.json();
    assert_eq!(
        (&waits["released"], &waits["agreed"]),
        (&json!(false), &json!(["desk"]))
    );
    let twice = release("desk", json!({})).await.json();
    assert_eq!(twice["released"], false, "one person is one person");
    assert_eq!(release("third", json!({})).await.json()["released"], true);

    put("field", medical.clone()).await;
    let other = put(
        "desk",
        json!({ "kind": "non-payment", "why": "three months" }),
    )
    .await
    .json();
    let which = release("field", json!({})).await;
    assert_eq!(which.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(which.json()["field"], "hold");
    assert_eq!(
        release("desk", other.clone()).await.json()["released"],
        true
    );
    assert_eq!(release("desk", other).await.status, StatusCode::NOT_FOUND);
    let empty = office.send("field", Method::DELETE, &path, "", &[]).await;
    assert_eq!(empty.json()["released"], true, "its owner alone");

    let odd = put("field", json!({ "kind": "mood", "why": "x" })).await;
    assert_eq!(
        (odd.status, &odd.json()["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("kind"))
    );
    assert_eq!(
        put("field", json!({ "kind": "medical", "why": " " }))
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let nowhere = "/api/v1/meters/47999999999/hold";
    assert_eq!(
        office
            .put("field", Method::PUT, nowhere, &medical)
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        office.get("field", nowhere).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_finding_is_kept_with_its_seals() {
    let office = Office::open().await;
    let path = at("/findings");
    let found = json!({
        "kind": "tamper", "said": "the cover was open", "seal_before": "A-1", "seal_after": "A-2",
        "photo": "0123456789abcdef".repeat(4),
    });
    let came = office.post("field", &path, &found).await;
    assert_eq!(came.status, StatusCode::CREATED, "{}", came.body);
    let list = office.json("guest", &path).await;
    let item = &list["items"][0];
    assert_eq!(
        (&item["finding"], &item["who"]),
        (&came.json()["finding"], &json!("field"))
    );
    for name in ["kind", "said", "seal_before", "seal_after", "photo"] {
        assert_eq!(item[name], found[name], "{name}");
    }
    let change = |name: &str, value: Value| {
        let mut other = found.clone();
        other[name] = value;
        other
    };
    let rows = [
        (change("kind", json!("mood")), 422),
        (change("photo", json!("A".repeat(64))), 422),
        (change("said", json!("")), 422),
        (change("extra", json!(1)), 422),
        (change("kind", json!("bypass-released")), 403),
    ];
    for (body, status) in rows {
        let came = office.post("desk", &path, &body).await;
        assert_eq!(came.status.as_u16(), status, "{body}: {}", came.body);
    }
    assert_eq!(
        office.json("guest", &path).await["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_meter_is_registered_and_what_is_left_out_stays() {
    let office = Office::open().await;
    let path = format!("/api/v1/meters/{}", house::number(500));
    let put = async |who: &str, body: Value| office.put(who, Method::PUT, &path, &body).await;
    let new = json!({
        "head_end": "main", "site": "st-9", "gateway": "gw-9", "customer": "house-500",
        "phases": 1, "solar": false, "occupied": true,
    });
    assert_eq!(
        put("field", new.clone()).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        office.get("desk", &path).await.status,
        StatusCode::NOT_FOUND
    );
    let came = put("desk", new).await;
    assert_eq!(came.status, StatusCode::CREATED, "{}", came.body);
    assert_eq!(
        (&came.json()["site"], &came.json()["phases"]),
        (&json!("st-9"), &json!(1))
    );
    let came = put("boss", json!({ "phases": 3 })).await;
    assert_eq!(
        (came.status, &came.json()["phases"]),
        (StatusCode::OK, &json!(3))
    );
    assert_eq!(came.json()["customer"], "house-500");
    assert_eq!(
        put("boss", json!({ "phases": 3 })).await.status,
        StatusCode::OK
    );
    let rows = [
        (json!({ "phases": 2 }), "phases"),
        (json!({ "site": " " }), "site"),
        (json!({ "customer": "a\nb" }), "customer"),
        (json!({ "head_end": "x".repeat(65) }), "head_end"),
        (json!({ "number": 5 }), ""),
    ];
    for (body, field) in rows {
        let came = put("desk", body).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(came.json()["field"].as_str().unwrap_or_default(), field);
    }
    let audit = office.json("books", "/api/v1/audit?what=registered").await;
    let who: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["who"])
        .collect();
    assert_eq!(who, ["boss", "desk"], "what changed nothing is not there");
}

#[tokio::test]
async fn the_audit_says_who_did_what_by_which_door() {
    let office = Office::open().await;
    let clock = json!({ "kind": "set-clock", "reason": "it runs late" });
    office.wish("desk", OPENED, "a", &clock).await;
    let meter = house::number(OPENED);
    let list = office
        .json("books", &format!("/api/v1/audit?subject={meter}"))
        .await;
    let item = &list["items"][0];
    assert_eq!(
        (&item["who"], &item["what"]),
        (&json!("desk"), &json!("command asked for"))
    );
    assert_eq!(item["detail"]["kind"], "set-clock");
    assert!(item["via"].as_str().unwrap().starts_with("key "));
    assert_eq!(item["hash"].as_str().unwrap().len(), 64);
    let whole = office.json("books", "/api/v1/audit").await["items"]
        .as_array()
        .unwrap()
        .len();
    let (mut seen, mut path) = (0, "/api/v1/audit?limit=4".to_owned());
    loop {
        let page = office.json("books", &path).await;
        seen += page["items"].as_array().unwrap().len();
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/audit?limit=4&after={next}");
    }
    assert_eq!(seen, whole);
    assert!(whole > 8, "{whole}");
    let odd = office.get("books", "/api/v1/audit?after=x").await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
}
