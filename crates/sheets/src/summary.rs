//! What became of the rows, counted.

use crate::notes::Notes;
use catalogue::{Decision, Owner};

/// What kind of input it was, by its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// CSV, with `,`, `;` or tabs.
    #[default]
    Table,
    /// An XLSX workbook.
    Workbook,
    /// A head-end's saved answer.
    Answers,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What kind of input it was.
    pub input: Input,
    /// Rows written; as many came in.
    pub rows: u64,
    /// Rows with nothing to be done.
    pub fine: u64,
    /// Rows that are no case in postpaid.
    pub ignore: u64,
    /// Rows for the desk.
    pub office: u64,
    /// Rows for somebody who travels.
    pub visit: u64,
    /// Rows with a number that nobody listed.
    pub unlisted: u64,
    /// Rows with an error, whether or not they have a verdict too.
    pub errors: u64,
    /// Rows that have warnings only.
    pub warnings: u64,
    /// Rows that were not UTF-8 and were read as Windows-1252.
    pub not_utf8: u64,
    /// Lines with nothing on them, which are no rows.
    pub blank_lines: u64,
    /// Columns of an earlier triage, which were replaced.
    pub replaced: Vec<String>,
    /// Columns of the table's own that have one of our names, and the name they got.
    pub renamed: Vec<(String, String)>,
    owners: [u64; Owner::ALL.len()],
}

impl Summary {
    /// Rows by who has to act, nobody included, in the catalogue's order; only who has any.
    pub fn by_owner(&self) -> impl Iterator<Item = (Owner, u64)> {
        let rows = Owner::ALL.iter().copied().zip(self.owners);
        rows.filter(|(_, rows)| *rows > 0)
    }

    /// Rows with a verdict.
    pub fn judged(&self) -> u64 {
        self.fine + self.ignore + self.office + self.visit + self.unlisted
    }

    /// Nothing counted yet.
    pub(crate) fn of(input: Input) -> Self {
        Self {
            input,
            ..Self::default()
        }
    }

    pub(crate) fn count(&mut self, decision: Decision, owner: Owner) {
        *match decision {
            Decision::Fine => &mut self.fine,
            Decision::Ignore => &mut self.ignore,
            Decision::Office => &mut self.office,
            Decision::Visit => &mut self.visit,
            Decision::Unlisted => &mut self.unlisted,
        } += 1;
        if let Some(rows) = self.owners.get_mut(owner as usize) {
            *rows += 1;
        }
    }

    /// Counts a row that was written, with what was said of it.
    pub(crate) fn count_row(&mut self, notes: &Notes) {
        self.rows += 1;
        self.errors += u64::from(notes.is_error());
        self.warnings += u64::from(!notes.is_error() && !notes.text().is_empty());
    }

    /// Adds what another hand has counted.
    pub(crate) fn add(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.rows, other.rows),
            (&mut self.fine, other.fine),
            (&mut self.ignore, other.ignore),
            (&mut self.office, other.office),
            (&mut self.visit, other.visit),
            (&mut self.unlisted, other.unlisted),
            (&mut self.errors, other.errors),
            (&mut self.warnings, other.warnings),
            (&mut self.not_utf8, other.not_utf8),
            (&mut self.blank_lines, other.blank_lines),
        ] {
            *mine += theirs;
        }
        for (mine, theirs) in self.owners.iter_mut().zip(other.owners) {
            *mine += theirs;
        }
    }
}
