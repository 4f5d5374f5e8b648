//! Meter numbers: the captured ones pass, damage is refused with its reason, nothing panics.

use fleet::{MeterCheck, MeterNumber, MeterNumberError};
use proptest::prelude::*;

fn check(text: &str) -> MeterCheck {
    MeterNumber::parse(text).expect("digits").check()
}

#[test]
fn captured_numbers_fit_their_check_digit() {
    // from the three saved head-end answers and the published frames
    for number in [
        "47001582544",
        "47003104321",
        "47003333771",
        "47003333623",
        "47003105484",
    ] {
        assert_eq!(check(number), MeterCheck::Ok, "{number}");
    }
}

#[test]
fn one_wrong_digit_is_a_warning_and_the_number_is_kept() {
    let meter = MeterNumber::parse("47001582545").unwrap();
    assert_eq!(meter.check(), MeterCheck::BadLuhn);
    assert_eq!(meter.as_str(), "47001582545");
}

#[test]
fn an_extra_zero_and_another_maker_are_told_apart() {
    assert_eq!(check("470001582544"), MeterCheck::BadLength);
    assert_eq!(check("00000000001"), MeterCheck::Foreign);
}

#[test]
fn leading_zeros_stay() {
    assert_eq!(MeterNumber::parse("00042").unwrap().as_str(), "00042");
}

#[test]
fn what_a_spreadsheet_adds_is_forgiven_and_what_it_destroys_is_refused() {
    assert_eq!(check(" '47001582544 "), MeterCheck::Ok);
    assert_eq!(check("47001582544.0"), MeterCheck::Ok);
    for lost in ["4.70016E+10", "4,7E+10", "5e9"] {
        assert!(
            matches!(
                MeterNumber::parse(lost),
                Err(MeterNumberError::Scientific(_))
            ),
            "{lost}"
        );
    }
}

#[test]
fn rubbish_is_named() {
    assert_eq!(MeterNumber::parse("  "), Err(MeterNumberError::Missing));
    assert_eq!(
        MeterNumber::parse("1234567890123"),
        Err(MeterNumberError::TooLong(13))
    );
    assert!(matches!(
        MeterNumber::parse("meter"),
        Err(MeterNumberError::NotDigits(_))
    ));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".*") {
        if let Ok(meter) = MeterNumber::parse(&text) {
            prop_assert!((1..=12).contains(&meter.as_str().len()));
            meter.check();
        }
    }

    #[test]
    fn the_check_without_keeping_says_the_same(text in "[ ']?[47]{0,2}[0-9eE.]{0,12}") {
        prop_assert_eq!(MeterCheck::of(&text), MeterNumber::parse(&text).map(|m| m.check()));
    }

    #[test]
    fn every_single_wrong_digit_is_seen(serial in 0u32..100_000_000, place in 2usize..11, by in 1u8..10) {
        let body = format!("47{serial:08}");
        let right = (0..10).map(|d| format!("{body}{d}")).find(|n| check(n) == MeterCheck::Ok).unwrap();
        let mut wrong = right.clone().into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
        prop_assert_eq!(check(std::str::from_utf8(&wrong).unwrap()), MeterCheck::BadLuhn);
    }
}
