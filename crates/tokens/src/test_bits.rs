//! Which test each bit of a class-1, subclass-0 control field selects.

use crate::words::{self, Lang, Text};

/// One meter test.
#[derive(Debug, PartialEq, Eq)]
pub struct TestBit {
    /// The bit of the control field, 0 being the lowest.
    pub bit: u8,
    /// The name for machines.
    pub slug: &'static str,
    /// Whether the meter opens its relay in this test, so that the home goes dark.
    pub opens_relay: bool,
    text: &'static Text,
}

impl TestBit {
    /// What is tested or shown.
    pub fn words(&self, lang: Lang) -> &'static str {
        self.text.in_(lang)
    }

    pub(crate) fn mask(&self) -> u64 {
        1 << self.bit
    }
}

const fn row(bit: u8, slug: &'static str, opens_relay: bool, text: &'static Text) -> TestBit {
    TestBit {
        bit,
        slug,
        opens_relay,
        text,
    }
}

/// Bits 0 to 10. Standard knowledge, not from a public table: **confirm on a Calin meter before
/// printing**. Bit 0 runs the others in turn, the load switch among them.
pub const TEST_BITS: [TestBit; 11] = [
    row(0, "all-others", true, &words::TEST_ALL_OTHERS),
    row(1, "load-switch", true, &words::TEST_LOAD_SWITCH),
    row(2, "display", false, &words::TEST_DISPLAY),
    row(3, "totals", false, &words::TEST_TOTALS),
    row(4, "key-revision-and-type", false, &words::TEST_KEY_REVISION),
    row(5, "tariff-index", false, &words::TEST_TARIFF_INDEX),
    row(6, "token-reader", false, &words::TEST_TOKEN_READER),
    row(7, "power-limit", false, &words::TEST_POWER_LIMIT),
    row(8, "tamper-status", false, &words::TEST_TAMPER_STATUS),
    row(9, "power", false, &words::TEST_POWER),
    row(10, "version", false, &words::TEST_VERSION),
];
