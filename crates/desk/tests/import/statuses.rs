use crate::workbooks::{book, number, row, said as cell};
use answers::{Settings, StatusFamily};
use desk::import::{StatusLine, statuses};
use fleet::{AmiCode, Moment, Reason87, Watts};
use proptest::prelude::*;
use triage::{Phases, Relay, Said};

fn lines(input: impl AsRef<[u8]>) -> Vec<StatusLine> {
    statuses(input.as_ref(), &Settings::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_table_becomes_one_raw_text_for_each_row() {
    let lines = lines(
        "Meter No,Operating status,Read at,Village,remark\n\
         47001582544,1008,2026-04-28 13:45,A,by telephone\n\n47003104321,87-3,,B,\n",
    );
    assert_eq!(
        lines[0].raw,
        "{\"meter\":\"47001582544\",\"status\":\"1008\",\"at\":\"2026-04-28 13:45\",\"site\":\"A\",\
         \"remark\":\"by telephone\"}"
    );
    assert_eq!(lines[0].read.said, Ok(Said::Ami(AmiCode(1008))));
    assert_eq!(lines[0].read.site.as_deref(), Some("A"));
    assert_eq!(lines[1].read.said, Ok(Said::Reason(Reason87(3))));
    assert_eq!((lines[1].row, lines[1].problem.as_deref()), (4, None));
    assert_eq!(
        lines[1].raw,
        "{\"meter\":\"47003104321\",\"status\":\"87-3\",\"site\":\"B\"}"
    );
}

#[test]
fn evidence_is_read_as_people_write_it_and_kept_as_it_came() {
    let lines = lines(
        "meter;status;power_w;load_limit_w;relay;phases;solar;energy_kwh\n\
         47001582544;1003;12,5;500;Ferm\u{e9};three;oui;1,25\n",
    );
    let evidence = &lines[0].read.evidence;
    assert_eq!(evidence.power, Some(Watts(12.5)));
    assert_eq!(evidence.load_limit, Some(Watts(500.0)));
    assert_eq!(evidence.relay, Some(Relay::Closed));
    assert_eq!(evidence.phases, Some(Phases::Three));
    assert_eq!(evidence.solar, Some(true));
    assert_eq!(lines[0].read.energy_kwh.as_deref(), Some("1.25"));
    for kept in [
        "\"power_w as it came\":\"12,5\"",
        "\"relay as it came\":\"Ferm\u{e9}\"",
    ] {
        assert!(lines[0].raw.contains(kept), "{}", lines[0].raw);
    }
    // a bare 0 may mean open or closed, and is not read
    let bare = lines_of_relay("0");
    assert_eq!(bare.read.evidence.relay, None);
    assert!(bare.raw.contains("\"relay\":\"0\""));
}

fn lines_of_relay(relay: &str) -> StatusLine {
    lines(format!("meter,status,relay\n47001582544,1000,{relay}\n")).remove(0)
}

#[test]
fn a_row_that_says_nothing_is_kept_with_its_reason() {
    let lines = lines(
        "meter,status\n4.7E+10,1008\n,1008\n47001582544,soon\n47001582544,\n47001582544,1008,x\n\"47,1\n",
    );
    let why: Vec<&str> = lines
        .iter()
        .map(|line| line.problem.as_deref().unwrap())
        .collect();
    assert!(
        why[0].starts_with("a spreadsheet has turned the meter number into 4.7E+10"),
        "{why:?}"
    );
    assert_eq!(why[1], "the meter number is missing");
    assert!(why[2].contains("\"soon\" holds no status"));
    assert_eq!(
        why[3],
        "this row says nothing of the meter: it needs a status"
    );
    assert!(why[4].starts_with("the row has 3 cells and the header 2"));
    assert!(why[5].contains("left open"));
    assert_eq!(
        lines[4].raw,
        "{\"cells\":[\"47001582544\",\"1008\",\"x\"],\"damage\":\"the row has 3 cells and the header 2: look at its delimiters and quotes\"}"
    );
    let kept = lines[5].answer(Moment(7));
    assert_eq!(
        (kept.source.as_str(), kept.at, kept.meter),
        ("file", Moment(7), None)
    );
    assert!(kept.body.contains("47,1"));
    assert!(asking::Item::from_word(&kept.asked).is_none());
}

#[test]
fn a_table_without_meter_or_status_is_refused() {
    let error = |text: &str| {
        let error = statuses(text.as_bytes(), &Settings::default()).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        error("meter,site\n1,2\n"),
        "the header needs the columns meter and status, and has \"meter\", \"site\": name them so"
    );
    assert!(error("").contains("the input is empty"));
}

#[test]
fn the_saved_answers_of_all_dialects_are_cut_into_their_rows() {
    let station = r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"id":5,"meterId":"47003104321","name":"Meter operating status","data":"1008","status":1,"createDate":"2026-04-28 07:56:18"}]}}"#;
    let v1 = r#"{"ResultCode":"00","Reason":"OK","Result":{"TaskNo":"abbb70e6","MeterNo":"47001582544","Status":"True","DataItem":"Special status identifier","Data":"8"}}"#;
    let daily = r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"currentDate":"2024-05-15 23:59:59","meterId":"47003104321","totalT1":0.64,"status_Relay":true}]}}"#;
    let refused = r#"{"code":99,"reason":"Query failed, please try again","result":null}"#;
    let lines = lines([station, v1, daily, refused, "{\"data\":[{\"x\":"].join("\n"));
    assert_eq!(lines[0].read.said, Ok(Said::Ami(AmiCode(1008))));
    assert_eq!(
        lines[0].raw,
        station[station.find("{\"id\"").unwrap()..].trim_end_matches("]}}")
    );
    assert_eq!(lines[1].read.said, Ok(Said::Reason(Reason87(8))));
    assert_eq!(lines[2].read.evidence.relay, Some(Relay::Closed));
    assert_eq!(lines[2].problem, None);
    assert!(
        lines[3]
            .problem
            .as_ref()
            .unwrap()
            .contains("refused with code 99")
    );
    assert!(lines[4].problem.as_ref().unwrap().contains("cut off"));
    let rows: Vec<u64> = lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, [1, 2, 3, 4, 5]);
}

#[test]
fn the_captured_answers_are_read() {
    let captured = [
        include_str!("../../../answers/tests/answers/calin_v1_COMM_HourlyDataNew_answer.json"),
        include_str!("../../../answers/tests/answers/calin_v2_DailyReport_Read_answer.json"),
        include_str!("../../../answers/tests/answers/calin_v2_GetReadingTask_answer.json"),
    ];
    for answer in captured {
        let lines = lines(answer);
        assert!(
            lines
                .iter()
                .all(|line| line.problem.is_none() && line.read.meter.is_some())
        );
        assert!(!lines.is_empty());
    }
}

#[test]
fn a_workbook_of_statuses_is_a_table_like_any_other() {
    let head = row(
        1,
        &[
            cell("A1", "meter"),
            cell("B1", "status"),
            cell("C1", "power_w"),
        ],
    );
    let one = row(
        2,
        &[
            number("A2", "47001582544"),
            number("B2", "1008.0"),
            number("C2", "12.5"),
        ],
    );
    let line = lines(book(&[&(head + &one)])).remove(0);
    assert_eq!(line.read.said, Ok(Said::Ami(AmiCode(1008))));
    assert_eq!(line.read.evidence.power, Some(Watts(12.5)));
    assert_eq!(line.read.meter.as_deref(), Some("47001582544"));
}

#[test]
fn what_a_deployment_names_differently_is_read_so() {
    let settings = Settings {
        family: StatusFamily::Sub87,
        ..Settings::default()
    };
    let lines = statuses(&b"meter,status\n47001582544,24\n"[..], &settings).unwrap();
    assert_eq!(lines[0].read.said, Ok(Said::Reason(Reason87(24))));
}

#[test]
fn times_are_local_unless_they_say_their_offset() {
    let at = |text: &str, zone: &str| {
        let table = format!("meter,status,at\n47001582544,1008,{text}\n");
        lines(table).remove(0).moment(zone)
    };
    let utc = Moment(1_777_383_900_000);
    assert_eq!(at("2026-04-28T13:45:00Z", "Africa/Kampala"), Some(utc));
    assert_eq!(at("2026-04-28 16:45:00+03:00", "UTC"), Some(utc));
    assert_eq!(at("2026-04-28 13:45", "UTC"), Some(utc));
    assert_eq!(at("2026-04-28T13:45:00", "UTC"), Some(utc));
    assert_eq!(at("2026-04-28", "UTC"), Some(Moment(1_777_334_400_000)));
    assert_eq!(at("28/04/2026", "UTC"), None);
    assert_eq!(at("", "UTC"), None);
    assert_eq!(at("2026-04-28 13:45", "No/Where"), None);
}

#[test]
fn two_columns_of_one_meaning_lose_nothing() {
    let line = lines("meter,status,Status code,note,note\n47001582544,1008,1009,a,b\n").remove(0);
    assert_eq!(
        line.raw,
        "{\"meter\":\"47001582544\",\"status\":\"1008\",\"Status code\":\"1009\",\"note\":\"a\",\"note 2\":\"b\"}"
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_every_raw_text_is_json_or_damaged(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        for start in [&b""[..], b"meter,status,relay\n", b"{\"data\":[{", b"meter;status;power_w\n1;2;"] {
            let input = [start, &bytes].concat();
            let Ok(lines) = statuses(&input[..], &Settings::default()) else { continue };
            for line in lines {
                let json = serde_json::from_str::<serde_json::Value>(&line.raw).is_ok();
                prop_assert!(json || line.problem.is_some(), "{:?}", line);
            }
        }
    }
}
