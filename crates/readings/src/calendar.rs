//! Local days: 23, 24 or 25 hours, as the site's clocks have it.

use fleet::{Moment, SECOND};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The time zone of a site. The room is handed the zone: looking one up would read files.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
}

/// A day of a site, from one local midnight to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalDay {
    /// Its date.
    pub date: Date,
    /// Where it begins.
    pub from: Moment,
    /// Where the next one begins.
    pub to: Moment,
}

impl Calendar {
    /// The calendar of a zone.
    pub const fn new(zone: TimeZone) -> Self {
        Self { zone }
    }

    /// The day of a moment; nothing for a moment outside the years -9999 to 9999.
    pub fn day(&self, at: Moment) -> Option<LocalDay> {
        let from = self.zoned(at)?.start_of_day().ok()?;
        let to = from.tomorrow().ok()?.start_of_day().ok()?;
        Some(LocalDay {
            date: from.date(),
            from: moment(&from),
            to: moment(&to),
        })
    }

    /// The day of a date.
    pub fn day_of(&self, date: Date) -> Option<LocalDay> {
        let noon = date.at(12, 0, 0, 0).to_zoned(self.zone.clone()).ok()?;
        self.day(moment(&noon))
    }

    /// The weekday, Monday being 0, and the milliseconds of the day that the clocks show.
    pub fn weekday_and_time(&self, at: Moment) -> Option<(i8, i64)> {
        let local = self.zoned(at)?;
        let seconds = i64::from(local.hour()) * 3600
            + i64::from(local.minute()) * 60
            + i64::from(local.second());
        Some((local.weekday().to_monday_zero_offset(), seconds * SECOND))
    }

    fn zoned(&self, at: Moment) -> Option<Zoned> {
        let at = Timestamp::from_millisecond(at.0).ok()?;
        Some(at.to_zoned(self.zone.clone()))
    }
}

impl LocalDay {
    /// Milliseconds from its begin to its end.
    pub fn length(&self) -> i64 {
        self.to.since(self.from)
    }
}

fn moment(at: &Zoned) -> Moment {
    Moment(at.timestamp().as_millisecond())
}

/// Days since 1970-01-01.
pub(crate) fn number(date: Date) -> i32 {
    let midnight = date.to_zoned(TimeZone::UTC).map(|at| at.timestamp());
    let days = midnight.map_or(0, |at| at.as_second().div_euclid(86_400));
    i32::try_from(days).unwrap_or(0)
}

/// Months since January of the year 0.
pub(crate) fn month(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}
