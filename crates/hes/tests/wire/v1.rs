//! "AMI": credentials in every body, UUID tasks, text for truth.

use crate::said::{
    PAGE, PASSWORD, TOKEN, V1_CREATED, V1_HOURLY, V1_MINTED, V1_ONLINE, V1_PENDING, V1_REFUSED,
    ask, clear_tamper, connect, deployment, meter, token, watched,
};
use crate::stage::{Stage, ok};
use asking::{
    Act, Dialect, HeadEnd, Item, ItemName, Mint, Polled, Purpose, Reached, Refusal, RefusalKind,
    Span, TaskState,
};
use fleet::Watts;
use serde_json::json;

const METER: &str = "47001582544";
const TASK: &str = "abbb70e6-d781-43b9-9198-7eab07d48296";

/// A server that answers everything with this, but knows who asks.
async fn says(body: &str) -> (Stage, Box<dyn HeadEnd>) {
    let body = body.to_owned();
    let stage = Stage::plays(move |request, _| match request.path.as_str() {
        "/api/COMM_OnlineStatus" => ok(V1_ONLINE),
        _ => ok(&body),
    })
    .await;
    let head_end = connect(Dialect::V1, &stage.url);
    (stage, head_end)
}

async fn look(body: &str, act: Act) -> Result<Polled, Refusal> {
    let (_stage, head_end) = says(body).await;
    let polled = head_end.poll(&[watched(TASK, METER, act)]).await;
    polled.map(|mut polled| polled.remove(0))
}

fn row(status: &str, data: &str) -> String {
    format!(
        r#"{{"ResultCode":"00","Reason":"OK","Result":{{"TaskNo":"{TASK}","MeterNo":"{METER}","Status":{status},"DataItem":"Current Credit Register","Data":"{data}"}}}}"#
    )
}

#[tokio::test]
async fn a_read_is_created_with_the_credentials_in_its_body() {
    let (stage, head_end) = says(V1_CREATED).await;
    let task = head_end
        .create(&ask(METER, Act::Read(Item::Credit)))
        .await
        .unwrap();
    assert_eq!(task.0, TASK);
    assert_eq!(
        stage.body("/api/COMM_RemoteReading"),
        json!({
            "CompanyName": "<company>", "UserName": "ops", "Password": PASSWORD,
            "MeterNo": METER, "DataItem": "Current Credit Register",
        })
    );
}

#[tokio::test]
async fn each_act_has_its_own_path_and_data() {
    for (act, path, key, value) in [
        (
            Act::Reconnect,
            "/api/COMM_RemoteControl",
            "DataItem",
            "Switch On",
        ),
        (
            Act::Disconnect,
            "/api/COMM_RemoteControl",
            "DataItem",
            "Switch Off",
        ),
        // V1-6: 5 August 2026 is a Wednesday
        (
            Act::SetClock("2026-08-05 12:00:00".to_owned()),
            "/api/COMM_RemoteWrite",
            "Data",
            "26080503",
        ),
        (token(), "/api/COMM_RemoteToken", "Token", TOKEN),
    ] {
        let (stage, head_end) = says(V1_CREATED).await;
        head_end.create(&ask(METER, act)).await.unwrap();
        assert_eq!(stage.body(path)[key], value);
    }
}

#[tokio::test]
async fn a_status_is_text_and_nothing_else_than_true_or_false_ends_a_task() {
    let read = || Act::Read(Item::Credit);
    for pending in ["null", r#""""#, r#""unknown""#, r#""Sent""#] {
        let polled = look(&row(pending, ""), read()).await.unwrap();
        assert_eq!(polled.state, TaskState::Waiting, "{pending}");
    }
    assert_eq!(
        look(V1_PENDING, read()).await.unwrap().state,
        TaskState::Waiting
    );
    let done = look(&row(r#""True""#, "12.5,ON"), read()).await.unwrap();
    assert_eq!(done.state, TaskState::Done);
    assert!(done.raw.contains(r#""Data":"12.5,ON""#));
    let failed = look(&row(r#""False""#, ""), read()).await.unwrap();
    assert_eq!(failed.state, TaskState::Failed(String::new()));
}

#[tokio::test]
async fn a_read_that_succeeds_with_empty_data_has_failed_and_a_write_has_not() {
    let read = look(&row(r#""True""#, ""), Act::Read(Item::Credit))
        .await
        .unwrap();
    assert!(matches!(&read.state, TaskState::Failed(why) if why.contains("empty")));
    let clock = Act::SetClock("2026-08-05 12:00:00".to_owned());
    assert_eq!(
        look(&row(r#""True""#, ""), clock).await.unwrap().state,
        TaskState::Done
    );
}

#[tokio::test]
async fn a_rejected_token_ends_at_the_create_or_at_the_first_look() {
    let (_stage, head_end) = says(V1_REFUSED).await;
    let refusal = head_end.create(&ask(METER, token())).await.unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Code, Reached::No)
    );
    assert_eq!(refusal.said, "99 other error");
    let polled = look(V1_REFUSED, token()).await.unwrap();
    assert_eq!(polled.state, TaskState::Failed("99 other error".to_owned()));
}

#[tokio::test]
async fn a_password_that_no_longer_holds_is_told_from_a_refused_act() {
    let stage = Stage::plays(|_, _| ok(V1_REFUSED)).await;
    let head_end = connect(Dialect::V1, &stage.url);
    let refusal = head_end.create(&ask(METER, token())).await.unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::LoginRefused, Reached::No)
    );
    assert_eq!(stage.received("RemoteToken").len(), 1);
    // and a token that is under way has not failed because of it
    let looked = head_end.poll(&[watched(TASK, METER, token())]).await;
    assert_eq!(looked.unwrap_err().kind, RefusalKind::LoginRefused);
}

#[tokio::test]
async fn an_account_that_may_not_ask_one_thing_is_let_in_by_another() {
    let stage = Stage::plays(|request, _| match request.path.as_str() {
        "/api/COMM_OnlineStatus" => ok(V1_REFUSED),
        _ => ok(r#"{"ResultCode":"00","Reason":"OK","Result":[{"MeterNumber":"47001582544"}]}"#),
    })
    .await;
    let head_end = connect(Dialect::V1, &stage.url);
    head_end.login().await.unwrap();
    let meters = head_end.meters(PAGE).await.unwrap();
    assert_eq!(meters.rows[0].meter, METER);
    assert_eq!(
        head_end.gateways(PAGE).await.unwrap_err().kind,
        RefusalKind::Code
    );
}

#[tokio::test]
async fn a_failed_look_is_not_a_failed_task() {
    let refusal = look(V1_REFUSED, Act::Reconnect).await.unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Code);
    let nothing = r#"{"ResultCode":"00","Reason":"OK"}"#;
    assert_eq!(
        look(nothing, Act::Reconnect).await.unwrap_err().kind,
        RefusalKind::Empty
    );
}

#[tokio::test]
async fn a_yes_without_a_task_number_is_no_task() {
    let (_stage, head_end) = says(r#"{"ResultCode":"00","Reason":"other error"}"#).await;
    let refusal = head_end
        .create(&ask(METER, Act::Reconnect))
        .await
        .unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Code, Reached::No)
    );
}

/// A meter tells its version, fails at an item that this version lacks, and is asked for it again.
pub(crate) async fn firmware_that_cannot() -> Refusal {
    let stage = Stage::plays(|request, _| {
        let version = request.body.contains("version-task");
        match request.path.ends_with("Task") {
            true if version => ok(&row(r#""True""#, "2F6B4584")),
            true => ok(&row(r#""False""#, "")),
            false => ok(V1_CREATED),
        }
    })
    .await;
    let head_end = connect(Dialect::V1, &stage.url);
    let limit = ask(METER, Act::Read(Item::LoadLimit));
    head_end
        .create(&limit)
        .await
        .expect("nothing is known of the meter yet");
    let version = watched("version-task", METER, Act::Read(Item::Firmware));
    head_end.poll(&[version]).await.unwrap();
    head_end
        .create(&limit)
        .await
        .expect("it has not failed yet");
    let polled = head_end
        .poll(&[watched(TASK, METER, limit.act.clone())])
        .await
        .unwrap();
    let why = "firmware 2F6B4584 cannot answer load_limit".to_owned();
    assert_eq!(polled[0].state, TaskState::Failed(why));
    // other items, and other meters, are not touched
    head_end
        .create(&ask(METER, Act::Read(Item::Voltage)))
        .await
        .unwrap();
    head_end
        .create(&ask("47001891341", limit.act.clone()))
        .await
        .unwrap();
    head_end.create(&limit).await.unwrap_err()
}

#[tokio::test]
async fn a_firmware_that_cannot_is_learned_from_the_meter_itself() {
    let refusal = firmware_that_cannot().await;
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Firmware, Reached::No)
    );
}

#[tokio::test]
async fn a_token_is_minted_without_a_task() {
    let (stage, head_end) = says(V1_MINTED).await;
    let minted = head_end.mint(&clear_tamper(METER)).await.unwrap();
    assert_eq!(minted.reveal(), TOKEN);
    let body = stage.body("/api/Maintenance_ClearTamper");
    assert_eq!(
        body,
        json!({
            "company_name": "<company>", "user_name": "ops", "password": PASSWORD, "meter_number": METER,
        })
    );
    let limit = Mint {
        meter: meter(METER),
        purpose: Purpose::LoadLimit(Watts(5000.0)),
    };
    head_end.mint(&limit).await.unwrap();
    assert_eq!(
        stage.body("/api/Maintenance_SetMaxPower")["max_power"],
        5000
    );
}

#[tokio::test]
async fn what_is_minted_must_be_a_token() {
    for (body, kind) in [
        (
            r#"{"result_code":0,"reason":"OK","result":"1234"}"#,
            RefusalKind::Shape,
        ),
        (r#"{"result_code":0,"reason":"OK"}"#, RefusalKind::Empty),
        (
            r#"{"result_code":"0","reason":"OK","result":""}"#,
            RefusalKind::Empty,
        ),
        (
            r#"{"result_code":2,"reason":"authentication error"}"#,
            RefusalKind::LoginRefused,
        ),
        (
            r#"{"result_code":"03","reason":"no such meter"}"#,
            RefusalKind::Code,
        ),
    ] {
        let (_stage, head_end) = says(body).await;
        let refusal = head_end.mint(&clear_tamper(METER)).await.unwrap_err();
        assert_eq!(refusal.kind, kind, "{body}");
    }
    let (stage, head_end) = says(V1_MINTED).await;
    for watts in [0.5, -1.0, f64::NAN, 2e6] {
        let limit = Mint {
            meter: meter(METER),
            purpose: Purpose::LoadLimit(Watts(watts)),
        };
        assert_eq!(
            head_end.mint(&limit).await.unwrap_err().kind,
            RefusalKind::BadRequest
        );
    }
    assert!(stage.received("").is_empty());
}

#[tokio::test]
async fn concentrators_and_their_state_come_at_once() {
    let (stage, head_end) = says(V1_ONLINE).await;
    let listing = head_end.gateways(PAGE).await.unwrap();
    assert_eq!(listing.total, Some(1));
    assert_eq!(listing.rows[0].gateway, "230401081");
    assert_eq!(listing.rows[0].online, Some(true));
    assert_eq!(listing.raw, V1_ONLINE);
    assert!(
        stage
            .body("/api/COMM_OnlineStatus")
            .get("StartIndex")
            .is_none()
    );
}

#[tokio::test]
async fn the_captured_hourly_row_is_read_and_a_missing_hour_stays_missing() {
    let (stage, head_end) = says(V1_HOURLY).await;
    let span = Span {
        from: "2023-05-02".into(),
        to: "2023-05-02".into(),
        meters: vec![METER.into()],
    };
    let listing = head_end.hourly(&span, PAGE).await.unwrap();
    assert_eq!(listing.rows.len(), 24);
    assert_eq!((listing.rows[1].kwh, listing.rows[2].kwh), (None, None));
    assert_eq!(listing.rows[20].kwh, Some(0.38));
    assert_eq!(listing.rows[20].local, "2023-05-02 21:00");
    let body = stage.body("/api/COMM_HourlyDataNew");
    assert_eq!(
        body["QueryList"],
        json!([{ "MeterNo": METER, "Year": 2023, "Month": 5, "Day": 2 }])
    );
    let days = head_end.daily(&span, PAGE).await.unwrap();
    assert_eq!(days.rows[0].total_kwh, Some(167.47));
    assert_eq!(days.rows[0].day, "2023-05-02");
}

#[tokio::test]
async fn no_more_than_thirty_are_asked_at_once_and_null_is_no_row() {
    let (stage, head_end) = says(r#"{"ResultCode":"00","Reason":"OK","Result":null}"#).await;
    let meters: Vec<String> = (0..35)
        .map(|number| format!("4700158{number:04}"))
        .collect();
    let span = Span {
        from: "2023-05-02".into(),
        to: "2023-05-03".into(),
        meters,
    };
    let listing = head_end.daily(&span, PAGE).await.unwrap();
    assert_eq!((listing.rows.len(), listing.total), (0, Some(70)));
    let sizes: Vec<usize> = stage
        .received("COMM_DailyData")
        .iter()
        .map(|one| serde_json::from_str::<serde_json::Value>(&one.body).unwrap())
        .map(|body| body["QueryList"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [30, 30, 10]);
}

#[tokio::test]
async fn a_deployment_names_items_anew_and_takes_them_away() {
    let (stage, _) = says(V1_CREATED).await;
    let mut deployment = deployment(Dialect::V1, &stage.url);
    for (item, asks) in [
        (Item::OperatingStatus, "Meter operating status"),
        (Item::Power, " "),
    ] {
        let name = ItemName {
            asks: asks.to_owned(),
            answers: None,
        };
        deployment.items.insert(item, name);
    }
    let head_end = hes::connect(deployment).unwrap();
    assert!(!head_end.offers().items.contains(&Item::Power));
    head_end
        .create(&ask(METER, Act::Read(Item::OperatingStatus)))
        .await
        .unwrap();
    assert_eq!(
        stage.body("RemoteReading")["DataItem"],
        "Meter operating status"
    );
    let refusal = head_end
        .create(&ask(METER, Act::Read(Item::Power)))
        .await
        .unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::NotOffered);
}
