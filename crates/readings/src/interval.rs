//! What was consumed between two readings that follow each other.

use crate::reading::Quality;
use fleet::Moment;

/// What was consumed from one reading to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The earlier reading.
    pub from: Moment,
    /// The later one.
    pub to: Moment,
    /// Wh; nothing where the register does not say. Missing is never zero.
    pub wh: Option<i64>,
    /// The graver quality of the two readings; `Failed` where `wh` is missing.
    pub quality: Quality,
    /// How many readings are missing in between.
    pub missing: u32,
}

/// A stretch of time; without an end it lasts still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// From here on.
    pub from: Moment,
    /// Until before here.
    pub to: Option<Moment>,
}

impl Interval {
    /// Milliseconds between its readings.
    pub fn length(&self) -> i64 {
        self.to.since(self.from)
    }

    /// The mean power, W; nothing where the energy is not known.
    pub fn mean_w(&self) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a meter's energy is far below 2^52"
        )]
        let mean = |wh: i64| wh as f64 * fleet::HOUR as f64 / self.length() as f64;
        self.wh.filter(|_| self.length() > 0).map(mean)
    }
}

impl Span {
    /// From here until there.
    pub const fn new(from: Moment, to: Moment) -> Self {
        Self { from, to: Some(to) }
    }

    /// Milliseconds that it shares with the time between two moments.
    pub fn shared(&self, from: Moment, to: Moment) -> i64 {
        let end = self.to.map_or(to, |end| end.min(to));
        end.since(self.from.max(from)).max(0)
    }

    /// Whether the time between two moments lies in it wholly.
    pub fn holds(&self, from: Moment, to: Moment) -> bool {
        self.from <= from && self.to.is_none_or(|end| to <= end)
    }
}
