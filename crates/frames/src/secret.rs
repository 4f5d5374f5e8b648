//! What must not be printed by the way: passwords and tokens.

use crate::hex::unhex;
use crate::{EncodeError, bcd};
use std::fmt;

/// A meter's password for writes: 4 bytes, zero as delivered. `Debug` does not show it.
///
/// Only zero is known to work. Any other is sent last byte first, as the public implementation
/// would; the standard's own order is the other one, and its first byte names a level.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Password([u8; 4]);

/// Digits of an STS token.
const DIGITS: usize = 20;

/// An STS token in the order it is written, two digits a byte. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenBytes(Vec<u8>);

impl Password {
    /// Reads 8 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, EncodeError> {
        let bytes = unhex(text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(EncodeError::InvalidPassword)
    }

    pub(crate) fn wire(self) -> [u8; 4] {
        let [a, b, c, d] = self.0;
        [d, c, b, a]
    }

    pub(crate) fn of_wire([d, c, b, a]: [u8; 4]) -> Self {
        Self([a, b, c, d])
    }
}

impl TokenBytes {
    /// Reads exactly 20 decimal digits, nothing between them.
    pub fn parse(digits: &str) -> Result<Self, EncodeError> {
        let bytes = unhex(digits).filter(|bytes| digits.len() == DIGITS && decimal(bytes));
        bytes.map(Self).ok_or(EncodeError::InvalidToken)
    }

    /// Any bytes at all, from an even number of hexadecimal digits: for trying out, no meter takes
    /// them as a token.
    pub fn parse_hex(digits: &str) -> Result<Self, EncodeError> {
        unhex(digits).map(Self).ok_or(EncodeError::InvalidToken)
    }

    pub(crate) fn wire(&self) -> impl Iterator<Item = u8> {
        self.0.iter().rev().copied()
    }

    pub(crate) fn of_wire(wire: impl DoubleEndedIterator<Item = u8>) -> Self {
        Self(wire.rev().collect())
    }
}

fn decimal(bytes: &[u8]) -> bool {
    bytes.iter().all(|pair| bcd::pair(*pair).is_some())
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(****)")
    }
}

impl fmt::Debug for TokenBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenBytes(****)")
    }
}
