//! The rows of a workbook's sheet.

use super::{HEADER_WITHIN, Plain, PlainRow, score};
use crate::error::SheetError;
use crate::workbook::{self, Book};
use calamine::{Reader, XlsxError};

/// Finds the sheet and the row of the header, and gives the rows after it.
pub(super) fn read<'r>(
    bytes: Vec<u8>,
    most: u64,
    known: &dyn Fn(&str) -> bool,
) -> Result<Plain<'r>, SheetError> {
    let mut book = workbook::open(bytes)?;
    let mut best: Option<((usize, usize), String, PlainRow)> = None;
    for name in book.sheet_names() {
        for row in rows(&mut book, &name, HEADER_WITHIN, most)? {
            let score = score(row.cells.iter().map(String::as_str), known);
            let better = best.as_ref().is_none_or(|(other, ..)| score.0 > other.0);
            if better {
                best = Some((score, name.clone(), row));
            }
        }
    }
    let Some((_, sheet, header)) = best else {
        return Err(SheetError::Empty);
    };
    let rows = rows(&mut book, &sheet, usize::MAX, most)?;
    let after = move |row: &PlainRow| row.number > header.number;
    Ok(Plain {
        header: header.cells,
        decimal_comma: false,
        rows: Box::new(rows.into_iter().filter(after).map(Ok)),
    })
}

/// The first rows of a sheet that are not blank; none where it holds a chart only.
fn rows(book: &mut Book, sheet: &str, many: usize, most: u64) -> Result<Vec<PlainRow>, SheetError> {
    let broken = |source| SheetError::Workbook { source };
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        other => other.map_err(broken)?,
    };
    let mut gathered = Gathered {
        rows: Vec::new(),
        row: PlainRow::default(),
        left: most,
    };
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let column = workbook::column(column).map_err(broken)?;
        let number = u64::from(row) + 1;
        if number != gathered.row.number {
            gathered.finish(number);
            if gathered.rows.len() >= many {
                return Ok(gathered.rows);
            }
        }
        let text = workbook::text(cell.get_value());
        gathered
            .put(column, text.trim())
            .ok_or(SheetError::TooMuch { most })?;
    }
    gathered.finish(0);
    Ok(gathered.rows)
}

/// The rows so far, and the one that is being gathered.
struct Gathered {
    rows: Vec<PlainRow>,
    row: PlainRow,
    /// How much more they may hold: one shared text in many cells unpacks here.
    left: u64,
}

impl Gathered {
    /// Puts a cell where it belongs; nothing where there is no more room.
    fn put(&mut self, column: usize, text: &str) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        let cells = &mut self.row.cells;
        let new = (column + 1).saturating_sub(cells.len());
        let room = new * size_of::<String>() + text.len();
        self.left = self.left.checked_sub(room as u64)?;
        if new > 0 {
            cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut cells[column]);
        Some(())
    }

    /// Ends the row, blank ones left out, and begins the one with this number.
    fn finish(&mut self, next: u64) {
        let new = PlainRow {
            number: next,
            ..PlainRow::default()
        };
        let row = std::mem::replace(&mut self.row, new);
        if !row.cells.is_empty() {
            self.rows.push(row);
        }
    }
}
