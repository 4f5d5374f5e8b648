//! Tells others what happened, signed, until they have heard it.
//!
//! What is to be told stands in the store, written together with what it tells of. A [`Sender`]
//! takes it from there to one endpoint, after the rules of Standard Webhooks
//! (<https://www.standardwebhooks.com>): at least once, in no promised order, each message under
//! the same id and with the same bytes however often it is sent. An endpoint that does not hear
//! is left alone for a while, and nothing is ever given up.
//!
//! Endpoints come from the configuration file alone, which only the operator writes. So any
//! address is sent to, also one of this machine or of a private network: the billing engine
//! usually stands there. No person and no API can add an endpoint or change one.

mod circuit;
mod client;
mod endpoint;
mod error;
mod events;
mod heard;
mod message;
mod sender;
mod signing;
mod tend;
mod wait;

pub use endpoint::{Endpoint, test};
pub use error::WebhookError;
pub use events::Events;
pub use sender::{Now, Options, Sender};
pub use signing::Keys;
pub use tend::{KEPT, tend};
