//! The meter's own clock: dates of 2000 to 2099 and times of day, in the grid's local time.

use crate::EncodeError;

/// A day of the years 2000 to 2099; the wire carries two digits of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 2000 to 2099.
    year: u16,
    /// 1 to 12.
    month: u8,
    /// 1 to 31.
    day: u8,
}

/// A time of day to the second, in the meter's local time; the wire carries no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// 0 to 23.
    hour: u8,
    /// 0 to 59.
    minute: u8,
    /// 0 to 59.
    second: u8,
}

/// Days before each month in a year without 29 February.
const DAYS_BEFORE: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/// Days of each month in such a year.
const DAYS: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// 2000-01-01 was a Saturday; Sunday is 0.
const FIRST_WEEKDAY: u16 = 6;

impl Date {
    /// A real day of 2000 to 2099, or `invalid_date`.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, EncodeError> {
        let date = year
            .checked_sub(2000)
            .and_then(|short| Self::of_wire(short, month, day));
        date.ok_or(EncodeError::InvalidDate)
    }

    /// From the two digits of the year that the wire carries.
    pub(crate) fn of_wire(short_year: u16, month: u8, day: u8) -> Option<Self> {
        let days = DAYS.get(usize::from(month).checked_sub(1)?)?;
        // in these hundred years every fourth has a 29 February, 2000 included
        let leap = u8::from(month == 2 && short_year.is_multiple_of(4));
        let real = short_year < 100 && (1..=days + leap).contains(&day);
        real.then_some(Self {
            year: 2000 + short_year,
            month,
            day,
        })
    }

    /// 2000 to 2099.
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The weekday, 0 for Sunday to 6 for Saturday.
    ///
    /// ```
    /// assert_eq!(frames::Date::new(2026, 3, 15).unwrap().weekday(), 0);
    /// assert_eq!(frames::Date::new(2000, 1, 1).unwrap().weekday(), 6);
    /// ```
    pub fn weekday(self) -> u8 {
        let years = self.year - 2000;
        let before = DAYS_BEFORE
            .get(usize::from(self.month - 1))
            .copied()
            .unwrap_or_default();
        let leap = u16::from(self.month > 2 && years.is_multiple_of(4));
        // OK because it stays below 36,525 + 366 + 31
        let days = years * 365 + years.div_ceil(4) + before + leap + u16::from(self.day) - 1;
        // OK because a remainder of 7 is below 256
        u8::try_from((days + FIRST_WEEKDAY) % 7).unwrap_or_default()
    }
}

impl TimeOfDay {
    /// A time between 00:00:00 and 23:59:59, or `invalid_time`.
    pub fn new(hour: u8, minute: u8, second: u8) -> Result<Self, EncodeError> {
        Self::of_wire(hour, minute, second).ok_or(EncodeError::InvalidTime)
    }

    pub(crate) fn of_wire(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let real = hour < 24 && minute < 60 && second < 60;
        real.then_some(Self {
            hour,
            minute,
            second,
        })
    }

    /// 0 to 23.
    pub fn hour(self) -> u8 {
        self.hour
    }

    /// 0 to 59.
    pub fn minute(self) -> u8 {
        self.minute
    }

    /// 0 to 59.
    pub fn second(self) -> u8 {
        self.second
    }
}
