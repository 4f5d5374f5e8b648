//! Commands, as a user sees them: the real program over a SQLite file.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

mod agreed;
mod asked;
mod doctor;
mod office;
mod rights;
mod served;
