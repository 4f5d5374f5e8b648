//! What is wrong with a configuration. No sentence here repeats a secret.

use crate::place::Place;
use std::fmt;

/// The file's name as long as nobody has said another.
const FILE: &str = "calinmeter.toml";
/// So many problems are listed; who has more has another kind of file.
const MOST: usize = 50;

/// One thing that is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// Which key, with its table: `head_end.url`; empty where the text is no TOML.
    pub key: String,
    /// What is wrong and what to do next, one sentence.
    pub what: String,
}

/// Everything that is wrong with a configuration, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SettingsError {
    file: String,
    problems: Vec<Problem>,
}

impl SettingsError {
    pub(crate) fn of(mut problems: Vec<Problem>) -> Self {
        problems.truncate(MOST);
        Self {
            file: FILE.to_owned(),
            problems,
        }
    }

    /// The same, said of a file with this name.
    #[must_use]
    pub fn in_file(mut self, name: impl Into<String>) -> Self {
        self.file = name.into();
        self
    }

    /// Every problem, in the order of the file; at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for SettingsError {
    /// One line a problem: `calinmeter.toml:12:3: head_end.url: what is wrong`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, problem) in self.problems.iter().enumerate() {
            if count > 0 {
                f.write_str("\n")?;
            }
            if matches!(problem.place, Place::File { .. }) {
                write!(f, "{}:", self.file)?;
            }
            write!(f, "{}: ", problem.place)?;
            if !problem.key.is_empty() && matches!(problem.place, Place::File { .. }) {
                write!(f, "{}: ", problem.key)?;
            }
            f.write_str(&problem.what)?;
        }
        Ok(())
    }
}
