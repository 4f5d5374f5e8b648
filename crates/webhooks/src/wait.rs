//! How long to wait after a failure. Capped first, then jittered: at the cap, too, no two wait
//! alike. Chance is handed in.

use fleet::{HOUR, MINUTE, SECOND};

/// The longest wait, also where the endpoint asks for more.
pub(crate) const LONGEST: i64 = HOUR;

/// The first wait of a message and the longest: after a failure that may pass.
pub(crate) const PASSING: (i64, i64) = (5 * SECOND, LONGEST);
/// The same after a refusal: somebody has to mend something first.
pub(crate) const REFUSED: (i64, i64) = (5 * MINUTE, LONGEST);
/// How long a whole endpoint is left alone. Not longer than people wait for it after a repair.
pub(crate) const RESTING: (i64, i64) = (5 * SECOND, 5 * MINUTE);

/// The wait after so many failures (from 1), milliseconds: doubling from the first to the longest,
/// and of that between one half and all, as chance (0 to 1) has it.
pub(crate) fn after(failures: u32, (first, longest): (i64, i64), chance: f64) -> i64 {
    let doubled = first.saturating_mul(2_i64.saturating_pow(failures.saturating_sub(1)));
    let capped = doubled.min(longest);
    let half = capped / 2;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "an hour at most"
    )]
    let more = (half as f64 * chance.clamp(0.0, 1.0)) as i64;
    half + more
}

#[cfg(test)]
mod tests {
    use super::{HOUR, LONGEST, PASSING, REFUSED, after};
    use proptest::prelude::*;

    #[test]
    fn waits_double_from_five_seconds_to_an_hour() {
        let waits: Vec<i64> = (1..=12).map(|n| after(n, PASSING, 1.0) / 1000).collect();
        assert_eq!(
            waits,
            [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
        );
        for many in [63, 64, 65, u32::MAX] {
            assert_eq!(after(many, PASSING, 1.0), LONGEST, "{many}");
        }
        assert_eq!(after(1, REFUSED, 1.0), 300_000);
        assert_eq!(after(3, PASSING, 0.0), 10_000, "half of it is sure");
    }

    proptest! {
        #[test]
        fn no_wait_is_endless_and_chance_counts_at_the_cap_too(failures: u32, chance in 0.0..1.0) {
            let wait = after(failures, PASSING, chance);
            prop_assert!((2_500..=LONGEST).contains(&wait));
            prop_assert!(after(failures.max(12), PASSING, 0.1) < after(failures.max(12), PASSING, 0.9));
            prop_assert!(after(failures.max(12), PASSING, 1.0) == HOUR);
        }
    }
}
