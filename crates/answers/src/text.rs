//! Longer text: only a labelled status or code 87 counts, else a stand-alone 10xx with low
//! confidence.

use crate::item::{Number, Reading, digits, two_digits, wire};
use fleet::{AmiCode, Reason87};
use std::collections::HashSet;

/// A number found in a longer text, and the piece of text that names it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    pub(crate) piece: &'a str,
    pub(crate) readings: Vec<Reading>,
}

/// Labels of a head-end's status item: any number after one is a status.
const STATUS_LABELS: &[&str] = &[
    "operating status",
    "special status identifier",
    "special status",
    "ami status code",
    "ami code",
    "ami status",
    "meter status",
    "état de fonctionnement",
];
/// Labels that other things carry too: only a 10xx after one is a status.
const LOOSE_LABELS: &[&str] = &[
    "status code",
    "status",
    "statut",
    "état",
    "ami",
    "response of",
];
/// What may stand between a label and its number.
const JOINTS: &[char] = &[
    ' ', '\t', ':', '=', '"', '\'', '*', '`', '-', '>', '\u{2192}', '\u{a0}', '|',
];
/// Words that may stand there too.
const JOINT_WORDS: &[&str] = &[
    "is",
    "was",
    "reads",
    "shows",
    "est",
    "sub-code",
    "subcode",
    "sub code",
    "code",
    "sous-code",
];
/// No number that counts is longer; longer runs are not looked at.
const LONGEST: usize = 8;
/// A number before one of these is a quantity, not a status.
const UNITS: &[&str] = &[
    "w", "kw", "kwh", "wh", "v", "a", "ma", "hz", "hpa", "ugx", "usd", "km", "m", "kg", "kva", "%",
    "ms", "s", "min",
];

/// Every labelled number of a text; without one, every stand-alone 10xx with low confidence.
pub(crate) fn find(text: &str) -> Vec<Found<'_>> {
    // lower-casing can change a text's length in some scripts; then the places would not fit
    let lower: String = text.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut found = labelled(text, &lower);
    if found.is_empty() {
        found = alone(text, &lower);
    }
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.readings.clone()));
    found
}

/// Labelled numbers in their order; of those that overlap, the one that ends first, and of those
/// the one with the longest label: "meter operating status" is one label, not three.
fn labelled<'a>(text: &'a str, lower: &str) -> Vec<Found<'a>> {
    let strict = STATUS_LABELS
        .iter()
        .flat_map(|label| places(lower, label, status_number));
    let loose = LOOSE_LABELS
        .iter()
        .flat_map(|label| places(lower, label, loose_number));
    let mut places: Vec<Place> = strict
        .chain(loose)
        .chain(places(lower, "87", sub_code))
        .collect();
    places.sort_by_key(|(start, end, _)| (*end, *start));
    let mut found = Vec::new();
    let mut done = 0;
    for (start, end, readings) in places {
        if start >= done {
            found.push(Found {
                piece: text.get(start..end).unwrap_or(text),
                readings,
            });
            done = end;
        }
    }
    found
}

type Place = (usize, usize, Vec<Reading>);

/// Every place where a label stands before a number that it may name.
fn places(lower: &str, label: &'static str, read: fn(&str) -> Option<Vec<Reading>>) -> Vec<Place> {
    let after = |start: usize| {
        boundary_before(lower, start).then_some(())?;
        let rest = lower.get(start + label.len()..)?;
        // "878" is a number of its own, and so is what clings to a label
        let joint = Some(joint(rest)).filter(|joint| *joint > 0)?;
        let number_at = start + label.len() + joint;
        let token = token(lower.get(number_at..)?);
        Some((start, number_at + token.len(), read(token)?))
    };
    lower
        .match_indices(label)
        .filter_map(|(start, _)| after(start))
        .collect()
}

/// How long the joint between a label and its number is.
fn joint(rest: &str) -> usize {
    let mut tail = rest;
    loop {
        tail = tail.trim_start_matches(JOINTS);
        let word = JOINT_WORDS.iter().find(|word| {
            tail.strip_prefix(**word)
                .is_some_and(|t| t.starts_with(JOINTS))
        });
        match word {
            Some(word) => tail = tail.get(word.len()..).unwrap_or(""),
            None => return rest.len() - tail.len(),
        }
    }
}

/// The run of letters and digits at the start of a text, if it ends there as a number does.
fn token(text: &str) -> &str {
    let mut letters = text.bytes().take(LONGEST + 1);
    let end = letters
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or(text.len().min(LONGEST + 1));
    if end > LONGEST {
        return "";
    }
    let token = text.get(..end).unwrap_or("");
    if ends_as_number(text.get(end..).unwrap_or("")) {
        token
    } else {
        ""
    }
}

fn status_number(token: &str) -> Option<Vec<Reading>> {
    if let Some(wire) = wire(token) {
        return Some(vec![wire.sure()]);
    }
    crate::status::status_readings(token)
}

fn loose_number(token: &str) -> Option<Vec<Reading>> {
    is_10xx(token).then(|| status_number(token))?
}

fn sub_code(token: &str) -> Option<Vec<Reading>> {
    two_digits(token).map(|n| vec![Number::Reason(Reason87(n)).sure()])
}

fn alone<'a>(text: &'a str, lower: &str) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for (start, _) in lower.match_indices("10") {
        let token = token(lower.get(start..).unwrap_or(""));
        if !is_10xx(token) || !boundary_before(lower, start) || has_unit(lower, start + token.len())
        {
            continue;
        }
        let Some(code) = digits(token).and_then(|n| u16::try_from(n).ok()) else {
            continue;
        };
        let reading = Reading {
            number: Number::Ami(AmiCode(code)),
            low_confidence: true,
        };
        let piece = text.get(start..start + token.len()).unwrap_or(text);
        found.push(Found {
            piece,
            readings: vec![reading],
        });
    }
    found
}

fn is_10xx(token: &str) -> bool {
    token.len() == 4 && token.starts_with("10") && digits(token).is_some()
}

/// A number does not begin inside another, nor inside a date, a time or a decimal.
fn boundary_before(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or("").chars().rev();
    match (before.next(), before.next()) {
        (Some(c), _) if c.is_alphanumeric() || c == '_' => false,
        (Some('.' | ',' | ':' | '-' | '/'), Some(c)) if c.is_ascii_digit() => false,
        _ => true,
    }
}

/// A number does not end inside another, nor inside a date, a time or a decimal.
fn ends_as_number(after: &str) -> bool {
    let mut after = after.chars();
    match (after.next(), after.next()) {
        (Some(c), _) if c.is_alphanumeric() || c == '_' => false,
        (Some('.' | ',' | ':' | '-' | '/'), Some(c)) if c.is_ascii_digit() => false,
        _ => true,
    }
}

fn has_unit(text: &str, end: usize) -> bool {
    let rest = text
        .get(end..)
        .unwrap_or("")
        .trim_start_matches([' ', '\u{a0}']);
    let word_end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '%')
        .unwrap_or(rest.len());
    UNITS.contains(&rest.get(..word_end).unwrap_or(""))
}
