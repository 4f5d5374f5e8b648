//! The frames of Calin's radio meters (LoRaWAN): bytes to typed values and back.
//!
//! Two families share the radio: frames that begin with 68, in the form of DL/T 645-1997, and DLMS
//! messages in a wrapper that begins with 00. Reading borrows from the bytes and makes nothing on
//! the heap; what is not understood is kept as it came. The facts are those of a public
//! implementation that speaks with these meters, and of the standards; each row of [`ITEMS`] says
//! how well it is known.
//!
//! No frame says why a relay is open in the numbers of the operators' guide, and nothing here gives
//! one of those numbers a meaning. This room knows no transport, sends nothing and decides nothing;
//! it holds no clock, no randomness, no environment and no I/O.
//!
//! ```
//! use frames::{DecodeError, Uplink};
//! // The one published frame of a real meter: a token that was used before is refused.
//! let bytes = [0x68, 0x23, 0x36, 0x33, 0x03, 0x70, 0x04, 0x68, 0xC0, 0x01, 0x34, 0xC8, 0x16];
//! let Ok(Uplink::Refused { address, data, .. }) = Uplink::decode(&bytes, None) else { panic!() };
//! assert_eq!(address.to_string(), "047003333623");
//! assert_eq!(frames::refusal(data), Some(0b0000_0001));
//! assert_eq!(Uplink::decode(&bytes[..5], None), Err(DecodeError::TooShort));
//! ```
#![warn(clippy::disallowed_methods)]

mod address;
mod bcd;
pub mod bits;
mod calendar;
mod command;
mod control;
mod di;
pub mod dlms;
mod downlink;
mod error;
mod forms;
mod frame;
mod hex;
mod items;
mod layout;
mod layouts;
mod masked;
mod named;
mod raw;
mod secret;
mod told;
mod uplink;
mod value;

pub use address::Address;
pub use calendar::{Date, TimeOfDay};
pub use command::Command;
pub use control::{Call, Control, Phrase};
pub use di::Di;
pub use downlink::{Downlink, Request};
pub use error::{DecodeError, EncodeError, Lang};
pub use frame::Frame;
pub use items::{ITEMS, Item, Phase, Sure, Way};
pub use layout::Field;
pub use layouts::{
    ActivePower, Amperes, Credit, Day, Energy, Layout, Number, Payload, Report, Status, Time,
    Unstated, Volts,
};
pub use masked::Masked;
pub use named::{COMMANDS, Named, PARAMS};
pub use raw::{FloatBits, Freeze};
pub use secret::{Password, TokenBytes};
pub use told::{Told, encode_told};
pub use uplink::{Reading, Uplink, refusal};
pub use value::{Also, Value, Visit};
