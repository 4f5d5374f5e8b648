//! No number from outside is lost, and none gets a meaning that nobody gave it.

use catalogue::{Decision, Lang, Owner, Supply, ami, ami_rows, reason, short, unlisted, wire};
use fleet::{AmiCode, Reason87, ShortCode, WireStatus};

const LISTED: [u16; 22] = [
    1000, 1001, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 1015, 1016, 1017,
    1018, 1021, 1022, 1023, 1024, 1025,
];

#[test]
fn of_all_65536_numbers_exactly_the_guides_22_are_listed() {
    for number in 0..=u16::MAX {
        let row = ami(AmiCode(number));
        assert_eq!(row.is_some(), LISTED.contains(&number), "{number}");
        assert!(row.is_none_or(|row| row.ami.0 == number));
    }
}

#[test]
fn all_256_sub_codes_agree_with_the_ami_codes() {
    for number in 0..=u8::MAX {
        let twin = ami(AmiCode(1000 + u16::from(number)));
        assert_eq!(reason(Reason87(number)), twin, "87-{number}");
    }
}

#[test]
fn all_256_keypad_and_wire_numbers_arrive() {
    assert_eq!(
        (0..=u8::MAX)
            .filter(|n| short(ShortCode(*n)).is_some())
            .count(),
        24
    );
    let wires: Vec<u8> = (0..=u8::MAX)
        .filter(|n| wire(WireStatus(*n)).is_some())
        .collect();
    assert_eq!(wires, [0x0F, 0x24, 0x26, 0x27, 0x2D, 0x2E, 0x2F]);
}

#[test]
fn an_unlisted_number_gets_advice_and_no_meaning() {
    let advice = unlisted();
    assert_eq!(
        (advice.supply, advice.decision, advice.owner),
        (Supply::Unknown, Decision::Unlisted, Owner::AmiAdmin)
    );
    assert!(!advice.steps.is_empty());
}

#[test]
fn the_meter_shows_00_for_0_and_no_leading_zero_else() {
    for row in ami_rows() {
        assert_eq!(row.display, row.reason.to_string());
    }
}

#[test]
fn every_row_has_steps_and_words_in_both_languages() {
    for row in ami_rows() {
        let advice = &row.advice;
        assert!(
            !advice.steps.is_empty() && !advice.postpaid.is_empty(),
            "{}",
            row.ami
        );
        assert_ne!(
            advice.action.get(Lang::En),
            advice.action.get(Lang::Fr),
            "{}",
            row.ami
        );
        assert!(!row.iec.is_empty(), "{}", row.ami);
    }
}
