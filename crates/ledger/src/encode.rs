//! The one way in which values become the bytes that are hashed.

use crate::Digest;
use sha2::Digest as _;
use sha2::Sha256;

/// Bytes on their way into a hash. Every text is preceded by its length and every number has eight
/// bytes, so that no two different sequences of values give the same bytes.
pub(crate) struct Encoder(Sha256);

impl Encoder {
    /// Begins with a word for what is hashed, so that a row is never taken for an anchor.
    pub(crate) fn of(what: &str) -> Self {
        let mut encoder = Self(Sha256::new());
        encoder.text(what);
        encoder
    }

    pub(crate) fn number(&mut self, number: i64) {
        self.0.update(number.to_be_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text);
    }

    /// Bytes of a length that is always the same.
    pub(crate) fn fixed(&mut self, bytes: &[u8; 32]) {
        self.0.update(bytes);
    }

    pub(crate) fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}
