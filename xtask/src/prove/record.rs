//! What a step brought, one line of JSON in a file of its own under target/prove/.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::house::House;

/// The result of one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) step: String,
    /// The hash of what it speaks of.
    pub(super) tree: String,
    /// How long fuzzing was asked to run.
    pub(super) seconds: u64,
    /// How long the step took, in seconds.
    pub(super) took: u64,
    pub(super) green: bool,
    /// One line for the table.
    pub(super) line: String,
    /// More, to be shown whole; may be empty.
    pub(super) output: String,
}

impl Record {
    /// Whether the step need not run again: green, for this tree, and for as long.
    pub(super) fn holds_for(&self, tree: &str, seconds: u64) -> bool {
        self.green && self.tree == tree && self.seconds >= seconds
    }
}

/// Where the results stand.
pub(super) fn folder(house: &House) -> PathBuf {
    house.target().join("prove")
}

/// The last result of a step; a file that cannot be read as one counts as none.
pub(super) fn read(house: &House, step: &str) -> Result<Option<Record>> {
    let path = folder(house).join(format!("{step}.json"));
    if !path.exists() {
        return Ok(None);
    }
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(serde_json::from_str(&text).ok())
}

/// Keeps the result of a step.
pub(super) fn keep(house: &House, record: &Record) -> Result<()> {
    let folder = folder(house);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let path = folder.join(format!("{}.json", record.step));
    let line = serde_json::to_string(record).context("a result cannot be written as JSON")?;
    fs::write(&path, line + "\n").with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn a_result_holds_for_its_tree_and_no_longer_run() {
        let record = Record {
            step: "fuzz-a".to_owned(),
            tree: "abc".to_owned(),
            seconds: 60,
            took: 61,
            green: true,
            line: String::new(),
            output: String::new(),
        };
        assert!(record.holds_for("abc", 60) && record.holds_for("abc", 5));
        assert!(!record.holds_for("abc", 600));
        assert!(!record.holds_for("abd", 60));
        assert!(
            !Record {
                green: false,
                ..record
            }
            .holds_for("abc", 60)
        );
    }
}
