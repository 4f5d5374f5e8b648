//! A token is read or refused, and nothing printed shows more than its last four digits.
#![no_main]

use tokens::{Lang, Token, check, mask};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let leaks = |said: &str| digits.len() == 20 && said.contains(&digits[..16]);
    assert!(!leaks(&mask(text)));
    match Token::parse(text) {
        Ok(token) => {
            let lines = check(&token, None).lines(Lang::En).concat();
            assert!(!leaks(&lines) && !leaks(&format!("{token:?} {token}")));
        }
        Err(error) => assert!(!leaks(&error.words(Lang::Fr))),
    }
});
