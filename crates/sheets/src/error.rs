//! Why a table could not be triaged as a whole. A bad row is never one of these.

use std::io;

/// Why a table could not be triaged as a whole; each sentence says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Nothing came in.
    #[error("the input is empty: give a table with the columns meter and status")]
    Empty,
    /// Bytes that are no text.
    #[error("this is not a table: give CSV, XLSX or a head-end's saved answer")]
    NotATable,
    /// Still packed.
    #[error("the input is compressed with gzip: unpack it first, for example with `gzip -dc`")]
    Gzip,
    /// A workbook of before 2007, or one with a password.
    #[error(
        "this is an old Excel workbook (.xls) or one with a password: save it as .xlsx without one, \
         or as CSV"
    )]
    OldWorkbook,
    /// The header lacks what is needed.
    #[error("the header needs the columns meter and status, and has {found}: name them so")]
    NoHeader {
        /// The columns it has, as a person reads them.
        found: String,
    },
    /// Two columns of one name, and nobody knows which one counts.
    #[error("the header names {name} twice: remove or rename one of them")]
    NamedTwice {
        /// The name.
        name: String,
    },
    /// A workbook that cannot be opened.
    #[error("the workbook cannot be read: save it again as .xlsx or as CSV")]
    Workbook {
        /// What the reader of workbooks said.
        source: calamine::XlsxError,
    },
    /// No sheet of a workbook has the needed header.
    #[error("no sheet has the columns meter and status in its first row ({sheets}): name them so")]
    NoSheet {
        /// The sheets looked at.
        sheets: String,
    },
    /// More than is taken at once.
    #[error("the input is longer than {} MiB: split it and give the parts one after another", most >> 20)]
    TooLong {
        /// So many bytes are taken.
        most: u64,
    },
    /// A workbook that unpacks to more than is taken at once, by accident or to do harm.
    #[error(
        "the workbook holds more than {} MiB when it is unpacked: save the one sheet as CSV",
        most >> 20
    )]
    TooMuch {
        /// So many bytes are taken.
        most: u64,
    },
    /// A head-end's saved answer where only a table can be taken.
    #[error("this is a head-end's saved answer and not a table: give CSV or XLSX")]
    NoTable,
    /// The input failed on the way, before anything came of it.
    #[error("the input cannot be read to its end: look at it and try again")]
    Unfinished {
        /// What the system said.
        source: io::Error,
    },
    /// The input failed on the way.
    #[error("reading stopped after {rows} rows were written: look at the input and run it again")]
    Read {
        /// Rows written before it.
        rows: u64,
        /// What the system said.
        source: io::Error,
    },
    /// The output failed on the way, for example a full disk.
    #[error("writing stopped after {rows} rows: look at the place of the output and run it again")]
    Write {
        /// Rows handed over before it.
        rows: u64,
        /// What the system said.
        source: io::Error,
    },
    /// Whoever read the output has gone, as `head` does.
    #[error("the reader of the output has gone after {rows} rows: nothing more was written")]
    OutputClosed {
        /// Rows handed over before it.
        rows: u64,
    },
}

impl SheetError {
    /// Nothing was written yet.
    pub(crate) fn reading(source: io::Error) -> Self {
        Self::Read { rows: 0, source }
    }

    pub(crate) fn writing(rows: u64, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed { rows },
            _ => Self::Write { rows, source },
        }
    }
}
