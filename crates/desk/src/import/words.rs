//! Words as people write them in headers and cells.

/// How much of a text is shown when it is refused.
const SHOWN: usize = 40;

/// A name as it is compared: letters and digits in lower case, so that `Meter No.` and `meter_no`
/// are one.
pub(super) fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The first characters of a text, on one line.
pub(super) fn short(text: &str) -> String {
    let mut line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(SHOWN)
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push_str("...");
    }
    line
}

/// Names as a person reads them, twenty at most.
pub(super) fn listed(names: &[String]) -> String {
    let shown = names.iter().filter(|name| !name.is_empty()).take(20);
    let shown: Vec<String> = shown.map(|name| format!("\"{}\"", short(name))).collect();
    match shown.as_slice() {
        [] => "none".to_owned(),
        some => some.join(", "),
    }
}

const YES: &[&str] = &["yes", "y", "true", "1", "x", "oui", "vrai"];
const NO: &[&str] = &["no", "n", "false", "0", "non", "faux"];
const CLOSED: &[&str] = &["closed", "on", "connected", "fermé", "ferme"];
const OPEN: &[&str] = &["open", "off", "disconnected", "ouvert"];
const SINGLE: &[&str] = &["1", "1phase", "single", "singlephase", "mono", "monophasé"];
const THREE: &[&str] = &[
    "3",
    "3phase",
    "3phases",
    "three",
    "threephase",
    "triphasé",
    "tri",
];

/// One of two things, by the words for each.
type Either = (&'static [&'static str], &'static [&'static str]);
/// Yes or no.
pub(super) const FLAG: Either = (YES, NO);
/// Closed or open. A bare 0 or 1 means one thing in one dialect and its opposite in another.
pub(super) const RELAY: Either = (CLOSED, OPEN);
/// One phase or three.
pub(super) const PHASES: Either = (SINGLE, THREE);

/// Which of two things a cell says, or nothing where it says neither.
pub(super) fn either(cell: &str, (one, other): Either) -> Option<bool> {
    let word = fold(cell.strip_suffix(".0").unwrap_or(cell));
    let word = word.as_str();
    if one.contains(&word) {
        return Some(true);
    }
    other.contains(&word).then_some(false)
}
