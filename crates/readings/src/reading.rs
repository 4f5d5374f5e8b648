//! A register's value and its moment, and what is known of how it was read.

use fleet::Moment;

/// The value of the cumulative energy register (keypad code 01) at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// When, by the meter's or the head-end's clock.
    pub at: Moment,
    /// The register, Wh. The meters show kWh with two decimals.
    pub wh: i64,
    /// What the reader's own clock said.
    pub clock: ReaderClock,
    /// How the value came about.
    pub quality: Quality,
}

/// What the reader's clock said of a reading that the meter stamped itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReaderClock {
    /// The meter was read at this moment: the two clocks should agree.
    Live(Moment),
    /// It was delivered at this moment and may be older; it cannot be younger.
    Later(Moment),
    /// Not known.
    #[default]
    Unknown,
}

/// How a value came about. The raw value is kept for ever, whatever stands here.
///
/// Source: the flags of utilities' validation practice, facts of the domain, 3f.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quality {
    /// Read from the meter.
    #[default]
    Actual,
    /// Estimated because somebody asked for it.
    Estimated,
    /// Typed by a person who stood at the meter.
    Manual,
    /// Put in by a person in place of another value.
    Substituted,
    /// Not to be used: nobody knows what was consumed.
    Failed,
}

impl Reading {
    /// A reading from the meter of which nothing else is known.
    pub const fn new(at: Moment, wh: i64) -> Self {
        Self {
            at,
            wh,
            clock: ReaderClock::Unknown,
            quality: Quality::Actual,
        }
    }
}

impl Quality {
    /// The letter that stands beside a value: A, E, M, S or F.
    pub const fn letter(self) -> char {
        match self {
            Self::Actual => 'A',
            Self::Estimated => 'E',
            Self::Manual => 'M',
            Self::Substituted => 'S',
            Self::Failed => 'F',
        }
    }

    /// What stands beside a value that comes of two.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        const GRAVEST: [Quality; 5] = [
            Quality::Failed,
            Quality::Estimated,
            Quality::Substituted,
            Quality::Manual,
            Quality::Actual,
        ];
        let either = |one: &Self| *one == self || *one == other;
        GRAVEST.into_iter().find(either).unwrap_or(self)
    }
}
