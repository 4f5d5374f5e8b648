//! What the card is told: its language, its paper, and what stands in its header.

use catalogue::Lang;
use std::fmt;

/// The paper of the printed card. HTML and Markdown are the same for both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 210 x 297 mm, two sides.
    #[default]
    A4,
    /// 105 x 148 mm, a booklet for the pocket.
    A6,
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, such as 2026.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl fmt::Display for Date {
    /// `2026-03-09`, which reads the same in every language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What the card is told by its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input<'a> {
    /// The language of our own words; the guide's cells stay as their users wrote them.
    pub lang: Lang,
    /// The paper of the PDF.
    pub paper: Paper,
    /// The version of the program.
    pub version: &'a str,
    /// The day on which the card was made.
    pub date: Date,
    /// The deployment whose card it is, printed in the header.
    pub site: Option<&'a str>,
}

impl Input<'_> {
    /// The site on one line, without control characters, or nothing where it is blank.
    pub(crate) fn site_line(&self) -> Option<String> {
        self.site.map(one_line).filter(|site| !site.is_empty())
    }

    /// The version on one line.
    pub(crate) fn version_line(&self) -> String {
        one_line(self.version)
    }
}

/// Words separated by single spaces: a header has one line.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
