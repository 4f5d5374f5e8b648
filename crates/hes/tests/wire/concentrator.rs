//! The dialect with `company` and `protocolId`.

use crate::said::{
    LATER, PAGE, TOKEN, V2C_CREATED, V2C_DONE, ask, clear_tamper, connect, deployment, jwt,
    logged_in, token, watched,
};
use crate::stage::{Stage, ok};
use asking::{
    Act, Dialect, HeadEnd, Item, ItemName, Polled, Refusal, RefusalKind, Span, TaskState, Third,
};
use serde_json::json;

const METER: &str = "47003104321";

/// A head-end whose login works and which says this to everything else.
async fn says(body: &str) -> (Stage, Box<dyn HeadEnd>) {
    let body = body.to_owned();
    let stage = Stage::plays(move |request, _| match request.path.as_str() {
        "/API/User/Login" => ok(&logged_in(&jwt(LATER))),
        _ => ok(&body),
    })
    .await;
    let head_end = connect(Dialect::Concentrator, &stage.url);
    (stage, head_end)
}

async fn look(body: &str, act: Act) -> Result<Polled, Refusal> {
    let (_stage, head_end) = says(body).await;
    let polled = head_end.poll(&[watched("3800", METER, act)]).await;
    polled.map(|mut polled| polled.remove(0))
}

fn row(data: &str, status: u8) -> String {
    format!(
        r#"{{"code":0,"reason":"success","result":{{"total":1,"data":[{{"id":3800,"name":"Token  ","data":{data},"status":{status}}}]}}}}"#
    )
}

#[tokio::test]
async fn a_read_is_a_list_with_one_task_and_a_look_an_object() {
    let (stage, head_end) = says(V2C_CREATED).await;
    let task = head_end
        .create(&ask(METER, Act::Read(Item::Credit)))
        .await
        .unwrap();
    assert_eq!(task.0, "3800");
    assert_eq!(
        stage.body("/API/RemoteMeterTask/CreateReadingTask"),
        json!([{ "meterId": METER, "protocolId": 39, "customerId": "C1", "company": "<company>" }])
    );
    let (stage, head_end) = says(V2C_DONE).await;
    let task = watched("3800", METER, Act::Read(Item::Credit));
    let polled = head_end.poll(&[task]).await.unwrap();
    assert_eq!(
        stage.body("/API/RemoteMeterTask/GetReadingTask"),
        json!({ "id": 3800, "lang": "en", "company": "<company>" })
    );
    assert_eq!(polled[0].state, TaskState::Done);
    // the very bytes of the captured row
    assert!(V2C_DONE.contains(&polled[0].raw) && polled[0].raw.starts_with("{\"id\":3800,"));
}

#[tokio::test]
async fn each_act_has_its_protocol_id() {
    let clock = "2026-04-15 11:11:13";
    for (act, path, id, data) in [
        (Act::Reconnect, "CreateControlTask", 20000, None),
        (Act::Disconnect, "CreateControlTask", 20001, None),
        (
            Act::SetClock(clock.to_owned()),
            "CreateSettingTask",
            10000,
            Some(clock),
        ),
        (token(), "CreateTokenTask", 30000, Some(TOKEN)),
        (
            Act::Read(Item::OperatingStatus),
            "CreateReadingTask",
            43,
            None,
        ),
    ] {
        let (stage, head_end) = says(V2C_CREATED).await;
        head_end.create(&ask(METER, act)).await.unwrap();
        let body = stage.body(path);
        assert_eq!(body[0]["protocolId"], id);
        assert_eq!(body[0].get("data").and_then(|data| data.as_str()), data);
    }
}

#[tokio::test]
async fn a_status_of_three_ends_a_token_unless_the_deployment_says_otherwise() {
    let polled = look(&row("\"\"", 3), token()).await.unwrap();
    assert_eq!(polled.state, TaskState::Failed("rejected".to_owned()));
    let (stage, _) = says(&row("\"\"", 3)).await;
    let mut deployment = deployment(Dialect::Concentrator, &stage.url);
    deployment.third = Third::Running;
    let head_end = hes::connect(deployment).unwrap();
    let polled = head_end
        .poll(&[watched("3800", METER, token())])
        .await
        .unwrap();
    assert_eq!(polled[0].state, TaskState::Waiting);
}

#[tokio::test]
async fn the_other_states_are_read_and_an_unknown_one_is_waited_for() {
    let read = || Act::Read(Item::Credit);
    for (data, status, state) in [
        ("null", 0, TaskState::Waiting),
        ("\"108.8\"", 1, TaskState::Done),
        ("108.8", 1, TaskState::Done),
        ("null", 2, TaskState::Failed(String::new())),
        ("null", 9, TaskState::Waiting),
    ] {
        assert_eq!(
            look(&row(data, status), read()).await.unwrap().state,
            state,
            "{status}"
        );
    }
    let empty = look(&row("\"\"", 1), read()).await.unwrap().state;
    assert!(matches!(empty, TaskState::Failed(why) if why.contains("empty")));
    assert_eq!(
        look(&row("\"\"", 1), token()).await.unwrap().state,
        TaskState::Done
    );
}

#[tokio::test]
async fn a_list_without_the_task_means_that_it_is_absent() {
    let none = r#"{"code":0,"reason":"success","result":{"total":0,"data":[]}}"#;
    assert_eq!(
        look(none, Act::Reconnect).await.unwrap().state,
        TaskState::Absent
    );
    let other =
        r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"id":1,"status":1}]}}"#;
    assert_eq!(
        look(other, Act::Reconnect).await.unwrap().state,
        TaskState::Absent
    );
    let nothing = r#"{"code":0,"reason":"success","result":null}"#;
    assert_eq!(
        look(nothing, Act::Reconnect).await.unwrap_err().kind,
        RefusalKind::Empty
    );
}

#[tokio::test]
async fn meters_are_the_accounts_and_concentrators_say_whether_they_are_online() {
    let rows = r#"{"code":0,"reason":"success","result":{"total":2,"data":[{"meterId":"47003104321","customerId":"1","concentratorId":"230401081","site":"SITE_A"},{"customerId":"2"}]}}"#;
    let (stage, head_end) = says(rows).await;
    let listing = head_end.meters(PAGE).await.unwrap();
    assert_eq!((listing.rows.len(), listing.total), (1, Some(2)));
    assert_eq!(listing.rows[0].gateway.as_deref(), Some("230401081"));
    assert_eq!(stage.body("/API/Account/Read")["pageNumber"], 1);
    let rows = r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"concentratorId":"230401081","status":false,"statusUpdateDate":"2024-05-16 07:56:18"}]}}"#;
    let (_stage, head_end) = says(rows).await;
    let gateway = head_end.gateways(PAGE).await.unwrap().rows.remove(0);
    assert_eq!(gateway.online, Some(false));
    assert_eq!(gateway.since.as_deref(), Some("2024-05-16 07:56:18"));
}

#[tokio::test]
async fn a_daily_report_counts_for_the_day_it_covers() {
    let report = r#"{"code":0,"reason":"success","result":{"total":2,"data":[{"meterId":"47003104321","concentratorId":"230401081","currentDate":"2024-05-15 23:59:59","totalT1":0.64,"hourT1_01":0.07,"hourT1_24":-1,"createDate":"2024-05-16 00:30:41"},{"meterId":"47003104321","currentDate":"2024-05-16 23:59:59","totalT1":0.7}]}}"#;
    let (stage, head_end) = says(report).await;
    let span = Span {
        from: "2024-05-14".into(),
        to: "2024-05-15".into(),
        meters: vec![METER.into()],
    };
    let days = head_end.daily(&span, PAGE).await.unwrap().rows;
    assert_eq!(days.len(), 1);
    assert_eq!(
        (days[0].day.as_str(), days[0].total_kwh),
        ("2024-05-15", Some(0.64))
    );
    assert_eq!((days[0].hours[0], days[0].hours[23]), (Some(0.07), None));
    let range = &stage.body("/API/DailyReport/Read")["updateDateRange"];
    assert_eq!(
        *range,
        json!(["2024-05-14T00:00:00", "2024-05-17T23:59:59"])
    );
}

#[tokio::test]
async fn a_token_is_minted() {
    let minted = r#"{"code":0,"reason":"success","result":{"token":"1234 5678 9012 3456 7890"}}"#;
    let (stage, head_end) = says(minted).await;
    assert_eq!(
        head_end.mint(&clear_tamper(METER)).await.unwrap().reveal(),
        TOKEN
    );
    let body = stage.body("/API/Token/ClearTamperToken/Generate");
    assert_eq!(body, json!({ "meterId": METER, "company": "<company>" }));
}

#[test]
fn an_item_that_is_no_protocol_id_is_our_own_error() {
    let mut deployment = deployment(Dialect::Concentrator, "http://127.0.0.1:1");
    let name = ItemName {
        asks: "Meter operating status".to_owned(),
        answers: None,
    };
    deployment.items.insert(Item::OperatingStatus, name);
    let error = hes::connect(deployment).unwrap_err();
    assert!(error.to_string().contains("operating_status"), "{error}");
}
