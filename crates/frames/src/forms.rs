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

/// One row a form: size, value, words, from bytes, to bytes, to whoever shows it, and back from what
/// was shown.
macro_rules! forms {
    ($(
        $(#[$what:meta])*
        $form:ident $(<$n:ident>)? [$size:tt] $value:ty {
            $how:literal, $read:expr, $write:expr, $show:expr, $told:expr
        }
    )*) => { $(
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
    Byte [1] u8 { "byte", |[byte]| Ok(byte), |byte| [byte], show_number, told::number }
    /// Two decimal digits.
    Pair [1] u8 { "BCD", pair, |pair| bcd::digits(pair.into()), show_number, told::number }
    /// The last two digits of a year from 2000 to 2099.
    Year [1] u16 {
        "BCD, 20YY",
        |short| Ok(2000 + u16::from(pair(short)?)),
        |year| bcd::digits((year % 100).into()),
        show_number,
        told::number
    }
    /// Decimal digits; the highest bit is a digit's like any other.
    Bcd<N> [N] u32 { "BCD", decimal, bcd::digits, show_number, told::number }
    /// Decimal digits whose highest bit a firmware may use as a sign: then it is refused.
    Unsigned<N> [N] u32 {
        "BCD; the highest bit is refused", unsigned, bcd::digits, show_number, told::number
    }
    /// Twelve decimal digits.
    Digits [6] Address {
        "BCD",
        |wire| wire.iter().try_for_each(|two| pair([*two]).map(drop)).map(|()| Address::of_wire(wire)),
        Address::wire,
        show_digits,
        |name, told| Address::parse(told.text(name)?).ok()
    }
    U16 [2] u16 {
        "unsigned", |sent| Ok(u16::from_le_bytes(sent)), u16::to_le_bytes, show_number, told::number
    }
    U32 [4] u32 {
        "unsigned", |sent| Ok(u32::from_le_bytes(sent)), u32::to_le_bytes, show_number, told::number
    }
    I32 [4] i32 {
        "signed", |sent| Ok(i32::from_le_bytes(sent)), i32::to_le_bytes, show_number, told::number
    }
    F32 [4] FloatBits {
        "IEEE-754 single",
        |sent| Ok(FloatBits(u32::from_le_bytes(sent))),
        |bits| bits.0.to_le_bytes(),
        show_float,
        |name, told| FloatBits::parse(told.text(name)?)
    }
    /// Kept as it came where it is no time.
    Clock [5] Freeze {
        "BCD: minute, hour, day, month, 20YY",
        |sent| Ok(Freeze(sent)),
        |raw| raw.0,
        show_freeze,
        |name, told| Freeze::parse(told.text(name)?)
    }
}

fn pair([byte]: [u8; 1]) -> Result<u8, DecodeError> {
    bcd::pair(byte).ok_or(DecodeError::InvalidBcd)
}

fn decimal<const N: usize>(sent: [u8; N]) -> Result<u32, DecodeError> {
    bcd::number(sent).ok_or(DecodeError::InvalidBcd)
}

fn unsigned<const N: usize>(sent: [u8; N]) -> Result<u32, DecodeError> {
    let number = decimal(sent)?;
    match sent.last() {
        Some(highest) if highest & 0x80 != 0 => Err(DecodeError::AmbiguousSign),
        _ => Ok(number),
    }
}

fn show_number(raw: impl Into<i64>, name: &'static str, also: Also, visit: &mut Visit<'_>) {
    let raw = raw.into();
    visit(name, Value::Number(raw));
    also.of(raw, visit);
}

fn show_float(bits: FloatBits, name: &'static str, also: Also, visit: &mut Visit<'_>) {
    if let Also::Read(read) = also {
        let kwh = bits
            .number()
            .map_or(Value::Null, |number| Value::Real(f64::from(number)));
        visit(read, kwh);
    }
    visit(name, Value::Text(&bits));
}

fn show_freeze(raw: Freeze, name: &'static str, also: Also, visit: &mut Visit<'_>) {
    if let Also::Read(read) = also {
        match raw.moment() {
            Some((date, time)) => visit(read, Value::Text(&ToTheMinute(date, time))),
            None => visit(read, Value::Null),
        }
    }
    visit(name, Value::Text(&raw));
}

fn show_digits(address: Address, name: &'static str, _: Also, visit: &mut Visit<'_>) {
    visit(name, Value::Text(&address));
}
