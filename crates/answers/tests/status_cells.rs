//! The status column of a table, with the damage that spreadsheets do.

use answers::{StatusFamily, Unread, read_status};
use fleet::{AmiCode, Reason87, WireStatus};
use triage::Said;

fn cell(text: &str) -> Result<Said, Unread> {
    read_status(text, StatusFamily::Unconfirmed)
}

#[test]
fn a_cell_is_read_in_every_form() {
    for (text, said) in [
        ("1008", Said::Ami(AmiCode(1008))),
        (" 1008 ", Said::Ami(AmiCode(1008))),
        ("1008.0", Said::Ami(AmiCode(1008))),
        ("'1008", Said::Ami(AmiCode(1008))),
        ("1002", Said::Ami(AmiCode(1002))),
        ("500", Said::Ami(AmiCode(500))),
        ("65535", Said::Ami(AmiCode(65535))),
        ("87-8", Said::Reason(Reason87(8))),
        ("8", Said::Reason(Reason87(8))),
        ("08", Said::Reason(Reason87(8))),
        ("0", Said::Reason(Reason87(0))),
        ("2", Said::Reason(Reason87(2))),
        ("0x2D", Said::Wire(WireStatus(0x2D))),
        ("bypass", Said::Ami(AmiCode(1018))),
        ("Meter operating status = 1018", Said::Ami(AmiCode(1018))),
        ("24", Said::TwoFamilies(24)),
    ] {
        assert_eq!(cell(text), Ok(said), "{text}");
    }
}

#[test]
fn a_spreadsheet_that_ate_the_zero_changes_nothing() {
    for (eaten, whole) in [("1", "01"), ("8", "08"), ("0", "00")] {
        assert_eq!(cell(eaten), cell(whole));
    }
}

#[test]
fn a_confirmed_family_settles_what_two_families_list() {
    assert_eq!(
        read_status("24", StatusFamily::Sub87),
        Ok(Said::Reason(Reason87(24)))
    );
    assert_eq!(
        read_status("24", StatusFamily::Wire),
        Ok(Said::Wire(WireStatus(0x24)))
    );
    assert_eq!(
        read_status("2D", StatusFamily::Wire),
        Ok(Said::Wire(WireStatus(0x2D)))
    );
    assert_eq!(
        read_status("8", StatusFamily::Ami),
        Ok(Said::Ami(AmiCode(8)))
    );
}

#[test]
fn what_is_no_status_is_refused() {
    assert_eq!(cell("  "), Err(Unread::Empty));
    for text in [
        "ok",
        "65536",
        "1008 W",
        "keypad 31",
        "-8",
        "gave 1008 today",
    ] {
        assert!(cell(text).is_err(), "{text}");
    }
}
