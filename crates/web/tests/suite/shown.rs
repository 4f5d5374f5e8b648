//! What pages show of commands, holds and the stop button.

use crate::house;
use crate::office::{OPENED, Office};
use axum::http::{Method, StatusCode};
use desk::command::CommandRules;
use serde_json::json;

#[tokio::test]
async fn a_meters_page_shows_its_commands_and_what_holds_it() {
    let office = Office::open().await;
    let page = format!("/meters/{}", house::number(OPENED));
    let before = office.get("guest", &page).await.body;
    assert!(!before.contains("Newest commands") && !before.contains("Held:"));
    let wish = json!({ "kind": "disconnect", "reason": "moved out" });
    office.wish("desk", OPENED, "a", &wish).await;
    let hold = format!("/api/v1/meters/{}/hold", house::number(OPENED));
    let medical = json!({ "kind": "medical", "why": "a <b>ventilator</b>" });
    office.put("field", Method::PUT, &hold, &medical).await;
    let after = office.get("guest", &page).await.body;
    for text in [
        "<b>Disconnect</b>: waits for a second person",
        "asked by <bdi>desk</bdi>",
        "It opens the relay: the home goes dark.",
        "Held: <b><bdi>medical</bdi></b> by <bdi>field</bdi>",
        "a &#60;b&#62;ventilator",
    ] {
        assert!(after.contains(text), "{text}\n{after}");
    }
    let french = office.get("guest", &format!("{page}?lang=fr")).await.body;
    assert!(
        french.contains("<b>Coupure</b>\u{a0}: attend une seconde personne"),
        "{french}"
    );
}

#[tokio::test]
async fn every_page_says_that_all_acts_are_stopped_while_they_are() {
    let office = Office::open().await;
    let meter = format!("/meters/{}", house::number(OPENED));
    let pages = ["/", "/meters", "/nowhere", "/cases/1", &meter];
    let banners = async |count: usize| {
        for path in pages {
            let page = office.get("guest", path).await.body;
            assert_eq!(
                page.matches("All acts are stopped.").count(),
                count,
                "{path}"
            );
        }
    };
    banners(0).await;
    office
        .post("field", "/api/v1/stop", &json!({ "why": "a storm" }))
        .await;
    banners(1).await;
    assert!(
        office
            .get("guest", "/")
            .await
            .body
            .contains("field: a storm")
    );
    // nobody who is not known is told
    let came = office.get("", "/").await;
    assert_eq!(came.status, StatusCode::UNAUTHORIZED);
    assert!(!came.body.contains("storm") && !came.body.contains("stopped"));
}

#[tokio::test]
async fn every_page_says_that_one_person_alone_may_cut_the_power() {
    let rules = CommandRules {
        second_person: false,
        ..CommandRules::default()
    };
    let office = Office::ruled(rules, false).await;
    for path in ["/", "/meters", "/nowhere"] {
        let page = office.get("guest", path).await.body;
        assert!(
            page.contains("One person alone may cut the power here."),
            "{path}"
        );
    }
    let wish = json!({ "kind": "disconnect", "reason": "moved out" });
    assert_eq!(
        office.wish("desk", OPENED, "a", &wish).await.json()["state"],
        "queued"
    );
}
