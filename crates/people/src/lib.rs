//! Who may do what, and how it is known who somebody is.
//!
//! Roles and rights are one table each ([`Role`], [`Verb`]); who may agree to another person's act
//! is [`may_approve`]. Passwords are kept as argon2id, keys and session tokens as SHA-256 of 256
//! random bits. This room holds no clock, no randomness, no environment and no I/O: salts, random
//! bits and the time are handed in.
//!
//! ```
//! use fleet::{DAY, Moment};
//! use people::{NotAllowed, Person, PersonName, Role, Verb, may_approve};
//!
//! let name = PersonName::parse("Second").unwrap();
//! let second = Person::new(name, Role::Approver, Moment(0));
//! assert!(second.may(Verb::Approve).is_ok());
//!
//! let requester = PersonName::parse("first").unwrap();
//! let young = may_approve(&second, &requester, Moment(DAY - 1));
//! assert_eq!(young, Err(NotAllowed::TooYoung));
//! assert_eq!(may_approve(&second, &requester, Moment(DAY)), Ok(()));
//! // a person is one person, whichever key or password is used
//! let same = may_approve(&second, &second.name.clone(), Moment(DAY));
//! assert_eq!(same, Err(NotAllowed::Requester));
//! ```
#![warn(clippy::disallowed_methods)]

mod approval;
mod kinds;
mod name;
mod password;
mod person;
mod rights;
mod role;
mod secret;

pub use approval::{SETTLING, agreements_needed, may_approve};
pub use kinds::{FindingKind, HoldKind};
pub use name::PersonName;
pub use password::{BadPassword, Password, PasswordHash, SHORTEST};
pub use person::{NotAllowed, Person};
pub use rights::Verb;
pub use role::Role;
pub use secret::{Fingerprint, Secret};
