//! A table of the fleet, read and not yet applied.

use super::columns::{Columns, Field};
use super::error::ImportError;
use super::row::Reader;
use sheets::{Limits, plain};
use std::io;
use store::Imported;

/// What holds for every row that does not say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// The head-end that reaches the meters.
    pub head_end: Option<String>,
}

/// Something to say of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The row's line in the file, or its number in the sheet.
    pub row: u64,
    /// Our word for the column; empty where the row as a whole is meant.
    pub column: &'static str,
    /// The beginning of what stands there.
    pub value: String,
    /// What is wrong with it and what to do.
    pub why: String,
}

/// A table of the fleet, read and not yet applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The rows that can be imported: their numbers, and what each brings.
    pub rows: Vec<(u64, Vec<Imported>)>,
    /// Rows that cannot be imported, with the reason. A row may have several.
    pub errors: Vec<Remark>,
    /// What looks wrong in rows that can be imported, or that repeat another.
    pub warnings: Vec<Remark>,
    /// Rows that say word for word what one before them says of the same meter.
    pub repeated: Vec<u64>,
    /// The columns that are taken: our word, and the header's.
    pub taken: Vec<(&'static str, String)>,
    /// The columns that nobody knows.
    pub ignored: Vec<String>,
    /// What holds for the whole table.
    pub notes: Vec<String>,
}

impl Draft {
    /// Everything that the rows bring, in their order.
    pub fn imported(&self) -> Vec<Imported> {
        let rows = self.rows.iter();
        rows.flat_map(|(_, brought)| brought.iter().cloned())
            .collect()
    }
}

/// Reads a table of meters, sites, gateways and customers: CSV or XLSX, columns in any order.
///
/// A row with an error brings nothing; the others are read all the same.
///
/// ```
/// let table = "Meter No,Station,Customer Name\n47001582544,A,Zoe\n4.7E+10,A,Max\n";
/// let draft = desk::import::read(table.as_bytes(), &Default::default())?;
/// assert_eq!((draft.rows.len(), draft.errors.len()), (1, 1));
/// assert_eq!(draft.errors[0].row, 3);
/// # Ok::<(), desk::import::ImportError>(())
/// ```
pub fn read(input: impl io::Read + Send, defaults: &Defaults) -> Result<Draft, ImportError> {
    let known = |name: &str| Field::of(name).is_some();
    let table = plain(input, Limits::default(), &known)?;
    let columns = Columns::of(&table.header)?;
    let mut draft = Draft {
        taken: columns.taken(&table.header),
        ignored: columns.ignored.clone(),
        ..Draft::default()
    };
    let width = table.header.len();
    let mut reader = Reader::new(&columns, width, defaults);
    if reader.meter_names_customer() {
        draft.notes.push(
            "no column says the customers' ids: each meter's number stands for its customer's"
                .to_owned(),
        );
    }
    for row in table {
        reader.read(&row?, &mut draft);
    }
    Ok(draft)
}
