//! One value of a DLMS answer, with its type.

use crate::DecodeError;
use crate::value::Value;

/// How the bytes of a type are a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bool,
    Signed,
    Unsigned,
}

/// The types that are read: tag, bytes, kind. Everything else is `dlms_unsupported_type`.
const TYPES: [(u8, usize, Kind); 10] = [
    (0x03, 1, Kind::Bool),
    (0x05, 4, Kind::Signed),
    (0x06, 4, Kind::Unsigned),
    (0x0F, 1, Kind::Signed),
    (0x10, 2, Kind::Signed),
    (0x11, 1, Kind::Unsigned),
    (0x12, 2, Kind::Unsigned),
    (0x14, 8, Kind::Signed),
    (0x15, 8, Kind::Unsigned),
    (0x16, 1, Kind::Unsigned), // an enumeration
];

/// A value as it came: its tag and its bytes, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data<'a> {
    tag: u8,
    bytes: &'a [u8],
    kind: Kind,
}

impl<'a> Data<'a> {
    /// Reads a tag and its value; the rest is handed back.
    ///
    /// # Errors
    ///
    /// `dlms_too_short`, `dlms_unsupported_type`.
    pub fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), DecodeError> {
        let (&tag, rest) = bytes.split_first().ok_or(DecodeError::DlmsTooShort)?;
        let found = TYPES.iter().find(|(known, ..)| *known == tag);
        let &(_, size, kind) = found.ok_or(DecodeError::DlmsUnsupportedType)?;
        let (bytes, rest) = rest
            .split_at_checked(size)
            .ok_or(DecodeError::DlmsTooShort)?;
        Ok((Self { tag, bytes, kind }, rest))
    }

    /// The bytes of a value of this type, tag included; nothing where the type is not known or the
    /// value does not fit into it.
    pub(crate) fn bytes_of(tag: u8, value: i128) -> Option<Vec<u8>> {
        let &(_, size, _) = TYPES.iter().find(|(known, ..)| *known == tag)?;
        let wide = value.to_be_bytes();
        let bytes = [&[tag], wide.get(wide.len() - size..)?].concat();
        let (data, _) = Data::read(&bytes).ok()?;
        let read = match data.value() {
            Value::Bool(yes) => i128::from(yes),
            Value::Unsigned(number) => number.into(),
            Value::Number(number) => number.into(),
            _ => return None,
        };
        (read == value).then_some(bytes)
    }

    /// The tag of its type.
    pub fn tag(&self) -> u8 {
        self.tag
    }

    /// The bytes of the value.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The value as a whole number, where it is one from 0 to 2^64 - 1.
    pub fn unsigned(&self) -> Option<u64> {
        match self.value() {
            Value::Unsigned(number) => Some(number),
            Value::Number(number) => u64::try_from(number).ok(),
            _ => None,
        }
    }

    /// The value.
    pub fn value(&self) -> Value<'static> {
        let magnitude = self
            .bytes
            .iter()
            .fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
        match self.kind {
            Kind::Bool => Value::Bool(magnitude != 0),
            Kind::Unsigned => Value::Unsigned(magnitude),
            Kind::Signed => {
                let unused = 64 - 8 * self.bytes.len().min(8);
                Value::Number((magnitude << unused).cast_signed() >> unused)
            }
        }
    }
}
