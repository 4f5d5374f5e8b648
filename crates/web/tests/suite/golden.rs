//! Whole pages as they were last approved, each a file a person can open. `WEB_BLESS=1` writes them
//! anew; a person reads the difference before committing it.

use crate::ask::Installation;
use crate::house;
use crate::office::{OPENED, Office};
use axum::http::Method;
use serde_json::json;
use std::path::Path;

/// Moments become one and the same, ages stay: the scene is set back from now. The style sheet's
/// address changes with its text, and no page does.
fn settled(html: &str) -> String {
    let html = match html.split_once("style.css?v=") {
        Some((before, after)) => format!("{before}style.css?v=STYLE{}", &after[16..]),
        None => html.to_owned(),
    };
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(place) = rest.find("20") {
        let (before, after) = rest.split_at(place);
        out.push_str(before);
        let length = moment(after);
        out.push_str(if length > 0 { "MOMENT" } else { "20" });
        rest = &after[length.max(2)..];
    }
    out.push_str(rest);
    out
}

/// How long the moment at the beginning of a text is: `2026-11-22 14:05 UTC` or ISO 8601.
fn moment(text: &str) -> usize {
    let shape = "dddd-dd-dd";
    let fits = text.len() > 20
        && shape.bytes().zip(text.bytes()).all(|(want, is)| {
            if want == b'd' {
                is.is_ascii_digit()
            } else {
                want == is
            }
        });
    let end = |mark: &str| {
        text.find(mark)
            .filter(|end| *end < 25)
            .map(|end| end + mark.len())
    };
    match text.as_bytes().get(10) {
        Some(b' ') if fits => end(" UTC").unwrap_or(0),
        Some(b'T') if fits => end("Z").unwrap_or(0),
        _ => 0,
    }
}

fn compare(name: &str, html: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/golden")
        .join(format!("{name}.html"));
    let page = settled(html);
    if std::env::var_os("WEB_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page == golden,
        "{} differs: look at it and run the test again with WEB_BLESS=1",
        path.display()
    );
}

#[tokio::test]
async fn the_pages_read_as_they_were_last_approved() {
    let full = Installation::full().await;
    let commission = house::number(7);
    let gateway = house::case_of(&full.store, "gw-2").await.0;
    let pages = [
        ("worklist.en", "/".to_owned()),
        (
            "worklist.fr",
            "/?lang=fr&site=st-2&decision=visit".to_owned(),
        ),
        ("meters.en", "/meters?text=470015825".to_owned()),
        ("meter-1008.en", format!("/meters/{commission}")),
        ("meter-1008.fr", format!("/meters/{commission}?lang=fr")),
        ("meter-readings.en", format!("/meters/{}", house::number(0))),
        ("meter-notes.en", format!("/meters/{}", house::number(8))),
        ("case-gateway.en", format!("/cases/{gateway}")),
    ];
    for (name, path) in pages {
        compare(name, &full.page(&path).await);
    }
    compare(
        "meter-unknown.en",
        &full.get("/meters/47999999999").await.body,
    );
    let empty = Installation::empty().await;
    compare("worklist-empty.fr", &empty.page("/?lang=fr").await);
    let down = Installation::with(|now| vec![house::down(now)]).await;
    compare("worklist-down.en", &down.page("/").await);
}

#[tokio::test]
async fn pages_with_commands_read_as_they_were_last_approved() {
    let office = Office::open().await;
    let page = format!("/meters/{}", house::number(OPENED));
    compare("sign-in.en", &office.get("", &page).await.body);
    let dark = json!({ "kind": "disconnect", "reason": "moved out" });
    office.wish("desk", OPENED, "a", &dark).await;
    let hold = format!("/api/v1{page}/hold");
    let medical = json!({ "kind": "medical", "why": "a ventilator" });
    office.put("field", Method::PUT, &hold, &medical).await;
    compare("meter-commands.en", &office.get("guest", &page).await.body);
    let french = format!("{page}?lang=fr");
    compare(
        "meter-commands.fr",
        &office.get("guest", &french).await.body,
    );
    let storm = json!({ "why": "a storm" });
    office.post("field", "/api/v1/stop", &storm).await;
    let stopped = office.get("guest", "/?site=st-3&decision=office").await;
    compare("worklist-stopped.en", &stopped.body);
}

#[test]
fn moments_are_settled_and_other_numbers_stay() {
    assert_eq!(
        settled(
            "at 2026-11-22 14:05 UTC, <2026-11-22T14:05:32.123Z>, 2026-11-22 07:15:00, 20 of 2026"
        ),
        "at MOMENT, <MOMENT>, 2026-11-22 07:15:00, 20 of 2026"
    );
}
