//! What was said of a meter, in the family of numbers in which it was said.

use catalogue::AmiRow;
use fleet::{AmiCode, Reason87, WireStatus};

/// What a head-end, a person or a file said of a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// A head-end's operating status.
    Ami(AmiCode),
    /// A sub-code of keypad code 87.
    Reason(Reason87),
    /// A wire status of a radio meter.
    Wire(WireStatus),
    /// A number that two families list, while nobody has confirmed which one is meant.
    TwoFamilies(u8),
    /// No code: only the evidence speaks.
    Nothing,
}

impl Said {
    /// The guide's row, or nothing where nobody listed the number.
    ///
    /// A wire status that stands for several rows not told apart gives the first of them: their
    /// advice is one and the same, which a test holds.
    pub fn row(self) -> Option<&'static AmiRow> {
        match self {
            Self::Ami(code) => catalogue::ami(code),
            Self::Reason(reason) => catalogue::reason(reason),
            Self::Wire(status) => catalogue::ami(*catalogue::wire(status)?.ami.first()?),
            Self::TwoFamilies(_) | Self::Nothing => None,
        }
    }
}
