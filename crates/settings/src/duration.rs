//! Durations as people write them: `90s`, `15m`, `6h`, `1h30m`.

use fleet::{DAY, HOUR, MINUTE, SECOND};

/// The units, longest first, in milliseconds.
const UNITS: &[(&str, i64)] = &[
    ("d", DAY),
    ("h", HOUR),
    ("m", MINUTE),
    ("s", SECOND),
    ("ms", 1),
];

/// Reads a duration, in milliseconds; nothing where it is none.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut sum: i64 = 0;
    let mut units = UNITS;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let name = rest.get(..letters)?;
        // each unit once, longest first: nobody means 1h2h
        let place = units.iter().position(|(unit, _)| *unit == name)?;
        sum = sum.checked_add(number.checked_mul(units[place].1)?)?;
        units = &units[place + 1..];
        rest = rest.get(letters..)?;
    }
    Some(sum)
}

/// Writes a duration as [`parse`] reads it, in the longest unit that says it whole.
pub(crate) fn show(milliseconds: i64) -> String {
    let whole = UNITS
        .iter()
        .find(|(_, length)| milliseconds != 0 && milliseconds % length == 0);
    let (unit, length) = whole.copied().unwrap_or(("s", SECOND));
    format!("{}{unit}", milliseconds / length)
}
