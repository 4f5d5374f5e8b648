//! What days and residuals say towards a score.

use crate::recent::DayUse;

/// Days before a moment that make a home's usual day, at most.
const BEFORE: i32 = 28;
/// Days after it that are held against them.
const AFTER: i32 = 7;
/// From so many days on either side says anything: two weeks, and all but two of seven.
const LEAST: (usize, usize) = (14, 5);
/// From so many days on two series can be said to follow each other. Two weeks.
const SERIES: usize = 14;

/// Whether a home's use fell by more than half within the seven days after a day (days since
/// 1970-01-01), against the four weeks before it. Days with an outage are left out; nothing where too
/// few are left.
pub fn fell_after(days: &[DayUse], day: i32) -> Option<bool> {
    let mean = |from: i32, to: i32, least: usize| {
        let some: Vec<i64> = days
            .iter()
            .filter(|one| !one.dark && (from..to).contains(&one.day))
            .map(|one| one.wh)
            .collect();
        let count = i64::try_from(some.len()).ok()?;
        (some.len() >= least).then(|| some.iter().sum::<i64>() / count)
    };
    let before = mean(day - BEFORE, day, LEAST.0)?;
    let after = mean(day + 1, day + 1 + AFTER, LEAST.1)?;
    (before > 0).then_some(after < before / 2)
}

/// How closely what a site lacks follows a home's ordinary days: the correlation of the two, day by
/// day, -1 to 1. Days of which either is missing are left out; nothing with fewer than 14 days, or
/// where one of the two never moves.
pub fn follows(residuals: &[Option<f64>], ordinary: &[Option<f64>]) -> Option<f64> {
    let both: Vec<(f64, f64)> = residuals
        .iter()
        .zip(ordinary)
        .filter_map(|(one, other)| one.zip(*other))
        .collect();
    if both.len() < SERIES {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of days")]
    let count = both.len() as f64;
    let (one, other) = both
        .iter()
        .fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let (one, other) = (one / count, other / count);
    let (mut across, mut squares, mut others) = (0.0, 0.0, 0.0);
    for pair in &both {
        let (left, right) = (pair.0 - one, pair.1 - other);
        across += left * right;
        squares += left * left;
        others += right * right;
    }
    let spread = (squares * others).sqrt();
    (spread > 0.0).then(|| (across / spread).clamp(-1.0, 1.0))
}
