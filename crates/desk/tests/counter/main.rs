//! Asking for commands one by one at the same time, and for many with one wish.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing"
)]

mod bulk;
mod desk;
mod together;
