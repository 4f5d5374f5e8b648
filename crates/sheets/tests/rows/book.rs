//! Workbooks.

use crate::workbooks::{book, number, row, said};
use crate::{pick, refusal, written};
use sheets::{Input, Options};

fn header() -> String {
    row(
        1,
        &[
            said("A1", "meter"),
            said("B1", "Status"),
            said("C1", "at"),
            said("D1", "power_w"),
        ],
    )
}

#[test]
fn numbers_come_without_a_fraction_and_dates_in_iso() {
    let rows = header()
        + &row(
            2,
            &[
                number("A2", "47001582544"),
                number("B2", "1008.0"),
                r#"<c r="C2" s="1"><v>45427.99998842592</v></c>"#.to_owned(),
                number("D2", "12.5"),
            ],
        )
        + &row(
            3,
            &[
                said("A3", "47001582544"),
                number("B3", "1"),
                r#"<c r="C3" s="1"><v>45428</v></c>"#.to_owned(),
                r#"<c r="D3" t="e"><v>#N/A</v></c>"#.to_owned(),
            ],
        )
        + &row(
            4,
            &[
                number("A4", "4.7001582544E10"),
                r#"<c r="B4" t="b"><v>1</v></c>"#.to_owned(),
            ],
        );
    let (out, summary) = written(book(&[&rows]), &Options::default());
    assert_eq!(
        pick(&out, &["meter", "Status", "at", "power_w", "slug", "error"]),
        [
            "47001582544|1008|2024-05-15T23:59:59|12.5|not-commissioned|",
            "47001582544|1|2024-05-16|#N/A|no-credit|warning: power_w: \"#N/A\" is not a number",
            "47001582544|true||||\"true\" holds no status: give one such as 1008, 87-8 or \"Meter operating status = 1008\"",
        ]
    );
    assert_eq!((summary.input, summary.rows), (Input::Workbook, 3));
}

#[test]
fn the_first_sheet_with_the_needed_header_is_taken() {
    let notes = row(1, &[said("A1", "Notes")]) + &row(2, &[said("A2", "meter")]);
    let rows = header() + &row(2, &[number("A2", "47001582544"), number("B2", "1000")]);
    let (out, _) = written(book(&["", &notes, &rows]), &Options::default());
    assert_eq!(pick(&out, &["meter", "slug"]), ["47001582544|relay-closed"]);
}

#[test]
fn a_book_without_such_a_sheet_is_refused_with_its_sheets() {
    assert_eq!(
        refusal(book(&["", &row(1, &[said("A1", "Notes")])])),
        "no sheet has the columns meter and status in its first row (Sheet0, Sheet1): name them so"
    );
}

#[test]
fn blank_rows_are_no_rows_and_a_cell_in_the_last_corner_costs_nothing() {
    let rows = header()
        + &row(3, &[said("A3", " ")])
        + &row(4, &[number("A4", "47001582544"), number("B4", "1000")])
        + &row(1_048_576, &[said("XFD1048576", "lost")]);
    let (out, summary) = written(book(&[&rows]), &Options::default());
    let seen = pick(&out, &["meter", "slug", "error"]);
    assert_eq!(seen[0], "47001582544|relay-closed|");
    assert_eq!(
        seen[1],
        "||the row has 16384 cells and the header 4: look at its delimiters and quotes"
    );
    assert!(out.contains(",lost\""));
    assert_eq!(summary.rows, 2);
}

#[test]
fn a_remark_beside_the_table_gets_a_column_without_a_name() {
    let rows = header()
        + &row(
            2,
            &[
                number("A2", "47001582544"),
                number("B2", "1000"),
                said("F2", "see me"),
            ],
        );
    let (out, _) = written(book(&[&rows]), &Options::default());
    assert!(out.starts_with("meter,Status,at,power_w,,,ami_code"));
    assert!(out.contains("\n47001582544,1000,,,,see me,1000,"));
}
