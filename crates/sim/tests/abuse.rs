//! Whatever is sent, the heads answer and the world goes on.

mod client;

use client::{Caller, send, small, still};
use serde_json::{Value, json};
use sim::Dialect;

/// Paths of all dialects; each is asked at each head.
const PATHS: &[&str] = &[
    "/api/user/login",
    "/api/user/info",
    "/api/remotemetertask/createreadingtask",
    "/api/remotemetertask/createsettingtask",
    "/api/remotemetertask/createcontroltask",
    "/api/remotemetertask/createtokentask",
    "/api/remotemetertask/getreadingtask",
    "/api/remotemetertask/gettokentask",
    "/api/remotemetertask/updatecontroltask",
    "/api/remotemetertask/nonsense",
    "/api/token/credittoken/generate",
    "/api/token/setmaximumpowerlimittoken/generate",
    "/api/token/cleartampertoken/generate",
    "/api/token/nonsense",
    "/api/meter/read",
    "/api/gateway/read",
    "/api/account/read",
    "/api/dailydatameter/read",
    "/api/eventnotification/read",
    "/api/concentratoronlinestatus/read",
    "/api/dailyreport/read",
    "/api/comm_remotereading",
    "/api/comm_remotewrite",
    "/api/comm_remotetoken",
    "/api/comm_remotetokentask",
    "/api/comm_hourlydatanew",
    "/api/comm_monthlydata",
    "/api/comm_customermeterlist",
    "/api/pos_purchase",
    "/api/maintenance_setmaxpower",
    "/api",
    "/",
    "//%ff/..",
];

/// One field with anything in it, beside what gets a caller past the door.
fn bodies(caller: &Caller) -> Vec<Value> {
    let strange = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("47005300000"),
        json!("99999999999999999999999999"),
        json!("ääää"),
        json!("2026-08-05 00:00:00"),
        json!([]),
        json!([[[]]]),
        json!(["9999-12-31", "-009999-01-01"]),
        json!([{"MeterNo": "47001582544", "Year": 40000, "Month": 13, "Day": 0}]),
        json!({}),
    ];
    let fields = [
        "meterId",
        "MeterNo",
        "meter_number",
        "id",
        "flag",
        "protocolId",
        "data",
        "Data",
        "Token",
        "TaskNo",
        "DataItem",
        "amount",
        "maximumPower",
        "max_power",
        "pageNumber",
        "pageSize",
        "orderBy",
        "createDateRange",
        "currentDateRange",
        "updateDateRange",
        "QueryList",
        "StartIndex",
        "Count",
        "status",
    ];
    let base = json!({
        "lang": "en", "company": caller.head.company, "CompanyName": caller.head.company,
        "UserName": caller.head.user, "Password": caller.head.password.0,
        "company_name": caller.head.company, "user_name": caller.head.user,
        "password": caller.head.password.0, "password_vend": caller.head.password.0,
        "meterId": "47005300000", "MeterNo": "47005300000", "meter_number": "47005300000",
        "DataItem": "Voltage", "flag": "E421", "protocolId": 39,
    });
    let mut all = vec![json!(null), json!(3), json!([]), json!([3]), json!({})];
    for field in fields {
        for value in &strange {
            let mut body = base.clone();
            body[field] = value.clone();
            all.push(body);
        }
    }
    all
}

#[tokio::test]
async fn whatever_is_sent_is_answered_and_the_world_goes_on() {
    let running = still(small()).await;
    for dialect in Dialect::ALL {
        let caller = Caller::new(&running, dialect).await;
        for (at, body) in bodies(&caller).into_iter().enumerate() {
            for (place, path) in PATHS.iter().enumerate() {
                // each body at a third of the paths, shared out over the three heads
                if (at + place) % 9 != Dialect::ALL.iter().position(|d| *d == dialect).unwrap() {
                    continue;
                }
                let rows = path.contains("task") && place % 2 == 0;
                let body = if rows { json!([body]) } else { body.clone() };
                let came = caller.post(path, &body).await;
                assert!(came.is_ok(), "{path} {body}");
            }
        }
        let broken = "POST / HTTP/1.1";
        let headers = format!("Authorization: Bearer {}\r\n", caller.jwt);
        let came = send(
            &caller.head.url,
            "POST",
            "/api/meter/read",
            &headers,
            broken,
        )
        .await;
        assert!(came.is_ok());
    }
    for path in [
        "/api/DailyDataMeter/readHourly?FROM=9999-12-31&TO=-009999-01-01&offset=-1&pageLimit=0",
        "/api/DailyDataMeter/readHourly?FROM=%&TO=%zz&meterId=%00",
    ] {
        let caller = Caller::new(&running, Dialect::Station).await;
        let headers = format!("Authorization: Bearer {}\r\n", caller.jwt);
        let came = send(&caller.head.url, "GET", path, &headers, "").await;
        assert_eq!(came.unwrap().status, 200);
    }
    running.handle.advance(i64::MAX);
    assert_eq!(running.handle.numbers().len(), 3);
    assert!(running.handle.meter("47005300000").is_ok());
}
