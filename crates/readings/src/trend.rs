//! Where a home's use is going, and where it changed.

use crate::recent::DayUse;

/// When a trend or a change is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendTerms {
    /// Either side of a change has so many days. 7: every weekday once.
    pub least_days: usize,
    /// The means of the two sides differ by this share of the greater one. 0.5: the step drop that
    /// deserves a look, by the domain's facts.
    pub share: f64,
    /// They differ by so many standard errors. 5: days follow each other, so that the 3 of
    /// independent values is too little. Measured (`tests/trend.rs`): of eight weeks of a London home
    /// 1 in 15 then shows a change, and three quarters of planted drops by 60 % are found to the day,
    /// give or take three.
    pub errors: f64,
}

/// Where a home's use is going.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// How many whole days it stands on.
    pub days: usize,
    /// The mean day, Wh.
    pub mean_wh: f64,
    /// How much the mean day moves in a week, Wh: the median of the slopes between the weeks' means.
    /// Nothing with fewer than three weeks.
    pub weekly_wh: Option<f64>,
    /// Where it changed, if it did.
    pub change: Option<Change>,
}

/// A change of the mean day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The first day of the new mean, in days since 1970-01-01.
    pub day: i32,
    /// The mean day before, Wh.
    pub before_wh: f64,
    /// The mean day since, Wh.
    pub since_wh: f64,
    /// How far apart, in standard errors.
    pub errors: f64,
}

impl Default for TrendTerms {
    fn default() -> Self {
        Self {
            least_days: 7,
            share: 0.5,
            errors: 5.0,
        }
    }
}

impl Change {
    /// The share by which the mean day fell; negative where it rose.
    pub fn drop(&self) -> f64 {
        if self.before_wh > 0.0 {
            1.0 - self.since_wh / self.before_wh
        } else {
            0.0
        }
    }
}

/// The trend of days in order; days with an outage are left out. Nothing without a week of days.
pub fn trend(days: &[DayUse], terms: &TrendTerms) -> Option<Trend> {
    let lit: Vec<(i32, f64)> = days
        .iter()
        .filter(|day| !day.dark)
        .map(|day| (day.day, wh(day.wh)))
        .collect();
    let enough = lit.len() >= terms.least_days.max(1);
    enough.then(|| Trend {
        days: lit.len(),
        mean_wh: Side::of(&lit).mean,
        weekly_wh: weekly(&lit),
        change: change(&lit, terms),
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a home's day is far below 2^52 Wh"
)]
fn wh(wh: i64) -> f64 {
    wh as f64
}

/// The mean and the sum of squares around it.
struct Side {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Side {
    #[expect(clippy::cast_precision_loss, reason = "at most 56 days")]
    fn of(days: &[(i32, f64)]) -> Self {
        let count = days.len() as f64;
        let mean = days.iter().map(|day| day.1).sum::<f64>() / count;
        let squares = days.iter().map(|day| (day.1 - mean).powi(2)).sum();
        Self {
            count,
            mean,
            squares,
        }
    }
}

/// The cut into two sides that lie furthest apart, where that is far enough.
fn change(days: &[(i32, f64)], terms: &TrendTerms) -> Option<Change> {
    let side = terms.least_days.max(2);
    let found = (side..=days.len().checked_sub(side)?)
        .map(|cut| between(&days[..cut], &days[cut..], days[cut].0))
        .max_by(|one, other| one.errors.total_cmp(&other.errors))?;
    let far = (found.before_wh - found.since_wh).abs();
    let enough = far >= found.before_wh.max(found.since_wh) * terms.share;
    (enough && far > 0.0 && found.errors >= terms.errors).then_some(found)
}

fn between(before: &[(i32, f64)], since: &[(i32, f64)], day: i32) -> Change {
    let (before, since) = (Side::of(before), Side::of(since));
    let variance = (before.squares + since.squares) / (before.count + since.count - 2.0);
    // days that are all alike differ from others however little: a Wh is the least spread
    let error = (variance.max(1.0) * (1.0 / before.count + 1.0 / since.count)).sqrt();
    Change {
        day,
        before_wh: before.mean,
        since_wh: since.mean,
        errors: (before.mean - since.mean).abs() / error,
    }
}

/// The median slope between the means of weeks, Wh a week.
fn weekly(days: &[(i32, f64)]) -> Option<f64> {
    let last = days.last()?.0;
    let mut weeks: Vec<(f64, f64)> = Vec::new();
    for week in days.chunk_by(|one, other| (last - one.0) / 7 == (last - other.0) / 7) {
        let ago = f64::from((last - week.first()?.0) / 7);
        weeks.push((-ago, Side::of(week).mean));
    }
    let mut slopes: Vec<f64> = Vec::new();
    for (place, (at, mean)) in weeks.iter().enumerate() {
        for (later, other) in &weeks[place + 1..] {
            slopes.push((other - mean) / (later - at));
        }
    }
    slopes.sort_by(f64::total_cmp);
    (weeks.len() >= 3).then(|| slopes[slopes.len() / 2])
}
