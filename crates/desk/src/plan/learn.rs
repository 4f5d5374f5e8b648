//! How long tasks take: where the first look at a task of an item pays.
//!
//! A task is only seen to end when it is looked at, so durations cannot be measured, only bracketed.
//! Two running shares are kept instead: how many tasks had ended at the first look, and how many had
//! ended at an earlier look that one task in sixteen gets. Too few of the first: look later. Most of
//! the second: look earlier. Failed tasks tell how patient the head-end is, not how fast meters are,
//! and are left out.

use super::flight::What;
use super::rules::Dice;
use std::collections::BTreeMap;

/// The share (of 1024) of tasks that shall have ended at the first look.
const WANTED: i32 = 614;
/// A share right after the delay was changed: no opinion yet, inclined to stay.
const FRESH: i32 = 820;
/// One task in so many is looked at early, to learn whether earlier would do.
const EARLY: i64 = 16;
/// The weight of one task in the running shares: 1/8.
const WEIGHT: i32 = 8;

/// The first step later is a 64th, the next in a row twice that, up to an 8th: a delay that is short
/// by a hair must not become long by much.
const FINEST: u32 = 6;
const COARSEST: u32 = 3;

#[derive(Clone, Debug)]
struct Learned {
    first: i64,
    ended: i32,
    ended_early: i32,
    /// How fine the next step later is.
    fine: u32,
}

impl Learned {
    fn new(first: i64, fine: u32) -> Self {
        Self {
            first,
            ended: FRESH,
            ended_early: 1024 - FRESH,
            fine,
        }
    }
}

/// The delay before the first look, for each item and each sort of act.
#[derive(Clone, Debug)]
pub(super) struct Delays {
    start: i64,
    items: BTreeMap<What, Learned>,
}

/// The looks that one task gets before the pace's steps begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FirstLooks {
    /// An early look, for learning.
    pub(super) early: Option<i64>,
    /// The look that is expected to pay.
    pub(super) first: i64,
}

impl Delays {
    pub(super) fn new(start: i64) -> Self {
        Self {
            start: start.max(1),
            items: BTreeMap::new(),
        }
    }

    /// After how many milliseconds a new task of this item is looked at.
    pub(super) fn of(&self, item: What, dice: &mut Dice) -> FirstLooks {
        let first = self
            .items
            .get(&item)
            .map_or(self.start, |known| known.first);
        let early = dice.once_in(EARLY).then_some(first * 3 / 4);
        FirstLooks { early, first }
    }

    /// A task that got these looks was answered: whether the early look (where it had one) and the
    /// first look found it so.
    ///
    /// Hundreds of tasks are under way when a delay is changed. What they say belongs to the old one
    /// and is passed over: counted against the new one, it would drive the delay on and on.
    pub(super) fn answered(
        &mut self,
        item: What,
        looks: FirstLooks,
        early: Option<bool>,
        ended: bool,
    ) {
        let (least, most) = ((self.start / 20).max(1), self.start.saturating_mul(20));
        let start = self.start;
        let known = self.items.entry(item);
        let known = known.or_insert_with(|| Learned::new(start, FINEST));
        if looks.first != known.first {
            return;
        }
        known.ended += (share(ended) - known.ended) / WEIGHT;
        if let Some(early) = early {
            known.ended_early += (share(early) - known.ended_early) / WEIGHT;
        }
        let (changed, fine) = if known.ended < WANTED {
            let later = known.first + (known.first >> known.fine) + 1;
            (later, known.fine.saturating_sub(1).max(COARSEST))
        } else if known.ended_early > WANTED {
            (known.first * 3 / 4, FINEST)
        } else {
            return;
        };
        *known = Learned::new(changed.clamp(least, most), fine);
    }
}

fn share(yes: bool) -> i32 {
    if yes { 1024 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asking::Item;

    const WHAT: What = What::Item(Item::Power);

    /// Looks at tasks that take `lasts(n)` and tells what is learned.
    fn learned(start: i64, tasks: i64, lasts: impl Fn(i64) -> i64) -> i64 {
        let (mut delays, mut dice) = (Delays::new(start), Dice::new(7));
        for n in 0..tasks {
            let looks = delays.of(WHAT, &mut dice);
            let took = lasts(n);
            let early = looks.early.map(|at| took <= at);
            delays.answered(WHAT, looks, early, took <= looks.first);
        }
        delays.of(WHAT, &mut dice).first
    }

    #[test]
    fn a_delay_that_fits_stays() {
        assert_eq!(learned(1_000, 10_000, |_| 1_000), 1_000);
    }

    #[test]
    fn a_delay_that_is_short_by_a_hair_becomes_a_little_longer() {
        let delay = learned(1_000, 10_000, |_| 1_003);
        assert!((1_003..=1_020).contains(&delay), "{delay}");
    }

    #[test]
    fn slow_tasks_are_looked_at_later() {
        let delay = learned(10_000, 2_000, |_| 40_000);
        assert!((40_000..=45_000).contains(&delay), "{delay}");
    }

    #[test]
    fn quick_tasks_are_looked_at_earlier() {
        let delay = learned(10_000, 5_000, |_| 3_000);
        assert!((3_000..=4_500).contains(&delay), "{delay}");
    }

    #[test]
    fn tasks_under_way_when_the_delay_changes_do_not_drive_it_on() {
        let (mut delays, mut dice) = (Delays::new(1_000), Dice::new(7));
        for _ in 0..50 {
            let flight: Vec<_> = (0..200).map(|_| delays.of(WHAT, &mut dice)).collect();
            for looks in flight {
                let early = looks.early.map(|at| at >= 2_000);
                delays.answered(WHAT, looks, early, looks.first >= 2_000);
            }
            assert!(delays.of(WHAT, &mut dice).first < 2_300);
        }
        assert!(delays.of(WHAT, &mut dice).first >= 2_000);
    }

    #[test]
    fn of_scattered_tasks_most_have_ended_at_the_first_look() {
        // The reading tasks captured from a station server, in seconds.
        let seen = [7, 14, 39, 41, 44, 74, 88];
        let delay = learned(10_000, 20_000, |n| {
            seen[usize::try_from(n * 31 % 7).unwrap()] * 1_000
        });
        assert!((39_000..=90_000).contains(&delay), "{delay}");
    }
}
