//! Rows written as one JSON document.

use crate::written;
use serde_json::{Value, json};
use sheets::{Format, Options, Pace};

fn document(input: &str) -> (String, Value) {
    let options = Options {
        format: Format::Json,
        pace: Pace {
            block: 16,
            hands: 3,
        },
        ..Options::default()
    };
    let (out, _) = written(input, &options);
    let value = serde_json::from_str(&out).expect("one document");
    (out, value)
}

#[test]
fn an_object_a_row_on_a_line_of_its_own() {
    let (out, value) = document("meter,status,site\n47001582544,1008,\"a\"\"b\"\n47001582545,,\n");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((lines[0], lines[3], lines.len()), ("[", "]", 4));
    let first = &value[0];
    assert_eq!(first["meter"], "47001582544");
    assert_eq!(first["status"], "1008");
    assert_eq!(first["site"], "a\"b");
    assert_eq!(first["ami_code"], 1008);
    assert_eq!(first["sub_code"], 8);
    assert_eq!(first["decision"], "visit");
    assert_eq!(
        first["because"][0],
        "The guide's row 1008: Not-active (meter not commissioned)."
    );
    assert_eq!(first["error"], Value::Null);
    assert_eq!(
        value[1],
        json!({
            "meter": "47001582545", "status": "", "site": "", "ami_code": null, "sub_code": null,
            "slug": null, "supply": null, "decision": null, "owner": null, "severity": null,
            "action": null, "because": [],
            "error": "the status is missing: give one such as 1008 or 87-8; \
                warning: the check digit does not fit: compare it with the meter",
        })
    );
}

#[test]
fn a_table_without_rows_is_an_empty_document() {
    assert_eq!(document("meter,status\n"), ("[\n]\n".to_owned(), json!([])));
}

#[test]
fn no_column_is_lost_for_want_of_a_name() {
    let (_, value) = document("meter,status,,note,note,slug\n47001582544,1000,a,b,c,d\n");
    let row = &value[0];
    assert_eq!(
        (
            &row["column_3"],
            &row["note"],
            &row["note_2"],
            &row["input_slug"]
        ),
        (&json!("a"), &json!("b"), &json!("c"), &json!("d"))
    );
    assert_eq!(row["slug"], "relay-closed");
}

#[test]
fn control_characters_and_every_language_are_kept() {
    let (_, value) = document("meter,status,note\n47001582544,1000,\"\u{1}\\ é ü\n家\"\n");
    assert_eq!(value[0]["note"], "\u{1}\\ é ü\n家");
}
