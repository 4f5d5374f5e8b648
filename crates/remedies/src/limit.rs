//! How a load-limit token rounds: the amount field of IEC 62055-41, 14 bits of mantissa and 2 of
//! exponent, in whole watts.

/// From so many watts on, limits stand so many watts apart. With exponent `e` a value is
/// `10^e * m + 2^14 * (10^0 + .. + 10^(e-1))`, `m` up to 16383; the last is 18201624 W.
const STEPS: [(f64, f64); 3] = [(1_818_624.0, 1_000.0), (180_224.0, 100.0), (16_384.0, 10.0)];

/// Whether a limit that reads so is the one that was set: equal up to 16383 W; above that it may
/// have been rounded up or down by less than one step.
pub(crate) fn is_set(set: u32, reads: f64) -> bool {
    let set = f64::from(set);
    let step = STEPS.iter().find(|(from, _)| set >= *from);
    let apart = (set - reads).abs();
    match step {
        // the value comes as text: half a watt is no other limit
        None => apart < 0.5,
        Some((_, step)) => apart < *step,
    }
}

#[cfg(test)]
mod tests {
    use super::is_set;

    #[test]
    fn up_to_16383_watts_a_limit_is_exact_and_above_it_is_rounded_by_less_than_a_step() {
        for (set, reads, expected) in [
            (2_000, 2_000.0, true),
            (2_000, 2_001.0, false),
            (16_383, 16_383.0, true),
            (16_383, 16_384.0, false),
            (16_384, 16_384.0, true),
            (16_389, 16_384.0, true),
            (16_389, 16_394.0, true),
            (16_389, 16_374.0, false),
            (180_220, 180_224.0, true),
            (200_000, 199_924.0, true),
            (200_000, 200_100.0, false),
            (2_000_000, 1_999_624.0, true),
            (2_000_000, 2_001_000.0, false),
            (18_201_624, 18_201_624.0, true),
            (2_000, f64::NAN, false),
        ] {
            assert_eq!(is_set(set, reads), expected, "{set} reads {reads}");
        }
    }

    /// Each encodable value reads back as itself, and no other limit of a small meter does.
    #[test]
    fn the_steps_are_those_of_the_float_format() {
        let value = |e: u32, m: u32| {
            10_u32.pow(e) * m + (1..=e).map(|i| 16_384 * 10_u32.pow(i - 1)).sum::<u32>()
        };
        for e in 0..=3 {
            for m in [0, 1, 5_000, 16_383] {
                let encoded = value(e, m);
                assert!(is_set(encoded, f64::from(encoded)), "{encoded}");
                let next = f64::from(value(e, m) + 10_u32.pow(e));
                assert!(!is_set(encoded, next), "{encoded} against {next}");
            }
        }
    }
}
