//! The sender over a store, and those who hear: the simulator, a script, the page's own program.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests end where they fail"
)]

mod how_to;
mod sending;
mod stage;
