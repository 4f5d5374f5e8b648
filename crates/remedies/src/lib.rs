//! What must be known before an act, whether it darkens a home, and what proves that it worked.
//!
//! A wish ([`Wanted`]) is read from the API's words. Some wishes are refused whatever is known
//! ([`refused_outright`]), some take light from a home and need a second person ([`darkens`]), and
//! whatever may close a relay is checked first ([`check`]) and proved afterwards ([`proof`]). What a
//! code means and whether a relay may be closed on it is the catalogue's to say.
//!
//! This room holds no clock, no randomness, no environment and no I/O: what is known is handed in
//! as [`Facts`], with its age, and how old it may be as [`Rules`].
//!
//! ```
//! use catalogue::Lang;
//! use fleet::AmiCode;
//! use remedies::{Aged, Facts, Outcome, Rules, Wanted, check};
//! use triage::Said;
//!
//! let wanted = Wanted::parse("reconnect", &serde_json::json!({}))?;
//! let mut facts = Facts::default();
//! assert!(matches!(check(&wanted, &facts, &Rules::default()).outcome, Outcome::Wants(_)));
//!
//! facts.said = Some(Aged { value: Said::Ami(AmiCode(1007)), age: 0 });
//! let checked = check(&wanted, &facts, &Rules::default());
//! assert_eq!(checked.outcome, Outcome::No);
//! assert!(checked.lines[0].sentence.say(Lang::En).contains("whose order"));
//!
//! facts.own_order = Some(true);
//! assert_eq!(check(&wanted, &facts, &Rules::default()).outcome, Outcome::Pass);
//! # Ok::<(), remedies::Unfit>(())
//! ```
#![warn(clippy::disallowed_methods)]

mod case;
mod check;
mod checks;
mod clock;
mod darkens;
mod facts;
mod limit;
mod parse;
mod proof;
mod refused;
mod rules;
mod sentence;
mod unfit;
mod wanted;

pub use check::{Checked, Line, Outcome, Says, check};
pub use checks::{CHECKS, Check};
pub use darkens::{Darkens, darkens};
pub use facts::{Aged, Clocks, Facts};
pub use proof::{Proof, proof, proof_slugs, reads_back};
pub use refused::refused_outright;
pub use rules::Rules;
pub use sentence::Sentence;
pub use unfit::Unfit;
pub use wanted::{Args, TokenPurpose, Wanted};
