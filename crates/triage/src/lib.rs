//! A code and what else is known become a verdict: whether the home has power, who must act, and why.
//!
//! This room holds no clock, no randomness, no environment and no I/O; ages and counts are handed
//! in. It states no meaning (that is `catalogue`): it changes the catalogue's defaults by an ordered
//! registry of small rules, and each rule that changes something leaves its sentence.
//!
//! ```
//! use catalogue::{Decision, Lang, Supply};
//! use fleet::AmiCode;
//! use triage::{Evidence, Relay, Said, judge};
//!
//! let alone = judge(Said::Ami(AmiCode(1008)), &Evidence::default());
//! assert_eq!((alone.supply, alone.decision), (Supply::Off, Decision::Visit));
//!
//! let closed = Evidence { relay: Some(Relay::Closed), ..Evidence::default() };
//! let conflict = judge(Said::Ami(AmiCode(1008)), &closed);
//! assert_eq!(conflict.supply, Supply::On);
//! assert!(conflict.because(Lang::En)[1].starts_with("The relay is closed"));
//! ```
#![warn(clippy::disallowed_methods)]

mod asks;
mod evidence;
mod rule;
mod rules;
mod said;
mod verdict;

pub use asks::{ASKS, Ask};
pub use evidence::{Bits, Evidence, Neighbours, Phases, Relay};
pub use rule::{Because, Rule};
pub use rules::RULES;
pub use said::Said;
pub use verdict::{Verdict, judge};
