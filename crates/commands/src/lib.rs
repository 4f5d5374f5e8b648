//! The life of a command: from the wish to the proof, one table of states and events. Pure: times
//! are handed in.
//!
//! What is sent to a meter is written down before it is sent, and never sent twice: a lost answer
//! makes the command [`State::Unknown`], from where no way leads back to sending.
//!
//! ```
//! use commands::{Event, Kind, Life, State, Terms};
//! use fleet::Moment;
//! let (terms, now) = (Terms::default(), Moment(0));
//! let mut life = Life::new(Kind::Reconnect, false, now, &terms);
//! for event in [Event::Pass, Event::Send, Event::Lose] {
//!     life.hear(event, now, &terms)?;
//! }
//! assert_eq!(life.state(), State::Unknown);
//! // an empty list proves nothing yet, and sending it again is not possible
//! assert!(life.hear(Event::FindNone, now, &terms).is_err());
//! assert!(life.hear(Event::Send, now, &terms).is_err());
//! # Ok::<(), commands::NotNow>(())
//! ```
#![warn(clippy::disallowed_methods)]

mod blast;
mod event;
mod kind;
mod life;
mod state;
mod table;
mod terms;

pub use blast::{Blast, Span};
pub use event::Event;
pub use kind::{Kind, Touch};
pub use life::{Life, NotNow, Times};
pub use state::{Owner, State};
pub use table::{TABLE, next};
pub use terms::Terms;
