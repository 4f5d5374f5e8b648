//! A token against the job it was asked for, and what a postpaid utility does with it.

use crate::vectors;
use proptest::prelude::*;
use tokens::{Check, Class, Fit, Lang, Note, Postpaid, Purpose, Token, check};

const ALL_TESTS: &str = "56493153725450313471";
const DISPLAY_TWO: &str = "02305843005052951967";
const OTHER_BRAND: &str = "12754194144864505970";
const CLEAR_TAMPER: &str = "37037300014464855694";
const CREDIT: &str = "23716100501183194197";
const MISTYPED: &str = "56493153725450313472";
const CLASS_THREE: &str = "00000000000402653184"; // bits 28 and 27 alone

fn checked(digits: &str, purpose: Option<Purpose>) -> Check {
    check(&Token::parse(digits).expect("20 digits"), purpose)
}

#[test]
fn token_and_job_are_compared() {
    use Purpose::{ClearTamper, Commissioning, Credit, KeyChange, LoadLimit, Test};
    let rows = [
        (CREDIT, Credit, Fit::ClassOnly),
        (CREDIT, ClearTamper, Fit::WrongClass),
        (CREDIT, Test, Fit::WrongClass),
        (CREDIT, Commissioning, Fit::WrongClass),
        (CLEAR_TAMPER, ClearTamper, Fit::ClassOnly),
        (CLEAR_TAMPER, LoadLimit, Fit::ClassOnly), // encrypted: nobody can see the difference
        (CLEAR_TAMPER, KeyChange, Fit::ClassOnly),
        (CLEAR_TAMPER, Credit, Fit::WrongClass),
        (CLEAR_TAMPER, Commissioning, Fit::Unconfirmed),
        (ALL_TESTS, Test, Fit::Fits),
        (DISPLAY_TWO, Test, Fit::Fits),
        (ALL_TESTS, Commissioning, Fit::WrongKind),
        (ALL_TESTS, ClearTamper, Fit::WrongClass),
        (OTHER_BRAND, Commissioning, Fit::OtherMaker),
        (OTHER_BRAND, Test, Fit::WrongKind),
        (MISTYPED, Test, Fit::Unreadable),
        (CLASS_THREE, Credit, Fit::Unreadable),
    ];
    for (digits, purpose, fit) in rows {
        assert_eq!(
            checked(digits, Some(purpose)).fit,
            Some(fit),
            "{}",
            purpose.slug()
        );
    }
}

#[test]
fn only_what_may_be_right_is_not_refused() {
    let refuses = |digits, purpose| checked(digits, Some(purpose)).fit.unwrap().refuses();
    assert!(!refuses(CLEAR_TAMPER, Purpose::ClearTamper));
    assert!(!refuses(CLEAR_TAMPER, Purpose::Commissioning));
    assert!(!refuses(ALL_TESTS, Purpose::Test));
    assert!(refuses(CREDIT, Purpose::ClearTamper));
    assert!(refuses(OTHER_BRAND, Purpose::Commissioning));
    assert!(refuses(MISTYPED, Purpose::Test));
}

#[test]
fn a_credit_token_for_a_tamper_is_said_in_both_languages() {
    let check = checked(CREDIT, Some(Purpose::ClearTamper));
    assert_eq!(
        check.fit_words(Lang::En).unwrap(),
        "a clear-tamper token was asked for, but this is a class 0 credit token: do not enter it, \
         ask for the right one"
    );
    assert_eq!(
        check.fit_words(Lang::Fr).unwrap(),
        "on demandait un jeton d'effacement de fraude, mais ceci est un jeton de classe 0 (crédit) : \
         ne le saisissez pas, demandez le bon"
    );
    assert_eq!(checked(CREDIT, None).fit_words(Lang::En), None);
}

#[test]
fn the_postpaid_ruling_follows_class_and_job() {
    use Purpose::{ClearCredit, ClearTamper, Credit, KeyChange, LoadLimit};
    let rows = [
        (CREDIT, None, Postpaid::Refused),
        (CREDIT, Some(ClearTamper), Postpaid::Refused),
        (CLEAR_TAMPER, Some(Credit), Postpaid::Refused),
        (CLEAR_TAMPER, Some(KeyChange), Postpaid::Refused),
        (CLEAR_TAMPER, Some(ClearCredit), Postpaid::SecondPerson),
        (CLEAR_TAMPER, Some(ClearTamper), Postpaid::UnlessOurs),
        (CLEAR_TAMPER, Some(LoadLimit), Postpaid::UnlessOurs),
        (CLEAR_TAMPER, None, Postpaid::DependsOnJob),
        (ALL_TESTS, None, Postpaid::SecondPerson),
        (
            OTHER_BRAND,
            Some(Purpose::Commissioning),
            Postpaid::SecondPerson,
        ),
        (MISTYPED, None, Postpaid::Unreadable),
        (CLASS_THREE, Some(Credit), Postpaid::Unreadable),
    ];
    for (digits, purpose, ruling) in rows {
        assert_eq!(checked(digits, purpose).postpaid, ruling, "{purpose:?}");
    }
}

#[test]
fn a_test_that_opens_the_relay_is_a_darkening_act() {
    for (digits, bit) in vectors::SINGLE_TESTS {
        let check = checked(digits, None);
        assert_eq!(
            check.notes.contains(&Note::OpensRelay),
            bit <= 1,
            "bit {bit}"
        );
        assert!(check.notes.contains(&Note::TestsUnconfirmed));
        assert_eq!(
            check.postpaid,
            Postpaid::SecondPerson,
            "every test token needs a second person"
        );
    }
    assert!(Note::OpensRelay.words(Lang::En).contains("darkening act"));
}

#[test]
fn another_makers_token_is_said() {
    assert_eq!(
        checked(OTHER_BRAND, None).notes,
        [Note::OtherMaker, Note::NotBound]
    );
    assert_eq!(
        checked(DISPLAY_TWO, None).notes,
        [Note::TestsUnknown, Note::NotBound]
    );
}

#[test]
fn a_rounded_token_is_said() {
    let check = checked("56493153725450300000", None);
    assert_eq!(check.notes.first(), Some(&Note::LooksRounded));
}

#[test]
fn class_three_is_no_token() {
    let check = checked(CLASS_THREE, None);
    assert_eq!((check.class, check.class.number()), (Class::Reserved, 3));
    assert!(check.lines(Lang::En)[1].starts_with("no token has class 3"));
}

#[test]
fn each_purpose_is_found_by_its_name() {
    for purpose in Purpose::ALL {
        assert_eq!(purpose.slug().parse(), Ok(purpose));
    }
    let error = "clear_tamper".parse::<Purpose>().unwrap_err();
    assert!(error.to_string().ends_with(
        "load-limit, unbalance-limit, clear-credit, tariff, key-change, test, commissioning"
    ));
}

#[test]
fn the_load_switch_test_is_told_whole() {
    assert_eq!(
        checked("00000000000167774880", Some(Purpose::Test)).lines(Lang::En),
        [
            "**** **** **** **** 4880: class 1, test or commissioning",
            "not encrypted, the checksum fits: subclass 0, meter test or display, maker code 00, \
             control field 0x2",
            "test 1: the load switch",
            "this test opens the relay and the home goes dark: a darkening act",
            "which bit runs which test is standard knowledge: confirm it on a Calin meter first",
            "not bound to one meter: it works on every meter of its maker, with maker code 0 on \
             every STS meter, and again each time",
            "it can be a test token",
            "postpaid: a darkening act, a second person must approve it",
        ]
    );
}

#[test]
fn every_sentence_is_filled_in_and_differs_between_the_languages() {
    let purposes = || Purpose::ALL.into_iter().map(Some).chain([None]);
    for digits in vectors::all().chain([MISTYPED, CLASS_THREE, "56493153725450300000"]) {
        for purpose in purposes() {
            let check = checked(digits, purpose);
            let (en, fr) = (check.lines(Lang::En), check.lines(Lang::Fr));
            assert_eq!(en.len(), fr.len());
            for (en, fr) in en.iter().zip(&fr) {
                assert_ne!(en, fr);
                assert!(
                    !en.contains(['{', '}']) && !fr.contains(['{', '}']),
                    "{en} / {fr}"
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn every_token_has_something_to_say(value in 0..1_u128 << 66, job in 0..Purpose::ALL.len()) {
        let check = checked(&format!("{value:020}"), Some(Purpose::ALL[job]));
        prop_assert!(check.lines(Lang::Fr).len() >= 4);
        prop_assert_eq!(u128::from(check.class.number()), (value >> 27) & 3);
    }
}
