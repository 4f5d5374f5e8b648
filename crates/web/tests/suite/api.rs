//! The API's names and limits.

use crate::ask::Installation;
use crate::house;
use axum::http::StatusCode;
use serde_json::Value;

const CONTRACT: [&str; 10] = [
    "meter",
    "site",
    "ami_code",
    "slug",
    "supply",
    "decision",
    "owner",
    "severity",
    "because",
    "observed_at",
];

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[tokio::test]
async fn a_list_has_items_and_next_and_an_item_the_names_of_the_contract() {
    let full = Installation::full().await;
    let meter = format!("/api/v1/meters/{}", house::number(7));
    for path in ["/api/v1/worklist", "/api/v1/meters"] {
        let list = full.json(path).await;
        assert_eq!(keys(&list), ["items", "next"]);
        for item in list["items"].as_array().unwrap() {
            assert_eq!(keys(item)[..10], CONTRACT, "{path}");
        }
    }
    let item = full.json(&meter).await;
    assert_eq!(keys(&item)[..10], CONTRACT);
    assert_eq!(item["ami_code"], 1008);
    assert_eq!(item["supply"], "off");
    assert_eq!(item["decision"], "visit");
    assert_eq!(item["severity"], "medium");
    assert_eq!(item["meaning"], "Not-active (meter not commissioned)");
    assert!(item["observed_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(item["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_unlisted_number_has_no_code_and_keeps_its_status() {
    let full = Installation::full().await;
    let list = full.json("/api/v1/worklist?decision=unlisted").await;
    let item = &list["items"][0];
    assert_eq!(item["ami_code"], Value::Null);
    assert_eq!(item["status"], "1002");
    assert_eq!(
        item["because"][0],
        "1002 is not listed: it gets no meaning."
    );
    let french = full
        .json("/api/v1/worklist?decision=unlisted&lang=fr")
        .await;
    assert!(
        french["items"][0]["because"][0]
            .as_str()
            .unwrap()
            .contains("n'est pas")
    );
}

#[tokio::test]
async fn a_meter_nobody_judged_has_no_verdict() {
    let full = Installation::full().await;
    let item = full
        .json(&format!("/api/v1/meters/{}", house::number(25)))
        .await;
    for name in [
        "ami_code",
        "slug",
        "supply",
        "decision",
        "owner",
        "severity",
        "observed_at",
    ] {
        assert_eq!(item[name], Value::Null, "{name}");
    }
    assert_eq!(item["because"], serde_json::json!([]));
}

#[tokio::test]
async fn filters_narrow_down() {
    let full = Installation::full().await;
    let rows = [
        ("/api/v1/worklist?site=st-1", "site", "st-1"),
        ("/api/v1/worklist?decision=visit", "decision", "visit"),
        ("/api/v1/worklist?owner=electrician", "owner", "electrician"),
        ("/api/v1/meters?site=st-3", "site", "st-3"),
        ("/api/v1/meters?decision=office", "decision", "office"),
    ];
    for (path, name, value) in rows {
        let list = full.json(path).await;
        let items = list["items"].as_array().unwrap();
        assert!(!items.is_empty(), "{path}");
        assert!(items.iter().all(|item| item[name] == value), "{path}");
    }
    let group = full.json("/api/v1/worklist?cause=gateway-dark").await;
    assert_eq!(group["items"][0]["explains"], 3);
    assert_eq!(group["items"][0]["meter"], Value::Null);
    assert_eq!(group["items"][0]["subject"]["kind"], "gateway");
}

#[tokio::test]
async fn following_next_brings_every_item_once() {
    let full = Installation::full().await;
    for (list, name) in [("worklist", "case"), ("meters", "meter")] {
        let whole = full.json(&format!("/api/v1/{list}?limit=1000")).await;
        assert_eq!(whole["next"], Value::Null);
        let mut items = Vec::new();
        let mut path = format!("/api/v1/{list}?limit=7");
        loop {
            let page = full.json(&path).await;
            items.extend(
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|it| it[name].clone()),
            );
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/{list}?limit=7&after={next}"),
                None => break,
            }
        }
        let all: Vec<_> = whole["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it[name].clone())
            .collect();
        assert_eq!(items, all, "{list}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_a_problem_that_says_what_would() {
    let full = Installation::full().await;
    let rows = [
        ("/api/v1/worklist?limit=0", 400, "from 1 to 1000"),
        ("/api/v1/worklist?limit=1001", 400, "from 1 to 1000"),
        ("/api/v1/meters?limit=ten", 400, "from 1 to 1000"),
        ("/api/v1/meters?after=x", 400, "next had"),
        ("/api/v1/worklist?after=c1.2", 400, "next had"),
        (
            "/api/v1/worklist?decision=perhaps",
            400,
            "fine, ignore, office, visit, unlisted",
        ),
        ("/api/v1/worklist?owner=me", 400, "technician"),
        ("/api/v1/meters/47999999999", 404, "not registered"),
        ("/api/v1/meters/abc", 404, "digits only"),
        ("/api/v1/nothing", 404, "no such path"),
    ];
    for (path, status, detail) in rows {
        let came = full.get_with(path, "accept-language", "fr").await;
        assert_eq!(came.status.as_u16(), status, "{path}");
        assert_eq!(
            came.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        let problem: Value = serde_json::from_str(&came.body).unwrap();
        assert_eq!(problem["status"], status, "{path}");
        assert!(
            problem["detail"].as_str().unwrap().contains(detail),
            "{path}: {problem}"
        );
    }
    assert_eq!(
        full.json("/api/v1/worklist?limit=1000").await["next"],
        Value::Null
    );
}

#[tokio::test]
async fn who_has_the_list_already_is_told_so_until_it_changes() {
    let full = Installation::full().await;
    let first = full.get("/api/v1/worklist").await;
    let tag = first.header("etag").to_owned();
    let again = full
        .get_with("/api/v1/worklist", "if-none-match", &tag)
        .await;
    assert_eq!(
        (again.status, again.body.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    let id = house::case_of(&full.store, "gw-2").await;
    let close = store::CaseChange::Close(id, full.now, "back".to_owned());
    full.store.change_cases(&[close]).await.unwrap();
    let changed = full
        .get_with("/api/v1/worklist", "if-none-match", &tag)
        .await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn a_caller_in_the_same_process_gets_the_same_documents() {
    let full = Installation::full().await;
    let meter = format!("/api/v1/meters/{}", house::number(7));
    for path in ["/api/v1/worklist", "/api/v1/meters", &meter] {
        let inside = web::ask(full.state(), path, [("limit", "5")])
            .await
            .unwrap();
        assert_eq!(inside.status, 200);
        assert_eq!(
            inside.body,
            full.page(&format!("{path}?limit=5")).await,
            "{path}"
        );
    }
    for path in ["/api/v1/meters/47999999999", "/api/v1/meters/a b"] {
        let inside = web::ask(full.state(), path, []).await.unwrap();
        assert_eq!(inside.status, 404, "{path}");
    }
    assert!(web::ask(full.state(), "/elsewhere", []).await.is_err());
}
