//! A rule of validation: its id, what it looks at, and the sentence it leaves.

use crate::held::Held;
use crate::peers::Peers;
use crate::stamp::Stamp;
use crate::step::Step;
use crate::sum::Sum;
use crate::whole_day::WholeDay;
use catalogue::{Lang, Text};
use fleet::Moment;
use std::fmt;

/// The number of a rule, R1 to R12.
///
/// Source: the facts of the domain, 3f, after the validation lists of utilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    /// Order and duplicates.
    R1,
    /// A register that runs back: roll-over, exchange, or neither.
    R2,
    /// More than the meter can measure.
    R3,
    /// A spike.
    R4,
    /// High or low.
    R5,
    /// Nothing consumed.
    R6,
    /// Use where there should be none.
    R7,
    /// Frozen values.
    R8,
    /// A gap.
    R9,
    /// The homes against the meter of their feeder.
    R10,
    /// The clock.
    R11,
    /// Digits.
    R12,
}

/// What a flag asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Explained; kept so that everybody can see it.
    Note,
    /// A proposal for a person.
    Suggest,
    /// Somebody should look.
    Warn,
    /// The reading is not used; its raw value is kept.
    Reject,
    /// Nothing is billed through it before a person has said what it was.
    Fail,
}

/// One rule.
pub struct Rule {
    /// Its number.
    pub id: RuleId,
    /// Its name for ever; it stands in logs, tables and tests.
    pub slug: &'static str,
    /// What it asks for.
    pub level: Level,
    /// The sentence, with places such as `{0 kwh}` for what was seen.
    pub says: Text,
    /// When it holds.
    pub(crate) when: When,
}

/// What a rule looks at. A rule that lasts is flagged once, until it holds no longer.
pub(crate) enum When {
    /// A reading's moment against the reader's clock, flagged once; the bit remembers it.
    Stamp(u8, fn(&Stamp<'_>) -> Option<Saw>),
    /// A reading and the one before.
    Step(fn(&Step<'_>) -> Option<Saw>),
    /// The same, flagged once; the bit remembers it.
    Lasting(u8, fn(&Step<'_>) -> Option<Saw>),
    /// A day that is over, flagged once; the bit remembers it.
    Day(u8, fn(&WholeDay<'_>) -> Option<Saw>),
    /// A value of the moment that is held against the ones before, flagged once.
    Held(u8, fn(&Held<'_>) -> Option<Saw>),
    /// A home among its neighbours.
    Peers(fn(&Peers<'_>) -> Option<Saw>),
    /// The homes and the meter of their feeder.
    Sum(fn(&Sum<'_>) -> Option<Saw>),
}

/// What a rule saw: up to three numbers, named by the places of its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Saw(pub [i64; 3]);

/// One rule that held at one stretch of one meter's readings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Which rule.
    pub rule: &'static Rule,
    /// From here.
    pub from: Moment,
    /// To here, inclusive.
    pub to: Moment,
    /// What it saw.
    pub saw: Saw,
}

impl Flag {
    /// The sentence for a person.
    pub fn say(&self, lang: Lang) -> String {
        crate::sentence::filled(self.rule.says.get(lang), self.saw, lang)
    }
}

impl RuleId {
    /// Its number as it is written.
    pub const fn word(self) -> &'static str {
        const WORDS: [&str; 12] = [
            "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12",
        ];
        WORDS[self as usize]
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.slug)
    }
}

impl fmt::Debug for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rule,
            from,
            to,
            saw,
        } = self;
        write!(f, "{rule:?} {}..{} {:?}", from.0, to.0, saw.0)
    }
}
