//! One value under its name, as whoever shows a frame is told it.

use crate::bits::Bit;
use std::fmt;

/// A value. The names are part of the contract of `calinmeter frame decode`.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// There is none: a clock that was not set, a number that is none.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A whole number of up to 64 bits.
    Unsigned(u64),
    /// A number with a fraction.
    Real(f64),
    /// Digits, hex or a name; nothing in it needs escaping.
    Text(&'a dyn fmt::Display),
    /// Each bit that has a name, set or not.
    Bits(u8, &'static [Bit]),
    /// The names of the bits that are set.
    Names(u8, &'static [Bit]),
}

/// Who is told the values, one after the other.
pub type Visit<'v> = dyn FnMut(&'static str, Value<'_>) + 'v;

/// What else is shown of a field beside its raw value.
#[derive(Clone, Copy, Debug)]
pub enum Also {
    /// Nothing.
    Nothing,
    /// The raw number divided, under a name that ends in the unit.
    Scaled(&'static str, u32),
    /// Whether the raw number is zero.
    IsZero(&'static str),
    /// Its bits, each under its own name.
    Bits(&'static [Bit]),
    /// Its bits, together under one name.
    BitsUnder(&'static str, &'static [Bit]),
    /// What it stands for, where it stands for anything.
    Read(&'static str),
}

impl Also {
    /// Tells what else a raw number says.
    pub(crate) fn of(self, raw: i64, visit: &mut Visit<'_>) {
        // OK because every field with bits is one byte
        let byte = u8::try_from(raw).unwrap_or_default();
        match self {
            Self::Nothing | Self::Read(_) => {}
            Self::Scaled(name, divisor) => visit(name, Value::Real(scaled(raw, divisor))),
            Self::IsZero(name) => visit(name, Value::Bool(raw == 0)),
            Self::Bits(bits) => bits
                .iter()
                .for_each(|bit| visit(bit.name, Value::Bool(bit.is_set(byte)))),
            Self::BitsUnder(name, bits) => visit(name, Value::Bits(byte, bits)),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a field has 32 bits, a double holds 53"
)]
fn scaled(raw: i64, divisor: u32) -> f64 {
    raw as f64 / f64::from(divisor)
}
