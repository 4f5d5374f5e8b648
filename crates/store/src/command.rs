//! Commands: what people want done at a meter, where each stands, and everything that happened.
//!
//! The store knows no state by its meaning: it moves a command from the revision that the desk has
//! seen, or not at all. What must hold whatever anybody believes is held here, in one transaction:
//! one act under way at a meter, no more darkening acts than the limits allow, no slot beyond the
//! limit of a group.

mod around;
mod claim;
mod depart;
mod list;
mod moves;
mod propose;
mod row;
mod tokens;

pub use depart::{Departure, Left, Limits};
pub use list::{CommandFilter, CommandTally};
pub use moves::Move;
pub use propose::{NewCommand, Proposed};
pub use tokens::{LedgerRow, NewToken};

pub(crate) use depart::depart;
pub(crate) use moves::{Moved, shift};

use fleet::{MeterNumber, Moment};
use std::fmt;

/// A command's id: its meter and its number. It carries the meter, so that a database that is
/// spread over machines finds it without asking them all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId {
    /// The meter.
    pub meter: MeterNumber,
    /// Its number, given once.
    pub number: i64,
}

impl CommandId {
    /// Reads `47001582544-17`.
    pub fn parse(text: &str) -> Option<Self> {
        let (meter, number) = text.trim().rsplit_once('-')?;
        Some(Self {
            meter: MeterNumber::parse(meter).ok()?,
            number: number.parse().ok().filter(|number| *number > 0)?,
        })
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.meter, self.number)
    }
}

/// Where a command stands; what a move changes. The state is the desk's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The state's word.
    pub state: String,
    /// Since when.
    pub since: Moment,
    /// Until when it may stand there; nothing where nothing more is done about it.
    pub deadline: Option<Moment>,
    /// Until when it may wait for its turn.
    pub queue_until: Option<Moment>,
    /// When it was written down that it is sent, the last time.
    pub sent_at: Option<Moment>,
}

/// A command as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its id.
    pub id: CommandId,
    /// The kind's word.
    pub kind: String,
    /// What it carries: JSON, of a token only its last digits.
    pub args: String,
    /// Why it was asked for.
    pub reason: String,
    /// Who asked for it.
    pub who: String,
    /// By which door.
    pub via: String,
    /// The meter's site when it was asked for.
    pub site: Option<String>,
    /// The head-end that sends it.
    pub head_end: String,
    /// Whether it changes something at the meter.
    pub physical: bool,
    /// Whether it may move the relay.
    pub relay: bool,
    /// Whether it may darken a home.
    pub darkens: bool,
    /// The higher goes first.
    pub priority: u8,
    /// When it was asked for.
    pub at: Moment,
    /// Where it stands.
    pub stand: Stand,
    /// How often it was moved.
    pub rev: i64,
    /// The second person.
    pub second: Option<String>,
    /// The newest task that was known before it was sent.
    pub mark: Option<String>,
    /// Its task.
    pub task: Option<String>,
    /// What was known before it was sent: JSON.
    pub before: Option<String>,
    /// How it was proved: JSON.
    pub proof: Option<String>,
    /// How it stands or ended, one sentence.
    pub outcome: Option<String>,
    /// When its task was dispatched, where it had to be.
    pub dispatched_at: Option<Moment>,
}

/// One thing that happened to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandEvent {
    /// Its place, from 0.
    pub rev: i64,
    /// When.
    pub at: Moment,
    /// The event's word.
    pub event: String,
    /// The state it led to.
    pub state: String,
    /// Who did it; nothing where the desk did.
    pub who: Option<String>,
    /// One sentence.
    pub said: Option<String>,
}
