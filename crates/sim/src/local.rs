//! Local wall-clock time, as meters and head-ends write it.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// A scene's place in time: its offset from UTC and its seed for what varies by the hour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// Seconds east of UTC.
    pub(crate) zone_s: i64,
    /// The scene's seed.
    pub(crate) seed: u64,
}

impl Around {
    /// `2026-08-05 00:00:00`, from milliseconds UTC.
    pub(crate) fn text(self, ms: i64) -> String {
        self.civil(ms).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Local date and time of a moment.
    pub(crate) fn civil(self, ms: i64) -> DateTime {
        let offset = i32::try_from(self.zone_s)
            .ok()
            .and_then(|seconds| Offset::from_seconds(seconds).ok())
            .unwrap_or(Offset::UTC);
        offset.to_datetime(Timestamp::from_millisecond(ms).unwrap_or_default())
    }

    /// The moment of a local date and time, milliseconds UTC.
    pub(crate) fn moment(self, civil: DateTime) -> i64 {
        let utc = Offset::UTC.to_timestamp(civil).unwrap_or_default();
        utc.as_millisecond() - self.zone_s * 1000
    }

    /// The moment a local day begins.
    pub(crate) fn midnight(self, day: Date) -> i64 {
        self.moment(day.at(0, 0, 0, 0))
    }

    /// A moment as a client writes it: with `Z` or an offset it is absolute, else local.
    pub(crate) fn read(self, text: &str) -> Option<i64> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(at.as_millisecond());
        }
        let civil: DateTime = text.parse().ok()?;
        Some(self.moment(civil))
    }
}

/// `2026-08-05T00:00:00.000Z`.
pub(crate) fn zulu(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// Days from one to the other, negative when the other is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    let passed: SignedDuration = to.at(0, 0, 0, 0).duration_since(from.at(0, 0, 0, 0));
    passed.as_hours() / 24
}

/// The day so many days later.
pub(crate) fn day_after(day: Date, days: i64) -> Date {
    day.checked_add(SignedDuration::from_hours(days * 24))
        .unwrap_or(day)
}

/// Whole seconds of a moment, as meters keep them; 0 before 1970.
pub(crate) fn seconds(ms: i64) -> u32 {
    u32::try_from(ms.div_euclid(1000)).unwrap_or(0)
}

/// Milliseconds of a moment kept in seconds.
pub(crate) fn millis(seconds: u32) -> i64 {
    i64::from(seconds) * 1000
}
