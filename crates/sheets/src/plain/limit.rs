//! Stops reading where an input is longer than is taken at once.

use crate::error::SheetError;
use std::fmt;
use std::io::{self, Read};

/// A reader that fails after so many bytes.
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
    most: u64,
}

/// What it fails with.
#[derive(Debug)]
struct TooLong(u64);

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the input is longer than {} bytes", self.0)
    }
}

impl std::error::Error for TooLong {}

impl<R> Limited<R> {
    pub(super) fn new(inner: R, most: u64) -> Self {
        Self {
            inner,
            left: most,
            most,
        }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(TooLong(self.most))),
        }
        Ok(read)
    }
}

/// Why an input could not be read.
pub(super) fn refusal(source: io::Error) -> SheetError {
    let too_long = source
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<TooLong>());
    match too_long {
        Some(TooLong(most)) => SheetError::TooLong { most: *most },
        None => SheetError::Unfinished { source },
    }
}
