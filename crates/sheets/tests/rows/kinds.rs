//! What comes in is told by its content.

use crate::{refusal, seen};

#[test]
fn nothing_is_said_to_be_nothing() {
    for nothing in ["", "\n", " \r\n\t\n", "\u{feff}"] {
        assert_eq!(
            refusal(nothing),
            "the input is empty: give a table with the columns meter and status"
        );
    }
}

#[test]
fn packed_and_old_files_are_named() {
    assert_eq!(
        refusal(b"\x1f\x8b\x08\x00\x00\x00"),
        "the input is compressed with gzip: unpack it first, for example with `gzip -dc`"
    );
    assert_eq!(
        refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "this is an old Excel workbook (.xls) or one with a password: save it as .xlsx without one, or as CSV"
    );
}

#[test]
fn bytes_that_are_no_text_are_no_table() {
    assert_eq!(
        refusal(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
        "this is not a table: give CSV, XLSX or a head-end's saved answer"
    );
}

#[test]
fn a_zip_that_is_no_workbook_is_refused() {
    assert_eq!(
        refusal(b"PK\x03\x04 and then nothing of the kind"),
        "the workbook cannot be read: save it again as .xlsx or as CSV"
    );
}

#[test]
fn json_is_told_by_its_first_character_also_in_utf_16() {
    let answer = " {\"result\": [{\"meterId\": \"47001582544\", \"operatingStatus\": 1008}]}";
    let columns = ["meter", "status", "slug"];
    assert_eq!(
        seen(answer, &columns),
        ["47001582544|1008|not-commissioned"]
    );
    let wide: Vec<u8> = answer.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(seen(wide, &columns), ["47001582544|1008|not-commissioned"]);
}
