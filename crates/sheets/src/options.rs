//! What the caller may choose.

use answers::Settings;
use catalogue::Lang;

/// How the rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, UTF-8 without a BOM, lines end in `\n`.
    #[default]
    Csv,
    /// One document, an array, one object a row on a line of its own.
    Json,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`, as spreadsheets write where the decimal sign is a comma.
    Semicolon,
    /// A tab.
    Tab,
}

impl Delimiter {
    /// Every delimiter, in the order in which a header line is tried.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// How the work is cut; what comes out is the same for every value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How many bytes are read at once; at least 1.
    pub block: usize,
    /// How many threads judge; 0 is one for each processor.
    pub hands: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            block: 64 << 10,
            hands: 0,
        }
    }
}

/// What the caller may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How the rows are written.
    pub format: Format,
    /// The language of `action` and `because`.
    pub lang: Lang,
    /// What stands between two cells of a written CSV.
    pub delimiter: Delimiter,
    /// What the deployment names differently; its family of numbers holds for a table's `status`
    /// column too.
    pub settings: Settings,
    /// How the work is cut.
    pub pace: Pace,
}
