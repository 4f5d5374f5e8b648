//! A home, or many, without supply.

use crate::cause::Cause;
use fleet::Moment;

/// Homes that lost their supply together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interruption {
    /// When it began.
    pub from: Moment,
    /// When supply was seen again; nothing while it lasts.
    pub to: Option<Moment>,
    /// How many homes; 1 where a meter tells of its own.
    pub homes: u64,
    /// Why, as far as is known.
    pub cause: Cause,
    /// How far from the truth its two ends may be, milliseconds.
    pub resolution: i64,
}

impl Interruption {
    /// Milliseconds from its begin to its end, or to a moment while it lasts.
    pub fn length(&self, until: Moment) -> i64 {
        self.to.unwrap_or(until).since(self.from).max(0)
    }
}

/// The interruptions of one home, in order and without overlap: a home is counted once, whoever told
/// of it. Of two that overlap the coarser resolution stays, and the cause that was known.
pub fn once_each(interruptions: &[Interruption]) -> Vec<Interruption> {
    let mut sorted = interruptions.to_vec();
    sorted.sort_by_key(|one| one.from);
    let mut merged: Vec<Interruption> = Vec::with_capacity(sorted.len());
    for one in sorted {
        let Some(last) = merged
            .last_mut()
            .filter(|last| last.to.is_none_or(|end| one.from < end))
        else {
            merged.push(one);
            continue;
        };
        last.to = last.to.zip(one.to).map(|(end, other)| end.max(other));
        last.homes = last.homes.max(one.homes);
        last.resolution = last.resolution.max(one.resolution);
        if last.cause == Cause::Unknown {
            last.cause = one.cause;
        }
    }
    merged
}
