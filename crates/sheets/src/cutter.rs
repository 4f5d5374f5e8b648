//! Cuts a stream into chunks of whole records, so that several hands can judge at once.
//!
//! Whether a record is too long, or a quote is never closed, is decided here and once, and does
//! not depend on how the stream falls into blocks.

use crate::record::{Dialect, End, MAX_RECORD, end_of};
use crate::source::Source;
use memchr::{memchr, memchr_iter, memrchr};
use std::io;

/// How many bytes of a line that is too long are kept; enough for its first 200 characters.
const KEPT: usize = 800;

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Whole records.
    Records,
    /// The first line of a record that has no end, because a quote is left open.
    Endless,
    /// The beginning of one line that is too long.
    TooLong,
}

/// Whole records, or one damaged line.
#[derive(Debug)]
pub(crate) struct Chunk {
    buffer: Vec<u8>,
    length: usize,
    pub(crate) holds: Holds,
    /// The number of its first line, from 1.
    pub(crate) line: u64,
}

impl Chunk {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// The number of the line at this place.
    pub(crate) fn line_at(&self, place: usize, dialect: Dialect) -> u64 {
        self.line + memchr_iter(dialect.line_end, &self.bytes()[..place]).count() as u64
    }

    /// The buffer, to be used again.
    pub(crate) fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }
}

/// Cuts a stream into chunks.
pub(crate) struct Cutter<'r> {
    source: Source<'r>,
    dialect: Dialect,
    line: u64,
    /// Inside a line that is too long.
    skipping: bool,
}

/// Where to cut.
enum Cut {
    At(usize, Holds),
    TooLong,
    NeedsMore,
}

impl<'r> Cutter<'r> {
    /// A cutter of what follows the header, whose next line has this number.
    pub(crate) fn new(source: Source<'r>, dialect: Dialect, line: u64) -> Self {
        Self {
            source,
            dialect,
            line,
            skipping: false,
        }
    }

    /// The next chunk, in a buffer that was used before; nothing at the end.
    pub(crate) fn next(&mut self, mut buffer: Vec<u8>) -> io::Result<Option<Chunk>> {
        let held = std::mem::take(&mut self.source.held);
        let mut length = held.len();
        if buffer.len() < length {
            buffer.resize(length, 0);
        }
        buffer[..length].copy_from_slice(&held);
        self.source.held = held;
        self.source.held.clear();
        loop {
            if self.skipping {
                length = self.skip_line(&mut buffer, length);
            }
            match self.cut(&buffer[..length]) {
                Cut::At(0, _) => return Ok(None),
                Cut::At(at, holds) => return Ok(Some(self.hand_out(buffer, at, length, holds))),
                Cut::TooLong => {
                    self.source.held.extend_from_slice(&buffer[KEPT..length]);
                    self.skipping = true;
                    return Ok(Some(self.chunk(buffer, KEPT, Holds::TooLong)));
                }
                Cut::NeedsMore => length += self.source.read_into(&mut buffer, length)?,
            }
        }
    }

    /// Drops the rest of a line that is too long, as far as it is there.
    fn skip_line(&mut self, buffer: &mut [u8], length: usize) -> usize {
        let Some(end) = memchr(self.dialect.line_end, &buffer[..length]) else {
            return 0;
        };
        self.skipping = false;
        self.line += 1;
        buffer.copy_within(end + 1..length, 0);
        length - end - 1
    }

    fn hand_out(&mut self, buffer: Vec<u8>, at: usize, length: usize, holds: Holds) -> Chunk {
        self.source.held.extend_from_slice(&buffer[at..length]);
        let lines = memchr_iter(self.dialect.line_end, &buffer[..at]).count();
        let chunk = self.chunk(buffer, at, holds);
        self.line += lines as u64;
        chunk
    }

    fn chunk(&self, buffer: Vec<u8>, length: usize, holds: Holds) -> Chunk {
        Chunk {
            buffer,
            length,
            holds,
            line: self.line,
        }
    }

    fn cut(&self, bytes: &[u8]) -> Cut {
        let ended = self.source.ended;
        if memchr(b'"', bytes).is_none() {
            return match memrchr(self.dialect.line_end, bytes) {
                Some(last) => Cut::At(last + 1, Holds::Records),
                None if bytes.len() > MAX_RECORD => Cut::TooLong,
                None if ended => Cut::At(bytes.len(), Holds::Records),
                None => Cut::NeedsMore,
            };
        }
        let (whole, end) = self.whole_records(bytes);
        if whole > 0 {
            return Cut::At(whole, Holds::Records);
        }
        let too_long = bytes.len() > MAX_RECORD;
        match end {
            _ if !too_long && !ended => return Cut::NeedsMore,
            End::Unfinished if !too_long => return Cut::At(bytes.len(), Holds::Records),
            _ => {}
        }
        match memchr(self.dialect.line_end, window(bytes)) {
            Some(line) => Cut::At(line + 1, Holds::Endless),
            None if too_long => Cut::TooLong,
            None => Cut::At(bytes.len(), Holds::Endless),
        }
    }

    /// How many bytes of whole records stand at the beginning, and how the rest ends.
    fn whole_records(&self, bytes: &[u8]) -> (usize, End) {
        let mut whole = 0;
        loop {
            match end_of(window(&bytes[whole..]), self.dialect) {
                End::At(end) => whole += end + 1,
                other => return (whole, other),
            }
        }
    }
}

/// As much as a record may hold and one byte more: what is decided looks at nothing else.
fn window(bytes: &[u8]) -> &[u8] {
    bytes.get(..=MAX_RECORD).unwrap_or(bytes)
}
