//! Reading a token from what a person typed, pasted or exported.

use std::fmt;

use crate::block::{Block, Class};
use crate::error::TokenError;
use crate::mask::mask;

/// Digits of every token.
const DIGITS: usize = 20;
/// Digits of what the guide types at the keypad to commission a meter.
const KEYPAD_DIGITS: usize = 5;
/// The largest number of 66 bits.
const LARGEST: u128 = (1 << 66) - 1;
/// A spreadsheet keeps 15 digits of a number and fills the other five with zeros.
const LOST_BY_SPREADSHEET: u128 = 100_000;

/// A token of the right shape: 20 digits, not above 73786976294838206463 (2^66 - 1).
///
/// `Display` and `Debug` show its last four digits only; [`Token::reveal`] is the one way to the
/// others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token(u128);

impl Token {
    /// Reads a token. Spaces, dashes and invisible marks between the digits are forgiven, whatever
    /// their Unicode form, and so is the apostrophe a spreadsheet puts before text.
    ///
    /// ```
    /// use tokens::Token;
    /// assert!(Token::parse("5649-3153-7254-5031-3471").is_ok());
    /// assert_eq!(Token::parse("5649 3153 7254 5031 347").unwrap_err().to_string(),
    ///     "a token has 20 digits and 19 were found: compare it with the slip; \
    ///      a spreadsheet drops zeros at the beginning");
    /// ```
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim_start_matches(is_filler);
        let text = text.strip_prefix('\'').unwrap_or(text);
        let kept = || text.chars().filter(|&c| !is_filler(c));
        if is_scientific(kept()) {
            return Err(TokenError::Scientific);
        }
        if let Some((place, found)) = kept().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
            return Err(TokenError::NotADigit {
                found,
                place: place + 1,
            });
        }
        match kept().count() {
            0 => Err(TokenError::Missing),
            KEYPAD_DIGITS => Err(TokenError::KeypadCommand),
            DIGITS => Self::in_range(kept()),
            found => Err(TokenError::DigitCount { found }),
        }
    }

    fn in_range(digits: impl Iterator<Item = char>) -> Result<Self, TokenError> {
        let value = digits
            .filter_map(|c| c.to_digit(10))
            .fold(0, |n, d| n * 10 + u128::from(d));
        if value > LARGEST {
            Err(TokenError::OutOfRange)
        } else {
            Ok(Self(value))
        }
    }

    /// The class, which is never encrypted.
    pub fn class(&self) -> Class {
        self.block().class()
    }

    /// The last four digits, the others as stars: `**** **** **** **** 3471`.
    pub fn masked(&self) -> String {
        mask(&self.reveal())
    }

    /// All 20 digits, without spaces. For the hand-over to a meter; never for a page, a log, an
    /// error or a file that stays.
    pub fn reveal(&self) -> String {
        format!("{:020}", self.0)
    }

    /// Whether the last five digits are zeros, as a spreadsheet leaves them. A sound token has them
    /// once in a hundred thousand.
    pub fn looks_rounded(&self) -> bool {
        self.0.is_multiple_of(LOST_BY_SPREADSHEET)
    }

    pub(crate) fn block(self) -> Block {
        Block::of(self.0)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.masked())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.masked())
    }
}

/// What stands between digits and means nothing: spaces, dashes, and the invisible marks that
/// messengers and web pages put around numbers.
pub(crate) fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '\u{00AD}' // soft hyphen
                | '\u{2010}'..='\u{2015}' // hyphens and dashes
                | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' // bullet, minus, small and wide dashes
                | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' // no width
                | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' // writing direction
        )
}

/// `5.64931537254503E+19`, also with the decimal comma of other languages.
fn is_scientific(text: impl Iterator<Item = char>) -> bool {
    let text: String = text.collect();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let only = |text: &str, also: &[char]| {
        text.contains(|c: char| c.is_ascii_digit())
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || also.contains(&c))
    };
    only(mantissa, &['.', ',']) && only(exponent, &['+'])
}
