//! What a station lists, and the tokens it makes.

use crate::said::{LATER, PAGE, TOKEN, clear_tamper, connect, jwt, logged_in, meter};
use crate::stage::{Stage, ok};
use crate::station::{METER, plays};
use asking::{Dialect, RefusalKind, Span};
use serde_json::json;

#[tokio::test]
async fn meters_gateways_and_accounts_are_listed_page_by_page() {
    let (stage, head_end) = plays(|request, _| match request.path.as_str() {
        "/api/meter/read" => ok(r#"{"code":0,"reason":"success","result":{"total":2,"data":[{"meterId":"470053000005","type":0,"isThreePhase":1,"communicationWay":1,"protocolVersion":"2.2","lat":0,"lng":0,"status":true,"stationId":"SITE_A"},{"meterId":"47005300000","isThreePhase":0,"lat":0.3,"lng":32.6}]}}"#),
        "/api/gateway/read" => ok(r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"gatewayId":"E4-38-19-FF-FE-00-00-01","gatewayName":"Mast","successRate":0,"stationId":"SITE_A","status":false}]}}"#),
        _ => ok(r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"customerId":"C1","customerName":"Customer A","meterId":"47005300000","stationId":"SITE_A"}]}}"#),
    })
    .await;
    let meters = head_end.meters(PAGE).await.unwrap();
    assert_eq!(
        (meters.rows[0].meter.as_str(), meters.rows[0].phases),
        ("470053000005", Some(3))
    );
    assert_eq!(
        (meters.rows[0].place, meters.rows[1].place),
        (None, Some((0.3, 32.6)))
    );
    let body = stage.body("/api/meter/read");
    assert_eq!(
        (&body["pageNumber"], &body["pageSize"], &body["lang"]),
        (&json!(1), &json!(100), &json!("en"))
    );
    let gateways = head_end.gateways(PAGE).await.unwrap();
    assert_eq!(gateways.rows[0].online, Some(false));
    let accounts = head_end.accounts(PAGE).await.unwrap();
    assert_eq!(accounts.rows[0].customer.as_deref(), Some("C1"));
}

#[tokio::test]
async fn daily_hourly_and_event_rows_are_read() {
    let (stage, head_end) = plays(|request, _| match request.path.split('?').next().unwrap() {
        "/api/DailyDataMeter/read" => ok(r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"currentDate":"2026-04-01 23:59:59","meterId":"47005300000","total1":12.5,"relayOpen":true,"gatewayId":"E4"}]}}"#),
        "/api/DailyDataMeter/readHourly" => ok(r#"{"total":38563,"offset":0,"pageLimit":100,"readings":[{"timestamp":"2026-04-01T10:00:00Z","meterId":"47005300000","energyBalanceKwh":1,"energyConsumptionKwh":null,"energyReadingKwh":12.5,"timeIntervalMinutes":60,"customerAccountId":"N/A"}],"errors":[]}"#),
        _ => ok(r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"meterId":"47005300000","currentDate":"2026-04-01 10:00:00","eventCode":1,"eventContent":"Power Failure Start"}]}}"#),
    })
    .await;
    let span = Span {
        from: "2026-04-01".into(),
        to: "2026-04-02".into(),
        meters: vec![METER.into()],
    };
    let days = head_end.daily(&span, PAGE).await.unwrap();
    assert_eq!(
        (days.rows[0].day.as_str(), days.rows[0].total_kwh),
        ("2026-04-01", Some(12.5))
    );
    assert!(days.rows[0].raw.contains("\"relayOpen\":true"));
    let hours = head_end.hourly(&span, PAGE).await.unwrap();
    assert_eq!((hours.total, hours.rows[0].kwh), (Some(38563), None));
    assert_eq!(hours.rows[0].at, Some(fleet::Moment(1_775_037_600_000)));
    let query = &stage.received("readHourly")[0].path;
    assert_eq!(
        query,
        "/api/DailyDataMeter/readHourly?FROM=2026-04-01&TO=2026-04-02&offset=0&pageLimit=100&meterId=47005300000"
    );
    let events = head_end.events(&span, PAGE).await.unwrap();
    assert_eq!(
        (events.rows[0].code, events.rows[0].text.as_deref()),
        (1, Some("Power Failure Start"))
    );
    let backwards = Span {
        from: "2026-04-02".into(),
        to: "2026-04-01".into(),
        meters: Vec::new(),
    };
    assert_eq!(
        head_end.daily(&backwards, PAGE).await.unwrap_err().kind,
        RefusalKind::BadRequest
    );
}

#[tokio::test]
async fn hourly_data_that_holds_only_errors_is_a_refusal() {
    let (_stage, head_end) = plays(|_, _| {
        ok(r#"{"total":0,"offset":0,"pageLimit":100,"readings":null,"errors":["no such site"]}"#)
    })
    .await;
    let span = Span {
        from: "2026-04-01".into(),
        to: "2026-04-01".into(),
        meters: Vec::new(),
    };
    let refusal = head_end.hourly(&span, PAGE).await.unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.said.as_str()),
        (RefusalKind::Code, "no such site")
    );
}

#[tokio::test]
async fn gprs_meters_say_whether_they_are_online() {
    let (_stage, head_end) = plays(|_, _| {
        ok(r#"{"code":0,"reason":"success","result":{"total":2,"data":[{"meterId":"47005300000","isOnline":true,"statusUpdateDate":"2026-04-01 10:00:00"},{"meterId":"47003104321","isOnline":false}]}}"#)
    })
    .await;
    let meters = [meter("47003104321"), meter("47001582544"), meter(METER)];
    let online = head_end.online(&meters).await.unwrap();
    assert_eq!(
        online,
        [(meters[0].clone(), false), (meters[2].clone(), true)]
    );
}

#[tokio::test]
async fn a_token_is_minted_from_either_field() {
    for result in [
        r#"{"token":"1234 5678 9012 3456 7890"}"#,
        r#"{"token":"","tokenFirst":"12345678901234567890"}"#,
    ] {
        let body = format!(r#"{{"code":0,"reason":"success","result":{result}}}"#);
        let stage = Stage::plays(move |request, _| match request.path.as_str() {
            "/api/user/login" => ok(&logged_in(&jwt(LATER))),
            _ => ok(&body),
        })
        .await;
        let head_end = connect(Dialect::Station, &stage.url);
        assert_eq!(
            head_end.mint(&clear_tamper(METER)).await.unwrap().reveal(),
            TOKEN
        );
        assert_eq!(
            stage.body("clearTamperToken/generate"),
            json!({ "meterId": METER })
        );
    }
}
