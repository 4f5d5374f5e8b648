//! What the tests of the whole path stand on: a pretend head-end ([`Head`]), a database of either
//! engine ([`Place`]), the desk between them ([`Desk`]), a witness of every answer that was
//! delivered ([`Witness`]), and the program itself ([`Program`]).
//!
//! Nothing here ships. Everything runs over loopback, in time that runs faster than the computer's,
//! and whoever waits, waits for a condition and not longer than he says ([`until`]).
//!
//! The long variants of the tests run where `CALINMETER_LONG` is set ([`is_long`]).
#![expect(
    clippy::missing_panics_doc,
    reason = "a test's support says what went wrong by panicking"
)]

#[path = "../../crates/store/tests/suite/cluster.rs"]
#[expect(clippy::unwrap_used, reason = "the store's tests own this file")]
#[expect(dead_code, reason = "no server is shared between processes here")]
mod cluster;

mod books;
mod desk;
mod fleet;
mod head;
mod place;
mod program;
mod register;
mod scenes;
mod until;
mod web_page;
mod witness;

pub use books::Books;

pub use desk::{Desk, patience, rules};
pub use fleet::Fleet;
pub use head::{Head, NAME, sim_dialect};
pub use place::{Engine, Place, Server, on, run, skip};
pub use program::Program;
pub use register::register;
pub use scenes::{ailing, demo};
pub use until::until;
pub use web_page::WebPage;
pub use witness::{Delivered, Witness};

/// Whether the long variants were asked for.
pub fn is_long() -> bool {
    std::env::var_os("CALINMETER_LONG").is_some()
}
