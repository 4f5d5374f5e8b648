//! The header decides how the table is read: its delimiter, and what each column is.

use crate::error::SheetError;
use crate::fields::{FIELDS, Field};
use crate::options::{Delimiter, Options};
use crate::record::{Cells, Dialect, End, MAX_RECORD, end_of, without_return};
use crate::source::Source;
use crate::summary::Summary;
use crate::tail::VERDICT_COLUMNS;
use std::borrow::Cow;

/// Columns that carry no evidence and may stand once only.
const PLAIN: &[&str] = &["at", "energy_kwh", "site", "gateway"];

/// What the header decided, for every hand that judges.
pub(crate) struct Plan<'o> {
    pub(crate) options: &'o Options,
    pub(crate) dialect: Dialect,
    /// How many cells a row has.
    pub(crate) width: usize,
    /// The columns that are written back: their place, and the name they are written under.
    pub(crate) kept: Vec<(usize, String)>,
    /// The place of the meter number.
    pub(crate) meter: usize,
    /// The place of the status.
    pub(crate) status: usize,
    /// The columns with evidence.
    pub(crate) fields: Vec<(usize, &'static Field)>,
    /// The number of the line after the header.
    pub(crate) line: u64,
}

impl<'o> Plan<'o> {
    /// Takes the header from a source.
    pub(crate) fn read(
        source: &mut Source,
        options: &'o Options,
        summary: &mut Summary,
    ) -> Result<Self, SheetError> {
        let (line_end, mut line) = skip_blank_lines(source, summary)?;
        let mut delimiters = Delimiter::ALL.map(Delimiter::byte).to_vec();
        if let Some(said) = said_delimiter(source, line_end) {
            delimiters = vec![said];
            line += 1;
        }
        let dialects = delimiters.iter().map(|&delimiter| Dialect {
            delimiter,
            line_end,
        });
        let mut best: Option<(usize, Header)> = None;
        for dialect in dialects {
            let header = Header::take(source, dialect)?;
            if header.place("meter").is_some() && header.place("status").is_some() {
                return header.into_plan(source, options, line, summary);
            }
            if best
                .as_ref()
                .is_none_or(|(cells, _)| header.names.len() > *cells)
            {
                best = Some((header.names.len(), header));
            }
        }
        let found = best.map_or_else(String::new, |(_, header)| header.shown());
        Err(SheetError::NoHeader { found })
    }
}

/// A first record, cut by one dialect.
struct Header {
    dialect: Dialect,
    names: Vec<String>,
    /// Bytes with its line end, and the lines in them.
    length: usize,
    lines: u64,
}

impl Header {
    /// Reads the first record as this dialect cuts it; the source keeps it.
    fn take(source: &mut Source, dialect: Dialect) -> Result<Self, SheetError> {
        let end = loop {
            match end_of(&source.held, dialect) {
                End::At(end) => break end,
                _ if source.ended || source.held.len() > MAX_RECORD => {
                    break memchr::memchr(dialect.line_end, &source.held)
                        .unwrap_or(source.held.len());
                }
                _ => source.hold_more().map_err(SheetError::reading)?,
            }
        };
        let bytes = &source.held[..end];
        let text = decode(bytes);
        let mut cells = Cells::default();
        let row = cells.split(without_return(&text), dialect.delimiter);
        Ok(Self {
            dialect,
            names: row.cells().map(str::to_owned).collect(),
            length: end + 1,
            lines: 1 + memchr::memchr_iter(dialect.line_end, bytes).count() as u64,
        })
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|cell| plain(cell) == name)
    }

    /// The names as a person reads them.
    fn shown(&self) -> String {
        let names: Vec<_> = self.names.iter().take(20).map(|name| short(name)).collect();
        names.join(", ")
    }

    fn into_plan<'o>(
        self,
        source: &mut Source,
        options: &'o Options,
        line: u64,
        summary: &mut Summary,
    ) -> Result<Plan<'o>, SheetError> {
        let (meter, status) = (self.place("meter"), self.place("status"));
        let (Some(meter), Some(status)) = (meter, status) else {
            let found = self.shown();
            return Err(SheetError::NoHeader { found });
        };
        self.refuse_twins()?;
        let fields = FIELDS
            .iter()
            .filter_map(|field| Some((self.place(field.name)?, field)))
            .collect();
        source.skip(self.length);
        Ok(Plan {
            options,
            dialect: self.dialect,
            width: self.names.len(),
            kept: kept(&self.names, summary),
            meter,
            status,
            fields,
            line: line + self.lines,
        })
    }

    /// Of two columns with one name nobody knows which one counts.
    fn refuse_twins(&self) -> Result<(), SheetError> {
        let known = ["meter", "status"].iter().chain(PLAIN).copied();
        let known = known.chain(FIELDS.iter().map(|field| field.name));
        for name in known {
            if self.names.iter().filter(|cell| plain(cell) == name).count() > 1 {
                let name = name.to_owned();
                return Err(SheetError::NamedTwice { name });
            }
        }
        Ok(())
    }
}

/// The columns that are written back. A table that was triaged before has all our columns, which
/// are replaced; a column of the table's own that has one of our names is kept under another.
fn kept(names: &[String], summary: &mut Summary) -> Vec<(usize, String)> {
    let ours = |name: &str| VERDICT_COLUMNS.contains(&plain(name).as_str());
    let again = VERDICT_COLUMNS
        .iter()
        .all(|column| names.iter().any(|name| plain(name) == *column));
    let mut kept = Vec::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        match (ours(name), again) {
            (true, true) => summary.replaced.push(name.clone()),
            (true, false) => {
                let new = format!("input_{}", name.trim());
                summary.renamed.push((name.clone(), new.clone()));
                kept.push((place, new));
            }
            (false, _) => kept.push((place, name.clone())),
        }
    }
    kept
}

/// The line end, and the number of the first line with something on it.
pub(crate) fn skip_blank_lines(
    source: &mut Source,
    summary: &mut Summary,
) -> Result<(u8, u64), SheetError> {
    loop {
        source.look().map_err(SheetError::reading)?;
        let first = memchr::memchr2(b'\n', b'\r', &source.held);
        let crlf = first.is_some_and(|at| source.held.get(at + 1) == Some(&b'\n'));
        let line_end = match first.map(|at| source.held[at]) {
            Some(b'\r') if !crlf => b'\r',
            _ => b'\n',
        };
        let end = memchr::memchr(line_end, &source.held).unwrap_or(source.held.len());
        if !source.held[..end].iter().all(u8::is_ascii_whitespace) {
            return Ok((line_end, 1 + summary.blank_lines));
        }
        if end >= source.held.len() && source.ended {
            return Err(SheetError::Empty);
        }
        source.skip(end + 1);
        summary.blank_lines += 1;
    }
}

/// Excel's own first line `sep=;`, which is taken away.
pub(crate) fn said_delimiter(source: &mut Source, line_end: u8) -> Option<u8> {
    let end = memchr::memchr(line_end, &source.held)?;
    let line = source.held[..end].trim_ascii_end();
    let said = match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => *delimiter,
        b"sep=" | b"SEP=" => b'\t',
        _ => return None,
    };
    let known = Delimiter::ALL.iter().any(|known| known.byte() == said);
    known.then(|| source.skip(end + 1))?;
    Some(said)
}

/// A column's name as it is compared.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

fn short(name: &str) -> String {
    let line = name
        .trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c });
    format!("\"{}\"", line.take(40).collect::<String>())
}

/// Text as UTF-8, or where it is not, as Windows-1252, which knows every byte.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        }
    }
}
