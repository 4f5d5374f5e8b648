//! PostgreSQL's binary COPY format: what it takes fastest.
//!
//! Source: the manual's page of COPY, "Binary Format". Numbers are big-endian; a row is the number
//! of its cells, then each cell's length and bytes.

/// Rows on their way into a table.
pub(crate) struct Copy {
    bytes: Vec<u8>,
    width: [u8; 2],
}

/// The signature, no flags, no header extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// The number of cells that no row has.
const END: [u8; 2] = (-1_i16).to_be_bytes();

impl Copy {
    /// Rows of so many cells.
    pub(crate) fn of(width: i16) -> Self {
        Self {
            bytes: HEAD.to_vec(),
            width: width.to_be_bytes(),
        }
    }

    /// Begins a row.
    pub(crate) fn row(&mut self) {
        self.bytes.extend_from_slice(&self.width);
    }

    /// Adds the row's next cell.
    pub(crate) fn cell(&mut self, bytes: &[u8]) {
        let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(&END);
        self.bytes
    }
}
