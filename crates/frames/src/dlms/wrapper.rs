//! The wrapper: version, two ports, length (IEC 62056-47), big-endian.

use crate::{DecodeError, EncodeError};

/// The only version there is; its high byte is what tells these frames from the others.
const VERSION: [u8; 2] = [0, 1];

/// A wrapper whose length is right: borrowed from the bytes it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrapper<'a> {
    /// The port it comes from.
    pub source: u16,
    /// The port it goes to.
    pub destination: u16,
    /// The message.
    pub apdu: &'a [u8],
}

impl<'a> Wrapper<'a> {
    /// Reads a wrapper, which takes the whole of `bytes`.
    ///
    /// # Errors
    ///
    /// `dlms_too_short` under 8 bytes, `dlms_bad_version`, `dlms_length_mismatch`.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let Some((&[v0, v1, s0, s1, d0, d1, l0, l1], apdu)) = bytes.split_first_chunk() else {
            return Err(DecodeError::DlmsTooShort);
        };
        if [v0, v1] != VERSION {
            return Err(DecodeError::DlmsBadVersion);
        }
        if usize::from(u16::from_be_bytes([l0, l1])) != apdu.len() {
            return Err(DecodeError::DlmsLengthMismatch);
        }
        Ok(Self {
            source: u16::from_be_bytes([s0, s1]),
            destination: u16::from_be_bytes([d0, d1]),
            apdu,
        })
    }
}

/// Appends a wrapper around a message; `out` stays as it was where that is too long.
pub(crate) fn wrap(
    out: &mut Vec<u8>,
    [source, destination]: [u16; 2],
    apdu: &[u8],
) -> Result<(), EncodeError> {
    let length = u16::try_from(apdu.len()).map_err(|_| EncodeError::TooLong)?;
    out.extend(VERSION);
    for word in [source, destination, length] {
        out.extend(word.to_be_bytes());
    }
    out.extend(apdu);
    Ok(())
}
