//! Which item a request asks for: by the dialect's own names, else by its author's words.

use crate::{Named, names};
use asking::{Dialect, Item};

/// Words in a request's name, and the item they speak of. The first row that fits wins.
const WORDS: &[(&[&str], Item)] = &[
    (&["operating", "status"], Item::OperatingStatus),
    (&["running", "status"], Item::OperatingStatus),
    (&["special", "status"], Item::OperatingStatus),
    (&["meter", "status"], Item::OperatingStatus),
    (&["power", "factor"], Item::PowerFactor),
    (&["power", "down"], Item::PowerDowns),
    (&["power", "limit"], Item::LoadLimit),
    (&["power", "threshold"], Item::LoadLimit),
    (&["load", "limit"], Item::LoadLimit),
    (&["load", "threshold"], Item::LoadLimit),
    (&["cover", "count"], Item::CoverOpenings),
    (&["cover"], Item::CoverOpened),
    (&["overload"], Item::OverloadTrips),
    (&["phase", "down"], Item::PhaseDowns),
    (&["relay"], Item::Relay),
    (&["credit"], Item::Credit),
    (&["balance"], Item::Credit),
    (&["total"], Item::TotalEnergy),
    (&["voltage"], Item::Voltage),
    (&["current"], Item::Current),
    (&["firmware"], Item::Firmware),
    (&["version"], Item::Firmware),
    (&["clock"], Item::Clock),
    (&["power"], Item::Power),
];

/// Names that ask for the same thing of another phase, or of nothing we know.
const NOT_OURS: &[&str] = &["voltageb", "voltagec", "currentb", "currentc", "time"];

/// The item that this dialect knows under this name; its case does not matter.
pub(super) fn known(dialect: Dialect, asks: &str) -> Option<Item> {
    let same = |named: &&Named| named.asks.eq_ignore_ascii_case(asks.trim());
    names(dialect).iter().find(same).map(|named| named.item)
}

/// The item that these words speak of.
pub(super) fn spoken_of(words: &str) -> Option<Item> {
    let words = words.to_ascii_lowercase();
    if NOT_OURS.contains(&words.trim()) {
        return None;
    }
    let says = |parts: &[&str]| parts.iter().all(|part| words.contains(part));
    let (_, item) = WORDS.iter().find(|(parts, _)| says(parts))?;
    Some(*item)
}
