//! How much a zip says it unpacks to, before anything is unpacked.
//!
//! The reader of zips stops an entry at the size that its entry in the directory states, so the sum
//! of what is stated bounds what comes out. Every place that could be such an entry counts, wherever
//! it stands: which of them the reader will use need not be guessed.

use crate::error::SheetError;
use memchr::memmem::find_iter;

/// How an entry of the directory begins.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The length of its fixed part.
const FIXED: usize = 46;
/// Stored and deflated: others are not unpacked.
const METHODS: [u16; 2] = [0, 8];

/// Refuses a workbook that says it holds more than this when it is unpacked.
pub(super) fn check(bytes: &[u8], most: u64) -> Result<(), SheetError> {
    let entries = find_iter(bytes, ENTRY).filter_map(|at| bytes.get(at..at + FIXED));
    let sizes = entries
        .filter(|entry| METHODS.contains(&u16::from_le_bytes([entry[10], entry[11]])))
        .map(|entry| u32::from_le_bytes([entry[24], entry[25], entry[26], entry[27]]));
    // a size of all ones stands elsewhere, because it is larger than that
    let sum: u64 = sizes.map(u64::from).sum();
    if sum > most {
        return Err(SheetError::TooMuch { most });
    }
    Ok(())
}
