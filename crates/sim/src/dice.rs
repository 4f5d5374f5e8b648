//! Chance that comes out the same for the same seed.
//!
//! Every draw names what it is for and the how-manieth it is, and nothing is drawn from one common
//! stream: so two requests that change places change nothing but themselves, and the state that has
//! to be kept is a few counters. [`StdRng`] promises the same numbers for the same build only.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// What a draw is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum For {
    /// How long a task takes; which number: its id.
    Task = 1,
    /// Whether a call meets a fault; which number: the call's.
    Call,
    /// What a fleet looks like.
    Fleet,
    /// Gaps and outliers in a day's report.
    Report,
    /// How an answer is written where the vendor is not consistent.
    Wording,
}

/// The dice of one scene.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// The dice for the `n`th draw for something.
    pub(crate) fn throw(self, what: For, n: u64) -> StdRng {
        StdRng::seed_from_u64(mix(self.0 ^ mix(n, what as u64), what as u64))
    }

    /// Whether something that happens with this probability happens now.
    pub(crate) fn happens(self, what: For, n: u64, probability: f64) -> bool {
        probability > 0.0 && self.throw(what, n).random::<f64>() < probability
    }
}

/// Two numbers stirred into one (the finaliser of `SplitMix64`).
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a
        .wrapping_add(b.wrapping_mul(0xD6E8_FEB8_6659_FD93))
        .wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number from 0 (included) to 1 (excluded) that belongs to these two.
pub(crate) fn fraction(a: u64, b: u64) -> f64 {
    let bits = u32::try_from(mix(a, b) >> 32).unwrap_or(0);
    f64::from(bits) / 4_294_967_296.0
}

/// A number between two bounds, small ones more often: durations lean towards their lower end.
pub(crate) fn leaning(dice: &mut StdRng, [low, high]: [i64; 2]) -> i64 {
    if high <= low {
        return low;
    }
    let at: f64 = dice.random();
    low + crate::clock::whole((f64_of(high - low) + 1.0).powf(at) - 1.0)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "durations are far below 2^53 milliseconds"
)]
fn f64_of(ms: i64) -> f64 {
    ms as f64
}
