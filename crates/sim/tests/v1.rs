//! The v1 dialect, by the worked exchanges of the fact sheet.

mod client;

use client::{Caller, code_of, send, small, still};
use serde_json::{Value, json};
use sim::{Dialect, Fault, FaultName, ItemName, Running};

const METER: &str = "47001582544";

async fn read(running: &Running, caller: &Caller, item: &str) -> Value {
    let body = caller.comm(&json!({"MeterNo": METER, "DataItem": item}));
    let created = caller.ask("/api/COMM_RemoteReading", &body).await;
    let task = created["Result"]["TaskNo"]
        .as_str()
        .expect("a task")
        .to_owned();
    running.handle.advance(1_000);
    look(caller, "Reading", &task).await
}

async fn look(caller: &Caller, kind: &str, task: &str) -> Value {
    let body = caller.comm(&json!({"TaskNo": task}));
    caller
        .ask(&format!("/api/COMM_Remote{kind}Task"), &body)
        .await
}

#[tokio::test]
async fn a_reading_is_created_waits_and_is_answered_in_words() {
    let running = still(small().with_task_time(10_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let body = caller.comm(&json!({"MeterNo": METER, "DataItem": "Current Credit Register"}));
    let created = caller.ask("/api/COMM_RemoteReading", &body).await;
    let task = created["Result"]["TaskNo"].as_str().unwrap().to_owned();
    assert_eq!(
        created,
        json!({"ResultCode": "00", "Reason": "OK", "Result": {"TaskNo": task, "Status": null, "DataItem": "Current Credit Register", "Data": ""}})
    );
    assert_eq!(task.len(), 36);
    let pending = look(&caller, "Reading", &task).await;
    assert_eq!(
        (&pending["Result"]["Status"], &pending["Result"]["Data"]),
        (&json!("unknown"), &json!(""))
    );
    running.handle.advance(10_000);
    let done = look(&caller, "Reading", &task).await;
    assert_eq!(
        (&done["ResultCode"], &done["Reason"]),
        (&json!("00"), &json!("OK"))
    );
    assert_eq!(
        (&done["Result"]["Status"], &done["Result"]["Data"]),
        (&json!("True"), &json!("12.5,ON"))
    );
    assert_eq!(done["Result"]["MeterNo"], METER);
    assert_eq!(
        done,
        look(&caller, "Reading", &task).await,
        "looking changes nothing"
    );
}

#[tokio::test]
async fn forms_do_as_well_as_json_and_so_does_a_slash_at_the_end() {
    let running = still(small().with_task_time(0)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let who = "CompanyName=Company+A&UserName=operator&Password=pretend-password";
    let body = format!("{who}&MeterNo={METER}&DataItem=Current+Credit+Register");
    let url = &caller.head.url;
    let came = send(url, "POST", "/api/COMM_RemoteReading/", form, &body)
        .await
        .unwrap();
    assert_eq!(came.json()["Result"]["DataItem"], "Current Credit Register");

    let body = format!(
        "{who}&QueryList[0][MeterNo]={METER}&QueryList[0][Year]=2026&QueryList[0][Month]=8&QueryList[0][Day]=2"
    );
    let came = send(url, "POST", "/api/COMM_HourlyDataNew", form, &body)
        .await
        .unwrap();
    assert_eq!(came.json()["Result"][0]["Day"], 2);
}

#[tokio::test]
async fn each_item_is_written_as_its_clients_read_it() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let said = async |item: &str| {
        read(&running, &caller, item).await["Result"]["Data"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(said("Version").await, "3A7C1102");
    assert_eq!(said("maximum power threshold").await, "5000 W");
    assert_eq!(said("Date").await, "26-08-05 03", "a Wednesday");
    let volts = said("Voltage").await;
    let volts: f64 = volts.strip_suffix(" V").unwrap().parse().unwrap();
    assert!((volts - 230.0).abs() < 2.0);
    assert!(said("Power").await.ends_with(" W"));
    assert_eq!(said("VoltageB").await, "", "one phase only");
}

#[tokio::test]
async fn a_meter_with_old_firmware_fails_three_items_and_the_reason_is_still_ok() {
    let mut scene = small().with_task_time(1_000);
    scene.meters[0].firmware = "2F6B4584".to_owned();
    scene.heads.v1.items = vec![ItemName::operating_status(Dialect::V1)];
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    for item in [
        "Maximum power threshold",
        "Special status identifier",
        "The number of power down",
    ] {
        let came = read(&running, &caller, item).await;
        assert_eq!(
            (&came["Reason"], &came["Result"]["Status"]),
            (&json!("OK"), &json!("False")),
            "{item}"
        );
        assert_eq!(came["Result"]["Data"], "");
    }
    assert_eq!(
        read(&running, &caller, "Version").await["Result"]["Data"],
        "2F6B4584"
    );
}

#[tokio::test]
async fn unknown_items_meters_tasks_and_callers_have_no_result() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let refused = json!({"ResultCode": "99", "Reason": "other error"});
    for body in [
        caller.comm(&json!({"MeterNo": METER, "DataItem": "Special status identifier"})),
        caller.comm(&json!({"MeterNo": "47000000000", "DataItem": "Voltage"})),
        json!({"MeterNo": METER, "DataItem": "Voltage"}),
    ] {
        assert_eq!(caller.ask("/api/COMM_RemoteReading", &body).await, refused);
    }
    let elsewhere = "abbb70e6-d781-43b9-9198-7eab07d48296";
    assert_eq!(look(&caller, "Reading", elsewhere).await, refused);
    let nobody =
        json!({"company_name": "x", "user_name": "y", "password": "z", "meter_number": METER});
    let came = caller.ask("/api/Maintenance_ClearTamper", &nobody).await;
    assert_eq!(came["result_code"], 2);
    assert!(came.get("result").is_none());
}

#[tokio::test]
async fn a_foreign_token_is_refused_at_once_or_when_its_task_is_looked_at() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let body = caller.comm(&json!({"MeterNo": METER, "Token": "12345678901234567890"}));
    let (mut at_once, mut later) = (0, 0);
    for _ in 0..30 {
        let created = caller.ask("/api/COMM_RemoteToken", &body).await;
        let Some(task) = created["Result"]["TaskNo"].as_str() else {
            assert_eq!(
                created,
                json!({"ResultCode": "99", "Reason": "other error"})
            );
            at_once += 1;
            // a task in between, so that the next one draws anew
            read(&running, &caller, "Voltage").await;
            continue;
        };
        running.handle.advance(1_000);
        assert_eq!(
            look(&caller, "Token", task).await,
            json!({"ResultCode": "99", "Reason": "other error"})
        );
        later += 1;
    }
    assert!(at_once > 0 && later > 0, "{at_once} {later}");
}

#[tokio::test]
async fn setting_the_date_keeps_the_time_and_answers_nothing() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    running
        .handle
        .patch_meter(METER, &json!({"drift_s": -259_200}))
        .unwrap();
    assert_eq!(
        running.handle.meter(METER).unwrap().now.clock,
        "2026-08-02 09:00:00"
    );
    let body = caller.comm(&json!({"MeterNo": METER, "DataItem": "Date", "Data": "26080503"}));
    let created = caller.ask("/api/COMM_RemoteWrite", &body).await;
    let task = created["Result"]["TaskNo"].as_str().unwrap();
    running.handle.advance(1_000);
    let done = look(&caller, "Write", task).await;
    assert_eq!(
        (&done["Result"]["Status"], &done["Result"]["Data"]),
        (&json!("True"), &json!(""))
    );
    assert_eq!(
        running.handle.meter(METER).unwrap().now.clock,
        "2026-08-05 09:00:01"
    );
    let wrong_weekday =
        caller.comm(&json!({"MeterNo": METER, "DataItem": "Date", "Data": "26080504"}));
    assert_eq!(
        caller.ask("/api/COMM_RemoteWrite", &wrong_weekday).await["ResultCode"],
        "99"
    );
}

#[tokio::test]
async fn the_relay_is_moved_whatever_the_case() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    for (item, status) in [("Switch Off", 1007), ("switch on", 1000)] {
        let body = caller.comm(&json!({"MeterNo": METER, "DataItem": item}));
        caller.ask("/api/COMM_RemoteControl", &body).await;
        running.handle.advance(1_000);
        assert_eq!(code_of(&running, METER), status);
    }
}

#[tokio::test]
async fn concentrators_and_meters_are_listed() {
    let running = still(small()).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    running
        .handle
        .set_gateway_online("230401081", false)
        .unwrap();
    let came = caller
        .ask("/api/COMM_OnlineStatus", &caller.comm(&json!({})))
        .await;
    assert_eq!(
        came,
        json!({"ResultCode": "00", "Reason": "OK", "Result": [{"ConcentratorNo": "230401081", "Status": false}]})
    );
    for (start, first) in [(0, METER), (1, METER), (3, "47005300000")] {
        let body = caller.comm(&json!({"StartIndex": start, "Count": 100}));
        let came = caller.ask("/api/COMM_CustomerMeterList", &body).await;
        assert_eq!(came["Result"][0]["MeterNumber"], first);
    }
}

#[tokio::test]
async fn hours_have_their_24_names_and_unknown_days_are_null() {
    let mut scene = small();
    scene.pace.gaps_permille = 1000;
    let running = still(scene).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let query = |day: i32| {
        caller
            .comm(&json!({"QueryList": [{"MeterNo": METER, "Year": 2026, "Month": 8, "Day": day}]}))
    };
    let came = caller.ask("/api/COMM_HourlyDataNew", &query(2)).await;
    let row = &came["Result"][0];
    let hours: Vec<f64> = (0..24)
        .map(|h| {
            row[format!("HourlyConsumption_{h}to{}", h + 1)]
                .as_f64()
                .unwrap()
        })
        .collect();
    assert!(
        hours.iter().any(|kwh| (kwh + 1.0).abs() < f64::EPSILON),
        "a lost hour is -1: {hours:?}"
    );
    assert_eq!(row["RelayStatus"], 0);
    let tomorrow = caller.ask("/api/COMM_HourlyDataNew", &query(6)).await;
    assert_eq!(
        tomorrow,
        json!({"ResultCode": "00", "Reason": "OK", "Result": null})
    );
    let many: Vec<Value> = (0..31)
        .map(|_| json!({"MeterNo": METER, "Year": 2026, "Month": 8, "Day": 2}))
        .collect();
    let came = caller
        .ask(
            "/api/COMM_HourlyDataNew",
            &caller.comm(&json!({"QueryList": many})),
        )
        .await;
    assert_eq!(came["ResultCode"], "99");
    let month = caller.comm(&json!({"QueryList": [{"MeterNo": METER, "Year": 2026, "Month": 7}]}));
    assert_eq!(
        caller.ask("/api/COMM_DailyData", &month).await["Result"]
            .as_array()
            .unwrap()
            .len(),
        31
    );
    assert_eq!(
        caller.ask("/api/COMM_MonthlyData", &month).await["Result"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn tokens_are_sold_and_made_in_the_other_casing() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    let body = caller.pos(&json!({"is_vend_by_unit": true, "meter_number": METER, "amount": 5}));
    let sold = caller.ask("/api/POS_Purchase/", &body).await;
    assert_eq!(
        (&sold["result_code"], &sold["reason"]),
        (&json!(0), &json!("OK"))
    );
    assert_eq!(sold["result"]["total_unit"], 5.0);
    assert_eq!(sold["result"]["token"].as_str().unwrap().len(), 20);
    let made = caller
        .ask(
            "/api/Maintenance_ClearTamper",
            &caller.pos(&json!({"meter_number": METER})),
        )
        .await;
    assert_eq!(made["result"].as_str().unwrap().len(), 20);
    let whose = caller
        .ask(
            "/api/POS_Preview",
            &caller.pos(&json!({"meter_number": METER, "amount": 0})),
        )
        .await;
    assert_eq!(whose["result"]["customer_number"], "C000001");
}

#[tokio::test]
async fn true_may_come_without_its_data() {
    let running = still(small().with_task_time(1_000)).await;
    let caller = Caller::new(&running, Dialect::V1).await;
    running.handle.set_faults(vec![
        Fault::always(FaultName::TrueWithEmptyData).on("ReadingTask"),
    ]);
    let came = read(&running, &caller, "Current Credit Register").await;
    assert_eq!(
        (&came["Result"]["Status"], &came["Result"]["Data"]),
        (&json!("True"), &json!(""))
    );
}
