//! A table as it is, without a verdict: its header, and its rows with their numbers.
//!
//! CSV, XLSX and saved answers are told apart by their content, as everywhere in this room. Text
//! streams; a workbook is held, and refused where it would unpack to too much.

mod answer;
mod book;
mod limit;
mod text;
mod unpacked;

use crate::error::SheetError;
use crate::sniff::{self, Kind};
use crate::source::Source;
use crate::utf16::Utf16;
use limit::Limited;
use std::io::Read;

pub use answer::{Answer, SavedRow};

/// How many bytes are read at once.
const BLOCK: usize = 64 << 10;
/// The header is looked for in so many rows, for people write titles above it.
const HEADER_WITHIN: usize = 10;

/// How much is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the input.
    pub bytes: u64,
    /// Bytes that a workbook may unpack to, and that its cells may hold as text.
    pub unpacked: u64,
}

impl Default for Limits {
    /// A million meters with their customers are about 150 MiB of CSV.
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            unpacked: 1 << 30,
        }
    }
}

/// What an input holds.
#[derive(Debug)]
pub enum Contents<'r> {
    /// A table: CSV in any of its forms, or a sheet of a workbook.
    Table(Plain<'r>),
    /// A head-end's saved answer.
    Answer(Answer<'r>),
}

/// A table: its header, and an iterator of its rows.
pub struct Plain<'r> {
    /// The names of the columns, without the spaces around them.
    pub header: Vec<String>,
    /// Whether `,` may be the decimal sign: the table is cut at `;`.
    pub decimal_comma: bool,
    rows: Box<dyn Iterator<Item = Result<PlainRow, SheetError>> + 'r>,
}

/// One row. It may have fewer or more cells than the header; blank rows are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainRow {
    /// The number of its line, or of its row in the sheet, from 1.
    pub number: u64,
    /// Its cells, without the spaces around them; in a damaged row the beginning of its text.
    pub cells: Vec<String>,
    /// Why it could not be cut into cells, where it could not.
    pub damage: Option<String>,
}

impl Iterator for Plain<'_> {
    type Item = Result<PlainRow, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

impl std::fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plain")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

/// Tells what an input is, and gives its rows.
///
/// `known` says whether the caller knows a column by this name: the delimiter, the sheet and the
/// row of the header are those with the most known names.
pub fn look<'r>(
    input: impl Read + Send + 'r,
    limits: Limits,
    known: &dyn Fn(&str) -> bool,
) -> Result<Contents<'r>, SheetError> {
    let mut source = Source::new(Limited::new(input, limits.bytes), BLOCK);
    match sniff::kind(source.look().map_err(limit::refusal)?)? {
        Kind::Workbook => {
            let mut bytes = Vec::new();
            let read = source.into_reader().read_to_end(&mut bytes);
            read.map_err(limit::refusal)?;
            unpacked::check(&bytes, limits.unpacked)?;
            book::read(bytes, limits.unpacked, known).map(Contents::Table)
        }
        Kind::Utf16(encoding) => {
            let mut source = Source::new(Utf16::new(source.into_reader(), encoding), BLOCK);
            match sniff::kind(source.look().map_err(limit::refusal)?)? {
                Kind::Text(_) => of_text(source, known),
                Kind::Workbook | Kind::Utf16(_) => Err(SheetError::NotATable),
            }
        }
        Kind::Text(bom) => {
            source.skip(bom);
            of_text(source, known)
        }
    }
}

/// A table and nothing else: CSV in any of its forms, or a sheet of a workbook.
///
/// ```
/// let csv = "Meter No;Village\n47001582544;Lakeside\n";
/// let mut table = sheets::plain(csv.as_bytes(), sheets::Limits::default(), &|_| false)?;
/// assert_eq!(table.header, ["Meter No", "Village"]);
/// let row = table.next().unwrap()?;
/// assert_eq!((row.number, row.cells[1].as_str()), (2, "Lakeside"));
/// # Ok::<(), sheets::SheetError>(())
/// ```
pub fn plain<'r>(
    input: impl Read + Send + 'r,
    limits: Limits,
    known: &dyn Fn(&str) -> bool,
) -> Result<Plain<'r>, SheetError> {
    match look(input, limits, known)? {
        Contents::Table(table) => Ok(table),
        Contents::Answer(_) => Err(SheetError::NoTable),
    }
}

fn of_text<'r>(
    source: Source<'r>,
    known: &dyn Fn(&str) -> bool,
) -> Result<Contents<'r>, SheetError> {
    if sniff::is_json(&source.held) {
        return Ok(Contents::Answer(Answer::new(source)));
    }
    text::read(source, known).map(Contents::Table)
}

/// How good a row is as a header: its known names, then its cells with something in them.
fn score<'c>(cells: impl Iterator<Item = &'c str>, known: &dyn Fn(&str) -> bool) -> (usize, usize) {
    let mut score = (0, 0);
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        score.0 += usize::from(known(cell));
        score.1 += 1;
    }
    score
}
