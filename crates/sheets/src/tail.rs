//! The verdict's own columns, rendered once and used for every row that says the same.

use crate::notes::Notes;
use crate::options::{Format, Options};
use crate::record::put_cell;
use catalogue::{Decision, Owner, Source};
use std::collections::HashMap;
use triage::{Said, Verdict};

/// The columns that are added to every row, in order.
pub const VERDICT_COLUMNS: [&str; 10] = [
    "ami_code", "sub_code", "slug", "supply", "decision", "owner", "severity", "action", "because",
    "error",
];

/// So many different tails are kept by each hand; rarer ones are rendered each time.
const KEPT: usize = 4096;
/// Longer cells are rendered each time.
const LONGEST_KEY: usize = 256;

/// The verdict's columns up to `error`, ready to be copied behind a row.
#[derive(Clone, Debug)]
pub(crate) struct Tail {
    /// With the delimiter or comma before the first column and before `error`.
    pub(crate) bytes: Vec<u8>,
    /// Nothing where there is no verdict.
    pub(crate) counts: Option<(Decision, Owner)>,
    /// What the cells of status and evidence leave to be said.
    pub(crate) notes: Notes,
}

impl Tail {
    /// The columns of a verdict.
    pub(crate) fn of(verdict: &Verdict, notes: Notes, options: &Options) -> Self {
        let (ami, sub) = codes(verdict);
        let slug = verdict.slug();
        let words = [
            verdict.supply.word(),
            verdict.decision.word(),
            verdict.owner.word(),
            verdict.severity.word(),
            verdict.advice.action.get(options.lang),
        ];
        let because = verdict.because(options.lang);
        let mut bytes = Vec::with_capacity(512);
        match options.format {
            Format::Csv => {
                let number = |n: Option<u16>| n.map_or_else(String::new, |n| n.to_string());
                let cells = [&number(ami), &number(sub), slug.unwrap_or("")];
                for cell in cells.into_iter().chain(words).chain([&*because.join(" ")]) {
                    bytes.push(options.delimiter.byte());
                    put_cell(&mut bytes, cell, options.delimiter.byte());
                }
                bytes.push(options.delimiter.byte());
            }
            Format::Json => {
                let values = [ami.into(), sub.into(), slug.into()];
                let values = values.into_iter().chain(words.map(Into::into));
                put_values(&mut bytes, values.chain([because.into()]));
            }
        }
        Self {
            bytes,
            counts: Some((verdict.decision, verdict.owner)),
            notes,
        }
    }

    /// The same columns with nothing in them.
    pub(crate) fn empty(notes: Notes, options: &Options) -> Self {
        let mut bytes = Vec::new();
        match options.format {
            Format::Csv => bytes.resize(VERDICT_COLUMNS.len(), options.delimiter.byte()),
            Format::Json => {
                let nulls = std::iter::repeat_n(serde_json::Value::Null, 8);
                put_values(&mut bytes, nulls.chain([serde_json::json!([])]));
            }
        }
        Self {
            bytes,
            counts: None,
            notes,
        }
    }
}

fn put_values(out: &mut Vec<u8>, values: impl Iterator<Item = serde_json::Value>) {
    for (name, value) in VERDICT_COLUMNS.iter().zip(values) {
        out.extend_from_slice(format!(",\"{name}\":{value}").as_bytes());
    }
    out.extend_from_slice(b",\"error\":");
}

/// The AMI code and the sub-code. What we derived ourselves has neither: nobody has said them.
fn codes(verdict: &Verdict) -> (Option<u16>, Option<u16>) {
    match (verdict.said, verdict.row) {
        _ if verdict.source == Some(Source::Derived) => (None, None),
        (_, Some(row)) => (Some(row.ami.0), Some(row.reason.0.into())),
        (Said::Ami(code), None) => (Some(code.0), None),
        (Said::Reason(reason), None) => (None, Some(reason.0.into())),
        (Said::Wire(_) | Said::TwoFamilies(_) | Said::Nothing, None) => (None, None),
    }
}

/// The tails that were rendered, by the text of the cells they come from.
#[derive(Debug, Default)]
pub(crate) struct Tails {
    places: HashMap<Box<str>, usize>,
    /// The last one may be one that is not kept.
    tails: Vec<Tail>,
}

impl Tails {
    /// The tail of these cells, rendered now if it was not before.
    pub(crate) fn of(&mut self, cells: &str, render: impl FnOnce() -> Tail) -> &Tail {
        let place = match self.places.get(cells) {
            Some(place) => *place,
            None => self.keep(cells, render()),
        };
        &self.tails[place]
    }

    fn keep(&mut self, cells: &str, tail: Tail) -> usize {
        let place = self.places.len();
        self.tails.truncate(place);
        self.tails.push(tail);
        if place < KEPT && cells.len() <= LONGEST_KEY {
            self.places.insert(cells.into(), place);
        }
        place
    }
}
