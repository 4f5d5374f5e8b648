//! The rows of a head-end's saved answer, each as the text it came in.

use super::limit::refusal;
use crate::error::SheetError;
use crate::header::decode;
use crate::source::Source;
use answers::{Piece, RowScanner};
use std::collections::VecDeque;

/// One row of a saved answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedRow {
    /// The row as it came, one JSON object; of a damaged one its beginning.
    pub text: String,
    /// Why it cannot be read as a row, where it cannot.
    pub damage: Option<String>,
}

/// A saved answer: an iterator of its rows.
pub struct Answer<'r> {
    source: Source<'r>,
    scanner: RowScanner,
    block: Vec<u8>,
    ready: VecDeque<SavedRow>,
    ended: bool,
}

impl<'r> Answer<'r> {
    pub(super) fn new(mut source: Source<'r>) -> Self {
        let held = std::mem::take(&mut source.held);
        let mut answer = Self {
            source,
            scanner: RowScanner::new(),
            block: Vec::new(),
            ready: VecDeque::new(),
            ended: false,
        };
        answer.push(&held);
        answer
    }

    fn push(&mut self, bytes: &[u8]) {
        let ready = &mut self.ready;
        self.scanner
            .push(bytes, &mut |piece| ready.push_back(row(&piece)));
    }
}

impl Iterator for Answer<'_> {
    type Item = Result<SavedRow, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            let mut block = std::mem::take(&mut self.block);
            match self.source.read_into(&mut block, 0) {
                Ok(0) => {
                    self.ended = true;
                    let ready = &mut self.ready;
                    self.scanner
                        .finish(&mut |piece| ready.push_back(row(&piece)));
                }
                Ok(read) => self.push(&block[..read]),
                Err(source) => {
                    self.ended = true;
                    return Some(Err(refusal(source)));
                }
            }
            self.block = block;
        }
        self.ready.pop_front().map(Ok)
    }
}

impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

fn row(piece: &Piece) -> SavedRow {
    let (bytes, damage) = match *piece {
        Piece::Row(bytes) => (bytes, None),
        Piece::TooLong(start) => (start, Some("this row is longer than 1 MiB")),
        Piece::Broken(start) => (
            start,
            Some("this is not JSON or was cut off: save the answer again"),
        ),
    };
    SavedRow {
        text: decode(bytes).trim().to_owned(),
        damage: damage.map(str::to_owned),
    }
}
