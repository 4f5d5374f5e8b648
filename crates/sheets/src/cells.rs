//! One cell of evidence: a number, yes or no, a relay, a phase count.

use triage::{Phases, Relay};

/// Why a cell says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is not what the column holds.
    Not(&'static str),
    /// It may mean one thing or its opposite.
    Ambiguous(&'static str),
}

const YES: &[&str] = &["yes", "true", "1", "oui", "vrai"];
const NO: &[&str] = &["no", "false", "0", "non", "faux"];
const CLOSED: &[&str] = &["closed", "on", "connected", "fermé", "ferme"];
const OPEN: &[&str] = &["open", "off", "disconnected", "ouvert"];

/// A number with `.` decimals, or `,` where that is allowed, in this range.
pub(crate) fn number(
    cell: &str,
    decimal_comma: bool,
    from: f64,
    to: f64,
) -> Result<f64, Unreadable> {
    let not = Unreadable::Not("is not a number");
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
    let read = |text: &str| {
        // Rust also reads "inf" and "nan", which no meter says
        let all = text.bytes().all(plain);
        all.then(|| text.parse::<f64>().ok()).flatten()
    };
    let value = match read(cell) {
        None if decimal_comma && !cell.contains('.') => read(&cell.replacen(',', ".", 1)),
        other => other,
    };
    let value = value.filter(|value| value.is_finite()).ok_or(not)?;
    if value < from || value > to {
        return Err(Unreadable::Not("is out of range"));
    }
    Ok(value)
}

/// Yes or no.
pub(crate) fn flag(cell: &str) -> Result<bool, Unreadable> {
    one_of(cell, YES, NO).ok_or(Unreadable::Not("is neither yes nor no"))
}

/// The relay. A bare 0 or 1 means one thing in one dialect and its opposite in another.
pub(crate) fn relay(cell: &str) -> Result<Relay, Unreadable> {
    if matches!(whole(cell), "0" | "1") {
        return Err(Unreadable::Ambiguous(
            "may mean open or closed: write the word",
        ));
    }
    match one_of(cell, CLOSED, OPEN) {
        Some(true) => Ok(Relay::Closed),
        Some(false) => Ok(Relay::Open),
        None => Err(Unreadable::Not("is neither open nor closed")),
    }
}

/// The phase count.
pub(crate) fn phases(cell: &str) -> Result<Phases, Unreadable> {
    match whole(cell) {
        "1" => Ok(Phases::Single),
        "3" => Ok(Phases::Three),
        _ => Err(Unreadable::Not("is neither 1 nor 3")),
    }
}

/// A whole number from 0.
pub(crate) fn count(cell: &str) -> Result<u32, Unreadable> {
    let digits = whole(cell);
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    plain
        .then(|| digits.parse().ok())
        .flatten()
        .ok_or(Unreadable::Not("is not a whole number from 0"))
}

/// A whole number as spreadsheets write it: `3.0`.
fn whole(cell: &str) -> &str {
    cell.strip_suffix(".0").unwrap_or(cell)
}

fn one_of(cell: &str, yes: &[&str], no: &[&str]) -> Option<bool> {
    let word = cell.to_lowercase();
    let word = whole(&word);
    if yes.contains(&word) {
        return Some(true);
    }
    no.contains(&word).then_some(false)
}
