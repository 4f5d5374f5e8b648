//! A local day that is over.

use crate::bounds::Bounds;
use crate::calendar::LocalDay;
use crate::recent::Recent;

/// A local day that is over, as far as the register told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which day, and from when to when: 23, 24 or 25 hours.
    pub local: LocalDay,
    /// Wh of the stretches that readings cover, those over midnight in parts of their length.
    pub wh: i64,
    /// Milliseconds that readings cover; what lies in a gap is not covered.
    pub covered: i64,
    /// The register's own difference, Wh, where a reading stands at both ends of the day.
    pub known_wh: Option<i64>,
}

/// A day, and the days before it.
pub(crate) struct WholeDay<'a> {
    pub(crate) day: &'a Day,
    pub(crate) number: i32,
    pub(crate) month: i32,
    /// The median of the days before, Wh.
    pub(crate) usual_wh: Option<i64>,
    /// The third greatest of the days before, Wh.
    pub(crate) third_wh: Option<i64>,
    pub(crate) recent: &'a Recent,
    /// Days in a row with supply and without use, this one among them.
    pub(crate) zero_days: u32,
    pub(crate) bounds: &'a Bounds,
}

impl Day {
    /// Its energy, Wh: the register's own, or what readings cover where that is nearly all.
    pub fn used_wh(&self, bounds: &Bounds) -> Option<i64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a day has 90,000,000 milliseconds"
        )]
        let covered = self.covered as f64 >= self.local.length() as f64 * bounds.whole;
        self.known_wh.or(covered.then_some(self.wh))
    }
}

impl WholeDay<'_> {
    pub(crate) fn used_wh(&self) -> Option<i64> {
        self.day.used_wh(self.bounds)
    }

    /// The mean day of this week, and what it is held against: the same month of last year, or the
    /// four weeks before this one.
    pub(crate) fn week_against_usual(&self) -> Option<(i64, i64)> {
        let week = self.recent.mean(self.number - 6, self.number, 6)?;
        let last_year = self.recent.mean_of_month(self.month - 12, 20);
        let before = || self.recent.mean(self.number - 34, self.number - 7, 14);
        Some((week, last_year.or_else(before)?))
    }
}
