//! UTF-16 becomes UTF-8 while it streams by.

use encoding_rs::{Decoder, Encoding};
use std::io::{self, Read};

/// How much is decoded at once.
const BLOCK: usize = 16 << 10;

/// A reader of UTF-8 over a reader of UTF-16, with or without a BOM; half a surrogate becomes
/// U+FFFD.
pub(crate) struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Which part of `raw` is not decoded yet.
    from: usize,
    to: usize,
    text: Vec<u8>,
    /// How much of `text` was handed out.
    taken: usize,
    /// The decoder was told that nothing follows, and may not be asked again.
    ended: bool,
}

impl<R: Read> Utf16<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; BLOCK],
            from: 0,
            to: 0,
            text: Vec::new(),
            taken: 0,
            ended: false,
        }
    }

    /// Decodes what is there, or reads more. Makes progress or reaches the end.
    fn decode(&mut self) -> io::Result<()> {
        let mut last = false;
        if self.from == self.to {
            self.to = self.inner.read(&mut self.raw)?;
            self.from = 0;
            last = self.to == 0;
        }
        self.text.resize(BLOCK, 0);
        let raw = &self.raw[self.from..self.to];
        // at the end at most one U+FFFD comes out, for which there is room
        let (_, read, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, last);
        self.from += read;
        self.text.truncate(written);
        self.taken = 0;
        self.ended = last;
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.decode()?;
        }
        let count = buffer.len().min(self.text.len() - self.taken);
        buffer[..count].copy_from_slice(&self.text[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}
