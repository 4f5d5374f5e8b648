//! The table of data identifiers: what each is called, which way it goes, how its payload stands.
//! Reading, writing and docs/frames.md come from here.

use crate::Di;
use crate::layouts::Layout;
use Sure::{Inferred, SwitchedOff, Used};

/// A phase, by its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// A, or L1.
    A,
    /// B, or L2.
    B,
    /// C, or L3.
    C,
}

/// A way in which a data identifier is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// It can be read.
    Read,
    /// It can be written.
    Write,
    /// It carries an STS token.
    Token,
    /// The meter sends it by itself.
    Unasked,
}

/// How well something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sure {
    /// The public implementation that speaks with these meters uses it.
    Used,
    /// It stands there, switched off.
    SwitchedOff,
    /// From the standard; nothing public shows it on these meters.
    Inferred,
}

/// One data identifier.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The identifier.
    pub di: Di,
    /// What it is, in a few words.
    pub what: &'static str,
    /// How it is used.
    pub ways: &'static [Way],
    /// The phase, as the public implementation names it. For power that is off by one against the
    /// standard: B630 is the total there, B631 phase A.
    pub phase: Option<Phase>,
    /// The fields of an answer; of what is written too, where it is more than one byte.
    pub layout: Layout,
    /// The one byte that is written to move the relay.
    pub switch: Option<u8>,
    /// How well it is known.
    pub sure: Sure,
    /// Whether a meter answers with it, asked or by itself.
    pub answered: bool,
}

const READ: &[Way] = &[Way::Read];
const BOTH: &[Way] = &[Way::Read, Way::Write];
const WRITE: &[Way] = &[Way::Write];
const DELIVER: &[Way] = &[Way::Token];
const UNASKED: &[Way] = &[Way::Unasked];

/// Opens the relay.
pub(crate) const OPEN_RELAY: Di = Di(0xC03C);
/// Closes the relay.
pub(crate) const CLOSE_RELAY: Di = Di(0xC03D);
/// The meter's date.
pub(crate) const DATE: Di = Di(0xC010);
/// The meter's time of day.
pub(crate) const TIME: Di = Di(0xC011);
/// Carries a token.
pub(crate) const TOKEN: Di = Di(0xA120);

/// Every data identifier that is known, by number.
pub static ITEMS: [Item; 20] = [
    item(
        Di(0x9010),
        "total active energy",
        READ,
        Layout::Energy,
        SwitchedOff,
    ),
    item(TOKEN, "STS token", DELIVER, Layout::Unstated, Used),
    phase(Di(0xB611), "voltage", Phase::A, Layout::Volts),
    phase(Di(0xB612), "voltage", Phase::B, Layout::Volts),
    phase(Di(0xB613), "voltage", Phase::C, Layout::Volts),
    phase(Di(0xB621), "current", Phase::A, Layout::Amperes),
    phase(Di(0xB622), "current", Phase::B, Layout::Amperes),
    phase(Di(0xB623), "current", Phase::C, Layout::Amperes),
    phase(Di(0xB630), "active power", Phase::A, Layout::ActivePower),
    phase(Di(0xB631), "active power", Phase::B, Layout::ActivePower),
    phase(Di(0xB632), "active power", Phase::C, Layout::ActivePower),
    item(DATE, "date and weekday", BOTH, Layout::Day, Used),
    item(TIME, "time of day", BOTH, Layout::Time, Used),
    item(Di(0xC032), "meter number", READ, Layout::Number, Inferred),
    relay(OPEN_RELAY, "open the relay", 0x35),
    relay(CLOSE_RELAY, "close the relay", 0x96),
    item(Di(0xC111), "hourly report", UNASKED, Layout::Report, Used),
    item(Di(0xE421), "credit and relay", READ, Layout::Credit, Used),
    item(
        Di(0xEFF5),
        "running status",
        READ,
        Layout::Status,
        SwitchedOff,
    ),
    item(
        Di(0xEFF6),
        "fraud status",
        READ,
        Layout::Unstated,
        SwitchedOff,
    ),
];

const fn item(
    di: Di,
    what: &'static str,
    ways: &'static [Way],
    layout: Layout,
    sure: Sure,
) -> Item {
    Item {
        di,
        what,
        ways,
        phase: None,
        layout,
        switch: None,
        sure,
        answered: matches!(ways, [Way::Read | Way::Unasked, ..]),
    }
}

const fn phase(di: Di, what: &'static str, phase: Phase, layout: Layout) -> Item {
    Item {
        phase: Some(phase),
        ..item(di, what, READ, layout, Used)
    }
}

const fn relay(di: Di, what: &'static str, switch: u8) -> Item {
    Item {
        switch: Some(switch),
        ..item(di, what, WRITE, Layout::Unstated, Used)
    }
}

/// Where each identifier stands in the table, by a number that no two of them share.
static PLACES: [usize; 64] = {
    let mut places = [ITEMS.len(); 64];
    let mut place = 0;
    while place < ITEMS.len() {
        let slot = slot(ITEMS[place].di);
        assert!(places[slot] == ITEMS.len(), "two identifiers share a slot");
        places[slot] = place;
        place += 1;
    }
    places
};

/// Its two bytes added up: that is enough to tell them apart.
const fn slot(di: Di) -> usize {
    let [low, high] = di.0.to_le_bytes();
    low.wrapping_add(high) as usize % 64
}

impl Item {
    /// The row of a data identifier, where there is one.
    #[inline]
    pub fn of(di: Di) -> Option<&'static Self> {
        let place = PLACES.get(slot(di))?;
        ITEMS.get(*place).filter(|item| item.di == di)
    }

    /// The row with this payload for this phase.
    pub(crate) fn of_phase(layout: Layout, phase: Phase) -> Option<&'static Self> {
        ITEMS
            .iter()
            .find(|item| item.layout == layout && item.phase == Some(phase))
    }
}

impl Phase {
    /// The letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The phase of a letter.
    pub fn parse(letter: &str) -> Option<Self> {
        [Self::A, Self::B, Self::C]
            .into_iter()
            .find(|phase| phase.letter() == letter)
    }
}
