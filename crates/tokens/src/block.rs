//! The 66 bits of a token, put back into their order: class, then the block of 64.

use crate::crc::block_crc;
use crate::words::{self, Lang, Text};

/// Where the class stands in the number a person types, and where it belongs. The bits that stood
/// there fill the gap.
const CLASS_AS_TYPED: u32 = 27;
const CLASS_IN_BLOCK: u32 = 64;
const TWO_BITS: u128 = 0b11;

/// What a token is for, in the two bits that are never encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Class 0, encrypted: credit.
    Credit,
    /// Class 1, not encrypted: meter tests, and what makers add, such as commissioning.
    Test,
    /// Class 2, encrypted: load limit, clear credit, tariff, key change, clear tamper.
    Management,
    /// Class 3: reserved, no token has it.
    Reserved,
}

impl Class {
    /// The number of the class, 0 to 3.
    pub fn number(self) -> u8 {
        match self {
            Self::Credit => 0,
            Self::Test => 1,
            Self::Management => 2,
            Self::Reserved => 3,
        }
    }

    /// The name for machines.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Test => "test",
            Self::Management => "management",
            Self::Reserved => "reserved",
        }
    }

    /// The name for people.
    pub fn words(self, lang: Lang) -> &'static str {
        self.text().in_(lang)
    }

    fn text(self) -> &'static Text {
        match self {
            Self::Credit => &words::CLASS_CREDIT,
            Self::Test => &words::CLASS_TEST,
            Self::Management => &words::CLASS_MANAGEMENT,
            Self::Reserved => &words::CLASS_RESERVED,
        }
    }
}

/// Class and block as bytes: the class in the two low bits of byte 7, the 64-bit block after it.
///
/// It has no `Debug` on purpose: it is the whole token.
#[derive(Clone, Copy)]
pub(crate) struct Block([u8; 16]);

impl Block {
    /// From the number a person types, which is below 2^66.
    pub(crate) fn of(typed: u128) -> Self {
        let differ = ((typed >> CLASS_AS_TYPED) ^ (typed >> CLASS_IN_BLOCK)) & TWO_BITS;
        let ordered = typed ^ (differ << CLASS_AS_TYPED) ^ (differ << CLASS_IN_BLOCK);
        Self(ordered.to_be_bytes())
    }

    pub(crate) fn class(self) -> Class {
        match self.0[7] & 0b11 {
            0 => Class::Credit,
            1 => Class::Test,
            2 => Class::Management,
            _ => Class::Reserved,
        }
    }

    /// 0 to 15. Only class 1 has it in clear.
    pub(crate) fn subclass(self) -> u8 {
        self.0[8] >> 4
    }

    /// The 44 bits between subclass and checksum.
    pub(crate) fn data(self) -> u64 {
        let [.., b8, b9, b10, b11, b12, b13, _, _] = self.0;
        u64::from_be_bytes([0, 0, b8 & 0x0F, b9, b10, b11, b12, b13])
    }

    /// Whether the last 16 bits are the checksum of what stands before them.
    pub(crate) fn crc_fits(self) -> bool {
        let [.., b7, b8, b9, b10, b11, b12, b13, high, low] = self.0;
        block_crc([b7, b8, b9, b10, b11, b12, b13]) == u16::from_be_bytes([high, low])
    }
}
