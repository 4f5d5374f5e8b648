//! The written side: how a row is put on a page, and pages into the output.

use crate::error::SheetError;
use crate::notes::Notes;
use crate::options::{Format, Options};
use crate::record::put_cell;
use crate::tail::{Tail, VERDICT_COLUMNS};
use std::io::Write;

/// Some rows, written and ready to go out.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
    pub(crate) rows: u64,
    /// Nothing more of the same chunk follows.
    pub(crate) last: bool,
}

/// A page this long goes out, so that no chunk of input grows without end.
pub(crate) const FULL: usize = 512 << 10;

/// The columns of the input as they are written.
pub(crate) struct Columns {
    format: Format,
    delimiter: u8,
    names: Vec<String>,
    /// What stands before each value in JSON.
    keys: Vec<Vec<u8>>,
}

impl Columns {
    pub(crate) fn new(names: Vec<String>, options: &Options) -> Self {
        Self {
            format: options.format,
            delimiter: options.delimiter.byte(),
            keys: keys(&names),
            names,
        }
    }

    /// What stands before the first row. In JSON every row begins with a comma, which the output
    /// leaves out once.
    fn head(&self, more: &[&str]) -> Vec<u8> {
        if self.format == Format::Json {
            return b"[".to_vec();
        }
        let mut out = Vec::new();
        let own = self.names.iter().map(String::as_str);
        let all = own.chain(VERDICT_COLUMNS).chain(more.iter().copied());
        for (place, name) in all.enumerate() {
            if place > 0 {
                out.push(self.delimiter);
            }
            put_cell(&mut out, name, self.delimiter);
        }
        out.push(b'\n');
        out
    }

    /// Writes a row's own cells.
    pub(crate) fn put_own<'a>(&self, out: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) {
        if self.format == Format::Json {
            for (key, cell) in self.keys.iter().zip(cells) {
                out.extend_from_slice(key);
                put_string(out, cell);
            }
            return;
        }
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                out.push(self.delimiter);
            }
            put_cell(out, cell, self.delimiter);
        }
    }

    /// Writes the verdict's cells and what there is to say.
    pub(crate) fn put_tail(&self, out: &mut Vec<u8>, tail: &Tail, notes: &Notes) {
        out.extend_from_slice(&tail.bytes);
        match (self.format, notes.text()) {
            (Format::Csv, text) => put_cell(out, text, self.delimiter),
            (Format::Json, "") => out.extend_from_slice(b"null"),
            (Format::Json, text) => put_string(out, text),
        }
    }

    /// Ends a row.
    pub(crate) fn end_row(&self, out: &mut Vec<u8>) {
        out.push(match self.format {
            Format::Csv => b'\n',
            Format::Json => b'}',
        });
    }
}

/// The keys of a JSON row. One name twice would lose a value, and no name at all is no key.
fn keys(names: &[String]) -> Vec<Vec<u8>> {
    let mut taken: Vec<String> = VERDICT_COLUMNS.map(str::to_owned).to_vec();
    let mut keys = Vec::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        let wanted = match name.trim() {
            "" => format!("column_{}", place + 1),
            name => name.to_owned(),
        };
        let numbered = (2..).map(|n| format!("{wanted}_{n}"));
        let free = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|key| !taken.contains(key))
            .unwrap_or(wanted);
        let mut key = if place == 0 {
            b",\n{".to_vec()
        } else {
            b",".to_vec()
        };
        put_string(&mut key, &free);
        key.push(b':');
        keys.push(key);
        taken.push(free);
    }
    keys
}

/// Writes a JSON string.
pub(crate) fn put_string(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("memory takes every byte and a text has no other kind");
}

/// The output, with the count of what went into it.
pub(crate) struct Output<W> {
    inner: W,
    format: Format,
    rows: u64,
}

impl<W: Write> Output<W> {
    /// Begins the output with its header; `more` are columns after the verdict's.
    pub(crate) fn begin(inner: W, columns: &Columns, more: &[&str]) -> Result<Self, SheetError> {
        let mut output = Self {
            inner,
            format: columns.format,
            rows: 0,
        };
        output.write(&columns.head(more))?;
        Ok(output)
    }

    /// Writes a page.
    pub(crate) fn put(&mut self, page: &Page) -> Result<(), SheetError> {
        let first = self.format == Format::Json && self.rows == 0 && page.rows > 0;
        self.write(&page.bytes[usize::from(first)..])?;
        self.rows += page.rows;
        Ok(())
    }

    /// Ends the output.
    pub(crate) fn end(mut self) -> Result<(), SheetError> {
        if self.format == Format::Json {
            self.write(b"\n]\n")?;
        }
        let flushed = self.inner.flush();
        flushed.map_err(|source| SheetError::writing(self.rows, source))
    }

    /// Rows handed over so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), SheetError> {
        let written = self.inner.write_all(bytes);
        written.map_err(|source| SheetError::writing(self.rows, source))
    }
}
