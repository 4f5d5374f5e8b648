//! A meter's counter of events with the moments of its last five.

use fleet::{MINUTE, Moment};

/// How many moments a meter keeps.
const KEPT: usize = 5;

/// A counter as it was read: power-downs (keypad codes 52 and 53 to 57), overload trips (46 and 47 to
/// 51) or cover openings (40 and 41 to 45).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// When it was read, by the reader's clock.
    pub read: Moment,
    /// How many events, ever.
    pub count: u32,
    /// The moments of the last five at most, in any order, by the meter's clock.
    pub times: Vec<Moment>,
    /// How far the meter's clock is ahead, milliseconds; 0 where nobody knows.
    pub clock_ahead: i64,
}

/// What came between two readings of a counter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// The moments of new events, in order, by the reader's clock.
    pub times: Vec<Moment>,
    /// New events whose moments are lost: more than five, or not shown.
    pub lost: u32,
    /// The counter went back: another meter, a reset, or a mistyped value. Nothing is concluded.
    pub went_back: bool,
    /// Moments that lie in the future of the reading, and are left out.
    pub odd: Vec<Moment>,
}

/// How far in the future a moment may lie, milliseconds. 5 minutes: as rule R11 of the readings.
const SKEW: i64 = 5 * MINUTE;

/// What came between two readings of a counter. The same moment twice is one event.
pub fn since(before: &Counter, now: &Counter) -> Since {
    if now.count < before.count {
        return Since {
            went_back: true,
            ..Since::default()
        };
    }
    let moved = |counter: &Counter| -> Vec<Moment> {
        let ahead = -counter.clock_ahead;
        let mut times: Vec<Moment> = counter.times.iter().map(|at| at.plus(ahead)).collect();
        times.sort_unstable();
        times.dedup();
        times
    };
    let known = moved(before);
    let (times, odd): (Vec<Moment>, Vec<Moment>) = moved(now)
        .into_iter()
        .filter(|at| known.binary_search(at).is_err())
        .partition(|at| at.since(now.read) <= SKEW);
    let more = now.count - before.count;
    // older ones can come to light only where fewer than five were shown before
    let new = times.len().min(usize::try_from(more).unwrap_or(KEPT));
    let times = times[times.len() - new..].to_vec();
    let lost = more - u32::try_from(new).unwrap_or(more);
    Since {
        times,
        lost,
        went_back: false,
        odd,
    }
}
