//! What can be checked of an STS token (IEC 62055-41) without any key.
//!
//! A token is 20 digits, 66 bits. Its class stands in clear; class 1 (test and commissioning) is
//! not encrypted at all and carries a checksum. Everything else needs the meter's key, which stays
//! with the head-end: nothing here asks for a key, holds one, or makes a token. This room holds no
//! clock, no randomness, no environment and no I/O.
//!
//! ```
//! use tokens::{Class, Lang, Purpose, Token, check};
//! // A published clear-tamper token: of it, only the class can be seen.
//! let token = Token::parse("3703 7300 0144 6485 5694").unwrap();
//! assert_eq!(token.class(), Class::Management);
//! assert_eq!(token.to_string(), "**** **** **** **** 5694");
//!
//! let check = check(&token, Some(Purpose::Credit));
//! assert!(check.fit.is_some_and(|fit| fit.refuses()));
//! assert_eq!(check.fit_words(Lang::En).unwrap(),
//!     "a credit token was asked for, but this is a class 2 management token: \
//!      do not enter it, ask for the right one");
//! ```
#![warn(clippy::disallowed_methods)]

mod block;
mod check;
mod class1;
mod crc;
mod error;
mod fit;
mod mask;
mod parse;
mod postpaid;
mod purpose;
mod test_bits;
mod words;

pub use block::Class;
pub use check::{Check, Content, Note, check};
pub use class1::{Kind, Maker, MakerFit, PlainToken};
pub use crc::block_crc;
pub use error::TokenError;
pub use fit::Fit;
pub use mask::mask;
pub use parse::Token;
pub use postpaid::Postpaid;
pub use purpose::{Purpose, UnknownPurpose};
pub use test_bits::{TEST_BITS, TestBit};
pub use words::Lang;
