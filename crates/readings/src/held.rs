//! Values of the moment, held against the ones before.

use crate::bounds::Bounds;
use fleet::{HOUR, Moment};
use serde::{Deserialize, Serialize};

/// A value of the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instant {
    /// When it was read.
    pub at: Moment,
    /// What it is of.
    pub quantity: Quantity,
    /// Thousandths of its unit: mW, mV, mA.
    pub milli: i64,
}

/// What a value of the moment is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quantity {
    /// Active power (keypad code 31).
    Power,
    /// Voltage.
    Voltage,
    /// The conductor's amperes.
    Amperes,
}

/// A value and how often it came in a row.
pub(crate) struct Held<'a> {
    pub(crate) quantity: Quantity,
    pub(crate) milli: i64,
    pub(crate) times: u32,
    pub(crate) bounds: &'a Bounds,
}

/// What is remembered of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Last {
    pub(crate) quantity: Quantity,
    at: i64,
    milli: i64,
    times: u32,
    /// Since when it is the same.
    since: i64,
}

impl Last {
    pub(crate) fn of(instant: &Instant) -> Self {
        Self {
            quantity: instant.quantity,
            at: instant.at.0,
            milli: instant.milli,
            times: 1,
            since: instant.at.0,
        }
    }

    /// Hears the next value; a late or repeated one is none.
    pub(crate) fn hear(&mut self, instant: &Instant) -> bool {
        if instant.at.0 <= self.at {
            return false;
        }
        if instant.milli == self.milli {
            self.times = self.times.saturating_add(1);
            self.at = instant.at.0;
        } else {
            *self = Self::of(instant);
        }
        true
    }

    /// Thousandths of a Wh that this power adds up to until the next value; a long silence counts
    /// as two periods, because nobody knows what was in it.
    pub(crate) fn energy_mwh(&self, until: Moment, bounds: &Bounds) -> i64 {
        let length = until.0.saturating_sub(self.at).clamp(0, 2 * bounds.period);
        let mwh = i128::from(self.milli.max(0)) * i128::from(length) / i128::from(HOUR);
        i64::try_from(mwh).unwrap_or(i64::MAX)
    }

    pub(crate) fn since(&self) -> Moment {
        Moment(self.since)
    }

    pub(crate) fn held<'a>(&self, bounds: &'a Bounds) -> Held<'a> {
        Held {
            quantity: self.quantity,
            milli: self.milli,
            times: self.times,
            bounds,
        }
    }
}
