//! Many commands: at the same time, in lists, and with tokens.

use crate::house;
use crate::office::{OPENED, Office};
use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn many_wishes_at_once_share_a_step_and_one_that_is_wrong_spoils_none() {
    let office = Office::open().await;
    let body = |n: usize| match n {
        4 => json!({ "kind": "explode", "reason": "it runs late" }),
        _ => json!({ "kind": "set-clock", "reason": "it runs late" }),
    };
    // meter 1 three times: its wishes stand in the order in which they came
    let asks: Vec<_> = (0..12)
        .map(|n| (n, "a"))
        .chain([(1, "b"), (1, "c")])
        .collect();
    let bodies: Vec<_> = asks.iter().map(|(n, _)| body(*n)).collect();
    let wishes = asks
        .iter()
        .zip(&bodies)
        .map(|((n, name), body)| office.wish("desk", *n, name, body));
    let came = join_all(wishes).await;
    for ((n, _), came) in asks.iter().zip(&came) {
        if *n == 4 {
            assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
            continue;
        }
        assert_eq!(came.status, StatusCode::ACCEPTED, "{}", came.body);
        let id = came.json()["id"].as_str().unwrap().to_owned();
        assert!(id.starts_with(house::number(*n).as_str()), "{id}");
    }
    let list = office
        .json(
            "desk",
            &format!("/api/v1/commands?meter={}", house::number(1)),
        )
        .await;
    let states: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["state"])
        .collect();
    assert_eq!(
        states,
        ["queued", "superseded", "superseded"],
        "newest first"
    );
    let all = office.json("desk", "/api/v1/commands").await;
    let all = all["items"].as_array().unwrap();
    assert_eq!(all.len(), 13);
    let steps: BTreeSet<_> = all
        .iter()
        .map(|it| it["asked_at"].as_str().unwrap())
        .collect();
    assert!(steps.len() <= 4, "{steps:?}");
}

#[tokio::test]
async fn the_list_is_narrowed_down_and_followed_to_its_end() {
    let office = Office::open().await;
    for n in 0..5 {
        let clock = json!({ "kind": "set-clock", "reason": "it runs late" });
        office.wish("desk", n, "a", &clock).await;
    }
    office
        .wish(
            "desk",
            OPENED,
            "a",
            &json!({ "kind": "disconnect", "reason": "moved out" }),
        )
        .await;
    let count = async |query: &str| {
        let list = office
            .json("guest", &format!("/api/v1/commands?{query}"))
            .await;
        list["items"].as_array().unwrap().len()
    };
    let meter = format!("meter={}", house::number(2));
    let rows = [
        ("", 6),
        ("kind=set-clock", 5),
        ("state=proposed", 1),
        ("site=st-1", 3),
        (&meter, 1),
        ("open=true", 6),
    ];
    for (query, many) in rows {
        assert_eq!(count(query).await, many, "{query}");
    }
    let (mut seen, mut path) = (Vec::new(), "/api/v1/commands?limit=4".to_owned());
    loop {
        let page = office.json("guest", &path).await;
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["id"].to_string()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/commands?limit=4&after={next}");
    }
    assert_eq!(seen.len(), 6);
    for query in [
        "state=perhaps",
        "kind=explode",
        "open=maybe",
        "meter=x",
        "after=x",
        "limit=0",
    ] {
        let came = office
            .get("guest", &format!("/api/v1/commands?{query}"))
            .await;
        assert_eq!(came.status, StatusCode::BAD_REQUEST, "{query}");
    }
    let inside = web::ask(office.it.state(), "/api/v1/commands", [("limit", "1")])
        .await
        .unwrap();
    assert_eq!(inside.status, 200);
}

#[tokio::test]
async fn a_token_is_shown_by_its_last_digits_alone() {
    const TOKEN: &str = "37037300014464855694";
    let office = Office::open().await;
    let wish = json!({
        "kind": "deliver-token",
        "args": { "token": TOKEN, "purpose": "clear-tamper" },
        "reason": "the old system made it",
    });
    let came = office.wish("desk", OPENED, "one", &wish).await;
    assert_eq!(came.status, StatusCode::ACCEPTED, "{}", came.body);
    assert_eq!(
        came.json()["state"],
        "proposed",
        "one person delivers no such token"
    );
    let place = came.header("location").to_owned();
    let meter = house::number(OPENED);
    let page = format!("/meters/{meter}");
    let ledger = office
        .json("books", &format!("/api/v1/tokens?meter={meter}"))
        .await;
    assert_eq!(ledger["items"][0]["token"], "****************5694");
    assert_eq!(ledger["items"][0]["asked_by"], "desk");
    for path in [
        &place,
        "/api/v1/commands",
        "/api/v1/tokens",
        "/api/v1/audit",
        &page,
    ] {
        let came = office.get("boss", path).await;
        assert_eq!(came.status, StatusCode::OK, "{path}");
        assert!(!came.body.contains("3703730001446485"), "{path}");
    }
    let wrong = json!({ "kind": "deliver-token", "reason": "x", "args": { "token": TOKEN, "purpose": TOKEN } });
    let came = office.wish("desk", OPENED, "two", &wrong).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!came.body.contains("3703730001446485"), "{}", came.body);
}
