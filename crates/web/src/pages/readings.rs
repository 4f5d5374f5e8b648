//! Readings as a small curve and as a table. Missing hours stay missing: the curve breaks there.

use crate::asked::Asked;
use crate::time;
use crate::words::{REGISTERS, Words, words};
use askama::Template;
use askama::filters::HtmlSafe;
use catalogue::Lang;
use store::Reading;

/// The curve's size in its own units.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 64.0;
/// Room for the line's own thickness.
const EDGE: f64 = 2.0;
/// Rows of the table.
const ROWS: usize = 24;

/// The readings of one register.
#[derive(Template)]
#[template(path = "parts/readings.html")]
pub(crate) struct Curve {
    w: &'static Words,
    name: &'static str,
    unit: &'static str,
    /// Pieces between gaps, each a list of points for SVG.
    pieces: Vec<String>,
    lowest: String,
    highest: String,
    last: String,
    title: String,
    rows: Vec<(String, String)>,
    as_table: String,
}

impl HtmlSafe for Curve {}

impl Curve {
    /// The curve of a register's readings; nothing where there are none.
    pub(crate) fn of(asked: &Asked, register: &str, mut readings: Vec<Reading>) -> Option<Self> {
        let (_, en, fr, unit) = REGISTERS.iter().find(|(word, ..)| *word == register)?;
        let (lang, w) = (asked.lang, words(asked.lang));
        readings.sort_by_key(|reading| reading.at);
        readings.dedup_by_key(|reading| reading.at);
        let lowest = readings.iter().map(|reading| reading.milli).min()?;
        let highest = readings.iter().map(|reading| reading.milli).max()?;
        let last = readings.last()?.milli;
        let value = |milli| format!("{}\u{a0}{unit}", time::decimal(milli, lang));
        let name = match lang {
            Lang::En => en,
            Lang::Fr => fr,
        };
        let rows: Vec<_> = readings
            .iter()
            .rev()
            .take(ROWS)
            .map(|reading| (time::exact(reading.at), value(reading.milli)))
            .collect();
        Some(Self {
            w,
            name,
            unit,
            pieces: pieces(&readings, lowest, highest),
            title: format!(
                "{name}{}{} {}, {} {}, {} {}",
                w.colon,
                w.lowest,
                value(lowest),
                w.highest,
                value(highest),
                w.last,
                value(last)
            ),
            lowest: value(lowest),
            highest: value(highest),
            last: value(last),
            as_table: crate::words::fill(w.as_table, "n", rows.len()),
            rows,
        })
    }
}

/// The curve's points, broken where readings are missing.
fn pieces(readings: &[Reading], lowest: i64, highest: i64) -> Vec<String> {
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else {
        return Vec::new();
    };
    let gap = usual_step(readings).saturating_mul(5) / 2;
    let across = share(WIDTH, first.at.0, last.at.0);
    let up = share(HEIGHT, lowest, highest);
    let mut pieces = vec![String::new()];
    let mut before = first.at;
    for reading in readings {
        if reading.at.since(before) > gap {
            pieces.push(String::new());
        }
        before = reading.at;
        if let Some(piece) = pieces.last_mut() {
            let (x, y) = (across(reading.at.0), HEIGHT - up(reading.milli));
            *piece += &format!("{x:.1},{y:.1} ");
        }
    }
    // a reading alone between two gaps is a dot
    for piece in &mut pieces {
        if let Some((x, y)) = piece.trim_end().split_once(',')
            && !y.contains(' ')
        {
            *piece = format!("{x},{y} {x},{y} ");
        }
    }
    pieces
}

/// Where a value lies between two others, along this length; in the middle where they are one.
#[expect(
    clippy::cast_precision_loss,
    reason = "a tenth of a unit on a curve 320 wide"
)]
fn share(length: f64, low: i64, high: i64) -> impl Fn(i64) -> f64 {
    let (low, span) = (low as f64, high as f64 - low as f64);
    move |value| {
        let part = if span > 0.0 {
            (value as f64 - low) / span
        } else {
            0.5
        };
        EDGE + part * (length - 2.0 * EDGE)
    }
}

/// The step between most readings: the median.
fn usual_step(readings: &[Reading]) -> i64 {
    let mut steps: Vec<_> = readings
        .windows(2)
        .map(|pair| pair[1].at.since(pair[0].at))
        .collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Reading, pieces};
    use fleet::{HOUR, MeterNumber, Moment};

    fn readings(rows: &[(i64, i64)]) -> Vec<Reading> {
        rows.iter()
            .map(|(hour, milli)| Reading {
                meter: MeterNumber::parse("47001582544").unwrap(),
                register: "power_w",
                at: Moment(hour.saturating_mul(HOUR)),
                milli: *milli,
            })
            .collect()
    }

    #[test]
    fn the_curve_breaks_where_hours_are_missing() {
        let rows = readings(&[(0, 0), (1, 10), (2, 5), (9, 0), (10, 10)]);
        let drawn = pieces(&rows, 0, 10);
        assert_eq!(drawn.len(), 2);
        assert!(drawn[0].starts_with("2.0,62.0 "), "{}", drawn[0]);
        assert!(drawn[1].ends_with("318.0,2.0 "), "{}", drawn[1]);
    }

    #[test]
    fn one_reading_is_a_dot_and_extremes_do_no_harm() {
        assert_eq!(
            pieces(&readings(&[(5, 7)]), 7, 7),
            ["160.0,32.0 160.0,32.0 "]
        );
        let ends = readings(&[(i64::MIN, i64::MIN), (i64::MAX, i64::MAX)]);
        assert!(!pieces(&ends, i64::MIN, i64::MAX).concat().contains("NaN"));
        assert_eq!(pieces(&[], 0, 0), Vec::<String>::new());
    }
}
