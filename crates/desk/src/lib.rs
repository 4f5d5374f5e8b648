//! What can be done here: take an answer in, keep the worklist, ask the fleet.
//!
//! Raw first: every answer is kept before anybody interprets it. Then it is read (`answers`),
//! judged (`triage`), and one case for each meter and cause is opened, refreshed or closed.

mod cases;
mod clock;
pub mod command;
mod error;
mod evidence;
mod heard;
pub mod import;
mod intake;
pub mod people;
pub mod plan;
pub mod poller;
mod rules;
mod wants;
mod words;

pub use clock::Clock;
pub use error::DeskError;
pub use intake::{Arrived, FILE, Intake, PERSON, Typed, Unanswered};
pub use rules::CaseRules;
pub use wants::Want;
pub use words::{rank, sentences, severity};
