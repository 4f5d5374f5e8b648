//! The meter number: text of digits, with a check that warns and never loses one.

use std::fmt;

/// The longest meter number kept: the vendor's server accepts 12 digits (an extra `0`).
const MAX_DIGITS: usize = 12;
/// Digits of a Calin number: maker `47`, eight digits of serial, one Luhn check digit.
const CALIN_DIGITS: usize = 11;
/// Calin's manufacturer code in the STS decoder number.
const CALIN_MAKER: &str = "47";

/// A meter number as it is printed on the meter: 1 to 12 digits, kept as text.
///
/// Leading zeros count, so it is never a number. Source: 138 numbers captured from head-ends, of
/// which 135 are `47` + 8 digits + Luhn; the server itself does not check the last digit.
///
/// ```
/// use fleet::{MeterCheck, MeterNumber};
/// let meter = MeterNumber::parse("47001582544").unwrap();
/// assert_eq!(meter.check(), MeterCheck::Ok);
/// assert_eq!(MeterNumber::parse("4.70016E+10").unwrap_err().to_string(),
///     "a spreadsheet has turned the meter number into 4.70016E+10 and its last digits are lost: \
///      format the column as text and export again");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeterNumber(String);

/// What the digits of a meter number say of it. All but `Ok` are warnings: the number is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeterCheck {
    /// `47`, 11 digits, and the check digit fits.
    Ok,
    /// `47` and 11 digits, but the check digit does not fit: probably mistyped.
    BadLuhn,
    /// Begins with `47` but has not 11 digits.
    BadLength,
    /// Another maker's number.
    Foreign,
}

/// Why a text is not a meter number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeterNumberError {
    /// Nothing stands there.
    Missing,
    /// A spreadsheet rounded it: the digits are gone.
    Scientific(String),
    /// Something other than digits.
    NotDigits(String),
    /// More than 12 digits.
    TooLong(usize),
}

impl MeterNumber {
    /// Reads a meter number, forgiving spaces around it and what a spreadsheet puts there: a
    /// leading apostrophe, an ending `.0`.
    pub fn parse(text: &str) -> Result<Self, MeterNumberError> {
        digits_of(text).map(|digits| Self(digits.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the digits say of the number.
    pub fn check(&self) -> MeterCheck {
        check_of(&self.0)
    }
}

/// The digits that a text holds, borrowed from it.
fn digits_of(text: &str) -> Result<&str, MeterNumberError> {
    let text = text.trim();
    let text = text.strip_prefix('\'').unwrap_or(text);
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if digits.is_empty() {
        return Err(MeterNumberError::Missing);
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(if is_scientific(text) {
            MeterNumberError::Scientific(text.to_owned())
        } else {
            MeterNumberError::NotDigits(text.chars().take(40).collect())
        });
    }
    if digits.len() > MAX_DIGITS {
        return Err(MeterNumberError::TooLong(digits.len()));
    }
    Ok(digits)
}

fn check_of(digits: &str) -> MeterCheck {
    match (digits.starts_with(CALIN_MAKER), digits.len()) {
        (false, _) => MeterCheck::Foreign,
        (true, CALIN_DIGITS) if luhn_holds(digits) => MeterCheck::Ok,
        (true, CALIN_DIGITS) => MeterCheck::BadLuhn,
        (true, _) => MeterCheck::BadLength,
    }
}

/// Luhn's check over all digits, the last one being the check digit.
fn luhn_holds(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0');
            match (place % 2, value * 2) {
                (0, _) => value,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `4.70016E+10`, also with the decimal comma of other languages.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let digits_or = |text: &str, also: &[char]| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || also.contains(&c))
    };
    digits_or(mantissa, &['.', ',']) && digits_or(exponent, &['+', '-'])
}

impl MeterCheck {
    /// What a text says of the meter number in it, for a reader of millions of rows: it forgives
    /// and refuses what [`MeterNumber::parse`] does, and keeps nothing.
    ///
    /// ```
    /// use fleet::MeterCheck;
    /// assert_eq!(MeterCheck::of(" '47001582544"), Ok(MeterCheck::Ok));
    /// ```
    pub fn of(text: &str) -> Result<Self, MeterNumberError> {
        digits_of(text).map(check_of)
    }

    /// The warning for a person, or nothing where the number is in order.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            MeterCheck::Ok => None,
            MeterCheck::BadLuhn => Some("the check digit does not fit: compare it with the meter"),
            MeterCheck::BadLength => {
                Some("a Calin number has 11 digits: compare it with the meter")
            }
            MeterCheck::Foreign => Some("not a Calin number (those begin with 47)"),
        }
    }
}

impl fmt::Display for MeterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for MeterNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the meter number is missing"),
            Self::Scientific(text) => write!(
                f,
                "a spreadsheet has turned the meter number into {text} and its last digits are \
                 lost: format the column as text and export again"
            ),
            Self::NotDigits(text) => write!(f, "the meter number has digits only, not \"{text}\""),
            Self::TooLong(digits) => {
                write!(f, "the meter number has 12 digits at most, not {digits}")
            }
        }
    }
}

impl std::error::Error for MeterNumberError {}
