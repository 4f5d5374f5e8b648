//! The bytes that come in, looked at before they are taken.

use std::io::{self, Read};

/// How much is looked at before the kind of input is decided.
const HEAD: usize = 64 << 10;

/// A reader with the bytes that were read and not yet taken.
pub(crate) struct Source<'r> {
    reader: Box<dyn Read + Send + 'r>,
    /// Read and not yet taken.
    pub(crate) held: Vec<u8>,
    /// Nothing follows what is held.
    pub(crate) ended: bool,
    block: usize,
}

impl<'r> Source<'r> {
    pub(crate) fn new(reader: impl Read + Send + 'r, block: usize) -> Self {
        Self {
            reader: Box::new(reader),
            held: Vec::new(),
            ended: false,
            block: block.max(1),
        }
    }

    /// Holds enough to tell what kind of input it is and gives that: everything up to the end of
    /// the first line with something on it, whatever the size of the blocks.
    pub(crate) fn look(&mut self) -> io::Result<&[u8]> {
        loop {
            // a `\r` that is last may be half of a line end
            let whole = |end: &usize| {
                self.ended || end + 1 < self.held.len() || self.held.get(*end) != Some(&b'\r')
            };
            let line = first_line(&self.held).filter(whole);
            if line.is_some() || self.ended || self.held.len() >= HEAD {
                let end = line.unwrap_or(HEAD.min(self.held.len()));
                return Ok(&self.held[..end]);
            }
            self.hold_more()?;
        }
    }

    /// Holds one block more.
    pub(crate) fn hold_more(&mut self) -> io::Result<()> {
        let mut held = std::mem::take(&mut self.held);
        let length = held.len();
        let read = self.read_into(&mut held, length);
        held.truncate(length + read.as_ref().unwrap_or(&0));
        self.held = held;
        read.map(|_| ())
    }

    /// Reads at most one block into a buffer from this place on, growing it where it is too short,
    /// and gives how many bytes came.
    pub(crate) fn read_into(&mut self, buffer: &mut Vec<u8>, from: usize) -> io::Result<usize> {
        if buffer.len() < from + self.block {
            buffer.resize(from + self.block, 0);
        }
        let read = read_some(&mut self.reader, &mut buffer[from..from + self.block])?;
        self.ended = read == 0;
        Ok(read)
    }

    /// Drops the first bytes held.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.held.drain(..bytes.min(self.held.len()));
    }

    /// Everything that is held and still comes, as one reader.
    pub(crate) fn into_reader(self) -> impl Read + Send + 'r {
        io::Cursor::new(self.held).chain(self.reader)
    }
}

fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Where the first line with something on it ends.
fn first_line(bytes: &[u8]) -> Option<usize> {
    let from = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    memchr::memchr2(b'\n', b'\r', &bytes[from..]).map(|end| from + end)
}

/// Tells the caller how many bytes were read so far.
pub(crate) struct Counted<'p, R> {
    inner: R,
    read: u64,
    progress: &'p (dyn Fn(u64) + Sync),
}

impl<'p, R> Counted<'p, R> {
    pub(crate) fn new(inner: R, progress: &'p (dyn Fn(u64) + Sync)) -> Self {
        Self {
            inner,
            read: 0,
            progress,
        }
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        (self.progress)(self.read);
        Ok(read)
    }
}
