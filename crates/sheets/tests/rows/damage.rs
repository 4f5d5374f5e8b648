//! What spreadsheets, code pages and cut-off files do to a table, and that no row is lost by it.

use crate::{paced, pick, seen, written};
use sheets::Options;

const PLAIN: &[&str] = &["meter", "status", "slug", "error"];
const ROW: &str = "47001582544|1008|not-commissioned|";

#[test]
fn a_bom_is_no_part_of_the_first_name() {
    assert_eq!(
        seen("\u{feff}meter,status\n47001582544,1008\n", PLAIN),
        [ROW]
    );
    assert!(
        written("\u{feff}meter,status\n", &Options::default())
            .0
            .starts_with("meter,")
    );
}

#[test]
fn semicolons_and_tabs_are_told_by_the_header() {
    assert_eq!(seen("meter;status\n47001582544;1008\n", PLAIN), [ROW]);
    assert_eq!(seen("meter\tstatus\n47001582544\t1008\n", PLAIN), [ROW]);
    assert_eq!(
        seen("\"a,b;c\";meter;status\nx;47001582544;1008\n", PLAIN),
        [ROW]
    );
}

#[test]
fn the_line_in_which_a_spreadsheet_says_its_delimiter_is_no_header() {
    assert_eq!(
        seen("sep=;\r\nmeter;status\r\n47001582544;1008\r\n", PLAIN),
        [ROW]
    );
}

#[test]
fn line_ends_of_every_system_are_read() {
    assert_eq!(seen("meter,status\r\n47001582544,1008\r\n", PLAIN), [ROW]);
    assert_eq!(seen("meter,status\r47001582544,1008\r", PLAIN), [ROW]);
    assert_eq!(seen("meter,status\n47001582544,1008", PLAIN), [ROW]);
}

#[test]
fn utf_16_is_read_with_and_without_its_bom() {
    let table = "meter,status,site\n47001582544,1008,Kasé\n";
    for bom in ["\u{feff}", ""] {
        let text = format!("{bom}{table}");
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(
                seen(bytes, &["meter", "status", "site", "slug"]),
                ["47001582544|1008|Kasé|not-commissioned"]
            );
        }
    }
}

#[test]
fn rows_of_an_older_code_page_are_read_and_counted() {
    let table = b"meter,status,site\n47001582544,1008,Kas\xe9\n47001582544,1008,Kas\xc3\xa9\n";
    let (out, summary) = written(table, &Options::default());
    assert_eq!(pick(&out, &["site", "slug"]), ["Kasé|not-commissioned"; 2]);
    assert_eq!(summary.not_utf8, 1);
}

#[test]
fn an_eaten_leading_zero_and_an_added_fraction_are_forgiven() {
    let table = "meter,status\n47001582544,1\n47001582544,01\n47001582544,1008.0\n'47001582544,8\n47001582544.0,08\n";
    assert_eq!(
        seen(table, PLAIN),
        [
            "47001582544|1|no-credit|",
            "47001582544|01|no-credit|",
            "47001582544|1008.0|not-commissioned|",
            "'47001582544|8|not-commissioned|",
            "47001582544.0|08|not-commissioned|",
        ]
    );
}

#[test]
fn a_meter_number_in_scientific_notation_is_refused_because_nobody_knows_which_meter_it_is() {
    let table = "meter;status\n4,70016E+10;1008\n";
    assert_eq!(
        seen(table, &["meter", "status", "slug", "decision", "error"]),
        [
            "4,70016E+10|1008|||a spreadsheet has turned the meter number into 4,70016E+10 and its \
             last digits are lost: format the column as text and export again"
        ]
    );
}

#[test]
fn blank_lines_are_no_rows() {
    let (out, summary) = written(
        "\n\r\nmeter,status\n\n47001582544,1008\n\r\n\n",
        &Options::default(),
    );
    assert_eq!(pick(&out, PLAIN), [ROW]);
    assert_eq!((summary.rows, summary.blank_lines), (1, 5));
}

#[test]
fn a_row_with_too_few_cells_keeps_them() {
    let table = "meter,status,site\n47001582544,1008\n";
    assert_eq!(
        seen(table, &["meter", "status", "site", "decision", "error"]),
        [
            "47001582544|1008|||the row has 2 cells and the header 3: look at its delimiters and quotes"
        ]
    );
}

#[test]
fn a_row_with_too_many_cells_keeps_them_in_the_last_column() {
    let table = "meter,status,site\n47001582544,1008,Kase,\"a,b\",\"say \"\"x\"\"\"\n";
    assert_eq!(
        seen(table, &["meter", "site", "decision", "error"]),
        ["47001582544|Kase,\"a,b\",\"say \"\"x\"\"\"||\
             the row has 5 cells and the header 3: look at its delimiters and quotes"]
    );
}

#[test]
fn quotes_are_read_and_written_by_rfc_4180() {
    let table = "meter,status,note\n\"47001582544\",\"1008\",\"a \"\"b\"\", c\nd\"\n47001582544,1008,5\" pipe\n47001582544,1008,\"x\"y\n";
    let (out, _) = written(table, &Options::default());
    assert_eq!(
        pick(&out, &["meter", "note", "slug"]),
        [
            "47001582544|a \"b\", c\nd|not-commissioned",
            "47001582544|5\" pipe|not-commissioned",
            "47001582544|xy|not-commissioned",
        ]
    );
    assert!(out.contains("\n47001582544,1008,\"a \"\"b\"\", c\nd\",1008,"));
    assert!(out.contains("\n47001582544,1008,\"5\"\" pipe\",1008,"));
}

#[test]
fn a_quote_that_is_never_closed_costs_its_own_line_only() {
    let table = "meter,status,note\n47001582544,1008,a\n47001582544,1008,\"open\n47001582544,1008,b\n47001582544,1000,c\n";
    for (block, hands) in [(1, 1), (16, 3), (4096, 2)] {
        let (out, summary) = written(table, &paced(block, hands));
        assert_eq!(
            pick(&out, &["meter", "note", "slug", "error"]),
            [
                "47001582544|a|not-commissioned|",
                "47001582544,1008,\"open|||the record that begins in line 3 has no end: look for a quote that is left open",
                "47001582544|b|not-commissioned|",
                "47001582544|c|relay-closed|",
            ]
        );
        assert_eq!((summary.rows, summary.errors), (4, 1));
    }
}

#[test]
fn a_quote_left_open_for_a_mebibyte_costs_its_own_line_only() {
    // more than a mebibyte of rows stands between the quote and the end
    let rows = 60_000;
    let mut table = String::from("meter,status,note\n47001582544,1008,\"open\n");
    table.push_str(&"47001582544,1000,fine\n".repeat(rows));
    for block in [50_000, 64 << 10, 4 << 20] {
        let (_, summary) = written(&table, &paced(block, 2));
        assert_eq!((summary.rows, summary.errors), (rows as u64 + 1, 1));
        assert_eq!(summary.fine, rows as u64);
    }
}

#[test]
fn a_line_of_three_mebibytes_is_an_error_row_with_its_beginning() {
    let long = "é".repeat(3 << 19);
    let table = format!("meter,status\n47001582544,1008\n{long}\n47001582544,1000\n");
    for block in [50_000, 64 << 10, 8 << 20] {
        let (out, summary) = written(&table, &paced(block, 2));
        assert_eq!((summary.rows, summary.errors), (3, 1));
        let kept = "é".repeat(200);
        assert_eq!(
            pick(&out, PLAIN),
            [
                ROW.to_owned(),
                format!("{kept}|||line 3 is longer than 1 MiB: its first 200 characters are kept"),
                "47001582544|1000|relay-closed|".to_owned(),
            ]
        );
    }
}

#[test]
fn a_record_may_have_a_mebibyte_and_not_one_byte_more() {
    for (length, errors) in [((1 << 20) - 17, 0), ((1 << 20) - 16, 1)] {
        let note = "x".repeat(length);
        let table = format!("meter,status,note\n47001582544,1008,{note}\n");
        let quoted = format!("meter,status,note\n47001582544,1008,\"{}\"\n", &note[2..]);
        for block in [50_001, 2 << 20] {
            assert_eq!(written(&table, &paced(block, 2)).1.errors, errors);
            assert_eq!(written(&quoted, &paced(block, 2)).1.errors, errors);
        }
    }
}

#[test]
fn a_line_that_is_too_long_is_the_same_at_the_end_of_the_input() {
    let table = format!("meter,status\n\"{}", "x".repeat(2 << 20));
    for block in [50_000, 8 << 20] {
        let (out, summary) = written(&table, &paced(block, 1));
        assert_eq!((summary.rows, summary.errors), (1, 1));
        assert!(
            out.contains("line 2 is longer than 1 MiB"),
            "{}",
            &out[..400]
        );
    }
}
