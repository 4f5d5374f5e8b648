//! What comes of hearing readings.

use crate::interval::Interval;
use crate::reading::Reading;
use crate::rule::Flag;
use crate::whole_day::Day;

/// What came of the readings that were heard, oldest first. It is handed in, so that one buffer
/// serves a whole fleet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// What was consumed from reading to reading.
    pub intervals: Vec<Interval>,
    /// Days that are over.
    pub days: Vec<Day>,
    /// What the rules have to say.
    pub flags: Vec<Flag>,
    /// Readings of a time that was heard already and that fit in: the intervals of that time can be
    /// worked out anew from the raw ones.
    pub late: Vec<Reading>,
}

impl Heard {
    /// Empties it for the next meter.
    pub fn clear(&mut self) {
        self.intervals.clear();
        self.days.clear();
        self.flags.clear();
        self.late.clear();
    }
}
