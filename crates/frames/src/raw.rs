//! Values of a report that may be no value at all: what came is kept beside what it stands for.

use crate::hex::unhex;
use crate::{Date, TimeOfDay, bcd};
use std::fmt;

/// A number in IEEE-754 single precision, by its bits.
///
/// `Display` writes the bits as eight hexadecimal digits, the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FloatBits(pub u32);

impl FloatBits {
    /// Reads what `Display` writes.
    pub(crate) fn parse(digits: &str) -> Option<Self> {
        let bytes = unhex(digits)?.try_into().ok()?;
        Some(Self(u32::from_be_bytes(bytes)))
    }

    /// The number; nothing where the bits are none, or infinite.
    pub fn number(self) -> Option<f32> {
        Some(f32::from_bits(self.0)).filter(|number| number.is_finite())
    }
}

impl fmt::Display for FloatBits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// When a report was frozen, by the meter's own clock: minute, hour, day, month, year, two decimal
/// digits each, as they are sent without the mask.
///
/// `Display` writes the ten digits, the year first, whether or not they are decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Freeze(pub [u8; 5]);

impl Freeze {
    /// Reads what `Display` writes.
    pub(crate) fn parse(digits: &str) -> Option<Self> {
        let [year, month, day, hour, minute] = unhex(digits)?.try_into().ok()?;
        Some(Self([minute, hour, day, month, year]))
    }

    /// The day and the time in the meter's local time; nothing where its clock is not set.
    pub fn moment(self) -> Option<(Date, TimeOfDay)> {
        let [minute, hour, day, month, year] =
            self.0.map(|pair| bcd::pair(pair).unwrap_or(u8::MAX));
        let date = Date::of_wire(u16::from(year), month, day)?;
        Some((date, TimeOfDay::of_wire(hour, minute, 0)?))
    }
}

impl fmt::Display for Freeze {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .rev()
            .try_for_each(|pair| write!(f, "{pair:02x}"))
    }
}

/// `2026-03-15 14:00`.
pub(crate) struct ToTheMinute(pub(crate) Date, pub(crate) TimeOfDay);

impl fmt::Display for ToTheMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0, self.1);
        let (year, month, day) = (date.year(), date.month(), date.day());
        write!(
            f,
            "{year}-{month:02}-{day:02} {:02}:{:02}",
            time.hour(),
            time.minute()
        )
    }
}
