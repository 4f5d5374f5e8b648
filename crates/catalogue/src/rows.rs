//! The rows of the tables.

use crate::{Class, Confidence, Decision, Kind, May, Owner, Severity, Source, Supply, Text};
use fleet::{AmiCode, Reason87, ShortCode, WireStatus};

/// What one listed AMI code means and who acts, before any evidence.
#[derive(Debug, PartialEq, Eq)]
pub struct AmiRow {
    /// The head-end's number.
    pub ami: AmiCode,
    /// The sub-code of keypad code 87.
    pub reason: Reason87,
    /// How the meter displays the sub-code: `00`, then `1` to `25`.
    pub display: &'static str,
    /// The name for addresses, files and logs; it never changes.
    pub slug: &'static str,
    /// The guide's meaning, letter for letter.
    pub meaning: &'static str,
    /// The guide's field action, letter for letter.
    pub field_action: &'static str,
    /// Tamper is suspected, never stated.
    pub suspect: bool,
    /// Where the meaning comes from.
    pub source: Source,
    /// Our reading of it.
    pub advice: Advice,
    /// Where the guide disagrees with itself about this code, what we do.
    pub rulings: &'static [&'static Ruling],
    /// IEC 61968-9 end-device events.
    pub iec: &'static [IecEvent],
}

/// Our own reading: what it means in postpaid, who acts, and in which steps.
#[derive(Debug, PartialEq, Eq)]
pub struct Advice {
    /// A short name.
    pub name: Text,
    /// What it means in a postpaid fleet, sentence by sentence.
    pub postpaid: &'static [Text],
    /// The whole action in one sentence.
    pub action: Text,
    /// The action as ordered steps.
    pub steps: &'static [&'static Step],
    /// What kind of matter it is.
    pub class: Class,
    /// Whether the home has power.
    pub supply: Supply,
    /// How much it matters.
    pub severity: Severity,
    /// Nobody, the desk, or somebody who travels.
    pub decision: Decision,
    /// Who has to act.
    pub owner: Owner,
}

/// Whether the relay may be closed while the meter says this.
#[derive(Debug, PartialEq, Eq)]
pub struct Closing {
    /// What the meter says.
    pub ami: AmiCode,
    /// Whether it may, and after what.
    pub may: May,
    /// Words of the kinds of commands that may although `may` says no.
    pub only: &'static [&'static str],
    /// Why, in one sentence.
    pub why: Text,
}

/// A condition that no meter says of itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its name for ever.
    pub slug: &'static str,
    /// What it means, who acts, and in which steps.
    pub advice: Advice,
}

/// One step that somebody does.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name for ever.
    pub slug: &'static str,
    /// What is done. Numbers are keypad codes.
    pub text: Text,
}

/// What we do where the guide disagrees with itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Its name for ever.
    pub slug: &'static str,
    /// The codes it is about; empty where it is about the whole page.
    pub codes: &'static [AmiCode],
    /// What disagrees.
    pub matter: Text,
    /// What we do.
    pub rule: Text,
}

/// Whether an end-device event begins a condition or ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IecRole {
    /// The condition begins.
    Start,
    /// The condition ends.
    Clear,
}

/// An IEC 61968-9 `EndDeviceEvent` that says the same.
#[derive(Debug, PartialEq, Eq)]
pub struct IecEvent {
    /// Begins or ends.
    pub role: IecRole,
    /// `type.domain.subdomain.eventOrAction`.
    pub code: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// How sure we are of the mapping.
    pub confidence: Confidence,
}

/// A DLMS/COSEM object that holds the same value.
#[derive(Debug, PartialEq, Eq)]
pub struct Obis {
    /// The OBIS code.
    pub code: &'static str,
    /// The attribute; 2 (the value) unless said.
    pub attribute: u8,
    /// How sure we are of the mapping.
    pub confidence: Confidence,
}

/// What one keypad code asks the meter for.
#[derive(Debug, PartialEq, Eq)]
pub struct ShortRow {
    /// The code typed at the keypad.
    pub code: ShortCode,
    /// The guide's cell, which may be a range such as `41–45`.
    pub guide_code: &'static str,
    /// The name for ever.
    pub slug: &'static str,
    /// The guide's meaning, letter for letter.
    pub meaning: &'static str,
    /// The guide's action, letter for letter.
    pub field_action: &'static str,
    /// A short name of our own.
    pub name: Text,
    /// What kind of value it is.
    pub kind: Kind,
    /// The unit at the desk; empty where the value has none.
    pub unit: &'static str,
    /// The DLMS/COSEM object.
    pub obis: Obis,
    /// Whether it has a meaning on a single-phase meter.
    pub single_phase: bool,
    /// What the `station` dialect is asked for; nothing where it is not offered.
    pub station: Option<&'static str>,
    /// What the `concentrator` dialect is asked for.
    pub concentrator: Option<&'static str>,
    /// What the `v1` dialect is asked for.
    pub v1: Option<&'static str>,
    /// What the radio meter is asked for.
    pub lorawan: Option<&'static str>,
}

/// What one wire status stands for, as far as was seen.
#[derive(Debug, PartialEq, Eq)]
pub struct WireRow {
    /// The byte on the wire.
    pub wire: WireStatus,
    /// The name for ever.
    pub slug: &'static str,
    /// The note it was published with.
    pub note: &'static str,
    /// A short name of our own.
    pub name: Text,
    /// The AMI codes it may stand for; more than one where they are not told apart.
    pub ami: &'static [AmiCode],
}

/// Which part of the guide's page a note comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// "Key Notes for Postpaid Teams".
    KeyNotes,
    /// "Quick Action Guide Summary".
    QuickGuide,
}

/// One line of the guide's page, with our rulings beside it.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// Where on the page it stands.
    pub part: Part,
    /// The line, letter for letter, Markdown and all.
    pub text: &'static str,
    /// What we do where the line and the table disagree.
    pub rulings: &'static [&'static Ruling],
}
