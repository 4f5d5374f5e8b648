//! The address in a frame: the meter number, 12 decimal digits in 6 bytes.

use crate::EncodeError;
use fleet::MeterNumber;
use std::fmt;

/// Digits of an address; a shorter meter number has zeros before it.
const DIGITS: usize = 12;

/// The meter a frame comes from or goes to: bytes 1 to 6 of a frame, as they are sent.
///
/// Two digits a byte, the last two first. Bytes that are no digits are kept: the standard knows
/// broadcast addresses such as `99...99` and `AA...AA`, and nothing shows whether these meters do.
/// `Display` writes all 12 digits.
///
/// ```
/// let address = frames::Address::parse("47003333771").unwrap();
/// assert_eq!(address.wire(), [0x71, 0x37, 0x33, 0x03, 0x70, 0x04]);
/// assert_eq!(address.to_string(), "047003333771");
/// assert_eq!(address.meter().unwrap().as_str(), "47003333771");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Address([u8; DIGITS / 2]);

impl Address {
    /// The address of a meter number: 1 to 12 decimal digits and nothing else.
    pub fn parse(digits: &str) -> Result<Self, EncodeError> {
        let decimal = digits.bytes().all(|byte| byte.is_ascii_digit());
        if digits.is_empty() || digits.len() > DIGITS || !decimal {
            return Err(EncodeError::InvalidMeterNumber);
        }
        let mut wire = [0; DIGITS / 2];
        for (place, digit) in digits.bytes().rev().enumerate() {
            wire[place / 2] |= (digit - b'0') << (4 * (place % 2));
        }
        Ok(Self(wire))
    }

    /// From the bytes as they are sent.
    pub const fn of_wire(wire: [u8; DIGITS / 2]) -> Self {
        Self(wire)
    }

    /// The bytes as they are sent.
    pub const fn wire(self) -> [u8; DIGITS / 2] {
        self.0
    }

    /// The meter number, without the zeros before it; nothing where the bytes are no digits or
    /// all zero.
    pub fn meter(self) -> Option<MeterNumber> {
        MeterNumber::parse(self.to_string().trim_start_matches('0')).ok()
    }
}

impl From<&MeterNumber> for Address {
    fn from(meter: &MeterNumber) -> Self {
        // OK because a meter number is 1 to 12 digits; were it not, nobody has the address zero
        Self::parse(meter.as_str()).unwrap_or(Self([0; DIGITS / 2]))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .rev()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
