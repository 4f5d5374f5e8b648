//! An XLSX workbook becomes the CSV text of its first sheet that has the needed header.
//!
//! Cells are taken one by one, so that a stray cell in the last corner of a sheet costs nothing.

use crate::error::SheetError;
use crate::record::put_cell;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use std::io::{Cursor, Read};

/// Up to so many columns the header is widened to the widest row; beyond it a row is too long.
const WIDEST: usize = 256;
/// So many columns a sheet may have, up to `XFD`.
const COLUMNS: u32 = 16_384;
/// Up to here a float holds every whole number exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(crate) type Book = Xlsx<Cursor<Vec<u8>>>;

/// Opens a workbook that is held whole.
pub(crate) fn open(bytes: Vec<u8>) -> Result<Book, SheetError> {
    let opened = open_workbook_from_rs(Cursor::new(bytes));
    opened.map_err(|source| SheetError::Workbook { source })
}

/// A cell's column, from 0. One that no sheet has would take room without end.
pub(crate) fn column(column: u32) -> Result<usize, XlsxError> {
    match column {
        ..COLUMNS => Ok(column as usize),
        _ => Err(XlsxError::ColumnNumberOverflow),
    }
}

/// Reads a workbook and gives the sheet as CSV, cut at `,`.
pub(crate) fn read(mut input: impl Read) -> Result<Cursor<Vec<u8>>, SheetError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(SheetError::reading)?;
    let mut book = open(bytes)?;
    let names = book.sheet_names();
    for name in &names {
        if let Some(sheet) =
            sheet(&mut book, name).map_err(|source| SheetError::Workbook { source })?
        {
            return Ok(Cursor::new(sheet.into_csv()));
        }
    }
    let sheets = names
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    Err(SheetError::NoSheet { sheets })
}

/// A sheet's rows, each already CSV.
#[derive(Default)]
struct Sheet {
    text: Vec<u8>,
    /// Where each row ends in the text, and how many cells it has.
    rows: Vec<(usize, usize)>,
}

/// The sheet, or nothing where it has no cells or another header.
fn sheet(book: &mut Book, name: &str) -> Result<Option<Sheet>, XlsxError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        // a sheet that holds a chart only
        Err(XlsxError::WorksheetNotFound(_)) => return Ok(None),
        other => other?,
    };
    let mut sheet = Sheet::default();
    let mut row: Vec<String> = Vec::new();
    let mut number = 0;
    while let Some(cell) = cells.next_cell()? {
        let (at, place) = cell.get_position();
        let column = column(place)?;
        if at != number {
            if !sheet.take(&mut row) {
                return Ok(None);
            }
            number = at;
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text(cell.get_value());
    }
    let whole = sheet.take(&mut row) && !sheet.rows.is_empty();
    Ok(whole.then_some(sheet))
}

impl Sheet {
    /// Takes a finished row, blank ones left out; says no where the first one is no header.
    fn take(&mut self, row: &mut Vec<String>) -> bool {
        let cells = std::mem::take(row);
        let Some(last) = cells.iter().rposition(|cell| !cell.trim().is_empty()) else {
            return true;
        };
        let has = |name: &str| {
            cells
                .iter()
                .any(|cell| cell.trim().eq_ignore_ascii_case(name))
        };
        if self.rows.is_empty() && !(has("meter") && has("status")) {
            return false;
        }
        for (place, cell) in cells[..=last].iter().enumerate() {
            if place > 0 {
                self.text.push(b',');
            }
            put_cell(&mut self.text, cell, b',');
        }
        self.rows.push((self.text.len(), last + 1));
        true
    }

    /// The rows, each as wide as the header, and the header as wide as the widest row.
    fn into_csv(self) -> Vec<u8> {
        let header = self.rows.first().map_or(0, |row| row.1);
        let widest = self
            .rows
            .iter()
            .map(|row| row.1)
            .filter(|cells| *cells <= WIDEST);
        let width = widest.max().unwrap_or(0).max(header);
        let mut csv = Vec::with_capacity(self.text.len() + 4 * self.rows.len());
        let mut from = 0;
        for (to, cells) in self.rows {
            csv.extend_from_slice(&self.text[from..to]);
            csv.resize(csv.len() + width.saturating_sub(cells), b',');
            csv.push(b'\n');
            from = to;
        }
        csv
    }
}

/// A cell as text: whole numbers without a fraction, times in ISO 8601, errors as they are shown.
pub(crate) fn text(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(time) => time_text(*time),
        DataRef::Error(error) => error.to_string(),
    }
}

fn time_text(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let fraction = match milli {
        0 => String::new(),
        milli => format!(".{milli:03}"),
    };
    let clock = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    match (time.as_f64(), clock.as_str()) {
        (days, _) if time.is_duration() => format!("{days} d"),
        (days, _) if days < 1.0 => clock,
        (_, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{clock}"),
    }
}
