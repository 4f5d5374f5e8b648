//! The name a person is known by.

use std::fmt;

/// The longest name, in characters.
const MAX_CHARS: usize = 40;

/// The name a person is known by here, in small letters. It is never given to anybody else, so it
/// stands in the audit for that person for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name: 1 to 40 characters `a-z`, `0-9`, `.`, `-`, `_`, `@`, beginning with a letter.
    /// Capitals become small letters and spaces around it are dropped, so that no two persons are
    /// told apart by these alone. Letters of other scripts are refused: some look like ours.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let begins = text.starts_with(|first: char| first.is_ascii_lowercase());
        let fits = text.len() <= MAX_CHARS
            && text.chars().all(|one| {
                one.is_ascii_lowercase() || one.is_ascii_digit() || ".-_@".contains(one)
            });
        (begins && fits).then_some(Self(text))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PersonName;

    #[test]
    fn names_that_look_alike_are_one_name_or_none() {
        let name = PersonName::parse(" Night.Desk ").unwrap();
        assert_eq!(name.as_str(), "night.desk");
        let long = "a".repeat(41);
        // the last one begins with a Cyrillic letter
        for none in [
            "",
            " ",
            "1st",
            "two words",
            "a/b",
            "a\nb",
            &long,
            "\u{430}dmin",
        ] {
            assert_eq!(PersonName::parse(none), None, "{none:?}");
        }
    }
}
