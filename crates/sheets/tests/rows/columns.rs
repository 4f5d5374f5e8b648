//! Which columns are read, in which order, and what their cells say.

use crate::{pick, refusal, seen, written};
use answers::{Settings, StatusFamily};
use sheets::{Delimiter, Options};

const VERDICT: &[&str] = &["meter", "supply", "decision", "owner", "error"];

#[test]
fn the_header_may_stand_in_any_order_and_case() {
    let table = "At, STATUS ,Meter\n2026-10-01,1008,47001582544\n";
    assert_eq!(
        seen(
            table,
            &["At", " STATUS ", "Meter", "ami_code", "sub_code", "slug"]
        ),
        ["2026-10-01|1008|47001582544|1008|8|not-commissioned"]
    );
}

#[test]
fn evidence_changes_the_verdict() {
    let table = "meter,status,relay\n\
        47001582544,1008,\n47001582544,1008,closed\n47001582544,1008, Disconnected \n";
    assert_eq!(
        seen(table, VERDICT),
        [
            "47001582544|off|visit|technician|",
            "47001582544|on|visit|technician|",
            "47001582544|off|visit|technician|",
        ]
    );
}

#[test]
fn neighbours_count_only_when_both_columns_speak() {
    let table = "meter,status,neighbours_known,neighbours_alike\n\
        47001582544,1011,8,0\n47001582544,1011,8,\n47001582544,1011,8,9\n";
    assert_eq!(
        seen(table, &["decision", "owner", "error"]),
        [
            "visit|electrician|",
            "office|utility|",
            "office|utility|warning: neighbours_alike: 9 of 8 cannot be",
        ]
    );
}

#[test]
fn every_evidence_column_is_read() {
    // each cell is unreadable, so that each column has to say so
    let columns = "power_w,load_limit_w,power_factor,phases,solar,load_before_trip_w,occupied,\
        own_work_order,own_disconnect,cover_openings,overload_trips,repeat_visits,lasts_min,\
        age_min,gateway_online,can_commission,neighbours_known,neighbours_alike,energy_moving,relay";
    let names: Vec<&str> = columns.split(',').collect();
    let cells = vec!["x"; names.len()].join(",");
    let out = seen(
        format!("meter,status,{columns}\n47001582544,1000,{cells}\n"),
        &["decision", "error"],
    );
    for name in names {
        assert!(
            out[0].contains(&format!("{name}: \"x\"")),
            "{name} in {out:?}"
        );
    }
    assert!(out[0].starts_with("fine|warning: "));
}

#[test]
fn a_cell_that_cannot_be_read_is_a_warning_and_the_row_is_judged_without_it() {
    let table = "meter,status,power_w\n47001582544,1008,12 kW\n";
    assert_eq!(
        seen(table, VERDICT),
        ["47001582544|off|visit|technician|warning: power_w: \"12 kW\" is not a number"]
    );
    let (_, summary) = written(table, &Options::default());
    assert_eq!((summary.warnings, summary.errors, summary.visit), (1, 0, 1));
}

#[test]
fn numbers_that_no_meter_says_are_refused() {
    let table = "meter,status,power_w,load_limit_w,power_factor\n\
        47001582544,1000,inf,-1,1.5\n47001582544,1000,nan,1e400,0.95\n";
    assert_eq!(
        seen(table, &["error"]),
        [
            "warning: power_w: \"inf\" is not a number; warning: load_limit_w: \"-1\" is out of range; \
             warning: power_factor: \"1.5\" is out of range",
            "warning: power_w: \"nan\" is not a number; warning: load_limit_w: \"1e400\" is not a number",
        ]
    );
}

#[test]
fn a_bare_0_or_1_for_the_relay_is_an_error_that_names_it() {
    let table = "meter,status,relay\n47001582544,1008,0\n";
    assert_eq!(
        seen(table, VERDICT),
        ["47001582544|off|visit|technician|relay: \"0\" may mean open or closed: write the word"]
    );
    assert_eq!(written(table, &Options::default()).1.errors, 1);
}

#[test]
fn a_decimal_comma_is_read_where_the_cells_are_cut_at_semicolons() {
    let table = "meter;status;power_w;power_factor\n47001582544;1023;1500,5;0,62\n";
    let out = seen(table, &["power_w", "because"]);
    assert!(out[0].starts_with("1500,5|"), "{out:?}");
    assert!(out[0].contains("0.62 at 1500.5 W"), "{out:?}");
}

#[test]
fn a_missing_status_or_meter_leaves_the_verdict_empty() {
    let table = "meter,status\n47001582544,\n,1008\n47001582544,hello\n";
    assert_eq!(
        seen(table, &["ami_code", "decision", "because", "error"]),
        [
            "|||the status is missing: give one such as 1008 or 87-8",
            "|||the meter number is missing",
            "|||\"hello\" holds no status: give one such as 1008, 87-8 or \"Meter operating status = 1008\"",
        ]
    );
}

#[test]
fn a_wrong_check_digit_is_a_warning_and_a_wrong_number_an_error_and_both_are_judged() {
    let table = "meter,status\n47001582545,1008\n00000000001,1008\n4700158254,1008\nM-17,1008\n";
    assert_eq!(
        seen(table, VERDICT),
        [
            "47001582545|off|visit|technician|warning: the check digit does not fit: compare it with the meter",
            "00000000001|off|visit|technician|warning: not a Calin number (those begin with 47)",
            "4700158254|off|visit|technician|warning: a Calin number has 11 digits: compare it with the meter",
            "M-17|off|visit|technician|the meter number has digits only, not \"M-17\"",
        ]
    );
    let (_, summary) = written(table, &Options::default());
    assert_eq!(
        (summary.warnings, summary.errors, summary.judged()),
        (3, 1, 4)
    );
}

#[test]
fn numbers_that_nobody_listed_get_no_meaning() {
    let table = "meter,status\n47001582544,1002\n47001582544,1026\n47001582544,87-2\n";
    assert_eq!(
        seen(
            table,
            &["ami_code", "sub_code", "slug", "decision", "owner"]
        ),
        [
            "1002|||unlisted|ami-admin",
            "1026|||unlisted|ami-admin",
            "|2||unlisted|ami-admin"
        ]
    );
}

#[test]
fn what_we_derived_ourselves_has_no_code() {
    let table = "meter,status\n47001582544,0x2D\n47001582544,0x2E\n";
    assert_eq!(
        seen(table, &["ami_code", "sub_code", "slug", "decision"]),
        ["||wire-not-activated|visit", "||wire-cover|visit"]
    );
}

#[test]
fn the_family_is_a_setting() {
    let table = "meter,status\n47001582544,24\n";
    assert_eq!(seen(table, &["decision", "sub_code"]), ["unlisted|"]);
    let options = Options {
        settings: Settings {
            family: StatusFamily::Sub87,
            ..Settings::default()
        },
        ..Options::default()
    };
    let (out, _) = written(table, &options);
    assert_eq!(pick(&out, &["slug", "sub_code"]), ["tariff-error|24"]);
}

#[test]
fn the_words_speak_the_chosen_language() {
    let options = Options {
        lang: catalogue::Lang::Fr,
        ..Options::default()
    };
    let (out, _) = written("meter,status\n47001582544,1000\n", &options);
    assert_eq!(
        pick(&out, &["action"]),
        ["Rien à faire\u{a0}: le compteur alimente le logement."]
    );
}

#[test]
fn the_delimiter_of_the_output_is_a_choice_and_quotes_follow_it() {
    let options = Options {
        delimiter: Delimiter::Semicolon,
        ..Options::default()
    };
    let (out, _) = written("meter,status,note\n47001582544,1000,a;b\n", &options);
    let mut lines = out.lines();
    assert_eq!(
        lines.next(),
        Some(
            "meter;status;note;ami_code;sub_code;slug;supply;decision;owner;severity;action;because;error"
        )
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("47001582544;1000;\"a;b\";1000;0;relay-closed;")
    );
}

#[test]
fn a_header_without_what_is_needed_is_refused_with_what_it_has() {
    assert_eq!(
        refusal("serial,code\n1,2\n"),
        "the header needs the columns meter and status, and has \"serial\", \"code\": name them so"
    );
    assert_eq!(
        refusal("meter;code\n1;2\n"),
        "the header needs the columns meter and status, and has \"meter\", \"code\": name them so"
    );
}

#[test]
fn a_needed_column_that_stands_twice_is_refused() {
    assert_eq!(
        refusal("meter,status,Status\n47001582544,1000,1008\n"),
        "the header names status twice: remove or rename one of them"
    );
}
