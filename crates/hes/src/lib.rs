//! The vendor's head-ends, one module a dialect: bytes on the wire become answers and refusals.
//!
//! [`connect`] gives one way to speak with all of them, [`check`] says what one of them offers and
//! what that leaves undone, [`postman`] reads a saved collection into settings to review. This room
//! never queues and never asks twice, but for a login that has expired; it decides nothing.

mod batch;
mod check;
mod concentrator;
mod dates;
mod envelope;
mod error;
mod fields;
mod items;
mod listing;
mod mint;
mod paths;
pub mod postman;
mod recorder;
mod redact;
mod refusal;
mod renewing;
mod signed;
mod speaks;
mod station;
mod task_row;
mod token;
mod transport;
mod v1;

pub use check::{CheckReport, Missing, Tried, check};
pub use error::HesError;
pub use items::{Named, Sure};
pub use renewing::{Reads, connect_renewing};

use asking::{Deployment, Dialect, HeadEnd};

/// Makes a head-end of what the settings say. Nothing is sent yet.
pub fn connect(deployment: Deployment) -> Result<Box<dyn HeadEnd>, HesError> {
    match deployment.dialect {
        Dialect::Station => station::connect(deployment),
        Dialect::Concentrator => concentrator::connect(deployment),
        Dialect::V1 => v1::connect(deployment),
    }
}

/// What a dialect calls each item before a deployment says otherwise, and how sure that is. An
/// item that is missing is not offered until a deployment names it.
pub fn names(dialect: Dialect) -> &'static [Named] {
    match dialect {
        Dialect::Station => station::ITEMS,
        Dialect::Concentrator => concentrator::ITEMS,
        Dialect::V1 => v1::ITEMS,
    }
}
