//! The indices of reliability, IEEE 1366.

use crate::cause::Cause;
use crate::interruption::Interruption;
use fleet::{MINUTE, Moment};

/// How interruptions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexTerms {
    /// One longer than this is sustained, milliseconds. 5 minutes: IEEE 1366; EN 50160 calls up to
    /// 3 minutes short.
    pub sustained: i64,
}

/// The indices of one kind of interruptions over a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// Sustained interruptions, however many homes each.
    pub sustained: u64,
    /// Momentary ones.
    pub momentary: u64,
    /// Those of the sustained ones that last still; they count until the end of the period.
    pub open: u64,
    /// Minutes without supply, summed over homes, sustained interruptions only.
    pub customer_minutes: f64,
    /// Minutes without supply an average home had.
    pub saidi_min: f64,
    /// Sustained interruptions an average home had.
    pub saifi: f64,
    /// Minutes an average sustained interruption lasted; nothing without one.
    pub caidi_min: Option<f64>,
    /// Momentary interruptions an average home had; nothing where the resolution is too coarse to
    /// tell momentary from sustained.
    pub maifi: Option<f64>,
    /// The share of the period in which an average home had supply.
    pub asai: f64,
    /// The coarsest resolution of what was counted, milliseconds: shorter interruptions may be
    /// missing, and each end may be off by so much.
    pub resolution: i64,
}

/// The indices of a site and a period, the grid's apart from the meters'.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// Supply lost by the grid or the site's source, and where nobody knows why.
    pub supply: Indices,
    /// Supply lost because a home's own meter opened its relay: no interruption in the sense of
    /// IEEE 1366, and kept apart.
    pub meter: Indices,
    /// Interruptions that somebody ordered: counted nowhere.
    pub ordered: u64,
}

impl Default for IndexTerms {
    fn default() -> Self {
        Self {
            sustained: 5 * MINUTE,
        }
    }
}

/// The indices over the homes of a site and a period; nothing without homes or time.
///
/// An interruption belongs to the period in which it begins, in full, as IEEE 1366 has it for days;
/// one that lasts still counts until the period's end. Each home's interruptions are handed in
/// without overlap ([`crate::once_each`]). `resolution` is how exactly homes were watched: it counts
/// also where nothing was seen.
pub fn reliability(
    interruptions: &[Interruption],
    homes: u64,
    period: (Moment, Moment),
    resolution: i64,
    terms: IndexTerms,
) -> Option<Reliability> {
    let (from, to) = period;
    let minutes = minutes(to.since(from));
    if homes == 0 || minutes <= 0.0 {
        return None;
    }
    let begun: Vec<&Interruption> = interruptions
        .iter()
        .filter(|one| from <= one.from && one.from < to)
        .collect();
    let of = |causes: &[Cause]| {
        let some = begun.iter().filter(|one| causes.contains(&one.cause));
        let mut sums = Sums::watched(resolution);
        for one in some {
            sums.count(one, to, terms);
        }
        sums.indices(homes, minutes, terms)
    };
    let ordered = begun.iter().filter(|one| one.cause == Cause::Ordered);
    Some(Reliability {
        supply: of(&[Cause::Supply, Cause::Unknown]),
        meter: of(&[Cause::Meter]),
        ordered: ordered.count() as u64,
    })
}

/// What is counted on the way to the indices.
#[derive(Default)]
struct Sums {
    sustained: u64,
    momentary: u64,
    open: u64,
    minutes: f64,
    hit: u64,
    brief: u64,
    resolution: i64,
}

impl Sums {
    fn watched(resolution: i64) -> Self {
        Self {
            resolution,
            ..Self::default()
        }
    }

    fn count(&mut self, one: &Interruption, until: Moment, terms: IndexTerms) {
        let length = one.length(until);
        self.resolution = self.resolution.max(one.resolution);
        if length <= terms.sustained {
            self.momentary += 1;
            self.brief += one.homes;
            return;
        }
        self.sustained += 1;
        self.open += u64::from(one.to.is_none());
        self.hit += one.homes;
        self.minutes += minutes(length) * number(one.homes);
    }

    fn indices(&self, homes: u64, minutes: f64, terms: IndexTerms) -> Indices {
        let homes = number(homes);
        let saidi_min = self.minutes / homes;
        let told_apart = self.resolution <= terms.sustained;
        Indices {
            sustained: self.sustained,
            momentary: self.momentary,
            open: self.open,
            customer_minutes: self.minutes,
            saidi_min,
            saifi: number(self.hit) / homes,
            caidi_min: (self.hit > 0).then(|| self.minutes / number(self.hit)),
            maifi: told_apart.then(|| number(self.brief) / homes),
            asai: 1.0 - saidi_min / minutes,
            resolution: self.resolution,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "homes and milliseconds of years are far below 2^52"
)]
fn number(homes: u64) -> f64 {
    homes as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of years are far below 2^52"
)]
fn minutes(milliseconds: i64) -> f64 {
    milliseconds as f64 / MINUTE as f64
}
