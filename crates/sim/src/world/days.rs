//! What meters reported by themselves: days and hours that are past.

use super::World;
use crate::dice::For;
use crate::local::{day_after, days_between, seconds};
use crate::meter::Meter;
use jiff::civil::Date;
use rand::RngExt;

/// A day's row is written this long after midnight.
const WRITTEN_AFTER: i64 = 30 * 60_000;
const HOUR: i64 = 3_600_000;

/// One day of one meter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Day {
    pub(crate) date: Date,
    /// Energy of each hour, kWh; nothing where the hour never arrived.
    pub(crate) hours: [Option<f64>; 24],
    /// The register at its end, kWh.
    pub(crate) total: f64,
    /// Whether the home was dark at its end.
    pub(crate) dark: bool,
    /// When its row was written, milliseconds UTC.
    pub(crate) written: i64,
}

impl World {
    /// Until when a meter's reports arrived, milliseconds UTC.
    fn reported_until(&self, meter: &Meter, now: i64) -> i64 {
        let silent = match meter.silent_since {
            0 => now,
            since => i64::from(since) * 1000,
        };
        let offline = self.gateway(meter.gateway).offline_since;
        now.min(silent).min(offline.unwrap_or(now))
    }

    /// The first of the days from `first` to `last` that a meter has a row of, and how many they are.
    pub(crate) fn days_of(
        &self,
        meter: &Meter,
        [first, last]: [Date; 2],
        now: i64,
    ) -> (Date, usize) {
        let until = self.reported_until(meter, now) - WRITTEN_AFTER;
        let newest = day_after(self.around.civil(until).date(), -1);
        let begin = self.around.civil(self.start_ms).date();
        let oldest = day_after(begin, -i64::from(self.scene.pace.history_days));
        let (first, last) = (first.max(oldest), last.min(newest));
        let many = days_between(first, last) + 1;
        (first, usize::try_from(many).unwrap_or(0))
    }

    /// One day of a meter that has a row of it. The meter must have been counted on until now.
    pub(crate) fn day(&self, meter: &Meter, date: Date) -> Day {
        let around = self.around;
        let begin = around.midnight(date);
        let mut hours = [None; 24];
        for (hour, slot) in hours.iter_mut().zip(0..) {
            let from = begin + slot * HOUR;
            *hour = Some(meter.used_kwh(seconds(from), seconds(from + HOUR), around));
        }
        let end = begin + 24 * HOUR;
        let [dark_from, dark_to] = meter.dark;
        let mut day = Day {
            date,
            hours,
            total: meter.kwh_at(seconds(end), around),
            dark: (dark_from..dark_to).contains(&seconds(end)),
            written: end + WRITTEN_AFTER,
        };
        self.spoil(meter, &mut day);
        day
    }

    /// Hours get lost now and then, and once in a long while one is implausible.
    fn spoil(&self, meter: &Meter, day: &mut Day) {
        let which = crate::dice::mix(meter.number, seconds(day.written).into());
        let mut chance = self.dice.throw(For::Report, which);
        if chance.random_range(0..1000) < self.scene.pace.gaps_permille {
            let from = chance.random_range(0..22_usize);
            for hour in day.hours.iter_mut().skip(from).take(3) {
                *hour = None;
            }
            if chance.random_range(0..5) == 0 {
                day.hours[23] = Some(7.5);
            }
        }
    }

    /// The hours from `from` to `to` that a meter has reported: the end of the first, milliseconds
    /// UTC, and how many they are.
    pub(crate) fn hours_of(&self, meter: &Meter, [from, to]: [i64; 2], now: i64) -> (i64, usize) {
        let oldest = self.start_ms - i64::from(self.scene.pace.history_days) * 24 * HOUR;
        let first = from.max(oldest).div_euclid(HOUR) * HOUR + HOUR;
        let last = to.min(self.reported_until(meter, now)).div_euclid(HOUR) * HOUR;
        let many = (last - first).div_euclid(HOUR) + 1;
        (first, usize::try_from(many).unwrap_or(0))
    }
}
