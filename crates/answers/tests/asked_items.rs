//! A task's answer is read as what was asked for, whatever the head-end calls it.

use answers::{Asked, Settings, StatusFamily, read_row, read_task};
use fleet::{AmiCode, Watts};
use triage::Said;

fn row(name: &str, data: &str) -> String {
    format!(r#"{{"id":7,"meterId":"47003104321","name":"{name}","data":{data},"status":1}}"#)
}

#[test]
fn an_item_with_an_unknown_name_is_read_as_what_was_asked() {
    let settings = Settings {
        family: StatusFamily::Ami,
        ..Settings::default()
    };
    let raw = row("Item 43  ", "1008");
    assert_eq!(read_row(raw.as_bytes(), &settings).status, None);
    let known = read_task(raw.as_bytes(), Asked::OperatingStatus, &settings);
    assert_eq!(known.said, Ok(Said::Ami(AmiCode(1008))));
    assert_eq!(known.value.as_deref(), Some("1008"));
}

#[test]
fn an_item_without_any_name_is_read_as_what_was_asked() {
    let raw = r#"{"TaskNo":"a","MeterNo":"47001582544","Status":"True","Data":"5000 W"}"#;
    let known = read_task(raw.as_bytes(), Asked::LoadLimit, &Settings::default());
    assert_eq!(known.evidence.load_limit, Some(Watts(5000.0)));
}

#[test]
fn a_failed_task_gives_no_value_to_judge() {
    let raw = r#"{"id":7,"meterId":"47003104321","name":"x","data":"OK","status":2}"#;
    let known = read_task(raw.as_bytes(), Asked::Relay, &Settings::default());
    assert!(known.problem.is_some());
    assert_eq!(known.evidence.relay, None);
}
