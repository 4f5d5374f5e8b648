//! The three dialects against a scripted server, which answers with the bodies of the fact sheet.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail like a test")]

mod certificates;
mod checking;
mod concentrator;
mod looks;
mod many;
mod once;
mod refusals;
mod said;
mod secrets;
mod sessions;
mod stage;
mod station;
mod station_lists;
mod tls;
mod v1;
