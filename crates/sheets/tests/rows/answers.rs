//! Saved answers of the head-ends, as an operator published them.

use crate::{paced, pick, written};
use serde_json::Value;
use sheets::{Format, Input, Options};

const V1: &str =
    include_str!("../../../../examples/answers/calin_v1_COMM_HourlyDataNew_answer.json");
const V2_DAILY: &str =
    include_str!("../../../../examples/answers/calin_v2_DailyReport_Read_answer.json");
const V2_TASK: &str =
    include_str!("../../../../examples/answers/calin_v2_GetReadingTask_answer.json");

const OWN: &[&str] = &[
    "meter",
    "status",
    "at",
    "energy_kwh",
    "relay",
    "gateway",
    "supply",
    "error",
];

fn seen(answer: &str) -> Vec<String> {
    let (out, summary) = written(answer, &paced(16, 1));
    assert_eq!(summary.input, Input::Answers);
    pick(&out, OWN)
}

#[test]
fn the_answer_of_v1_says_that_the_home_has_power() {
    assert_eq!(seen(V1), ["47001582544||2023-05-02|167.47|closed||on|"]);
}

#[test]
fn every_meter_of_a_daily_report_is_a_row() {
    let rows = seen(V2_DAILY);
    let source: Value = serde_json::from_str(V2_DAILY).unwrap();
    let data = source["result"]["data"].as_array().unwrap();
    assert_eq!(rows.len(), data.len());
    assert_eq!(
        rows[0],
        "47003104321||2024-05-15 23:59:59|0.64|closed|230401081|on|"
    );
}

#[test]
fn a_task_that_asked_for_something_else_says_nothing_of_the_supply() {
    assert_eq!(
        seen(V2_TASK),
        ["47003104321||2024-05-16 07:56:18|||230401081|unknown|"]
    );
}

#[test]
fn nothing_received_is_lost() {
    for answer in [V1, V2_DAILY, V2_TASK] {
        let source: Value = serde_json::from_str(answer).unwrap();
        let rows = source
            .pointer("/result/data")
            .or(source.get("Result"))
            .unwrap();
        let (out, _) = written(answer, &Options::default());
        let raw: Vec<Value> = pick(&out, &["raw"])
            .iter()
            .map(|raw| serde_json::from_str(raw).unwrap())
            .collect();
        assert_eq!(&Value::from(raw), rows);

        let options = Options {
            format: Format::Json,
            ..Options::default()
        };
        let (out, _) = written(answer, &options);
        let document: Value = serde_json::from_str(&out).unwrap();
        for (row, source) in document
            .as_array()
            .unwrap()
            .iter()
            .zip(rows.as_array().unwrap())
        {
            assert_eq!(&row["raw"], source);
        }
    }
}

#[test]
fn damaged_rows_stand_between_whole_ones_with_their_error() {
    let answer = "[{\"meter\": \"47001582544\", \"status\": \"1008\"}, {\"meter\": \"4.7E+10\", \"status\": \"1008\"}, 7, {\"meter\": \"470";
    let (out, summary) = written(answer, &Options::default());
    let rows = pick(&out, &["meter", "slug", "error", "raw"]);
    assert_eq!(
        rows[0],
        "47001582544|not-commissioned||{\"meter\":\"47001582544\",\"status\":\"1008\"}"
    );
    assert_eq!(
        rows[1],
        "4.7E+10||a spreadsheet has turned the meter number into 4.7E+10 and its last digits are \
         lost: format the column as text and export again|{\"meter\":\"4.7E+10\",\"status\":\"1008\"}"
    );
    assert_eq!(rows[2], "||a row is an object, not 7|7");
    assert_eq!(
        rows[3],
        "||this is not JSON or was cut off: save the answer again|{\"meter\": \"470"
    );
    assert_eq!((summary.rows, summary.visit, summary.errors), (4, 1, 3));
}

#[test]
fn a_row_of_three_mebibytes_is_an_error_row_with_its_beginning() {
    let long = "x".repeat(3 << 20);
    let answer =
        format!("[{{\"meter\":\"{long}\"}},{{\"meter\":\"47001582544\",\"status\":\"1008\"}}]");
    let (out, summary) = written(answer, &paced(50_000, 1));
    assert_eq!((summary.rows, summary.errors, summary.visit), (2, 1, 1));
    assert!(out.len() < 5000);
    assert_eq!(
        pick(&out, &["error"])[0],
        "this row is longer than 1 MiB: its first characters are kept"
    );
}

#[test]
fn our_own_json_can_be_triaged_again() {
    let options = Options {
        format: Format::Json,
        ..Options::default()
    };
    let (once, first) = written(
        "meter,status\n47001582544,1008\n47001582544,1000\n",
        &options,
    );
    let (_, second) = written(once, &options);
    assert_eq!((first.visit, first.fine), (second.visit, second.fine));
}
