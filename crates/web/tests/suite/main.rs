//! The pages and the API over a real store, asked in the same process.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing"
)]

mod api;
mod ask;
mod golden;
mod hostile;
mod house;
mod pages;
mod probes;
