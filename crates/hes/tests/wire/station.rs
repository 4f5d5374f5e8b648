//! "AMR API v1": data identifiers, and one list for many tasks.

use crate::said::{
    LATER, TOKEN, V2S_CREATED, V2S_DONE, ask, connect, deployment, jwt, logged_in, token, watched,
};
use crate::stage::{Received, Says, Stage, ok};
use asking::{Act, Dialect, HeadEnd, Item, ItemName, RefusalKind, TaskState, Watched};
use serde_json::{Value, json};

pub(crate) const METER: &str = "47005300000";

/// A head-end whose login works and which follows this script in everything else.
pub(crate) async fn plays(script: fn(&Received, usize) -> Says) -> (Stage, Box<dyn HeadEnd>) {
    let stage = Stage::plays(move |request, before| match request.path.as_str() {
        "/api/user/login" => ok(&logged_in(&jwt(LATER))),
        _ => script(request, before),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    (stage, head_end)
}

#[tokio::test]
async fn a_read_is_created_as_the_fact_sheet_has_it() {
    let (stage, head_end) = plays(|_, _| ok(V2S_CREATED)).await;
    let task = head_end
        .create(&ask(METER, Act::Read(Item::Credit)))
        .await
        .unwrap();
    assert_eq!(task.0, "3557");
    assert_eq!(
        stage.body("/API/RemoteMeterTask/CreateReadingTask"),
        json!([{
            "customerId": "C1", "meterId": METER, "version": "2.2", "flag": "E421",
            "dataDefault": "", "data": "", "stationId": "SITE_A",
        }])
    );
}

#[tokio::test]
async fn the_relay_default_follows_the_protocol_version() {
    for (version, act, flag, default) in [
        ("2.2", Act::Reconnect, "C03D", "996600000001"),
        ("3.0", Act::Disconnect, "C03C", "335500000001"),
        ("4.1", Act::Reconnect, "C03D", "9600000000"),
        ("22", Act::Disconnect, "C03C", "3500000000"),
    ] {
        let (stage, _) = plays(|_, _| ok(V2S_CREATED)).await;
        let mut deployment = deployment(Dialect::Station, &stage.url);
        deployment.protocol_version = version.to_owned();
        let head_end = hes::connect(deployment).unwrap();
        head_end.create(&ask(METER, act)).await.unwrap();
        let body = stage.body("CreateControlTask");
        assert_eq!(
            (&body[0]["flag"], &body[0]["dataDefault"]),
            (&json!(flag), &json!(default))
        );
    }
}

#[tokio::test]
async fn a_token_is_sent_without_blanks_and_never_when_it_is_none() {
    let (stage, head_end) = plays(|_, _| ok(V2S_CREATED)).await;
    head_end.create(&ask(METER, token())).await.unwrap();
    let body = stage.body("CreateTokenTask");
    assert_eq!(
        (&body[0]["flag"], &body[0]["data"]),
        (&json!("A120"), &json!(TOKEN))
    );
    let short = Act::DeliverToken(asking::Secret::new("1234"));
    let refusal = head_end.create(&ask(METER, short)).await.unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::BadRequest);
    assert_eq!(stage.received("CreateTokenTask").len(), 1);
}

#[tokio::test]
async fn the_operating_status_is_not_offered_until_it_is_named() {
    let (stage, head_end) = plays(|_, _| ok(V2S_CREATED)).await;
    assert!(!head_end.offers().items.contains(&Item::OperatingStatus));
    let status = ask(METER, Act::Read(Item::OperatingStatus));
    assert_eq!(
        head_end.create(&status).await.unwrap_err().kind,
        RefusalKind::NotOffered
    );
    let clock = ask(METER, Act::SetClock("2026-08-05 12:00:00".to_owned()));
    assert_eq!(
        head_end.create(&clock).await.unwrap_err().kind,
        RefusalKind::NotOffered
    );
    let mut deployment = deployment(Dialect::Station, &stage.url);
    let name = ItemName {
        asks: "Meter operating status".to_owned(),
        answers: None,
    };
    deployment.items.insert(Item::OperatingStatus, name);
    let head_end = hes::connect(deployment).unwrap();
    head_end.create(&status).await.unwrap();
    assert_eq!(
        stage.body("CreateReadingTask")[0]["flag"],
        "Meter operating status"
    );
}

#[tokio::test]
async fn one_task_is_looked_up_among_its_meters_newest() {
    let (stage, head_end) = plays(|_, _| ok(V2S_DONE)).await;
    let polled = head_end
        .poll(&[watched("3557", METER, Act::Read(Item::Credit))])
        .await
        .unwrap();
    assert_eq!(polled[0].state, TaskState::Done);
    assert!(V2S_DONE.contains(&polled[0].raw) && polled[0].raw.starts_with("{\"id\":3557,"));
    assert_eq!(
        stage.body("GetReadingTask"),
        json!({ "meterId": METER, "pageNumber": 1, "pageSize": 10, "lang": "en", "orderBy": "createDate desc" })
    );
}

/// Rows of the task list from this id downwards.
fn rows(newest: u64, count: u64) -> String {
    let row = |id: u64| format!(r#"{{"id":{id},"meterId":"{METER}","data":"1","status":1}}"#);
    let rows: Vec<String> = (0..count).map(|step| row(newest - step)).collect();
    format!(
        r#"{{"code":0,"reason":"success","result":{{"total":9000,"data":[{}]}}}}"#,
        rows.join(",")
    )
}

fn many(ids: std::ops::RangeInclusive<u64>) -> Vec<Watched> {
    ids.map(|id| watched(&id.to_string(), METER, Act::Read(Item::Credit)))
        .collect()
}

#[tokio::test]
async fn many_tasks_are_covered_by_one_list_and_answered_in_their_order() {
    let (stage, head_end) = plays(|_, _| ok(&rows(1050, 150))).await;
    let mut tasks = many(1001..=1050);
    tasks.reverse();
    tasks.swap(3, 30);
    assert!(tasks.len() <= head_end.offers().looks);
    let polled = head_end.poll(&tasks).await.unwrap();
    assert_eq!(stage.received("Get").len(), 1);
    assert!(polled.iter().all(|polled| polled.state == TaskState::Done));
    assert!(
        polled
            .iter()
            .zip(&tasks)
            .all(|(polled, task)| polled.task == task.task)
    );
}

#[tokio::test]
async fn a_task_behind_other_peoples_tasks_is_found_on_a_longer_page() {
    let (stage, head_end) = plays(|request, _| {
        let (page, size) = page(request);
        ok(&rows(2000 - (page - 1) * size, size))
    })
    .await;
    let polled = head_end.poll(&many(1301..=1310)).await.unwrap();
    assert!(polled.iter().all(|polled| polled.state == TaskState::Done));
    assert_eq!(pages(&stage), [(1, 30), (1, 500), (2, 500)]);
}

/// The number and the size of every page that was asked for.
fn pages(stage: &Stage) -> Vec<(u64, u64)> {
    stage.received("Get").iter().map(page).collect()
}

fn page(request: &Received) -> (u64, u64) {
    let body: Value = serde_json::from_str(&request.body).unwrap();
    (
        body["pageNumber"].as_u64().unwrap(),
        body["pageSize"].as_u64().unwrap(),
    )
}

#[tokio::test]
async fn old_ones_of_many_tasks_are_looked_for_where_they_stand() {
    let (stage, head_end) = plays(|request, _| {
        if request.path.contains("Create") {
            return ok(V2S_CREATED);
        }
        let (page, size) = page(request);
        ok(&rows(3557 - (page - 1) * size, size))
    })
    .await;
    let made = head_end.create(&ask(METER, Act::Read(Item::Credit))).await;
    assert_eq!(made.unwrap().0, "3557");
    let polled = head_end.poll(&many(2501..=2550)).await.unwrap();
    assert!(polled.iter().all(|polled| polled.state == TaskState::Done));
    let pages = pages(&stage);
    assert_eq!(pages.len(), 1, "{pages:?}");
    assert!(pages[0].1 <= 150, "{pages:?}");
}

#[tokio::test]
async fn where_others_made_many_tasks_meanwhile_it_is_looked_from_the_top_and_known_then() {
    let (stage, head_end) = plays(|request, _| {
        if request.path.contains("Create") {
            return ok(V2S_CREATED);
        }
        let (page, size) = page(request);
        ok(&rows(4557 - (page - 1) * size, size))
    })
    .await;
    let made = head_end.create(&ask(METER, Act::Read(Item::Credit))).await;
    assert_eq!(made.unwrap().0, "3557");
    for calls in [5, 6] {
        let polled = head_end.poll(&many(3301..=3350)).await.unwrap();
        assert!(polled.iter().all(|polled| polled.state == TaskState::Done));
        let pages = pages(&stage);
        assert_eq!(pages.len(), calls, "{pages:?}");
    }
}

#[tokio::test]
async fn nothing_is_absent_before_it_was_asked_for_by_its_own_id() {
    let (stage, head_end) =
        plays(|_, _| ok(r#"{"code":0,"reason":"success","result":{"total":0,"data":[]}}"#)).await;
    let polled = head_end.poll(&many(1..=8)).await.unwrap();
    let count = |state: &TaskState| {
        polled
            .iter()
            .filter(|polled| polled.state == *state)
            .count()
    };
    // five are asked for one by one, the others wait for the next look
    assert_eq!(
        (count(&TaskState::Absent), count(&TaskState::Waiting)),
        (5, 3)
    );
    let by_id = stage
        .received("Get")
        .iter()
        .filter(|one| one.body.contains("\"id\":"))
        .count();
    assert_eq!(by_id, 5);
}

#[tokio::test]
async fn a_right_that_is_missing_for_one_kind_does_not_blind_the_others() {
    let (_stage, head_end) = plays(|request, _| {
        if request.path.contains("Reading") {
            return ok(V2S_DONE);
        }
        Says::Json(403, String::new())
    })
    .await;
    let read = watched("3557", METER, Act::Read(Item::Credit));
    let relay = watched("3558", METER, Act::Reconnect);
    let polled = head_end.poll(&[relay.clone(), read]).await.unwrap();
    assert_eq!(
        (&polled[0].state, &polled[1].state),
        (&TaskState::Waiting, &TaskState::Done)
    );
    assert_eq!(
        head_end.poll(&[relay]).await.unwrap_err().kind,
        RefusalKind::Forbidden
    );
}

#[tokio::test]
async fn a_task_that_stands_by_is_told_from_one_that_runs() {
    let row = |status: u8, remark: &str| {
        format!(
            r#"{{"code":0,"reason":"success","result":{{"total":1,"data":[{{"id":3557,"data":null,"status":{status},"remark":{remark}}}]}}}}"#
        )
    };
    for (body, state) in [
        (row(0, "null"), TaskState::StandingBy),
        (row(3, "null"), TaskState::Waiting),
        (row(2, "null"), TaskState::Failed(String::new())),
        (
            row(2, "\"offline\""),
            TaskState::Failed("offline".to_owned()),
        ),
        // a relay task succeeds without data
        (row(1, "null"), TaskState::Done),
    ] {
        let stage = Stage::plays(move |request, _| match request.path.as_str() {
            "/api/user/login" => ok(&logged_in(&jwt(LATER))),
            _ => ok(&body),
        })
        .await;
        let head_end = connect(Dialect::Station, &stage.url);
        let polled = head_end
            .poll(&[watched("3557", METER, Act::Reconnect)])
            .await
            .unwrap();
        assert_eq!(polled[0].state, state);
    }
}

#[tokio::test]
async fn the_newest_tasks_of_a_meter_say_who_created_them() {
    let (_stage, head_end) = plays(|_, _| ok(V2S_DONE)).await;
    let seen = head_end
        .recent(&ask(METER, Act::Read(Item::Credit)))
        .await
        .unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].creator.as_deref(), Some("operator"));
    assert_eq!(seen[0].name.as_deref(), Some("Credit balance"));
    assert!(seen[0].named);
    assert_eq!(
        (seen[0].meter.as_str(), seen[0].polled.task.0.as_str()),
        (METER, "3557")
    );
}

#[tokio::test]
async fn another_items_task_is_never_listed_as_this_ones() {
    let (_stage, head_end) = plays(|_, _| ok(V2S_DONE)).await;
    // the row is a credit balance's: surely not the relay's, whose answers are called otherwise,
    // nor the power's, although nobody knows what those are called
    for item in [Item::Relay, Item::Power] {
        let seen = head_end.recent(&ask(METER, Act::Read(item))).await;
        assert_eq!(seen.unwrap(), [], "{item:?}");
    }
    let (_stage, head_end) = plays(|_, _| ok(&V2S_DONE.replace("Credit balance", "B630"))).await;
    let power = ask(METER, Act::Read(Item::Power));
    let seen = head_end.recent(&power).await.unwrap();
    assert_eq!((seen.len(), seen[0].named), (1, false));
    let on = head_end.recent(&ask(METER, Act::Reconnect)).await.unwrap();
    assert_eq!(on, [], "no task that switches on has this name");
    assert_eq!(head_end.account(), Some("ops"));
}

#[tokio::test]
async fn the_row_of_a_token_task_shows_no_token() {
    let (_stage, head_end) = plays(|_, _| {
        ok(r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"id":9,"meterId":"47005300000","name":"Send Token","data":"12345678901234567890","status":1}]}}"#)
    })
    .await;
    let polled = head_end
        .poll(&[watched("9", METER, token())])
        .await
        .unwrap();
    assert!(polled[0].raw.contains("•••7890") && !polled[0].raw.contains(TOKEN));
    let seen = head_end.recent(&ask(METER, token())).await.unwrap();
    assert!(!seen[0].polled.raw.contains(TOKEN));
}

/// A task list with one relay task and one token, as captured (facts 4.4), by this account.
fn of_control_and_token(request: &Received) -> Says {
    let row = |id: u32, name: &str, data: &str| {
        ok(
            &json!({"code": 0, "reason": "success", "result": {"total": 1, "data": [{
                "id": id, "customerId": "C1", "meterId": METER, "name": name, "data": data,
                "dataPrefix": "", "status": 0, "stationId": "SITE_A", "createId": "ops",
                "createDate": "2026-04-28 11:19:19", "remark": null,
            }]}})
            .to_string(),
        )
    };
    match request.path.as_str() {
        "/API/RemoteMeterTask/GetControlTask" => row(3601, "Switch On", ""),
        "/API/RemoteMeterTask/GetTokenTask" => row(3602, "Send Token", TOKEN),
        "/API/RemoteMeterTask/UpdateControlTask" => {
            ok(r#"{"code":0,"reason":"success","result":[{"id":3601,"status":3}]}"#)
        }
        path => panic!("{path}"),
    }
}

#[tokio::test]
async fn relay_and_token_tasks_are_found_by_meter_creator_and_name() {
    let (stage, head_end) = plays(|request, _| of_control_and_token(request)).await;
    for (act, task, name) in [
        (Act::Reconnect, "3601", "Switch On"),
        (token(), "3602", "Send Token"),
    ] {
        let seen = head_end.recent(&ask(METER, act)).await.unwrap();
        assert_eq!(seen.len(), 1, "{name}");
        let seen = &seen[0];
        assert_eq!(seen.polled.task.0, task);
        assert_eq!(seen.polled.state, TaskState::StandingBy);
        assert_eq!(
            (seen.creator.as_deref(), seen.name.as_deref()),
            (Some("ops"), Some(name))
        );
        assert!(seen.named && seen.meter == METER, "{seen:?}");
        assert!(!seen.polled.raw.contains(TOKEN));
    }
    // the same list, asked for the opposite: that task is not this one's
    let off = head_end.recent(&ask(METER, Act::Disconnect)).await.unwrap();
    assert_eq!(off, []);
    let bodies = stage.received("GetControlTask");
    let body: Value = serde_json::from_str(&bodies[0].body).unwrap();
    assert_eq!(
        (&body["meterId"], &body["orderBy"]),
        (&json!(METER), &json!("createDate desc"))
    );
}

#[tokio::test]
async fn a_relay_task_that_stands_by_is_dispatched_under_its_own_path() {
    let (stage, head_end) = plays(|request, _| of_control_and_token(request)).await;
    let task = watched("3601", METER, Act::Reconnect);
    let polled = head_end.poll(std::slice::from_ref(&task)).await.unwrap();
    assert_eq!(polled[0].state, TaskState::StandingBy);
    head_end.dispatch(&task).await.unwrap();
    assert_eq!(stage.body("UpdateControlTask"), json!([{ "id": 3601 }]));
}
