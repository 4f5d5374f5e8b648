//! A workbook's table as it is.

use crate::plain::{known, refusal, rows};
use crate::workbooks::{book, number, row, said};
use sheets::{Limits, plain};

fn header(at: u32) -> String {
    row(
        at,
        &[
            said(&format!("A{at}"), "meter"),
            said(&format!("C{at}"), "name"),
        ],
    )
}

#[test]
fn a_meter_number_in_a_number_cell_keeps_its_digits() {
    let cells = [number("A2", "47001582544"), said("C2", " Zoé ")];
    let more = [number("A4", "4.7003104321E10"), number("C4", "0.5")];
    let lost = [said("A5", "4.70031E+10")];
    let sheet = header(1) + &row(2, &cells) + &row(4, &more) + &row(5, &lost);
    let (names, found) = rows(book(&[&sheet]));
    assert_eq!(names, "meter||name");
    assert_eq!(
        found,
        ["2 47001582544||Zoé", "4 47003104321||0.5", "5 4.70031E+10"]
    );
}

#[test]
fn the_sheet_and_the_row_with_the_known_names_are_taken() {
    let cover = row(1, &[said("A1", "Our fleet")]) + &row(9, &[said("B9", "by us")]);
    let title = row(1, &[said("A1", "All meters")]);
    let fleet = title + &header(3) + &row(4, &[number("A4", "7")]);
    let (names, found) = rows(book(&[&cover, &fleet]));
    assert_eq!(names, "meter||name");
    assert_eq!(found, ["4 7"]);
    // nothing known: the first row of the first sheet
    assert_eq!(rows(book(&[&cover, ""])).0, "Our fleet");
    assert!(refusal(book(&["", ""]), Limits::default()).contains("the input is empty"));
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let sheet = header(1) + &row(2, &[number("A2", "7")]);
    let good = book(&[&sheet]);
    let limits = |unpacked| Limits {
        unpacked,
        ..Limits::default()
    };
    assert!(plain(&good[..], limits(10_000), &known).is_ok());
    assert!(refusal(&good, limits(500)).contains("save the one sheet as CSV"));
    // one entry claims 4 GiB
    let mut bad = good;
    let entry = bad
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    bad[entry + 24..entry + 28].fill(0xff);
    assert!(refusal(&bad, Limits::default()).contains("more than 1024 MiB when it is unpacked"));
}

#[test]
fn cells_that_grow_when_they_are_read_stay_within_the_limit() {
    // a stray cell in the last column of many rows takes room in each
    let sheet: String = (2..2_000)
        .map(|at| row(at, &[number(&format!("XFD{at}"), "7")]))
        .collect();
    let limits = Limits {
        unpacked: 2 << 20,
        ..Limits::default()
    };
    let book_ = book(&[&(header(1) + &sheet)]);
    assert!(refusal(book_, limits).contains("the workbook holds more than 2 MiB"));
    let beyond = header(1) + &row(2, &[number("ZZZZ2", "7")]);
    assert!(refusal(book(&[&beyond]), Limits::default()).contains("cannot be read"));
}
