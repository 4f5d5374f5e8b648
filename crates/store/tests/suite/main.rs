//! One suite for both engines: every test runs on SQLite and on PostgreSQL, each on a database of
//! its own.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests end where they fail"
)]

mod answers;
mod audit;
mod backup;
mod cases;
mod cluster;
mod commands;
mod contact;
mod fixtures;
mod imports;
mod messages;
mod meters;
mod opening;
mod passes;
mod people;
mod place;
mod readings;
mod released;
mod schema;
mod server;
mod settling;
mod slots;
mod trouble;
mod worklist;
