//! The result file: what became of each row of the table.

use super::apply::Applied;
use super::draft::{Draft, Remark};
use std::collections::BTreeMap;

/// What became of a row.
const IMPORTED: &str = "imported";
const REPEATED: &str = "repeated";
const REFUSED: &str = "refused";
const LEFT_OUT: &str = "not imported";

impl Draft {
    /// The result as CSV: `row,outcome,why`, one line a row, in the order of the file. Without
    /// `applied` it says what would become of each.
    ///
    /// `why` begins with a word of ours, so that no spreadsheet takes a cell of the file for a
    /// formula.
    pub fn outcomes(&self, applied: Option<&Applied>) -> String {
        let good = match applied {
            Some(applied) if applied.import.is_none() => LEFT_OUT,
            _ => IMPORTED,
        };
        let mut lines: BTreeMap<u64, (&str, Vec<String>)> = BTreeMap::new();
        for (row, _) in &self.rows {
            lines.entry(*row).or_default().0 = good;
        }
        for row in &self.repeated {
            lines.entry(*row).or_default().0 = REPEATED;
        }
        for remark in &self.warnings {
            lines
                .entry(remark.row)
                .or_default()
                .1
                .push(sentence(remark));
        }
        for remark in &self.errors {
            let line = lines.entry(remark.row).or_default();
            line.0 = REFUSED;
            line.1.push(sentence(remark));
        }
        let mut out = csv::Writer::from_writer(Vec::new());
        let head = ["row", "outcome", "why"].map(str::to_owned);
        let rows = lines
            .into_iter()
            .map(|(row, (outcome, why))| [row.to_string(), outcome.to_owned(), why.join("; ")]);
        for record in std::iter::once(head).chain(rows) {
            // a vector takes every byte
            let _written = out.write_record(&record).is_ok();
        }
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

fn sentence(remark: &Remark) -> String {
    match remark.column {
        "" => format!("row: {}", remark.why),
        column => format!("{column}: {}", remark.why),
    }
}
