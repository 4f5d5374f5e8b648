//! The data identifier: two bytes that say what the data is.

use std::fmt;

/// A data identifier of DL/T 645, always written as four hexadecimal digits: `E421`.
///
/// Range: every `u16`; [`ITEMS`](crate::ITEMS) lists those that are known. It is no protocol id,
/// keypad code or DLMS object. Sent low byte first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Di(pub u16);

impl fmt::Display for Di {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}
