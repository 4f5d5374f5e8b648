//! Statuses that arrive by file: a table of them, or a head-end's saved answer.
//!
//! Each row becomes one raw text, to be kept before anybody interprets it. A row that cannot be
//! read is kept too, with its reason.

use super::at;
use super::columns::{GATEWAY, METER, SITE};
use super::error::ImportError;
use super::words::{FLAG, PHASES, RELAY, either, fold, listed};
use crate::FILE;
use answers::{Row, Settings, read_row};
use fleet::{MeterNumber, Moment};
use serde_json::{Map, Value, json};
use sheets::{Contents, Limits, Plain, PlainRow, SheetError, look};
use std::io;
use store::NewAnswer;

/// What the rows of a file are kept as.
const ASKED: &str = "row of a file";

/// One row of a file with statuses.
#[derive(Clone, Debug)]
pub struct StatusLine {
    /// Its line in the file or number in the sheet; of a saved answer the count of its rows.
    pub row: u64,
    /// What is kept: the row as it came (answers), or its cells under the columns' names (tables).
    pub raw: String,
    /// What it says: meter, status, time and evidence.
    pub read: Row,
    /// Why nothing can be made of it, where nothing can.
    pub problem: Option<String>,
}

impl StatusLine {
    /// When it was, if the row says so: local times are taken in this IANA zone.
    pub fn moment(&self, zone: &str) -> Option<Moment> {
        at::moment(self.read.at.as_deref()?, zone)
    }

    /// The raw answer to be kept, as received then. The row itself says which meter it is.
    pub fn answer(&self, at: Moment) -> NewAnswer {
        NewAnswer {
            at,
            source: FILE.to_owned(),
            meter: None,
            asked: ASKED.to_owned(),
            body: self.raw.clone(),
            slot: None,
        }
    }

    fn of(row: u64, raw: String, damage: Option<String>, settings: &Settings) -> Self {
        let read = read_row(raw.as_bytes(), settings);
        let problem = damage.or_else(|| problem(&read));
        Self {
            row,
            raw,
            read,
            problem,
        }
    }
}

/// Reads a file of statuses: CSV or XLSX with the columns `meter` and `status`, or a saved answer
/// of any of the three dialects. `settings` say what a deployment names differently.
pub fn statuses(
    input: impl io::Read + Send,
    settings: &Settings,
) -> Result<Vec<StatusLine>, ImportError> {
    let known = |name: &str| key_of(name).is_some();
    match look(input, Limits::default(), &known)? {
        Contents::Table(table) => of_table(table, settings),
        Contents::Answer(answer) => {
            let line = |(count, row): (u64, Result<sheets::SavedRow, SheetError>)| {
                let row = row?;
                Ok(StatusLine::of(count, row.text, row.damage, settings))
            };
            (1..).zip(answer).map(line).collect()
        }
    }
}

fn of_table(table: Plain, settings: &Settings) -> Result<Vec<StatusLine>, ImportError> {
    let columns = columns(&table.header);
    let has = |key: &str| columns.iter().any(|column| column.key == key);
    if !(has("meter") && has("status")) {
        return Err(ImportError::NoStatus {
            found: listed(&table.header),
        });
    }
    let decimal_comma = table.decimal_comma;
    let line = |row: Result<PlainRow, SheetError>| {
        let row = row?;
        let damage = row.damage.clone().or_else(|| {
            let (cells, width) = (row.cells.len(), columns.len());
            (cells > width).then(|| {
                format!(
                    "the row has {cells} cells and the header {width}: look at its delimiters \
                     and quotes"
                )
            })
        });
        let raw = match &damage {
            // nobody knows which cell is which
            Some(why) => json!({"cells": row.cells, "damage": why}),
            None => Value::Object(object(&columns, &row.cells, decimal_comma)),
        };
        Ok(StatusLine::of(
            row.number,
            raw.to_string(),
            damage,
            settings,
        ))
    };
    table.map(line).collect()
}

/// A column: its name in the file, and the key under which its cells are kept.
struct Column {
    name: String,
    key: String,
    kind: Kind,
}

/// How the room that reads rows wants a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Flag,
    Relay,
    Phases,
}

/// The keys that rows are read by, with the folded names of their columns.
const KEYS: &[(&str, Kind, &[&str])] = &[
    ("meter", Kind::Text, METER),
    (
        "status",
        Kind::Text,
        &[
            "status",
            "statut",
            "operatingstatus",
            "meteroperatingstatus",
            "meterstatus",
            "amicode",
            "amistatus",
            "statuscode",
            "code87",
            "état",
            "etat",
        ],
    ),
    (
        "at",
        Kind::Text,
        &["at", "time", "timestamp", "date", "datetime", "readat"],
    ),
    ("power_w", Kind::Number, &["powerw", "activepowerw"]),
    ("load_limit_w", Kind::Number, &["loadlimitw", "powerlimitw"]),
    ("power_factor", Kind::Number, &["powerfactor", "pf"]),
    ("energy_kwh", Kind::Number, &["energykwh", "totalkwh"]),
    ("relay", Kind::Relay, &["relay", "relais"]),
    ("phases", Kind::Phases, &["phases", "phase"]),
    ("solar", Kind::Flag, &["solar", "solaire"]),
    ("site", Kind::Text, SITE),
    ("gateway", Kind::Text, GATEWAY),
];

fn key_of(name: &str) -> Option<(&'static str, Kind)> {
    let folded = fold(name);
    let row = KEYS
        .iter()
        .find(|(_, _, names)| names.contains(&folded.as_str()));
    row.map(|(key, kind, _)| (*key, *kind))
}

/// The columns of a header. The first of two that mean the same counts, and a column that means
/// nothing here keeps its own name; no two have one key.
fn columns(header: &[String]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (place, name) in header.iter().enumerate() {
        let free = |key: &str| columns.iter().all(|column| column.key != key);
        let known = key_of(name).filter(|(key, _)| free(key));
        let (wanted, kind) = match known {
            Some((key, kind)) => (key.to_owned(), kind),
            None if name.is_empty() => (format!("column {}", place + 1), Kind::Text),
            None => (name.clone(), Kind::Text),
        };
        let numbered = (2..).map(|n| format!("{wanted} {n}"));
        let key = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|key| free(key))
            .unwrap_or(wanted);
        columns.push(Column {
            name: name.clone(),
            key,
            kind,
        });
    }
    columns
}

/// A row's cells under their keys; empty ones are left out. Where a cell is written otherwise than
/// rows are read, it stands there as it came, too.
fn object(columns: &[Column], cells: &[String], decimal_comma: bool) -> Map<String, Value> {
    let mut object = Map::new();
    for (column, cell) in columns
        .iter()
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
    {
        let value = column.kind.read(cell, decimal_comma);
        if let Some(value) = value.filter(|value| value.as_str() != Some(cell.as_str())) {
            let kept = format!("{} as it came", column.name);
            object.insert(column.key.clone(), value);
            object.insert(kept, cell.clone().into());
        } else {
            object.insert(column.key.clone(), cell.clone().into());
        }
    }
    object
}

impl Kind {
    /// The cell as rows are read, or nothing where it stays as it is.
    fn read(self, cell: &str, decimal_comma: bool) -> Option<Value> {
        match self {
            Self::Text => None,
            Self::Number => {
                let comma = decimal_comma && !cell.contains('.');
                comma.then(|| cell.replacen(',', ".", 1).into())
            }
            Self::Flag => either(cell, FLAG).map(Value::Bool),
            Self::Relay => {
                either(cell, RELAY).map(|closed| if closed { "closed" } else { "open" }.into())
            }
            Self::Phases => {
                either(cell, PHASES).map(|single| if single { "1" } else { "3" }.into())
            }
        }
    }
}

/// Why nothing can be made of a row.
fn problem(row: &Row) -> Option<String> {
    if row.problem.is_some() {
        return row.problem.clone();
    }
    let meter = row.meter.as_deref().unwrap_or_default();
    if let Err(why) = MeterNumber::parse(meter) {
        return Some(why.to_string());
    }
    let shows = row.status.is_some()
        || row.value.is_some()
        || row.energy_kwh.is_some()
        || row.evidence != triage::Evidence::default();
    match &row.said {
        Err(unread) => Some(unread.to_string()),
        Ok(_) if !shows => Some("this row says nothing of the meter: it needs a status".to_owned()),
        Ok(_) => None,
    }
}
