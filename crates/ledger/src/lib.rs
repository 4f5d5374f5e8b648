//! The chain that binds what people did, so that tampering shows (docs/adr/0014).
//!
//! There is one chain for each site and one, named with the empty text, for what belongs to none.
//! Each row's hash holds the hash of the row before it ([`link`]). Every hour the heads of all
//! chains that grew are bound into an [`Anchor`], which is signed, bound to the anchor before it,
//! and kept outside the database too. [`Check`] compares rows, anchors and the anchors outside, row
//! by row, and says what was changed, taken out, put in, cut off or written anew.
//!
//! This room holds no clock, no randomness, no environment and no I/O.
#![warn(clippy::disallowed_methods)]

mod anchor;
mod check;
mod digest;
mod encode;
mod entry;
mod finding;
mod key;
mod text;

pub use anchor::{Anchor, BadAnchor, Head, bind};
pub use check::{Check, verify};
pub use digest::Digest;
pub use entry::{Entry, Row, link};
pub use finding::Finding;
pub use key::{PublicKey, SigningKey};
