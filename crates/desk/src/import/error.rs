//! Why a file cannot be taken as a whole. A row that cannot be read is never one of these.

use sheets::SheetError;
use thiserror::Error;

/// Why a file cannot be taken as a whole; each sentence says what to do next.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file is no table, or cannot be read to its end; the room that reads tables says why.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// Nothing in the header says what the table is about.
    #[error(
        "the header needs a column meter (or site, gateway, customer) and has {found}: name the \
         column with the meters' numbers meter"
    )]
    NoColumn {
        /// The columns it has, as a person reads them.
        found: String,
    },
    /// A table of statuses lacks a column.
    #[error("the header needs the columns meter and status, and has {found}: name them so")]
    NoStatus {
        /// The columns it has.
        found: String,
    },
    /// Two columns that mean the same, and nobody knows which one counts.
    #[error("the columns {one} and {other} both mean {field}: remove or rename one of them")]
    Twice {
        /// What both mean.
        field: &'static str,
        /// The first.
        one: String,
        /// The second.
        other: String,
    },
}
