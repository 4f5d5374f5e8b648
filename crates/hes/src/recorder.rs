//! Keeps the newest exchanges for diagnosis. What comes in here is clean already.

use asking::Exchange;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many exchanges are kept.
const KEPT: usize = 200;

/// The newest exchanges with one head-end.
#[derive(Default)]
pub(crate) struct Recorder(Mutex<VecDeque<Exchange>>);

impl Recorder {
    pub(crate) fn keep(&self, exchange: Exchange) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(exchange);
    }

    /// Oldest first.
    pub(crate) fn all(&self) -> Vec<Exchange> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().cloned().collect()
    }
}
