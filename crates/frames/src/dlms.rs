//! Frames that begin with 00: the DLMS/COSEM wrapper and the few messages these meters use.
//!
//! They carry no meter's address: whose they are is known by who sent them. Sources: the public
//! implementation for the reading of the load limit, the standard for all else.

mod answer;
mod data;
mod object;
mod request;
mod wrapper;

pub(crate) use answer::NO_VALUE;
pub use answer::{Answer, Said};
pub use data::Data;
pub use object::{DlmsObject, Obis};
pub use request::{Asks, Request};
pub use wrapper::Wrapper;
pub(crate) use wrapper::wrap;

/// The wrapper ports of the two sides, as requests name them; answers name them the other way
/// round, and that is not insisted on.
pub(crate) const CLIENT: u16 = 102;
pub(crate) const METER: u16 = 1;
/// Invoke-id 1, confirmed, high priority.
pub(crate) const INVOKE: u8 = 0xC1;
/// The low half of the byte is the invoke-id.
const INVOKE_ID: u8 = 0x0F;
/// The "normal" kind of every message that is known here.
const NORMAL: u8 = 1;
