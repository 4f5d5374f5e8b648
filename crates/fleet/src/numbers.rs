//! The families of numbers. They never mix: decimal 24 (tariff error) is not hex 24 (credit
//! exhausted), and protocol id 46 (power limit) is not keypad code 46 (overload trips).
//!
//! A number from outside is a value, never an enum: one that nobody listed must arrive, be kept
//! and be shown.

use std::fmt;

/// What a head-end answers for "Meter operating status", such as `1008`.
///
/// Range: every `u16`. Source: the operators' guide lists 22 of them between 1000 and 1025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmiCode(pub u16);

/// The answer of keypad code 87, "reason for relay disconnecting", such as `8`.
///
/// Range: every `u8`; the guide lists 22 of them between 0 and 25. The meter shows 0 as `00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason87(pub u8);

/// A code typed at the keypad (CIU) to ask the meter for one value, such as `31`.
///
/// Range: 0 to 99, shown with two digits; the guide lists 24 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode(pub u8);

/// A status byte seen on the wire of the radio meters, always written in hexadecimal: `0x2D`.
///
/// Source: a third party's published notes list seven of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireStatus(pub u8);

impl fmt::Display for AmiCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Reason87 {
    /// As the meter shows it: `00` for 0, otherwise without a leading zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("00"),
            n => write!(f, "{n}"),
        }
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

impl fmt::Display for WireStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:02X}", self.0)
    }
}
