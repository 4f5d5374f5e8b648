//! People, what they are known by, and what they hold back. Every change is written into the audit
//! in the same transaction.

mod find;
mod holds;
mod keys;
mod persons;
mod sessions;
mod stop;

pub use find::{Finding, FindingId, NewFinding};
pub use holds::{Hold, HoldId, NewHold};
pub use keys::{ApiKey, KeyId, NewKey};
pub use persons::Person;
pub use sessions::NewSession;
pub use stop::Stop;

pub(crate) use holds::holds_on;
pub(crate) use stop::stopped;
