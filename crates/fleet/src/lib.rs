//! The nouns of the trade: meter numbers, and the families of numbers a meter speaks in.
//!
//! Nothing here knows what a number *means* (that is `catalogue`) or who must act on it (that is
//! `triage`). This room holds no clock, no randomness, no environment and no I/O.
#![warn(clippy::disallowed_methods)]

mod meter;
mod numbers;
mod units;

pub use meter::{MeterCheck, MeterNumber, MeterNumberError};
pub use numbers::{AmiCode, Reason87, ShortCode, WireStatus};
pub use units::{PowerFactor, Watts};
