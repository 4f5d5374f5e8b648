//! What is known of a meter beside its register.

use crate::interval::Span;
use fleet::{Moment, Watts};

/// What is known of a meter, its home and its supply. Every part may be missing.
///
/// Spans and exchanges may stand in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts<'a> {
    /// How many phases it measures; nothing counts as one.
    pub phases: Option<u8>,
    /// The load limit set in the meter (keypad code 14), W.
    pub load_limit: Option<Watts>,
    /// When another meter, or another register, took over at this home.
    pub exchanges: &'a [Exchange],
    /// When the relay was reported open.
    pub relay_open: &'a [Span],
    /// When the home had no supply.
    pub outages: &'a [Span],
    /// When nobody lived there.
    pub vacant: &'a [Span],
}

/// An exchange of the meter or its register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When.
    pub at: Moment,
    /// The last value of the one that left, Wh.
    pub last_wh: Option<i64>,
    /// The first value of the one that came, Wh.
    pub first_wh: Option<i64>,
}

impl Facts<'_> {
    /// Milliseconds without supply between two moments.
    pub(crate) fn dark(&self, from: Moment, to: Moment) -> i64 {
        self.outages.iter().map(|span| span.shared(from, to)).sum()
    }
}
