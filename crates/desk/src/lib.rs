//! What can be done here: take an answer in, keep the worklist, ask the fleet.
//!
//! Raw first: every answer is kept before anybody interprets it. Then it is read (`answers`),
//! judged (`triage`), and one case for each meter and cause is opened, refreshed or closed.

mod clock;
pub mod plan;

pub use clock::Clock;
