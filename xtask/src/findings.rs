//! What a check brings back: complaints make it red, notes are only worth reading.

use anyhow::Result;

use crate::house::House;
use crate::tally::Tally;

/// A check of the house.
pub(crate) type Check = fn(&House) -> Result<Findings>;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Green,
    Red,
}

/// What one check found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// One line each, saying what to do about it.
    pub(crate) complaints: Vec<String>,
    /// Figures and other things that are no fault.
    pub(crate) notes: Vec<String>,
    /// Tests counted, where the check ran any.
    pub(crate) tally: Tally,
}

impl Findings {
    /// Complaints alone.
    pub(crate) fn complaining(complaints: Vec<String>) -> Self {
        Self {
            complaints,
            ..Self::default()
        }
    }

    /// Red as soon as there is one complaint.
    pub(crate) fn ended(&self) -> Ended {
        if self.complaints.is_empty() {
            Ended::Green
        } else {
            Ended::Red
        }
    }

    /// Prints everything under the name of the check.
    pub(crate) fn print(&self, name: &str) -> Ended {
        for line in self.notes.iter().chain(&self.complaints) {
            println!("  {line}");
        }
        match self.complaints.len() {
            0 => println!("{name}: in order"),
            1 => println!("{name}: 1 complaint"),
            several => println!("{name}: {several} complaints"),
        }
        self.ended()
    }
}
