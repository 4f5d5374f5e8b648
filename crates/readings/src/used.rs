//! What was consumed from one moment to another.

use crate::interval::Interval;
use crate::reading::Quality;
use fleet::Moment;

/// What was consumed from one moment to another, and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Wh; nothing where no reading stands at one of the ends, or the register does not say.
    pub wh: Option<i64>,
    /// The gravest quality of the intervals in between.
    pub quality: Quality,
    /// How many readings are missing in between.
    pub missing: u32,
}

/// What was consumed from one moment to another, by intervals that follow each other. A reading has
/// to stand at either end: an interval that reaches over it is not cut in two here. Where estimates
/// were asked for, they stand in the place of the gap, and the result says so.
pub fn used(intervals: &[Interval], from: Moment, to: Moment) -> Used {
    let mut used = Used {
        wh: Some(0),
        quality: Quality::Actual,
        missing: 0,
    };
    let mut at = from;
    for one in intervals
        .iter()
        .filter(|one| one.from >= from && one.to <= to)
    {
        let follows = one.from == at;
        used.wh = used
            .wh
            .zip(one.wh.filter(|_| follows))
            .map(|(sum, wh)| sum + wh);
        used.quality = used.quality.with(one.quality);
        used.missing = used.missing.saturating_add(one.missing);
        at = one.to;
    }
    if at != to || used.wh.is_none() {
        used.wh = None;
        used.quality = Quality::Failed;
    }
    used
}
