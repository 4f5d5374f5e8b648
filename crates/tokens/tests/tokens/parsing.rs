//! What is forgiven in a typed token, and what each failure says.

use proptest::prelude::*;
use tokens::{Lang, Token, TokenError};

const DIGITS: &str = "56493153725450313471";

fn error(text: &str) -> TokenError {
    Token::parse(text).expect_err("no token")
}

#[test]
fn spaces_dashes_and_invisible_marks_are_forgiven() {
    let typed = [
        "5649 3153 7254 5031 3471",
        " 5649-3153-7254-5031-3471\r\n",
        "5649\u{A0}3153\u{202F}7254\u{2009}5031\t3471",
        "5649\u{2010}3153\u{2011}7254\u{2013}5031\u{2014}3471",
        "5649\u{2212}3153\u{FF0D}7254\u{FE63}5031\u{AD}3471",
        "\u{FEFF}\u{202A}56493153725450313471\u{202C}\u{200B}",
        "'56493153725450313471",
    ];
    for text in typed {
        assert_eq!(
            Token::parse(text).map(|token| token.reveal()),
            Ok(DIGITS.to_owned()),
            "{text:?}"
        );
    }
}

#[test]
fn the_largest_token_is_read_and_the_next_number_is_not() {
    assert!(Token::parse("73786976294838206463").is_ok());
    assert_eq!(error("73786976294838206464"), TokenError::OutOfRange);
    assert_eq!(error("99999999999999999999"), TokenError::OutOfRange);
    assert!(Token::parse("00000000000000000000").is_ok());
}

#[test]
fn each_failure_has_its_own_kind() {
    let found = |found| TokenError::DigitCount { found };
    let rows = [
        ("", TokenError::Missing),
        (" - \u{200B}", TokenError::Missing),
        ("5649315372545031347", found(19)),
        ("564931537254503134711", found(21)),
        ("47001582544", found(11)),
        ("98765", TokenError::KeypadCommand),
        ("9 87-65", TokenError::KeypadCommand),
        ("5.64931537254503E+19", TokenError::Scientific),
        ("5,64931537254503e19", TokenError::Scientific),
        ("6E+19", TokenError::Scientific),
        (
            "5649 3153 7254 5O31 3471",
            TokenError::NotADigit {
                found: 'O',
                place: 14,
            },
        ),
        (
            "5649315372545031347.1",
            TokenError::NotADigit {
                found: '.',
                place: 20,
            },
        ),
        (
            "\u{0665}6493153725450313471",
            TokenError::NotADigit {
                found: '\u{0665}',
                place: 1,
            },
        ),
        (
            "E",
            TokenError::NotADigit {
                found: 'E',
                place: 1,
            },
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(error(text), expected, "{text:?}");
    }
}

#[test]
fn each_failure_says_what_to_do_next_in_both_languages() {
    let rows = [
        (error(""), "type its 20 digits", "tapez ses 20 chiffres"),
        (
            error("6E+19"),
            "format the column as text",
            "mettez la colonne au format texte",
        ),
        (
            error("12a"),
            "'a' stands at place 3",
            "'a' se trouve à la place 3",
        ),
        (
            error("98765"),
            "type them at the meter's keypad",
            "tapez-les sur le clavier",
        ),
        (
            error("123"),
            "20 digits and 3 were found",
            "20 chiffres et il y en a 3",
        ),
        (
            error("9".repeat(20).as_str()),
            "above the largest token",
            "dépassent le plus grand",
        ),
    ];
    for (error, en, fr) in rows {
        assert!(error.to_string().contains(en), "{error}");
        assert_eq!(error.to_string(), error.words(Lang::En));
        assert!(
            error.words(Lang::Fr).contains(fr),
            "{}",
            error.words(Lang::Fr)
        );
    }
}

#[test]
fn a_control_character_is_named_and_not_printed() {
    assert!(error("12\u{1B}").to_string().contains(r"'\u{1b}'"));
}

#[test]
fn a_keypad_command_is_not_repeated() {
    for lang in [Lang::En, Lang::Fr] {
        assert!(
            !error("98765")
                .words(lang)
                .contains(|c: char| "9876".contains(c))
        );
    }
}

#[test]
fn five_zeros_at_the_end_look_like_a_spreadsheet() {
    assert!(
        Token::parse("56493153725450300000")
            .unwrap()
            .looks_rounded()
    );
    assert!(!Token::parse(DIGITS).unwrap().looks_rounded());
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        prop_assert!(Token::parse(&text).map_or(true, |token| token.reveal().len() == 20));
    }

    #[test]
    fn no_text_of_almost_a_token_panics(text in r"[0-9eE., '\u{2010}-\u{2015}-]{0,40}") {
        prop_assert!(Token::parse(&text).map_or(true, |token| token.reveal().len() == 20));
    }

    #[test]
    fn a_token_is_read_back_however_it_is_grouped(
        value in 0..1_u128 << 66,
        group in 1..20_usize,
        gap in r"[ \t\u{A0}\u{2009}\u{202F}\u{2010}-\u{2015}\u{2212}-]{0,3}",
    ) {
        let digits = format!("{value:020}");
        let groups: Vec<_> = digits.as_bytes().chunks(group).map(String::from_utf8_lossy).collect();
        let token = Token::parse(&groups.join(&gap)).unwrap();
        prop_assert_eq!(token.reveal(), digits.clone());
        prop_assert_eq!(token, Token::parse(&digits).unwrap());
    }

    #[test]
    fn above_66_bits_is_out_of_range(value in (1_u128 << 66)..100_000_000_000_000_000_000) {
        prop_assert_eq!(Token::parse(&value.to_string()), Err(TokenError::OutOfRange));
    }

    #[test]
    fn digits_are_counted(digits in "[0-9]{1,60}") {
        prop_assume!(![5, 20].contains(&digits.len()));
        prop_assert_eq!(error(&digits), TokenError::DigitCount { found: digits.len() });
    }
}
