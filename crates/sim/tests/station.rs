//! The station dialect, by the worked exchanges of the fact sheet.

mod client;

use client::{Caller, HOUR, START, code_of, send, small, still};
use serde_json::{Value, json};
use sim::{Dialect, ItemName};

const METER: &str = "47005300000";

fn reading(flag: &str) -> Value {
    json!({"customerId": "C1", "meterId": METER, "version": "2.2", "flag": flag, "dataDefault": "", "data": "", "stationId": "SITE_A"})
}

fn list() -> Value {
    json!({"lang": "en", "meterId": METER, "pageNumber": 1, "pageSize": 10, "orderBy": "createDate desc"})
}

#[tokio::test]
async fn a_credit_balance_is_created_waits_and_is_answered() {
    let running = still(small().with_task_time(7_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let created = caller
        .ask(
            "/API/RemoteMeterTask/CreateReadingTask",
            &json!([reading("E421")]),
        )
        .await;
    assert_eq!(created["reason"], "success");
    let id = created["result"][0]["id"].as_u64().unwrap();
    let path = "/API/RemoteMeterTask/GetReadingTask";
    let pending = caller.ask(path, &list()).await;
    assert_eq!(pending["result"]["data"][0]["status"], 3, "running here");
    assert_eq!(pending["result"]["data"][0]["data"], Value::Null);

    running.handle.advance(7_000);
    let done = caller.ask(path, &list()).await;
    assert_eq!(
        done,
        json!({"code": 0, "reason": "success", "result": {"total": 1, "data": [{
            "id": id, "customerId": "C000003", "customerName": "Customer 3", "meterId": METER,
            "name": "Credit balance", "data": "000005.00,01,00", "dataPrefix": "Credit balance,,",
            "status": 1, "stationId": "SITE_A", "createId": "operator",
            "createDate": "2026-08-05 09:00:00", "updateId": "operator",
            "updateDate": "2026-08-05 09:00:07", "remark": null,
        }]}})
    );
}

#[tokio::test]
async fn without_lang_a_list_is_a_400_that_names_the_field() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let body = json!({"meterId": METER});
    let came = caller
        .post("/API/RemoteMeterTask/GetReadingTask", &body)
        .await
        .unwrap();
    assert_eq!(came.status, 400);
    assert!(came.head.contains("application/problem+json"));
    assert_eq!(
        came.json()["errors"]["Lang"][0],
        "The Lang field is required."
    );
}

#[tokio::test]
async fn login_rights_verbs_and_paths_are_refused_as_seen() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let wrong = json!({"userId": "operator", "password": "no"});
    assert_eq!(
        caller.ask("/api/user/login", &wrong).await,
        json!({"code": 1, "reason": "invalid username or password", "result": null})
    );
    let nothing = json!({});
    let status = async |path: &str| caller.post(path, &nothing).await.unwrap().status;
    assert_eq!(status("/api/nosuch/read").await, 404);
    assert_eq!(status("/api/tariff/read").await, 501);
    assert_eq!(status("/api/DailyDataMeter/readHourly").await, 405);
    let come = |path: &'static str, auth: String| {
        let url = caller.head.url.clone();
        async move { send(&url, "POST", path, &auth, "{}").await.unwrap() }
    };
    let bare = come("/api/meter/read", String::new()).await;
    assert_eq!((bare.status, bare.body.len()), (401, 0));
    let mut scene = small();
    scene.heads.station.forbidden = vec!["/api/Gateway/read".to_owned()];
    running.handle.load(scene).unwrap();
    let denied = come(
        "/api/gateway/read",
        format!("Authorization: Bearer {}\r\n", caller.jwt),
    )
    .await;
    assert_eq!((denied.status, denied.body.len()), (403, 0));
}

#[tokio::test]
async fn a_login_that_lasts_no_time_is_a_401_with_an_empty_body() {
    let mut scene = small();
    scene.heads.station.login_s = 0;
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let came = caller.post("/api/meter/read", &json!({})).await.unwrap();
    assert_eq!((came.status, came.body.len()), (401, 0));
}

#[tokio::test]
async fn bad_queries_are_code_99() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let path = "/api/RemoteMeterTask/CreateReadingTask";
    let unknown_item = caller.ask(path, &json!([reading("FFFF")])).await;
    assert_eq!(
        unknown_item["reason"],
        "Value does not fall within the expected range."
    );
    let unknown_meter = json!([{"meterId": "47000000000", "flag": "E421"}]);
    assert_eq!(caller.ask(path, &unknown_meter).await["code"], 99);
    let object = caller.post(path, &reading("E421")).await.unwrap();
    assert_eq!(object.status, 400, "the body must be a list");
    assert_eq!(
        caller
            .ask("/api/RemoteMeterTask/GetReadingTask", &list())
            .await["result"]["total"],
        0
    );
}

#[tokio::test]
async fn the_operating_status_is_an_unknown_item_until_a_scene_says_otherwise() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let path = "/api/RemoteMeterTask/CreateReadingTask";
    assert_eq!(
        caller.ask(path, &json!([reading("EFF7")])).await["code"],
        99
    );

    let mut scene = small().with_task_time(1_000);
    scene.heads.station.items = vec![ItemName::operating_status(Dialect::Station)];
    scene.meters[2].conditions = sim::Conditions::of(&[sim::Condition::NotCommissioned]);
    running.handle.load(scene).unwrap();
    let id = caller
        .create("Reading", &reading("Meter operating status"))
        .await;
    running.handle.advance(1_000);
    let row = caller.look("Reading", id).await;
    assert_eq!(
        (&row["name"], &row["data"]),
        (&json!("Meter operating status"), &json!("1008"))
    );
}

#[tokio::test]
async fn a_silent_meter_fails_after_a_hundred_seconds_and_says_nothing() {
    let running = still(small().with_task_time(7_000)).await;
    running
        .handle
        .patch_meter(METER, &json!({"conditions": {"silent": true}}))
        .unwrap();
    let caller = Caller::new(&running, Dialect::Station).await;
    let id = caller.create("Reading", &reading("E421")).await;
    running.handle.advance(99_000);
    assert_eq!(caller.look("Reading", id).await["status"], 3);
    running.handle.advance(12_000);
    let row = caller.look("Reading", id).await;
    assert_eq!(row["status"], 2);
    assert_eq!((&row["data"], &row["remark"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn the_relay_is_moved_by_the_flags_of_the_vendors_own_pages() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let off = json!({"customerId": "C1", "meterId": METER, "version": "2.2", "flag": "C03C", "dataDefault": "3500000000", "data": "", "stationId": "SITE_A"});
    let id = caller.create("Control", &off).await;
    running.handle.advance(1_000);
    let row = caller.look("Control", id).await;
    assert_eq!(
        (&row["name"], &row["data"], &row["status"]),
        (&json!("Switch Off"), &Value::Null, &json!(1))
    );
    assert_eq!(code_of(&running, METER), 1007);
    let on = json!({"meterId": METER, "version": "2.2", "flag": "c03d", "dataDefault": "9600000000", "data": ""});
    caller.create("Control", &on).await;
    running.handle.advance(1_000);
    assert_eq!(code_of(&running, METER), 1000);
    let done = running.handle.meter(METER).unwrap().state.done;
    assert_eq!((done.on, done.off), (1, 1));
}

#[tokio::test]
async fn a_minted_token_is_shown_in_fours_sent_in_one_and_taken_once() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let minted = caller
        .ask(
            "/api/token/setMaximumPowerLimitToken/generate",
            &json!({"meterId": METER, "maximumPower": 3200}),
        )
        .await;
    let grouped = minted["result"]["token"].as_str().unwrap();
    assert_eq!(grouped.len(), 24);
    let token = grouped.replace(' ', "");
    let row = json!({"meterId": METER, "flag": "A120", "data": token});
    for (status, limit) in [(1, 3200), (2, 3200)] {
        let id = caller.create("Token", &row.clone()).await;
        running.handle.advance(1_000);
        let seen = caller.look("Token", id).await;
        assert_eq!(
            (&seen["status"], &seen["data"]),
            (&json!(status), &json!(token))
        );
        assert_eq!(running.handle.meter(METER).unwrap().state.limit_w, limit);
    }
    let vended = caller
        .ask("/api/token/creditToken/generate", &json!({"meterId": METER, "isPreview": false, "isVendByTotalPaid": true, "amount": 5000}))
        .await;
    assert_eq!(vended["result"]["totalUnit"], 14.2, "cut, not rounded");
}

#[tokio::test]
async fn a_task_that_stands_by_goes_when_it_is_dispatched_and_again_when_somebody_is_careless() {
    let mut scene = small().with_task_time(1_000);
    scene.heads.station.needs_dispatch = true;
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let off = json!({"meterId": METER, "flag": "C03C", "data": ""});
    let id = caller.create("Control", &off).await;
    running.handle.advance(HOUR);
    assert_eq!(caller.look("Control", id).await["status"], 0);
    let update = "/API/RemoteMeterTask/UpdateControlTask";
    for times in [1, 2] {
        caller.ask(update, &json!([{"id": id}])).await;
        running.handle.advance(1_000);
        assert_eq!(caller.look("Control", id).await["status"], 1);
        assert_eq!(running.handle.meter(METER).unwrap().state.done.off, times);
    }
}

#[tokio::test]
async fn the_clock_is_set_in_local_time() {
    let running = still(small().with_task_time(1_000)).await;
    running
        .handle
        .patch_meter(METER, &json!({"drift_s": -900}))
        .unwrap();
    let caller = Caller::new(&running, Dialect::Station).await;
    let row = json!({"meterId": METER, "flag": "C010", "data": "2026-08-05 09:00:01"});
    caller.create("Setting", &row).await;
    running.handle.advance(1_000);
    assert_eq!(
        running.handle.meter(METER).unwrap().now.clock,
        "2026-08-05 09:00:01"
    );
}

#[tokio::test]
async fn lists_have_pages_totals_and_filters() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let second = caller
        .ask("/api/meter/read", &json!({"pageNumber": 2, "pageSize": 2}))
        .await;
    assert_eq!(second["result"]["total"], 3);
    assert_eq!(second["result"]["data"][0]["meterId"], METER);
    let one = caller
        .ask("/api/account/read", &json!({"meterId": METER}))
        .await;
    assert_eq!(one["result"]["data"][0]["customerId"], "C000003");
    let none = caller
        .ask("/api/meter/read", &json!({"stationId": "SITE_B"}))
        .await;
    assert_eq!(none["result"]["total"], 0);
    let gateways = caller.ask("/api/gateway/read", &json!({})).await;
    assert_eq!(gateways["result"]["data"][0]["status"], true);
    running
        .handle
        .set_gateway_online("230401081", false)
        .unwrap();
    let gateways = caller.ask("/api/gateway/read", &json!({})).await;
    assert_eq!(gateways["result"]["data"][0]["status"], false);
    running
        .handle
        .patch_meter(METER, &json!({"conditions": {"gprs": true}}))
        .unwrap();
    let online = caller.ask("/API/GPRSOnlineStatus/Read", &json!({})).await;
    assert_eq!(online["result"]["total"], 1);
    assert_eq!(online["result"]["data"][0]["isOnline"], true);
}

#[tokio::test]
async fn daily_rows_add_up_and_hours_are_those_of_the_day() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    let range = json!({"lang": "en", "meterId": METER, "currentDateRange": ["2026-08-01", "2026-08-09"], "orderBy": "currentDate asc"});
    let days = caller.ask("/api/DailyDataMeter/read", &range).await;
    assert_eq!(
        days["result"]["total"], 4,
        "1 to 4 August: the fifth is not over"
    );
    let rows = days["result"]["data"].as_array().unwrap();
    let total = |at: usize| rows[at]["total1"].as_f64().unwrap();
    let used: f64 = rows[3]["usage1"].as_str().unwrap().parse().unwrap();
    assert!((total(3) - total(2) - used).abs() < 0.02, "{rows:?}");
    assert!(used > 1.0);

    let headers = format!("Authorization: Bearer {}\r\n", caller.jwt);
    let path = format!(
        "/api/DailyDataMeter/readHourly?FROM=2026-08-04%2000:00:00&TO=2026-08-05%2000:00:00&SITE_ID=SITE_A&meterId={METER}&offset=0&pageLimit=100"
    );
    let came = send(&caller.head.url, "GET", &path, &headers, "")
        .await
        .unwrap();
    let hours = came.json();
    assert_eq!(hours["total"], 24);
    let sum: f64 = hours["readings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hour| hour["energyConsumptionKwh"].as_f64().unwrap())
        .sum();
    assert!((sum - used).abs() < 0.2, "{sum} {used}");
    assert_eq!(
        hours["readings"][0]["timestamp"],
        "2026-08-03T22:00:00.000Z"
    );
}

#[tokio::test]
async fn what_is_silent_has_no_rows_since() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running
        .handle
        .patch_meter(METER, &json!({"conditions": {"silent": true}}))
        .unwrap();
    running.handle.advance(72 * HOUR);
    let range =
        json!({"lang": "en", "meterId": METER, "currentDateRange": ["2026-08-04", "2026-08-09"]});
    let days = caller.ask("/api/DailyDataMeter/read", &range).await;
    assert_eq!(days["result"]["total"], 1);
}

#[tokio::test]
async fn events_tell_of_power_failures() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::Station).await;
    running
        .handle
        .patch_meter(METER, &json!({"conditions": {"mains-off": true}}))
        .unwrap();
    let came = caller
        .ask("/API/EventNotification/Read", &json!({"lang": "en"}))
        .await;
    let row = &came["result"]["data"][0];
    assert_eq!(
        (&row["eventCode"], &row["meterId"]),
        (&json!(1), &json!(METER))
    );
    assert_eq!(row["currentDate"], "2026-08-05 09:00:00");
    assert_eq!(running.handle.now_ms(), START);
}
