//! The reference card of the operators' guide: what every code means, who acts, what is typed at
//! the keypad, and what we do where the guide disagrees with itself.
//!
//! One content, three forms: [`pdf`] for the printer, [`html`] for a screen, [`markdown`] for a
//! wiki. The meaning of a code is said in `catalogue`; this room lays it out. It holds no clock and
//! opens no file: the version, the date and the site are handed in, the fonts and the templates
//! are compiled in.
//!
//! ```
//! use card::{Date, Input, Paper, markdown};
//! use catalogue::Lang;
//!
//! let input = Input {
//!     lang: Lang::En,
//!     paper: Paper::A4,
//!     version: "0.1.0",
//!     date: Date { year: 2026, month: 3, day: 9 },
//!     site: Some("Kalangala"),
//! };
//! assert!(markdown(&input).contains("Not-active (meter not commissioned)"));
//! ```
#![warn(clippy::disallowed_methods)]

mod error;
mod html;
mod input;
mod lines;
mod markdown;
mod marks;
mod pdf;
mod words;

pub use error::CardError;
pub use html::html;
pub use input::{Date, Input, Paper};
pub use lines::unlisted_numbers;
pub use markdown::markdown;
pub use pdf::pdf;
