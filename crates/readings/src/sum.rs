//! The homes of a feeder against the meter of the feeder, over the same stretch of time.

use crate::bounds::Bounds;
use crate::interval::Interval;
use crate::rule::{Flag, When};
use crate::rules::RULES;

/// What the homes and the feeder's meter counted.
pub(crate) struct Sum<'a> {
    pub(crate) total_wh: i64,
    pub(crate) homes_wh: i64,
    pub(crate) homes: usize,
    pub(crate) bounds: &'a Bounds,
}

/// What comes of holding the homes against the meter of their feeder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summed {
    /// The difference is no more than technical loss and the meters' class.
    Fits {
        /// What the feeder's meter counted above the homes, Wh.
        residual_wh: i64,
    },
    /// It is more.
    Differs(Flag),
    /// So many values are missing, and missing is never zero: nothing can be said.
    Unknown {
        /// How many homes, the feeder's own meter among them.
        missing: usize,
    },
}

/// Holds the homes against their feeder's meter. All intervals cover the same time; one that is not
/// there, or covers another time, counts as missing.
pub fn sum_check(total: &Interval, homes: &[Option<Interval>], bounds: &Bounds) -> Summed {
    let same = |home: &Interval| (home.from, home.to) == (total.from, total.to);
    let of = |home: &Option<Interval>| home.as_ref().filter(|home| same(home))?.wh;
    let known: Vec<i64> = homes.iter().filter_map(of).collect();
    let missing = homes.len() - known.len() + usize::from(total.wh.is_none());
    let Some(total_wh) = total.wh.filter(|_| missing == 0) else {
        return Summed::Unknown { missing };
    };
    let sum = Sum {
        total_wh,
        homes_wh: known.iter().sum(),
        homes: known.len(),
        bounds,
    };
    let held = RULES.iter().find_map(|rule| match rule.when {
        When::Sum(when) => when(&sum).map(|saw| (rule, saw)),
        _ => None,
    });
    match held {
        None => Summed::Fits {
            residual_wh: total_wh - sum.homes_wh,
        },
        Some((rule, saw)) => Summed::Differs(Flag {
            rule,
            from: total.from,
            to: total.to,
            saw,
        }),
    }
}
