//! Why a card was not printed.

use crate::Date;
use std::fmt;

/// Why a card was not printed. HTML and Markdown cannot fail.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// No calendar has this day.
    #[error("{0} is not a day of the calendar: give a day between 0001-01-01 and 9999-12-31")]
    Date(Date),
    /// The fonts of the card have no such letter.
    #[error(
        "the card's fonts have no letter for {0:?}: write the site and the version in Latin, Greek or Cyrillic letters"
    )]
    Letter(char),
    /// The header has no room.
    #[error("the {what} has {letters} letters: shorten it to {most} for the card's header")]
    TooLong {
        /// `site` or `version`.
        what: &'static str,
        /// How many letters it has.
        letters: usize,
        /// How many fit.
        most: usize,
    },
    /// The templates of the card could not be laid out.
    #[error("the card could not be laid out: report it with the version and the language")]
    Layout(#[source] Said),
    /// The laid-out card does not conform to the PDF standards it promises.
    #[error("the card could not be written as PDF: report it with the version and the language")]
    Export(#[source] Said),
}

/// What the typesetter said, one line a message.
#[derive(Debug)]
pub struct Said(pub(crate) String);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Said {}
