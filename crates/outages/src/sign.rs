//! What a home's meter says about its supply.

use crate::phases::Phase;
use fleet::{AmiCode, Moment};

/// A home in the tree of its supply, and what its meter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// The place of the node that feeds it.
    pub node: usize,
    /// The place of its gateway.
    pub gateway: Option<usize>,
    /// The phase that feeds it, where somebody wrote it down.
    pub phase: Option<Phase>,
    /// What its meter says.
    pub sign: Sign,
    /// What its operating status was when it was last read, after the sign.
    pub code: Option<AmiCode>,
}

/// What a meter says about the supply of its home.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// Nothing: it was not asked, or does not report.
    #[default]
    Unknown,
    /// It was heard when it should have been.
    Heard,
    /// Its own log says that supply went at this moment.
    Down(Moment),
    /// It should have been heard since, and was not: it was last heard at this moment.
    Silent(Moment),
}

impl Sign {
    /// Since when the home may be dark; nothing where it is not, or nobody knows.
    pub fn dark_since(self) -> Option<Moment> {
        match self {
            Self::Unknown | Self::Heard => None,
            Self::Down(at) | Self::Silent(at) => Some(at),
        }
    }
}
