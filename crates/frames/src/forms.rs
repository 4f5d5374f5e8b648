//! How one field stands in a payload: so many bytes, how they are read, written and shown.

use crate::raw::{FloatBits, Freeze, ToTheMinute};
use crate::told::{self, Told};
use crate::value::{Also, Value, Visit};
use crate::{Address, DecodeError, Masked, bcd};

/// How a field stands in a payload.
pub(crate) trait Form {
    /// What it is read into.
    type Value: Copy;
    /// Bytes it takes.
    const SIZE: usize;
    /// The words for it in the documentation.
    const HOW: &'static str;

    /// Reads the field from the front of the data.
    fn read(data: Masked<'_>) -> Result<(Self::Value, Masked<'_>), DecodeError>;
    /// Appends the bytes without the mask; a value that does not fit comes out as another one.
    fn write(value: Self::Value, out: &mut Vec<u8>);
    /// Tells the value, and what else is said of it.
    fn show(value: Self::Value, name: &'static str, also: Also, visit: &mut Visit<'_>);
    /// The raw value that was told under this name.
    fn told(name: &str, told: &dyn Told) -> Option<Self::Value>;
}

fn number(raw: impl Into<i64>, name: &'static str, also: Also, visit: &mut Visit<'_>) {
    let raw = raw.into();
    visit(name, Value::Number(raw));
    also.of(raw, visit);
}

fn float(bits: FloatBits, name: &'static str, also: Also, visit: &mut Visit<'_>) {
    if let Also::Read(read) = also {
        let kwh = bits
            .number()
            .map_or(Value::Null, |number| Value::Real(f64::from(number)));
        visit(read, kwh);
    }
    visit(name, Value::Text(&bits));
}

fn freeze(raw: Freeze, name: &'static str, also: Also, visit: &mut Visit<'_>) {
    if let Also::Read(read) = also {
        match raw.moment() {
            Some((date, time)) => visit(read, Value::Text(&ToTheMinute(date, time))),
            None => visit(read, Value::Null),
        }
    }
    visit(name, Value::Text(&raw));
}

fn digits(address: Address, name: &'static str, _: Also, visit: &mut Visit<'_>) {
    visit(name, Value::Text(&address));
}

/// One row a form: size, value, words, from bytes, to bytes, to whoever shows it, and back from what
/// was shown.
macro_rules! forms {
    ($($(#[$what:meta])* $form:ident $(<$n:ident>)? [$size:tt] $value:ty { $how:literal, $read:expr, $write:expr, $show:expr, $told:expr })*) => { $(
        $(#[$what])*
        pub(crate) struct $form $(<const $n: usize>)?;

        impl $(<const $n: usize>)? Form for $form $(<$n>)? {
            type Value = $value;
            const SIZE: usize = $size;
            const HOW: &'static str = $how;

            #[inline]
            fn read(data: Masked<'_>) -> Result<($value, Masked<'_>), DecodeError> {
                let (bytes, rest) = data.split::<$size>().ok_or(DecodeError::PayloadLength)?;
                let read: fn([u8; $size]) -> Result<$value, DecodeError> = $read;
                Ok((read(bytes)?, rest))
            }

            fn write(value: $value, out: &mut Vec<u8>) {
                let write: fn($value) -> [u8; $size] = $write;
                out.extend(write(value));
            }

            fn show(value: $value, name: &'static str, also: Also, visit: &mut Visit<'_>) {
                ($show)(value, name, also, visit);
            }

            fn told(name: &str, told: &dyn Told) -> Option<$value> {
                let of: fn(&str, &dyn Told) -> Option<$value> = $told;
                of(name, told)
            }
        }
    )* };
}

forms! {
    Byte [1] u8 { "byte", |[byte]| Ok(byte), |byte| [byte], number, told::number }
    /// Two decimal digits.
    Pair [1] u8 { "BCD", |[pair]| bcd::pair(pair).ok_or(DecodeError::InvalidBcd), |pair| bcd::digits(pair.into()), number, told::number }
    /// The last two digits of a year from 2000 to 2099.
    Year [1] u16 {
        "BCD, 20YY",
        |[pair]| bcd::pair(pair).map(|short| 2000 + u16::from(short)).ok_or(DecodeError::InvalidBcd),
        |year| bcd::digits((year % 100).into()),
        number,
        told::number
    }
    /// Decimal digits; the highest bit is a digit's like any other.
    Bcd<N> [N] u32 { "BCD", |bytes| bcd::number(bytes).ok_or(DecodeError::InvalidBcd), bcd::digits, number, told::number }
    /// Decimal digits whose highest bit a firmware may use as a sign: then it is refused.
    Unsigned<N> [N] u32 {
        "BCD; the highest bit is refused",
        |bytes| {
            let number = bcd::number(bytes).ok_or(DecodeError::InvalidBcd)?;
            let signed = bytes.last().is_some_and(|highest| highest & 0x80 != 0);
            if signed { Err(DecodeError::AmbiguousSign) } else { Ok(number) }
        },
        bcd::digits,
        number,
        told::number
    }
    /// Twelve decimal digits.
    Digits [6] Address {
        "BCD",
        |wire| if wire.iter().all(|pair| bcd::pair(*pair).is_some()) { Ok(Address::of_wire(wire)) } else { Err(DecodeError::InvalidBcd) },
        Address::wire,
        digits,
        |name, told| Address::parse(told.text(name)?).ok()
    }
    U16 [2] u16 { "unsigned", |bytes| Ok(u16::from_le_bytes(bytes)), u16::to_le_bytes, number, told::number }
    U32 [4] u32 { "unsigned", |bytes| Ok(u32::from_le_bytes(bytes)), u32::to_le_bytes, number, told::number }
    I32 [4] i32 { "signed", |bytes| Ok(i32::from_le_bytes(bytes)), i32::to_le_bytes, number, told::number }
    F32 [4] FloatBits { "IEEE-754 single", |bytes| Ok(FloatBits(u32::from_le_bytes(bytes))), |bits| bits.0.to_le_bytes(), float, |name, told| FloatBits::parse(told.text(name)?) }
    /// Minute, hour, day, month, year; kept as it came where it is no time.
    Clock [5] Freeze { "BCD: minute, hour, day, month, 20YY", |bytes| Ok(Freeze(bytes)), |raw| raw.0, freeze, |name, told| Freeze::parse(told.text(name)?) }
}
