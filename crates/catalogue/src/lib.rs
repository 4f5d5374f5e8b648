//! What every code means and who acts: the operators' guide, word for word, beside our reading.
//!
//! This room states meanings and holds nothing that moves: no clock, no randomness, no environment,
//! no I/O. The tables in `data/` are checked and compiled in while building. No other room states
//! what a code means; `triage` decides who acts once evidence is known.
//!
//! ```
//! use catalogue::{ami, Supply};
//! use fleet::AmiCode;
//! let row = ami(AmiCode(1008)).unwrap();
//! assert_eq!(row.meaning, "Not-active (meter not commissioned)");
//! assert_eq!(row.advice.supply, Supply::Off);
//! assert!(ami(AmiCode(1002)).is_none()); // nobody listed it: it gets no meaning
//! ```
#![warn(clippy::disallowed_methods)]

mod rows;
mod text;
mod vocabulary;

pub use rows::{
    Advice, AmiRow, Closing, Condition, IecEvent, IecRole, Note, Obis, Part, Ruling, ShortRow,
    Step, WireRow,
};
pub use text::{Lang, Text};
pub use vocabulary::{
    Class, Confidence, Decision, Kind, May, Owner, Severity, Source, Supply, Travel,
};

use fleet::{AmiCode, Reason87, ShortCode, WireStatus};

/// The tables, written by the build script from `data/*.toml`.
mod tables {
    use super::{
        Advice, AmiRow, Class, Closing, Condition, Confidence, Decision, IecEvent, IecRole, Kind,
        May, Note, Obis, Owner, Part, Ruling, Severity, ShortRow, Source, Step, Supply, Text,
        WireRow,
    };
    use fleet::{AmiCode, Reason87, ShortCode, WireStatus};

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// The 22 listed AMI codes, in the guide's order.
pub fn ami_rows() -> &'static [AmiRow] {
    tables::AMI
}

/// The 24 keypad codes, in the guide's order, ranges expanded.
pub fn short_rows() -> &'static [ShortRow] {
    tables::SHORT
}

/// The seven wire statuses.
pub fn wire_rows() -> &'static [WireRow] {
    tables::WIRE
}

/// The row of an AMI code, or nothing where nobody listed it.
pub fn ami(code: AmiCode) -> Option<&'static AmiRow> {
    tables::AMI.iter().find(|row| row.ami == code)
}

/// The row of a sub-code of keypad code 87, or nothing where nobody listed it.
pub fn reason(code: Reason87) -> Option<&'static AmiRow> {
    tables::AMI.iter().find(|row| row.reason == code)
}

/// The row with this slug.
pub fn by_slug(slug: &str) -> Option<&'static AmiRow> {
    tables::AMI.iter().find(|row| row.slug == slug)
}

/// The row of a keypad code, or nothing where it is not public.
pub fn short(code: ShortCode) -> Option<&'static ShortRow> {
    tables::SHORT.iter().find(|row| row.code == code)
}

/// The row of a wire status, or nothing where it was never seen.
pub fn wire(status: WireStatus) -> Option<&'static WireRow> {
    tables::WIRE.iter().find(|row| row.wire == status)
}

/// Whether the relay may be closed while the meter says this, or nothing where nobody listed the
/// code: then it may not.
///
/// ```
/// use catalogue::{May, closing};
/// use fleet::AmiCode;
/// assert_eq!(closing(AmiCode(1018)).unwrap().may, May::Release);
/// assert!(closing(AmiCode(1019)).is_none());
/// ```
pub fn closing(code: AmiCode) -> Option<&'static Closing> {
    tables::CLOSING.iter().find(|row| row.ami == code)
}

/// What is said of a number that nobody listed.
pub fn unlisted() -> &'static Advice {
    &tables::UNLISTED
}

/// What is said of a number that two families list, while nobody has confirmed which one is meant.
pub fn two_families() -> &'static Advice {
    &tables::TWO_FAMILIES
}

/// What is said of an open relay whose reason was not read.
pub fn relay_open() -> &'static Advice {
    &tables::RELAY_OPEN
}

/// What is said of a low battery.
pub fn battery_low() -> &'static Advice {
    &tables::BATTERY_LOW
}

/// What is said of an answer that holds no operating status, relay or status bit.
pub fn says_nothing() -> &'static Advice {
    &tables::SAYS_NOTHING
}

/// The conditions that no meter says of itself: silence, a dark gateway, a head-end in trouble.
pub fn conditions() -> &'static [Condition] {
    tables::CONDITIONS
}

/// The condition with this slug.
pub fn condition(slug: &str) -> Option<&'static Condition> {
    tables::CONDITIONS
        .iter()
        .find(|condition| condition.slug == slug)
}

/// A step by its slug, for the rules of `triage` that add one.
pub fn step(slug: &str) -> Option<&'static Step> {
    tables::STEPS.iter().find(|step| step.slug == slug)
}

/// Every ruling, in the order of `rulings.toml`.
pub fn rulings() -> &'static [Ruling] {
    tables::RULINGS
}

/// The guide page's key notes and quick action guide, line for line, with our rulings beside them.
pub fn notes() -> &'static [Note] {
    tables::NOTES
}

/// The safety lines of the card, in the order in which they matter.
pub fn safety() -> &'static [Text] {
    tables::SAFETY
}
