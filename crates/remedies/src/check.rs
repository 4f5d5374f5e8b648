//! What must be known before an act, line by line.

use crate::case::Case;
use crate::checks::CHECKS;
use crate::{Facts, Rules, Sentence, Wanted};
use asking::Item;

/// What one line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// This stands in nobody's way.
    Pass,
    /// This forbids it.
    No,
    /// This has to be read first.
    Wants(Item),
}

/// One line of the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The check's name for ever.
    pub slug: &'static str,
    /// What it says.
    pub says: Says,
    /// Why, and what to do where it is no.
    pub sentence: Sentence,
}

/// What follows from all lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It may be sent.
    Pass,
    /// It must not be sent.
    No,
    /// These have to be read first, in this order; then it is checked again.
    Wants(Vec<Item>),
}

/// The lines in the order of [`CHECKS`], and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// One line a check that has something to say; never empty.
    pub lines: Vec<Line>,
    /// No where one line says no; else what is wanted; else pass.
    pub outcome: Outcome,
}

/// Whether a wish may be sent with what is known now.
///
/// What cannot close the relay passes without a look at the status. Holds, the stop button and the
/// blast radius are not looked at here, nor whether it darkens ([`crate::darkens`]).
pub fn check(wanted: &Wanted, facts: &Facts, rules: &Rules) -> Checked {
    let case = Case::of(wanted, facts, rules);
    let holds = CHECKS.iter().filter(|check| (check.when)(&case));
    let lines: Vec<Line> = holds
        .map(|check| Line {
            slug: check.slug,
            says: check.says,
            sentence: case.sentence(check.slug, check.text),
        })
        .collect();
    let outcome = outcome(&lines);
    Checked { lines, outcome }
}

fn outcome(lines: &[Line]) -> Outcome {
    if lines.is_empty() || lines.iter().any(|line| line.says == Says::No) {
        // a wish of which no check speaks is not granted
        return Outcome::No;
    }
    let wants: Vec<Item> = lines.iter().filter_map(Line::wants).collect();
    if wants.is_empty() {
        Outcome::Pass
    } else {
        Outcome::Wants(wants)
    }
}

impl Line {
    fn wants(&self) -> Option<Item> {
        match self.says {
            Says::Wants(item) => Some(item),
            Says::Pass | Says::No => None,
        }
    }
}
