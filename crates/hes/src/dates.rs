//! Local days and moments as the dialects write them. No zone is ever guessed.

use fleet::{DAY, HOUR, MINUTE, Moment, SECOND};

/// A calendar day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i64);

/// The longest span of days that is ever asked for at once.
const MAX_DAYS: i64 = 400;

impl Day {
    /// Reads the day that a text begins with: `yyyy-MM-dd`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let part = |from: usize, to: usize| -> Option<i64> {
            let digits = text.get(from..to)?;
            let plain = digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse().ok()).flatten()
        };
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let parted = text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        let read = Self::from_civil(year, month, day);
        (parted && read.civil() == (year, month, day)).then_some(read)
    }

    /// The day in UTC that this moment falls into.
    pub(crate) fn of(moment: Moment) -> Self {
        Self(moment.0.div_euclid(DAY))
    }

    /// So many days later.
    pub(crate) fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// Every day from this to that, both included, 400 at most.
    pub(crate) fn until(self, last: Self) -> impl Iterator<Item = Self> {
        (self.0..=last.0.min(self.0 + MAX_DAYS)).map(Self)
    }

    /// Year, month and day of the month.
    pub(crate) fn civil(self) -> (i64, i64, i64) {
        // Howard Hinnant's civil_from_days: eras of 400 years, years that begin in March
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march + 2) / 5 + 1;
        let month = if march < 10 { march + 3 } else { march - 9 };
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    fn from_civil(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let march = (month + 9) % 12;
        let of_year = (153 * march + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The day of the week, 0 is Sunday.
    pub(crate) fn weekday(self) -> i64 {
        (self.0 + 4).rem_euclid(7)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A local time as commands carry it, `yyyy-MM-dd HH:mm:ss`: the day and what follows it.
pub(crate) fn local_time(text: &str) -> Option<Day> {
    let day = Day::parse(text)?;
    (text.len() == 19 && text.as_bytes()[10] == b' ' && clock(&text[11..]).is_some()).then_some(day)
}

/// `yyyy-MM-ddTHH:mm:ss[.fff]Z`, the only form that says its zone.
pub(crate) fn utc(text: &str) -> Option<Moment> {
    let day = Day::parse(text)?;
    let time = text.strip_suffix('Z')?.get(10..)?.strip_prefix('T')?;
    Some(Moment(day.0 * DAY + clock(time.split('.').next()?)?))
}

/// Milliseconds into the day of `HH:mm:ss`.
fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(|part| {
        let two_digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        two_digits.then(|| part.parse::<i64>().ok()).flatten()
    });
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let fits = parts.next().is_none() && hour < 24 && minute < 60 && second < 60;
    fits.then_some(hour * HOUR + minute * MINUTE + second * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_survives_being_written_and_read() {
        for number in -140_000..=20_000 {
            let day = Day(number);
            if (0..=9999).contains(&day.civil().0) {
                assert_eq!(Day::parse(&day.to_string()), Some(day));
            }
        }
    }

    #[test]
    fn the_fifth_of_august_2026_is_a_wednesday() {
        assert_eq!(Day::parse("2026-08-05").map(Day::weekday), Some(3));
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "26-08-05",
            "2026/08/05",
            "+026-08-05",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_time_that_says_its_zone_is_a_moment() {
        assert_eq!(utc("1970-01-02T00:00:01Z"), Some(Moment(DAY + SECOND)));
        assert_eq!(utc("2026-04-01T10:00:00.000Z"), utc("2026-04-01T10:00:00Z"));
        assert_eq!(utc("2026-04-01 10:00:00"), None);
        assert!(local_time("2026-08-05 23:59:59").is_some());
        assert!(local_time("2026-08-05 24:00:00").is_none());
    }
}
