//! Why a text is not a token. No sentence here repeats what was typed.

use std::fmt;

use crate::words::{self, Lang};

/// Why a text is not a token, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Nothing stands there.
    Missing,
    /// A spreadsheet turned it into scientific notation: the digits are gone.
    Scientific,
    /// A character that is no digit, space or dash.
    NotADigit {
        /// The character.
        found: char,
        /// Its place, from 1, spaces and dashes not counted.
        place: usize,
    },
    /// Five digits: something typed at the keypad, such as a commissioning code.
    KeypadCommand,
    /// Not 20 digits.
    DigitCount {
        /// How many there are.
        found: usize,
    },
    /// 20 digits, but more than 66 bits can hold.
    OutOfRange,
}

impl TokenError {
    /// The name for machines.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Scientific => "scientific",
            Self::NotADigit { .. } => "not-a-digit",
            Self::KeypadCommand => "keypad-command",
            Self::DigitCount { .. } => "digit-count",
            Self::OutOfRange => "out-of-range",
        }
    }

    /// The sentence for people.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Missing => words::ERROR_MISSING.in_(lang).to_owned(),
            Self::Scientific => words::ERROR_SCIENTIFIC.in_(lang).to_owned(),
            Self::NotADigit { found, place } => words::ERROR_NOT_A_DIGIT
                .with(lang, &[("found", &found.escape_debug()), ("place", &place)]),
            Self::KeypadCommand => words::ERROR_KEYPAD_COMMAND.in_(lang).to_owned(),
            Self::DigitCount { found } => words::ERROR_DIGIT_COUNT.with(lang, &[("found", &found)]),
            Self::OutOfRange => words::ERROR_OUT_OF_RANGE.in_(lang).to_owned(),
        }
    }
}

impl fmt::Display for TokenError {
    /// The English sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for TokenError {}
