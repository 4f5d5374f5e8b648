//! A day's readings of a fleet through the rules, on one core:
//!
//! ```sh
//! cargo run --release -p readings --example day -- [METERS]
//! ```
//!
//! Each meter first hears 56 days of four readings, so that medians and weeks are at work. Then 24
//! hourly readings and 24 powers of each are heard and timed, and the trend of each is taken. One
//! reading in 500 is wrong in some way. The lists are there before the clock starts; reading them
//! from a store is not part of the figure.
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use fleet::{DAY, HOUR, Moment};
use jiff::tz::TimeZone;
use readings::{
    Around, Bounds, Calendar, Facts, Heard, Instant, Memory, Quantity, Reading, TrendTerms, trend,
};
use std::time;

/// 1 October 2025, midnight in Kampala.
const START: i64 = 1_759_266_000_000;
const PAST: i64 = 56;

/// A home: what it has used so far, and its share of chance.
struct Home {
    wh: i64,
    chance: u64,
    memory: Memory,
}

impl Home {
    /// A number below `most`.
    fn draw(&mut self, most: u64) -> i64 {
        self.chance = self
            .chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        i64::try_from((self.chance >> 33) % most).unwrap_or(0)
    }

    /// The next reading, so many hours on.
    fn next(&mut self, at: i64, hours: i64) -> Reading {
        self.wh += hours * (40 + self.draw(500));
        let wrong = match self.draw(2_000) {
            0 => -1_500_000,
            1 => 3_000_000,
            2 => 250,
            3 => self.wh * 9,
            _ => 0,
        };
        Reading::new(Moment(at), self.wh + wrong)
    }
}

fn main() {
    let meters: u64 = std::env::args()
        .nth(1)
        .and_then(|word| word.parse().ok())
        .unwrap_or(100_000);
    let zone = TimeZone::get("Africa/Kampala").unwrap_or(TimeZone::UTC);
    let (facts, calendar) = (Facts::default(), Calendar::new(zone));
    let (past, bounds) = (
        Bounds {
            period: 6 * HOUR,
            ..Bounds::default()
        },
        Bounds::default(),
    );
    let around = |bounds| Around {
        facts: &facts,
        bounds,
        calendar: &calendar,
    };
    let mut heard = Heard::default();
    let mut homes: Vec<Home> = (0..meters)
        .map(|number| {
            let mut home = Home {
                wh: 1_000_000 + i64::try_from(number).unwrap_or(0) * 17,
                chance: number * 2 + 1,
                memory: Memory::default(),
            };
            for quarter in 0..=PAST * 4 {
                let reading = home.next(START + quarter * 6 * HOUR, 6);
                home.memory.hear(&reading, &around(&past), &mut heard);
                heard.clear();
            }
            home
        })
        .collect();
    let day = START + PAST * DAY;
    let rows: Vec<Vec<(Reading, Instant)>> = homes
        .iter_mut()
        .map(|home| {
            let hour = |hour: i64| {
                let at = day + hour * HOUR;
                let power = Instant {
                    at: Moment(at),
                    quantity: Quantity::Power,
                    milli: 1_000 * (40 + home.draw(500)),
                };
                (home.next(at, 1), power)
            };
            (1..=24).map(hour).collect()
        })
        .collect();

    let begun = time::Instant::now();
    let (mut intervals, mut days, mut flags) = (0, 0, 0);
    for (home, rows) in homes.iter_mut().zip(&rows) {
        for (reading, power) in rows {
            home.memory.hear(reading, &around(&bounds), &mut heard);
            home.memory
                .hear_instant(power, &around(&bounds), &mut heard);
        }
        intervals += heard.intervals.len();
        days += heard.days.len();
        flags += heard.flags.len();
        heard.clear();
    }
    let rules = begun.elapsed();
    let terms = TrendTerms::default();
    let trends = homes
        .iter()
        .filter_map(|home| trend(home.memory.days(), &terms));
    let changed = trends.filter(|trend| trend.change.is_some()).count();
    let all = begun.elapsed();
    let kept: usize = homes
        .iter()
        .take(100)
        .filter_map(|home| serde_json::to_string(&home.memory).ok())
        .map(|text| text.len())
        .sum();
    println!(
        "{meters} meters, 24 readings and 24 powers each: {rules:.2?} through the rules, {:.2?} for \
         the trends, one core",
        all.saturating_sub(rules)
    );
    println!(
        "{intervals} intervals, {days} days, {flags} flags, {changed} homes changed; a memory is {} \
         bytes of JSON",
        kept / 100
    );
}
