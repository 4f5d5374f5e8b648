//! The meters: what is the matter, what follows from it, and what changes it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use client::{HOUR, START, code_of, small, still};
use serde_json::{Value, json};
use sim::{Handle, PRIORITY, Running};

const METER: &str = "47005300000";
const AMI_CODES: &str = include_str!("../../catalogue/data/guide/ami-codes.csv");
const SHORT_CODES: &str = include_str!("../../catalogue/data/guide/short-codes.csv");

fn set(running: &Running, set: &Value) -> u16 {
    running.handle.patch_meter(METER, set).unwrap().now.status
}

fn on(handle: &Handle) -> u16 {
    handle
        .type_in(METER, "87")
        .unwrap()
        .unwrap()
        .parse()
        .unwrap()
}

/// Each code of the guide and what leads to it.
fn ways() -> Vec<(u16, Value)> {
    let is = |condition: &str| json!({"conditions": {condition: true}});
    vec![
        (1000, json!({})),
        (1001, is("prepaid")),
        (1003, is("over-power")),
        (1004, is("relay-test")),
        (1005, is("upper-open")),
        (1006, is("terminal-open")),
        (1007, is("remote-off")),
        (1008, is("not-commissioned")),
        (1009, is("over-current")),
        (1011, json!({"volts": 270.0})),
        (1012, json!({"volts": 165.0})),
        (1013, is("reverse")),
        (1014, is("enclosure-open")),
        (1015, is("magnet")),
        (1016, is("imbalance")),
        (1017, is("neutral")),
        (1018, is("bypass")),
        (
            1021,
            json!({"phases": 3, "conditions": {"voltage-imbalance": true}}),
        ),
        (1022, is("thermal")),
        (1023, json!({"power_factor": 0.4})),
        (1024, is("tariff-error")),
        (
            1025,
            json!({"conditions": {"thermal": true, "reconnect-pending": true}}),
        ),
    ]
}

#[tokio::test]
async fn every_code_of_the_guide_follows_from_a_state_and_its_home_is_dark() {
    let listed: Vec<u16> = AMI_CODES
        .lines()
        .skip(1)
        .map(|line| line[..4].parse().unwrap())
        .collect();
    assert_eq!(
        ways().iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        listed
    );
    for (code, way) in ways() {
        let mut scene = small();
        scene.meters[2].credit_kwh = 0.0;
        let running = still(scene).await;
        assert_eq!(set(&running, &way), code);
        let now = running.handle.meter(METER).unwrap().now;
        assert_eq!(now.closed, code == 1000);
        assert_eq!(now.power_w > 0.0, code == 1000);
        assert!(now.demand_w > 0.0);
        assert_eq!(1000 + on(&running.handle), code, "keypad 87 says the same");
    }
}

#[tokio::test]
async fn codes_the_guide_does_not_list_can_be_forced_and_move_nothing() {
    let running = still(small()).await;
    for code in [1002, 1010, 1019, 1020, 1031] {
        assert_eq!(set(&running, &json!({"forced": code})), code);
        assert!(running.handle.meter(METER).unwrap().now.closed);
    }
    assert_eq!(set(&running, &json!({"forced": null})), 1000);
}

#[tokio::test]
async fn of_two_causes_the_one_that_stands_first_wins() {
    let mut order = Vec::new();
    for (code, way) in ways() {
        let place = PRIORITY.iter().position(|cause| cause.status == code);
        order.extend(place.map(|place| (place, code, way)));
    }
    order.sort_by_key(|(place, ..)| *place);
    assert_eq!(order.len(), 20, "all but 1000 and 1025");
    for pair in order.windows(2) {
        let mut scene = small();
        scene.meters[2].credit_kwh = 0.0;
        let running = still(scene).await;
        // over- and under-voltage, or two power factors, cannot be at once
        set(&running, &pair[1].2);
        let both = set(&running, &pair[0].2);
        assert_eq!(both, pair[0].1, "{} before {}", pair[0].1, pair[1].1);
    }
}

#[tokio::test]
async fn every_keypad_code_of_the_guide_is_answered() {
    let running = still(small()).await;
    set(&running, &json!({"conditions": {"terminal-open": true}}));
    set(&running, &json!({"conditions": {"mains-off": true}}));
    let mut answered = 0;
    for line in SHORT_CODES.lines().skip(1) {
        let range = line.split(',').next().unwrap();
        let (first, last) = range.split_once('–').unwrap_or((range, range));
        for code in first.parse::<u8>().unwrap()..=last.parse().unwrap() {
            let shown = running
                .handle
                .type_in(METER, &format!("{code:02}"))
                .unwrap();
            assert!(shown.is_some(), "{code:02}");
            answered += 1;
        }
    }
    assert_eq!(answered, 24);
    let shown = |code: &str| running.handle.type_in(METER, code).unwrap();
    assert_eq!(shown("40").unwrap(), "1");
    assert_eq!(shown("41").unwrap(), "2026-08-05 09:00:00");
    assert_eq!(shown("42").unwrap(), "");
    assert_eq!(shown("53").unwrap(), "2026-08-05 09:00:00");
    assert_eq!(shown("87").unwrap(), "6");
    assert_eq!(shown("99"), None);
    assert_eq!(shown("1"), None, "codes have two digits");
}

#[tokio::test]
async fn tamper_stays_when_the_cover_is_closed_and_goes_with_a_token_only() {
    let running = still(small()).await;
    assert_eq!(
        set(&running, &json!({"conditions": {"upper-open": true}})),
        1005
    );
    assert_eq!(
        set(&running, &json!({"conditions": {"upper-open": false}})),
        1005
    );
    let opened = running.handle.meter(METER).unwrap().state.openings;
    assert_eq!((opened.count, opened.last), (1, vec![START]));
    let token = mint(&running, "clearTamperToken").await;
    assert!(
        running
            .handle
            .type_in("47001582544", &token)
            .unwrap()
            .is_none(),
        "another meter's token"
    );
    assert_eq!(
        running.handle.type_in(METER, &token).unwrap().as_deref(),
        Some("")
    );
    assert_eq!(code_of(&running, METER), 1000);
    set(&running, &json!({"conditions": {"magnet": true}}));
    assert!(
        running.handle.type_in(METER, &token).unwrap().is_none(),
        "a token works once"
    );
    let token = mint(&running, "clearTamperToken").await;
    assert!(running.handle.type_in(METER, &token).unwrap().is_some());
    assert_eq!(code_of(&running, METER), 1015, "the magnet is still there");
}

async fn mint(running: &Running, which: &str) -> String {
    let caller = client::Caller::new(running, sim::Dialect::Station).await;
    let came = caller
        .ask(
            &format!("/api/token/{which}/generate"),
            &json!({"meterId": METER}),
        )
        .await;
    came["result"]["token"].as_str().unwrap().replace(' ', "")
}

#[tokio::test]
async fn the_commissioning_code_ends_1008_and_starts_the_watch_for_tamper() {
    let running = still(small()).await;
    assert_eq!(
        set(
            &running,
            &json!({"conditions": {"not-commissioned": true, "terminal-open": true}})
        ),
        1008
    );
    assert_eq!(
        running.handle.meter(METER).unwrap().state.openings.count,
        0,
        "nothing is watched yet"
    );
    assert!(running.handle.type_in(METER, "54321").unwrap().is_none());
    assert!(running.handle.type_in(METER, "12345").unwrap().is_some());
    assert_eq!(
        code_of(&running, METER),
        1006,
        "the cover was open when the watch began"
    );
}

#[tokio::test]
async fn load_over_the_limit_trips_and_the_relay_stays_open_until_it_may_close() {
    let running = still(small().with_task_time(1_000)).await;
    set(&running, &json!({"load_w": 6000.0}));
    running.handle.advance(6_000);
    assert_eq!(code_of(&running, METER), 1000, "not at once");
    running.handle.advance(6_000);
    let tripped = running.handle.meter(METER).unwrap();
    assert_eq!(
        (tripped.now.status, tripped.state.overloads.count),
        (1003, 1)
    );
    assert_eq!(tripped.state.overloads.last, [START + 10_000]);
    let caller = client::Caller::new(&running, sim::Dialect::Concentrator).await;
    let switch_on =
        caller.company(&json!({"meterId": METER, "protocolId": 20000, "customerId": "1"}));
    let id = caller.create("Control", &switch_on).await;
    running.handle.advance(1_000);
    let task = caller.look("Control", id).await;
    assert_eq!(
        (&task["status"], &task["data"]),
        (&json!(1), &json!("Disconnected")),
        "taken, and not closed"
    );
    assert_eq!(code_of(&running, METER), 1025);
    let now = set(&running, &json!({"load_w": 700.0}));
    assert_eq!(
        now, 1000,
        "the order is carried out once nothing forbids it"
    );
}

#[tokio::test]
async fn the_register_counts_while_the_relay_is_closed_and_never_back() {
    let running = still(small()).await;
    set(&running, &json!({"load_w": 1000.0}));
    let kwh = || running.handle.meter(METER).unwrap().state.kwh;
    let before = kwh();
    running.handle.advance(2 * HOUR);
    assert!((kwh() - before - 2.0).abs() < 1e-6);
    set(&running, &json!({"conditions": {"remote-off": true}}));
    running.handle.advance(5 * HOUR);
    assert!((kwh() - before - 2.0).abs() < 1e-6);
    let dark = running.handle.meter(METER).unwrap().state.dark.unwrap();
    assert_eq!((dark.from, dark.to), (START + 2 * HOUR, None));
    set(&running, &json!({"conditions": {"remote-off": false}}));
    running.handle.advance(HOUR);
    assert!((kwh() - before - 3.0).abs() < 1e-6);
}

#[tokio::test]
async fn demand_follows_the_day() {
    let running = still(small()).await;
    let mut by_hour = Vec::new();
    for _ in 0..24 {
        by_hour.push(running.handle.meter(METER).unwrap().now.demand_w);
        running.handle.advance(HOUR);
    }
    // the scene starts at nine in the morning
    let (evening, night) = (by_hour[10], by_hour[18]);
    assert!(evening > 3.0 * night, "{by_hour:?}");
}

#[tokio::test]
async fn a_prepaid_meter_runs_out_of_credit() {
    let running = still(small()).await;
    set(
        &running,
        &json!({"load_w": 1000.0, "credit_kwh": 0.5, "conditions": {"prepaid": true}}),
    );
    running.handle.advance(HOUR / 4);
    assert_eq!(code_of(&running, METER), 1000);
    running.handle.advance(HOUR / 2);
    let view = running.handle.meter(METER).unwrap();
    assert_eq!(view.now.status, 1001);
    assert_eq!(view.state.dark.unwrap().from, START + HOUR / 2);
}

#[tokio::test]
async fn a_state_that_is_none_is_refused_and_nothing_changes() {
    let running = still(small()).await;
    let before = running.handle.meter(METER).unwrap();
    for wrong in [
        json!({"number": "47001582544"}),
        json!({"volts": "many"}),
        json!({"nonsense": 1}),
        json!({"conditions": {"haunted": true}}),
        json!({"gateway": "none"}),
        json!({"firmware": "not hexadecimal"}),
    ] {
        assert!(
            running.handle.patch_meter(METER, &wrong).is_err(),
            "{wrong}"
        );
    }
    assert_eq!(running.handle.meter(METER).unwrap(), before);
    assert!(running.handle.meter("47000000000").is_err());
}
