//! The data field: every byte is sent with 0x33 added.

use std::fmt;

/// What is added to every byte of the data field (DL/T 645).
const MASK: u8 = 0x33;

/// Bytes of a data field as they were sent; what is read from it is without the mask.
///
/// `Display` writes lower-case hex without the mask. `Debug` names only the length: the bytes may
/// be a token.
///
/// ```
/// let data = frames::Masked::of_wire(&[0x54, 0x17]);
/// assert_eq!(data.to_string(), "21e4");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Masked<'a>(&'a [u8]);

impl<'a> Masked<'a> {
    /// Looks at bytes as they were sent.
    pub fn of_wire(sent: &'a [u8]) -> Self {
        Self(sent)
    }

    /// The bytes as they were sent.
    pub fn wire(self) -> &'a [u8] {
        self.0
    }

    /// How many bytes there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The bytes without the mask.
    pub fn bytes(self) -> impl DoubleEndedIterator<Item = u8> + ExactSizeIterator + use<'a> {
        self.0.iter().map(|byte| byte.wrapping_sub(MASK))
    }

    /// The first N bytes without the mask, and the rest; nothing where there are fewer.
    #[inline]
    pub(crate) fn split<const N: usize>(self) -> Option<([u8; N], Self)> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        Some((first.map(|byte| byte.wrapping_sub(MASK)), Self(rest)))
    }
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masked({} bytes)", self.len())
    }
}

/// Adds the mask to bytes that are about to be sent.
pub(crate) fn mask(bytes: &mut [u8]) {
    for byte in bytes {
        *byte = byte.wrapping_add(MASK);
    }
}
