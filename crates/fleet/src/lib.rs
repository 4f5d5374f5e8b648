//! The nouns of the trade: meter numbers, places, moments, and the families of numbers a meter
//! speaks in.
//!
//! Nothing here knows what a number *means* (that is `catalogue`) or who must act on it (that is
//! `triage`). This room holds no clock, no randomness, no environment and no I/O.
#![warn(clippy::disallowed_methods)]

mod meter;
mod moment;
mod numbers;
mod places;
mod units;

pub use meter::{MeterCheck, MeterNumber, MeterNumberError};
pub use moment::{DAY, HOUR, MINUTE, Moment, SECOND};
pub use numbers::{AmiCode, Reason87, ShortCode, WireStatus};
pub use places::{GatewayId, SiteId};
pub use units::{PowerFactor, Watts};
