//! One suite for both engines: every test runs on SQLite and on PostgreSQL, each on a database of
//! its own.

mod cluster;
mod place;
mod smoke;
