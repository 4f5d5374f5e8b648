//! Class 1, the only tokens that can be read whole: meter tests, and what makers add.

use std::fmt;
use std::ops::RangeInclusive;

use crate::block::{Block, Class};
use crate::test_bits::{TEST_BITS, TestBit};
use crate::words::{self, Lang};

/// Calin's manufacturer code: the first two digits of its meter numbers.
const CALIN: u16 = 47;
/// The same digits, one in each half byte. Public sources do not say which way a token holds
/// them, so both are taken for Calin.
const CALIN_IN_HALF_BYTES: u16 = 0x47;

/// What a class-1 token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Subclass 0 or 1: the meter tests or displays something.
    Test,
    /// Subclass 2 to 10: reserved by the standard.
    Unassigned,
    /// Subclass 11 to 15: the maker's own, such as commissioning. Inferred from one published
    /// token of another brand.
    MakerSpecific,
}

/// How the 44 data bits divide.
struct Layout {
    subclasses: RangeInclusive<u8>,
    kind: Kind,
    /// Width of the manufacturer code at the low end: 8 bits (two digits), 16 (four), or unknown.
    maker_bits: Option<u32>,
}

const LAYOUTS: [Layout; 4] = [
    Layout {
        subclasses: 0..=0,
        kind: Kind::Test,
        maker_bits: Some(8),
    },
    Layout {
        subclasses: 1..=1,
        kind: Kind::Test,
        maker_bits: Some(16),
    },
    Layout {
        subclasses: 2..=10,
        kind: Kind::Unassigned,
        maker_bits: None,
    },
    Layout {
        subclasses: 11..=15,
        kind: Kind::MakerSpecific,
        maker_bits: Some(8),
    },
];

/// A class-1 token whose checksum fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainToken {
    subclass: u8,
    kind: Kind,
    fields: Option<(u64, Maker)>,
}

/// The manufacturer code of a class-1 token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Maker {
    code: u16,
    digits: usize,
}

/// Whose meters a manufacturer code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MakerFit {
    /// Code 0: every maker's.
    Any,
    /// Calin's, 47.
    Calin,
    /// Another maker's: a Calin meter will not take it.
    Other,
}

impl PlainToken {
    /// Reads a block of class 1. Nothing where the class is another or the checksum does not fit:
    /// a mistyped credit token must not be spelled out as a test.
    pub(crate) fn read(block: Block) -> Option<Self> {
        if block.class() != Class::Test || !block.crc_fits() {
            return None;
        }
        let subclass = block.subclass();
        let layout = LAYOUTS
            .iter()
            .find(|layout| layout.subclasses.contains(&subclass))?;
        let fields = layout.maker_bits.map(|width| divide(block.data(), width));
        Some(Self {
            subclass,
            kind: layout.kind,
            fields,
        })
    }

    /// 0 to 15.
    pub fn subclass(&self) -> u8 {
        self.subclass
    }

    /// What the subclass stands for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The control field: 36 bits, or 28 in subclass 1. None where the layout is not public.
    pub fn control(&self) -> Option<u64> {
        self.fields.map(|(control, _)| control)
    }

    /// The manufacturer code. None where the layout is not public.
    pub fn maker(&self) -> Option<Maker> {
        self.fields.map(|(_, maker)| maker)
    }

    /// The tests that the control field of subclass 0 selects, lowest bit first; empty in every
    /// other subclass, whose bits are not public. Which bit runs what is to be confirmed on a
    /// Calin meter.
    pub fn tests(&self) -> impl Iterator<Item = &'static TestBit> + use<> {
        let control = match self.subclass {
            0 => self.control().unwrap_or(0),
            _ => 0,
        };
        TEST_BITS
            .iter()
            .filter(move |test| control & test.mask() != 0)
    }

    /// Whether one of its tests opens the relay, so that the home goes dark.
    pub fn opens_relay(&self) -> bool {
        self.tests().any(|test| test.opens_relay)
    }

    /// What it is, in one line without its digits.
    pub(crate) fn words(&self, lang: Lang) -> String {
        let kind = match self.kind {
            Kind::Test => &words::KIND_TEST,
            Kind::Unassigned => &words::KIND_UNASSIGNED,
            Kind::MakerSpecific => &words::KIND_MAKER_SPECIFIC,
        };
        let (subclass, kind) = (self.subclass, kind.in_(lang));
        match self.fields {
            None => {
                words::PLAIN_WITHOUT_FIELDS.with(lang, &[("subclass", &subclass), ("kind", &kind)])
            }
            Some((control, maker)) => words::PLAIN.with(
                lang,
                &[
                    ("subclass", &subclass),
                    ("kind", &kind),
                    ("maker", &maker),
                    ("control", &format_args!("{control:#X}")),
                ],
            ),
        }
    }
}

/// Control field before, manufacturer code behind.
fn divide(data: u64, maker_bits: u32) -> (u64, Maker) {
    let [.., high, low] = data.to_be_bytes();
    let maker = match maker_bits {
        8 => Maker {
            code: u16::from(low),
            digits: 2,
        },
        _ => Maker {
            code: u16::from_be_bytes([high, low]),
            digits: 4,
        },
    };
    (data >> maker_bits, maker)
}

impl Maker {
    /// The number as it stands in the bits.
    pub fn code(self) -> u16 {
        self.code
    }

    /// Whose meters it means.
    pub fn fit(self) -> MakerFit {
        match self.code {
            0 => MakerFit::Any,
            CALIN | CALIN_IN_HALF_BYTES => MakerFit::Calin,
            _ => MakerFit::Other,
        }
    }
}

impl fmt::Display for Maker {
    /// Two digits, or four in subclass 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.code, width = self.digits)
    }
}
