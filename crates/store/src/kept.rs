//! What was received and what follows from it.

use crate::{Case, CaseChange, Meter, RequestId, SlotId};
use fleet::{MeterNumber, Moment};

/// A raw answer, to be kept before anybody interprets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    /// When it was received.
    pub at: Moment,
    /// The head-end's name, `file` or `person`.
    pub source: String,
    /// Which meter it was asked of; nothing where the answer has to say it.
    pub meter: Option<MeterNumber>,
    /// What was asked for (the item's word), or what list this is a row of.
    pub asked: String,
    /// The answer as it came.
    pub body: String,
    /// The slot it frees when it is settled.
    pub slot: Option<SlotId>,
}

/// A kept answer's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerId(pub i64);

/// A raw answer that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Its id.
    pub id: AnswerId,
    /// The answer.
    pub answer: NewAnswer,
    /// Why it could not be read, where it could not.
    pub problem: Option<String>,
    /// Whether it was interpreted (or found unreadable).
    pub settled: bool,
}

/// The newest value of one item of a meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The meter.
    pub meter: MeterNumber,
    /// The item's word.
    pub item: String,
    /// The value as it came.
    pub value: String,
    /// When it was received.
    pub at: Moment,
    /// Since when it has been the same.
    pub since: Moment,
    /// The answer that says so.
    pub answer: Option<AnswerId>,
}

/// Where a meter stands: its last verdict and its contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The meter.
    pub meter: MeterNumber,
    /// The operating status as it came.
    pub status: Option<String>,
    /// Its AMI code, where it is one of the guide's.
    pub ami_code: Option<u16>,
    /// The verdict in words.
    pub words: crate::Words,
    /// When the status was received.
    pub observed_at: Option<Moment>,
    /// Since when it has said the same.
    pub since: Option<Moment>,
    /// When the meter was last asked for anything.
    pub asked_at: Option<Moment>,
    /// When the meter last answered anything.
    pub heard_at: Option<Moment>,
    /// Asks without an answer since then.
    pub silent: u32,
}

/// A reading of a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The meter.
    pub meter: MeterNumber,
    /// The register: `kwh`, `kwh_hour`, `power_w`, ...
    pub register: &'static str,
    /// The moment it holds for.
    pub at: Moment,
    /// The value in thousandths of the unit (Wh for kWh).
    pub milli: i64,
}

/// An event a head-end or a meter reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The meter.
    pub meter: MeterNumber,
    /// When it was received.
    pub received: Moment,
    /// When it happened, local time as it came.
    pub local: String,
    /// Whose code: the head-end's name.
    pub source: String,
    /// The code, in that source's family.
    pub code: i64,
    /// The source's text.
    pub text: Option<String>,
}

/// Everything known of a meter that a verdict may need.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The meter.
    pub meter: Meter,
    /// Where it stands.
    pub standing: Option<Standing>,
    /// The newest value of each item.
    pub latest: Vec<Latest>,
    /// Its open cases.
    pub cases: Vec<Case>,
}

/// What follows from a batch of answers: kept together or not at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settlement {
    /// When it is settled: requests end then. Left out, it is the newest moment it speaks of.
    pub at: Moment,
    /// These answers are interpreted; with the sentence where one could not be read.
    pub settled: Vec<(AnswerId, Option<String>)>,
    /// New values; a value equal to the one there keeps its `since`.
    pub latest: Vec<Latest>,
    /// New standings.
    pub standings: Vec<Standing>,
    /// What happens to cases.
    pub cases: Vec<CaseChange>,
    /// Slots that are free again.
    pub freed: Vec<SlotId>,
    /// Requests that are done, with how they ended in one sentence (nothing: answered).
    pub requests: Vec<(RequestId, Option<String>)>,
    /// Readings.
    pub readings: Vec<Reading>,
}
