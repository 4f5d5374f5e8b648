//! Saved answers of the three dialects: the real ones, what the facts say of the others, damage.

use answers::{MAX_ROW, Piece, Row, RowScanner, Settings, StatusFamily, read, read_row};
use fleet::{AmiCode, Watts};
use proptest::prelude::*;
use triage::{Relay, Said};

const V1_HOURLY: &str = include_str!("answers/calin_v1_COMM_HourlyDataNew_answer.json");
const V2_DAILY: &str = include_str!("answers/calin_v2_DailyReport_Read_answer.json");
const V2_TASK: &str = include_str!("answers/calin_v2_GetReadingTask_answer.json");

fn pieces(text: &[u8], step: usize) -> Vec<(char, Vec<u8>)> {
    let mut out = Vec::new();
    let mut sink = |piece: Piece<'_>| {
        out.push(match piece {
            Piece::Row(bytes) => ('r', bytes.to_vec()),
            Piece::TooLong(bytes) => ('l', bytes.to_vec()),
            Piece::Broken(bytes) => ('b', bytes.to_vec()),
        });
    };
    let mut scanner = RowScanner::new();
    text.chunks(step.max(1))
        .for_each(|chunk| scanner.push(chunk, &mut sink));
    scanner.finish(&mut sink);
    out
}

fn rows(text: &str) -> Vec<Row> {
    pieces(text.as_bytes(), 7)
        .into_iter()
        .map(|(kind, bytes)| {
            assert_eq!(kind, 'r', "{}", String::from_utf8_lossy(&bytes));
            read_row(&bytes, &Settings::default())
        })
        .collect()
}

fn only(text: &str) -> Row {
    let mut rows = rows(text);
    assert_eq!(rows.len(), 1, "{text}");
    rows.remove(0)
}

#[test]
fn the_real_hourly_answer_says_meter_day_energy_and_a_closed_relay() {
    let row = only(V1_HOURLY);
    assert_eq!(row.meter.as_deref(), Some("47001582544"));
    assert_eq!(row.at.as_deref(), Some("2023-05-02"));
    assert_eq!(row.energy_kwh.as_deref(), Some("167.47"));
    assert_eq!(
        (row.said, row.evidence.relay),
        (Ok(Said::Nothing), Some(Relay::Closed))
    );
}

#[test]
fn the_real_daily_report_with_eight_times_true_is_a_meter_in_order() {
    let row = only(V2_DAILY);
    assert_eq!(row.meter.as_deref(), Some("47003104321"));
    assert_eq!(row.gateway.as_deref(), Some("230401081"));
    assert_eq!(row.evidence.relay, Some(Relay::Closed));
    assert_eq!(row.evidence.bits, Some(triage::Bits::default()));
}

#[test]
fn the_polarity_of_the_daily_report_is_a_setting() {
    let settings = Settings {
        status_true_is_normal: false,
        ..Settings::default()
    };
    let (_, bytes) = pieces(V2_DAILY.as_bytes(), 64).remove(0);
    let row = read_row(&bytes, &settings);
    assert_eq!(row.evidence.relay, Some(Relay::Open));
    assert!(
        row.evidence
            .bits
            .is_some_and(|bits| bits.magnetic && bits.upper_cover)
    );
}

#[test]
fn the_real_task_row_is_a_credit_balance_and_no_status() {
    let row = only(V2_TASK);
    assert_eq!(row.item.as_deref(), Some("Current Credit Balance"));
    assert_eq!(
        (row.status, row.said, row.problem),
        (None, Ok(Said::Nothing), None)
    );
    assert!(read(V2_TASK)[0].readings.is_err());
}

#[test]
fn a_status_item_of_each_dialect_is_read() {
    for text in [
        r#"{"ResultCode":"00","Reason":"OK","Result":{"TaskNo":"abb","MeterNo":"47001582544","Status":"True","DataItem":"Special status identifier","Data":"1008"}}"#,
        r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"id":1,"meterId":"47001582544","name":"Meter operating status ","data":1008,"status":1}]}}"#,
        r#"[{"meterId":"47001582544","name":"Meter operating status","data":"1008","status":1}]"#,
        r#"{"meter":"47001582544","status":"1008"}"#,
        r#"{"meterId":"47001582544","Meter operating status":1008}"#,
    ] {
        let row = only(text);
        assert_eq!(row.said, Ok(Said::Ami(AmiCode(1008))), "{text}");
        assert_eq!(row.meter.as_deref(), Some("47001582544"), "{text}");
        assert_eq!(
            read(text)[0].meter.as_deref(),
            Some("47001582544"),
            "{text}"
        );
    }
}

#[test]
fn a_tasks_state_is_never_taken_for_a_status() {
    let row = only(
        r#"{"result":{"data":[{"id":7,"meterId":"47001582544","name":"Power","data":"8","status":1}]}}"#,
    );
    assert_eq!((row.status, row.said), (None, Ok(Said::Nothing)));
    assert_eq!(row.evidence.power, Some(Watts(8.0)));
}

#[test]
fn a_number_of_two_families_is_kept_until_the_family_is_confirmed() {
    let text =
        br#"{"meterId":"47001582544","name":"Meter operating status","data":"24","status":1}"#;
    assert_eq!(
        read_row(text, &Settings::default()).said,
        Ok(Said::TwoFamilies(24))
    );
    let confirmed = Settings {
        family: StatusFamily::Sub87,
        ..Settings::default()
    };
    assert_eq!(
        read_row(text, &confirmed).said,
        Ok(Said::Reason(fleet::Reason87(24)))
    );
}

#[test]
fn relay_text_and_credit_tails_say_the_relay() {
    for (name, data, relay) in [
        ("Relay On/Off", "\"Connected\"", Some(Relay::Closed)),
        ("Relay On/Off", "\"Disconnected\"", Some(Relay::Open)),
        ("Credit balance", "\"000005.00,01,00\"", Some(Relay::Closed)),
        ("Credit balance", "\"000005.00,01,01\"", Some(Relay::Open)),
        ("Current Credit Balance", "108.8", None),
        ("Relay Status", "\"OK\"", None),
    ] {
        let text =
            format!(r#"{{"meterId":"47001582544","name":"{name}","data":{data},"status":1}}"#);
        assert_eq!(only(&text).evidence.relay, relay, "{name} {data}");
    }
}

#[test]
fn a_task_that_failed_or_is_not_done_says_so_and_nothing_else() {
    for (state, word) in [
        ("0", "not done"),
        ("2", "failed"),
        ("3", "disagree"),
        ("9", "nobody listed"),
    ] {
        let text = format!(
            r#"{{"id":7,"meterId":"47001582544","name":"Relay Status","data":"OK","status":{state}}}"#
        );
        let row = only(&text);
        assert!(
            row.problem.as_deref().is_some_and(|p| p.contains(word)),
            "{:?}",
            row.problem
        );
        assert_eq!(row.evidence.relay, None);
    }
}

#[test]
fn a_refusal_is_a_row_that_says_why() {
    for (text, word) in [
        (
            r#"{"code":99,"reason":"Query failed, please try again","result":null}"#,
            "code 99: Query failed",
        ),
        (
            r#"{"ResultCode":"99","Reason":"other error"}"#,
            "code 99: other error",
        ),
        (
            r#"{"code":0,"reason":"success","result":{"total":0,"data":[]}}"#,
            "no rows",
        ),
        (
            r#"{"type":"x","title":"One or more validation errors occurred.","status":400,"errors":{"Lang":["The Lang field is required."]}}"#,
            "validation",
        ),
    ] {
        let row = only(text);
        assert!(
            row.problem.as_deref().is_some_and(|p| p.contains(word)),
            "{text}: {:?}",
            row.problem
        );
    }
}

#[test]
fn answers_one_after_another_are_read_in_order() {
    let text = format!("{V1_HOURLY}\n{V2_DAILY}\n{V2_TASK}");
    let meters: Vec<_> = rows(&text)
        .into_iter()
        .filter_map(|row| row.meter)
        .collect();
    assert_eq!(meters, ["47001582544", "47003104321", "47003104321"]);
}

#[test]
fn what_is_cut_off_comes_out_as_broken_after_the_whole_rows() {
    let text = r#"{"result":{"data":[{"meterId":"1","relay":"on"},{"meterId":"2","re"#;
    let kinds: Vec<char> = pieces(text.as_bytes(), 5)
        .iter()
        .map(|(kind, _)| *kind)
        .collect();
    assert_eq!(kinds, ['r', 'b']);
}

#[test]
fn a_row_over_the_limit_is_said_and_the_next_one_is_read() {
    let text = format!(
        r#"[{{"meterId":"1","x":"{}"}},{{"meterId":"2"}}]"#,
        "y".repeat(MAX_ROW)
    );
    let kinds: Vec<char> = pieces(text.as_bytes(), 4096)
        .iter()
        .map(|(kind, _)| *kind)
        .collect();
    assert_eq!(kinds, ['l', 'r']);
}

#[test]
fn a_bare_value_in_an_array_of_rows_is_not_lost() {
    let kinds: Vec<_> = pieces(br#"[1008, {"meter":"1"}, "x"]"#, 3);
    assert_eq!(kinds.len(), 3);
}

/// Work grows with the answer, not with its square: half a million rows on lines of their own.
#[test]
fn a_large_answer_is_read_row_by_row() {
    let text = format!("[{}{{}}]", "{},\n ".repeat(500_000));
    assert_eq!(pieces(text.as_bytes(), 1 << 16).len(), 500_001);
}

proptest! {
    #[test]
    fn any_bytes_end_and_boundaries_do_not_matter(bytes in proptest::collection::vec(any::<u8>(), 0..300), step in 1usize..40) {
        prop_assert_eq!(pieces(&bytes, step), pieces(&bytes, bytes.len().max(1)));
    }

    #[test]
    fn any_brackets_end_and_any_row_is_read(text in r#"[{}\[\],:" a-z0-9\\]{0,200}"#, step in 1usize..9) {
        for (_, bytes) in pieces(text.as_bytes(), step) {
            read_row(&bytes, &Settings::default());
        }
        read(&text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".*") {
        prop_assert!(!read(&text).is_empty());
    }

    #[test]
    fn a_label_in_any_noise_is_found(before in "[a-z ,.]{0,30}", after in "[ ,.][a-z ]{0,30}", n in 1000u16..1100) {
        let text = format!("{before} Meter operating status = {n}{after}");
        let items = read(&text);
        prop_assert_eq!(items.len(), 1);
        prop_assert_eq!(items[0].readings.as_ref().map(|r| r[0].number), Ok(answers::Number::Ami(AmiCode(n))));
    }
}
