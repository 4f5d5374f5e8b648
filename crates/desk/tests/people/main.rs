//! People: how it is known who somebody is, and what each of them may do.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

mod anchors;
mod doors;
mod holds;
mod office;
mod rights;
