//! The 20 digits of an STS token on their way through.

use asking::Secret;

/// The digits of a token, without the blanks and dashes that people and records put between them;
/// none where they are not 20.
pub(crate) fn digits(text: &str) -> Option<Secret> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let fits = digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| Secret::new(digits))
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_token_has_twenty_digits_however_it_is_grouped() {
        let plain = digits("48725997619297311927").map(|token| token.reveal().to_owned());
        assert_eq!(plain.as_deref(), Some("48725997619297311927"));
        assert_eq!(
            digits("4872 5997 6192 9731 1927").map(|t| t.reveal().to_owned()),
            plain
        );
        for not in [
            "",
            "4872599761929731192",
            "487259976192973119270",
            "4872599761929731192x",
        ] {
            assert!(digits(not).is_none(), "{not}");
        }
    }
}
