//! What can be asked of a head-end, and every way it can answer.
//!
//! The desk asks through [`HeadEnd`]; `hes` speaks the vendor's HTTP dialects and `lorawan` the
//! radio network, and neither is known to the desk by name. A meter's code is data, a head-end's
//! refusal is an outcome with a name ([`Refusal`]), and nothing here is an error of ours.
#![warn(clippy::disallowed_methods)]

mod act;
mod deployment;
mod head_end;
mod item;
mod listing;
mod refusal;
mod secret;
mod task;

pub use act::{Act, Ask, Mint, Purpose, Sort};
pub use deployment::{Deployment, Dialect, ItemName, Pace, Third};
pub use head_end::{Exchange, HeadEnd, Offers, Reply};
pub use item::Item;
pub use listing::{Account, DayRow, EventRow, GatewayRow, HourRow, Listing, MeterRow, Page, Span};
pub use refusal::{Reached, Refusal, RefusalKind, Touches};
pub use secret::Secret;
pub use task::{Polled, Seen, TaskId, TaskState, Watched};
