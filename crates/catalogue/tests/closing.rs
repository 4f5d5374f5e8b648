//! Whether the relay may be closed while the meter says this, as the design rules it.

use catalogue::{Lang, May, ami_rows, closing, wire_rows};
use fleet::AmiCode;

/// The codes whose row says this, in the guide's order.
fn codes(may: May) -> Vec<u16> {
    let says = |code: &AmiCode| closing(*code).is_some_and(|row| row.may == may);
    let listed = ami_rows().iter().map(|row| row.ami);
    listed.filter(says).map(|code| code.0).collect()
}

#[test]
fn every_listed_code_has_its_row_and_no_other_number_has_one() {
    for number in 0..=u16::MAX {
        let row = closing(AmiCode(number));
        let listed = catalogue::ami(AmiCode(number)).is_some();
        assert_eq!(row.is_some(), listed, "{number}");
        assert!(row.is_none_or(|row| row.ami.0 == number));
    }
}

#[test]
fn the_nos_and_the_conditions_are_the_ruled_ones() {
    assert_eq!(codes(May::No), [1008, 1013, 1016, 1017, 1022, 1025]);
    assert_eq!(codes(May::Finding), [1005, 1006, 1014, 1015]);
    assert_eq!(codes(May::Order), [1007]);
    assert_eq!(codes(May::Release), [1018]);
    assert_eq!(codes(May::Voltage), [1011, 1012, 1021]);
    assert_eq!(codes(May::Yes), [1000, 1001, 1003, 1004, 1009, 1023, 1024]);
}

#[test]
fn the_one_exception_is_commissioning_what_is_not_in_service() {
    let exceptions: Vec<_> = ami_rows()
        .iter()
        .filter_map(|row| closing(row.ami))
        .filter(|row| !row.only.is_empty())
        .map(|row| (row.ami.0, row.only))
        .collect();
    assert_eq!(exceptions, [(1008, &["commission"][..])]);
}

#[test]
fn every_why_is_one_sentence_in_both_languages() {
    for row in ami_rows().iter().filter_map(|row| closing(row.ami)) {
        for lang in [Lang::En, Lang::Fr] {
            let why = row.why.get(lang);
            let one = why.ends_with('.') && why.matches(['.', '!', '?']).count() == 1;
            assert!(one, "{}: {why}", row.ami);
        }
        assert_ne!(row.why.get(Lang::En), row.why.get(Lang::Fr), "{}", row.ami);
    }
}

/// A wire status that stands for several codes is answered with the first of them.
#[test]
fn the_codes_of_one_wire_status_are_closed_alike() {
    for wire in wire_rows() {
        let mays: Vec<_> = wire
            .ami
            .iter()
            .filter_map(|code| closing(*code))
            .map(|row| row.may)
            .collect();
        assert!(
            mays.windows(2).all(|pair| pair[0] == pair[1]),
            "{}",
            wire.wire
        );
    }
}
