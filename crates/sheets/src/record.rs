//! Records of a CSV text, by RFC 4180 and forgiving: where one ends, and which cells it has.
//!
//! A quote opens a cell only at its first character; elsewhere it is a character like any other.
//! After the closing quote what follows up to the delimiter belongs to the cell too. Own code,
//! because a record may neither be dropped nor grow without end, and because it is the hot path.

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use std::ops::Range;

/// The longest record, in bytes.
pub(crate) const MAX_RECORD: usize = 1 << 20;

/// How a table's text is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between two cells.
    pub(crate) delimiter: u8,
    /// Ends a line: `\n`, or the lone `\r` of old spreadsheets. A `\r` before `\n` is dropped.
    pub(crate) line_end: u8,
}

/// How far the record goes that begins a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Its line end stands at this place.
    At(usize),
    /// The text ends outside of quotes.
    Unfinished,
    /// The text ends inside quotes.
    Open,
}

/// Finds the end of the record that begins `bytes`.
pub(crate) fn end_of(bytes: &[u8], dialect: Dialect) -> End {
    let mut at = 0;
    while let Some(hit) = find2(bytes, at, b'"', dialect.line_end) {
        if bytes[hit] == dialect.line_end {
            return End::At(hit);
        }
        let opens = hit == 0 || bytes[hit - 1] == dialect.delimiter;
        at = match (opens, opens.then(|| closing(bytes, hit + 1)).flatten()) {
            (true, None) => return End::Open,
            (true, Some(close)) => close + 1,
            (false, _) => hit + 1,
        };
    }
    End::Unfinished
}

fn find2(bytes: &[u8], from: usize, one: u8, other: u8) -> Option<usize> {
    memchr2(one, other, bytes.get(from..)?).map(|hit| from + hit)
}

/// The place of the quote that closes what was opened before `from`; doubled ones do not.
fn closing(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let quote = from + memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// The records of a text that begins at a record and holds whole ones only; the last line end may
/// be missing. Gives the place of each without its line end.
pub(crate) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    dialect: Dialect,
    quotes: bool,
}

impl<'a> Records<'a> {
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect) -> Self {
        Self {
            bytes,
            at: 0,
            dialect,
            quotes: memchr(b'"', bytes).is_some(),
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = if self.quotes {
            match end_of(rest, self.dialect) {
                End::At(end) => end,
                End::Unfinished | End::Open => rest.len(),
            }
        } else {
            memchr(self.dialect.line_end, rest).unwrap_or(rest.len())
        };
        let from = self.at;
        self.at = from + length + 1;
        Some(from..from + length)
    }
}

/// A line without the `\r` that spreadsheets leave before `\n`.
pub(crate) fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// The cells of one record. Kept between records, so that nothing is allocated for each.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    unquoted: String,
    places: Vec<Range<usize>>,
    quoted: bool,
}

impl Cells {
    /// Cuts a record into cells and gives the text in which they stand.
    pub(crate) fn split<'a>(&'a mut self, record: &'a str, delimiter: u8) -> Row<'a> {
        self.places.clear();
        let plain = memchr3(b'"', b'\r', b'\n', record.as_bytes()).is_none();
        self.quoted = !plain && memchr(b'"', record.as_bytes()).is_some();
        if self.quoted {
            self.split_quoted(record, delimiter);
        } else {
            let mut from = 0;
            for hit in memchr_iter(delimiter, record.as_bytes()) {
                self.places.push(from..hit);
                from = hit + 1;
            }
            self.places.push(from..record.len());
        }
        Row {
            text: if self.quoted { &self.unquoted } else { record },
            places: &self.places,
            plain,
        }
    }

    fn split_quoted(&mut self, record: &str, delimiter: u8) {
        let bytes = record.as_bytes();
        self.unquoted.clear();
        let mut at = 0;
        loop {
            let from = self.unquoted.len();
            if bytes.get(at) == Some(&b'"') {
                at = self.take_quoted(record, at + 1);
            }
            let stop = memchr(delimiter, &bytes[at..]).map_or(bytes.len(), |hit| at + hit);
            self.unquoted.push_str(&record[at..stop]);
            self.places.push(from..self.unquoted.len());
            if stop == bytes.len() {
                return;
            }
            at = stop + 1;
        }
    }

    /// Takes what stands in quotes and gives the place after them.
    fn take_quoted(&mut self, record: &str, mut at: usize) -> usize {
        let bytes = record.as_bytes();
        loop {
            let quote = memchr(b'"', &bytes[at..]).map_or(bytes.len(), |hit| at + hit);
            self.unquoted.push_str(&record[at..quote]);
            if bytes.get(quote + 1) != Some(&b'"') {
                return (quote + 1).min(bytes.len());
            }
            self.unquoted.push('"');
            at = quote + 2;
        }
    }
}

/// One record's cells, unquoted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    text: &'a str,
    places: &'a [Range<usize>],
    /// Whether the record holds neither quotes nor line ends: as it came it is RFC 4180 already.
    pub(crate) plain: bool,
}

impl<'a> Row<'a> {
    /// How many cells.
    pub(crate) fn len(self) -> usize {
        self.places.len()
    }

    /// A cell, or nothing where the row is too short.
    pub(crate) fn get(self, place: usize) -> Option<&'a str> {
        self.text.get(self.places.get(place)?.clone())
    }

    /// The cells in order.
    pub(crate) fn cells(self) -> impl Iterator<Item = &'a str> {
        self.places
            .iter()
            .filter_map(move |place| self.text.get(place.clone()))
    }
}

/// Writes one cell, in quotes where RFC 4180 asks for them.
pub(crate) fn put_cell(out: &mut Vec<u8>, cell: &str, delimiter: u8) {
    let bytes = cell.as_bytes();
    let plain = memchr3(b'"', b'\n', b'\r', bytes).is_none();
    if plain && memchr(delimiter, bytes).is_none() {
        return out.extend_from_slice(bytes);
    }
    out.push(b'"');
    let mut from = 0;
    for quote in memchr_iter(b'"', bytes) {
        out.extend_from_slice(&bytes[from..=quote]);
        from = quote;
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}
