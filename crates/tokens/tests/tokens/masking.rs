//! A token in a log can be used by whoever reads it: nothing shows more than four digits.

use crate::vectors;
use proptest::prelude::*;
use tokens::{Content, Lang, Purpose, Token, check, mask};

/// The longest run of digits, looking through spaces and stars.
fn longest_run(text: &str) -> usize {
    let text = text.replace([' ', '*'], "");
    text.split(|c: char| !c.is_numeric())
        .map(|run| run.chars().count())
        .max()
        .unwrap_or(0)
}

#[test]
fn a_token_shows_its_last_four_digits() {
    let token = Token::parse("56493153725450313471").unwrap();
    assert_eq!(token.masked(), "**** **** **** **** 3471");
    assert_eq!(token.to_string(), "**** **** **** **** 3471");
    assert_eq!(format!("{token:?}"), "Token(**** **** **** **** 3471)");
    assert_eq!(format!("{token:#?}"), "Token(**** **** **** **** 3471)");
    assert_eq!(format!("{token:>26}"), "  **** **** **** **** 3471");
}

#[test]
fn short_texts_letters_and_codes_show_nothing() {
    let rows = [
        ("", ""),
        ("98765", "**** *"),
        ("47001582544", "**** **** ***"),
        ("5.6493E+19", "**** **** **"),
        ("5649 3153 7254 5O31 3471", "**** **** **** **** ****"),
    ];
    for (text, masked) in rows {
        assert_eq!(mask(text), masked);
    }
}

#[test]
fn the_debug_text_of_a_check_is_masked() {
    for digits in vectors::CREDIT.into_iter().chain(vectors::MANAGEMENT) {
        let debug = format!(
            "{:?}",
            check(&Token::parse(digits).unwrap(), Some(Purpose::Credit))
        );
        assert_eq!(longest_run(&debug), 4, "{debug}");
    }
}

proptest! {
    #[test]
    fn a_mask_shows_four_digits_at_most(text in any::<String>()) {
        prop_assert!(mask(&text).chars().filter(|c| c.is_alphanumeric()).count() <= 4);
    }

    #[test]
    fn a_mask_of_digits_shows_the_last_four_or_none(digits in r"[0-9 -]{0,50}") {
        let kept = digits.replace([' ', '-'], "");
        let shown = mask(&digits).replace([' ', '*'], "");
        let expected = if kept.len() < 16 { "" } else { &kept[kept.len() - 4..] };
        prop_assert_eq!(shown, expected);
    }

    #[test]
    fn an_error_repeats_no_run_of_digits(text in r"[0-9eE.,x -]{0,40}") {
        if let Err(error) = Token::parse(&text) {
            for lang in [Lang::En, Lang::Fr] {
                prop_assert!(longest_run(&error.words(lang)) <= 2);
            }
            let debug = format!("{error:?}");
            prop_assert!(longest_run(&debug) <= 2, "{}", debug);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_spelled_out(value in 0..1_u128 << 66) {
        let token = Token::parse(&format!("{value:020}")).unwrap();
        let check = check(&token, None);
        if !matches!(check.content, Content::Plain(_)) {
            for lang in [Lang::En, Lang::Fr] {
                prop_assert!(check.lines(lang).iter().all(|line| longest_run(line) <= 4));
            }
        }
    }
}
