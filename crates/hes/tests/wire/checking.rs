//! The report on one head-end.

use crate::said::{LATER, V2S_LOGIN_REFUSED, connect, jwt, logged_in};
use crate::stage::{Says, Stage, ok};
use asking::Dialect;

#[tokio::test]
async fn a_report_says_what_answers_and_what_is_missing_and_creates_nothing() {
    let stage = Stage::plays(|request, _| match request.path.split('?').next().unwrap() {
        "/api/user/login" => ok(&logged_in(&jwt(LATER))),
        "/api/gateway/read" => Says::Json(403, String::new()),
        "/api/DailyDataMeter/readHourly" => ok(r#"{"total":5,"readings":[],"errors":[]}"#),
        _ => ok(r#"{"code":0,"reason":"success","result":{"total":5,"data":[{"meterId":"47005300000"}]}}"#),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    let report = hes::check(&*head_end).await;
    let outcomes: Vec<_> = report
        .tried
        .iter()
        .map(|tried| (tried.what, tried.outcome))
        .collect();
    assert_eq!(
        outcomes,
        [
            ("login", "ok"),
            ("meters", "ok"),
            ("gateways", "forbidden"),
            ("accounts", "ok"),
            ("daily", "ok"),
            ("hourly", "ok"),
            ("events", "ok"),
        ]
    );
    assert!(!report.answers());
    assert_eq!(report.tried[1].total, Some(5));
    assert!(report.tried[2].says.contains("ask its administrator"));
    let missing: Vec<_> = report.missing.iter().map(|missing| missing.need).collect();
    assert!(missing.contains(&"operating status") && missing.contains(&"load limit"));
    assert!(!missing.contains(&"power") && !missing.contains(&"token minting"));
    assert_eq!(report.missing[0].keypad.as_deref(), Some("87"));
    assert!(
        serde_json::to_string(&report)
            .unwrap()
            .contains("\"need\":\"operating status\"")
    );
    assert!(stage.received("Create").is_empty() && stage.received("generate").is_empty());
}

#[tokio::test]
async fn after_a_refused_login_nothing_else_is_tried() {
    let stage = Stage::plays(|_, _| ok(V2S_LOGIN_REFUSED)).await;
    let head_end = connect(Dialect::Station, &stage.url);
    let report = hes::check(&*head_end).await;
    assert_eq!(report.tried.len(), 1);
    assert_eq!(report.tried[0].outcome, "login-refused");
    assert_eq!(stage.received("").len(), 1);
}

#[test]
fn every_default_name_belongs_to_an_item_once() {
    for (_, dialect) in Dialect::WORDS {
        let names = hes::names(*dialect);
        for named in names {
            let same = names
                .iter()
                .filter(|other| other.item == named.item || other.asks == named.asks);
            assert_eq!(same.count(), 1, "{dialect:?}: {named:?}");
        }
    }
}
