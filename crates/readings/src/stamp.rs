//! A reading's moment against the reader's clock.

use crate::bounds::Bounds;
use crate::calendar::Calendar;
use crate::reading::{ReaderClock, Reading};
use fleet::Moment;

/// A reading's moment and what may be expected of it.
pub(crate) struct Stamp<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) bounds: &'a Bounds,
}

impl Stamp<'_> {
    /// How far the meter's clock is ahead, milliseconds; behind is negative. A delivery says nothing
    /// of a clock that is behind.
    pub(crate) fn off(&self) -> i64 {
        let at = self.reading.at;
        match self.reading.clock {
            _ if !Calendar::knows(at) => at.0,
            ReaderClock::Live(reader) => at.since(reader),
            ReaderClock::Later(reader) => at.since(reader).max(0),
            ReaderClock::Unknown => 0,
        }
    }

    /// The reading at the moment it belongs to; nothing where nobody can say.
    pub(crate) fn settled(&self) -> Option<Reading> {
        let within = self.off().saturating_abs() <= self.bounds.clock;
        match self.reading.clock {
            _ if within => Some(*self.reading),
            ReaderClock::Live(at) => Some(Reading {
                at,
                ..*self.reading
            })
            .filter(|reading| Calendar::knows(reading.at)),
            ReaderClock::Later(_) | ReaderClock::Unknown => None,
        }
    }
}

impl Calendar {
    /// Whether a moment lies in the years that the calendar has.
    pub(crate) fn knows(at: Moment) -> bool {
        // the first and the last day of the years -9999 to 9999 are left out
        (-377_705_000_000_000..=253_402_000_000_000).contains(&at.0)
    }
}
