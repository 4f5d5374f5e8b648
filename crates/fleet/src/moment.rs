//! Points in time. Rooms without a clock are handed one.

/// A point in time, in milliseconds since 1970-01-01 00:00 UTC.
///
/// Inside the house time is always UTC; a head-end's local time is kept as the text it came in
/// until the site's zone is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// Milliseconds of a second.
pub const SECOND: i64 = 1_000;
/// Milliseconds of a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds of an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds of a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    /// This moment and so many milliseconds; stays at the ends of the range.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this moment; negative where `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
