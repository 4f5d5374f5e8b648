//! A table of meters goes in, the same table with a verdict on every row comes out.
//!
//! CSV, XLSX and saved head-end answers are told apart by their content. Every row comes back, in
//! order; one that cannot be read comes back with its error. CSV and answers stream in constant
//! memory, on all processors. This room opens no file and knows no terminal: it is handed a reader
//! and a writer.
//!
//! ```
//! let table = "meter,status\n47001582544,1008\n";
//! let mut out = Vec::new();
//! let summary = sheets::triage(table.as_bytes(), &mut out, &sheets::Options::default(), &|_| ())?;
//! assert_eq!((summary.rows, summary.visit), (1, 1));
//! let out = String::from_utf8(out).unwrap();
//! assert!(out.starts_with("meter,status,ami_code,sub_code,slug,supply,decision,owner,"));
//! assert!(out.contains("\n47001582544,1008,1008,8,not-commissioned,off,visit,technician,"));
//! # Ok::<(), sheets::SheetError>(())
//! ```

mod cells;
mod clerk;
mod crew;
mod cutter;
mod error;
mod fields;
mod header;
mod notes;
mod options;
mod page;
mod plain;
mod record;
mod saved;
mod sniff;
mod source;
mod summary;
mod table;
mod tail;
mod utf16;
mod workbook;

pub use error::SheetError;
pub use options::{Delimiter, Format, Options, Pace};
pub use plain::{Answer, Contents, Limits, Plain, PlainRow, SavedRow, look, plain};
pub use summary::{Input, Summary};
pub use table::triage;
pub use tail::VERDICT_COLUMNS;
