//! The pages and the API over a real store, asked in the same process.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing"
)]

mod api;
mod ask;
mod bulk;
mod commands;
mod decisions;
mod doors;
mod golden;
mod hostile;
mod house;
mod lists;
mod meters;
mod office;
mod pages;
mod probes;
mod sessions;
mod shown;
mod stopped;
