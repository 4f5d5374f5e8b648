//! The rows of a CSV text, while it streams by.

use super::limit::refusal;
use super::{HEADER_WITHIN, Plain, PlainRow, score};
use crate::cutter::{Chunk, Cutter, Holds};
use crate::error::SheetError;
use crate::header::{decode, said_delimiter, skip_blank_lines};
use crate::options::Delimiter;
use crate::record::{Cells, Dialect, End, MAX_RECORD, Records, end_of, without_return};
use crate::source::Source;
use crate::summary::Summary;
use memchr::{memchr, memchr_iter};
use std::collections::VecDeque;

/// How much of a line that cannot be cut is kept, in characters.
const KEPT: usize = 200;

/// Finds the header and gives the rows after it.
pub(super) fn read<'r>(
    mut source: Source<'r>,
    known: &dyn Fn(&str) -> bool,
) -> Result<Plain<'r>, SheetError> {
    let mut blank = Summary::default();
    let (line_end, mut line) = skip_blank_lines(&mut source, &mut blank)?;
    let mut delimiters = Delimiter::ALL.map(Delimiter::byte).to_vec();
    if let Some(said) = said_delimiter(&mut source, line_end) {
        delimiters = vec![said];
        line += 1;
    }
    let mut best: Option<((usize, usize), Header)> = None;
    for delimiter in delimiters {
        let dialect = Dialect {
            delimiter,
            line_end,
        };
        let header = Header::find(&mut source, dialect, known)?;
        let score = score(header.names.iter().map(String::as_str), known);
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, header));
        }
    }
    let Some((_, header)) = best else {
        return Err(SheetError::Empty);
    };
    source.skip(header.end);
    let cutter = Cutter::new(source, header.dialect, line + header.lines);
    Ok(Plain {
        header: header.names,
        decimal_comma: header.dialect.delimiter == b';',
        rows: Box::new(Rows {
            cutter,
            dialect: header.dialect,
            buffer: Vec::new(),
            cells: Cells::default(),
            ready: VecDeque::new(),
            ended: false,
        }),
    })
}

/// The record that looks most like a header, as one dialect cuts it.
struct Header {
    dialect: Dialect,
    names: Vec<String>,
    /// Where it ends in what is held, and the lines up to there.
    end: usize,
    lines: u64,
}

impl Header {
    /// Looks at the first records; where none has a name that is known the first is the header.
    fn find(
        source: &mut Source,
        dialect: Dialect,
        known: &dyn Fn(&str) -> bool,
    ) -> Result<Self, SheetError> {
        let mut cells = Cells::default();
        let mut best: Option<(usize, Self)> = None;
        let (mut from, mut lines) = (0, 0);
        for _ in 0..HEADER_WITHIN {
            let end = end_of_record(source, from, dialect)?;
            let bytes = source.held.get(from..end).unwrap_or_default();
            lines += 1 + memchr_iter(dialect.line_end, bytes).count() as u64;
            let text = decode(bytes);
            let row = cells.split(without_return(&text), dialect.delimiter);
            let names: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
            let (score, _) = score(names.iter().map(String::as_str), known);
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                let header = Self {
                    dialect,
                    names,
                    end: end + 1,
                    lines,
                };
                best = Some((score, header));
            }
            from = end + 1;
            if from >= source.held.len() && source.ended {
                break;
            }
        }
        best.map(|(_, header)| header).ok_or(SheetError::Empty)
    }
}

/// Where the record that begins there ends, without its line end.
fn end_of_record(source: &mut Source, from: usize, dialect: Dialect) -> Result<usize, SheetError> {
    loop {
        let rest = source.held.get(from..).unwrap_or_default();
        match end_of(rest, dialect) {
            End::At(end) => return Ok(from + end),
            _ if source.ended || rest.len() > MAX_RECORD => {
                let line = memchr(dialect.line_end, rest).unwrap_or(rest.len());
                return Ok(from + line);
            }
            _ => source.hold_more().map_err(refusal)?,
        }
    }
}

/// The rows after the header.
struct Rows<'r> {
    cutter: Cutter<'r>,
    dialect: Dialect,
    buffer: Vec<u8>,
    cells: Cells,
    ready: VecDeque<PlainRow>,
    ended: bool,
}

impl Iterator for Rows<'_> {
    type Item = Result<PlainRow, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            match self.cutter.next(std::mem::take(&mut self.buffer)) {
                Ok(Some(chunk)) => {
                    self.take(&chunk);
                    self.buffer = chunk.into_buffer();
                }
                Ok(None) => self.ended = true,
                Err(source) => {
                    self.ended = true;
                    return Some(Err(refusal(source)));
                }
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl Rows<'_> {
    fn take(&mut self, chunk: &Chunk) {
        let (bytes, line) = (chunk.bytes(), chunk.line);
        match chunk.holds {
            Holds::Records => self.records(bytes, line),
            Holds::TooLong => {
                self.damaged(bytes, line, format!("line {line} is longer than 1 MiB"));
            }
            Holds::Endless => self.damaged(
                bytes,
                line,
                format!(
                    "the record that begins in line {line} has no end: look for a quote that is \
                     left open"
                ),
            ),
        }
    }

    fn records(&mut self, bytes: &[u8], mut line: u64) {
        for place in Records::new(bytes, self.dialect) {
            let record = &bytes[place];
            let text = decode(record);
            let row = self
                .cells
                .split(without_return(&text), self.dialect.delimiter);
            let cells: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
            if record.len() > MAX_RECORD {
                self.damaged(record, line, format!("line {line} is longer than 1 MiB"));
            } else if cells.iter().any(|cell| !cell.is_empty()) {
                self.ready.push_back(PlainRow {
                    number: line,
                    cells,
                    damage: None,
                });
            }
            line += 1 + memchr_iter(self.dialect.line_end, record).count() as u64;
        }
    }

    fn damaged(&mut self, bytes: &[u8], line: u64, damage: String) {
        let text = decode(bytes);
        let start = text.trim_end().chars().take(KEPT).collect();
        self.ready.push_back(PlainRow {
            number: line,
            cells: vec![start],
            damage: Some(damage),
        });
    }
}
