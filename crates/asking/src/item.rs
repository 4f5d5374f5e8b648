//! The things a meter can be asked for, under one name for all dialects.

use fleet::ShortCode;

/// One value of a meter that a head-end may offer to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The operating status, 1000 to 1025.
    OperatingStatus,
    /// Cumulative energy, kWh.
    TotalEnergy,
    /// The load limit, W.
    LoadLimit,
    /// Active power now, W.
    Power,
    /// Power factor now.
    PowerFactor,
    /// How many times a cover was opened.
    CoverOpenings,
    /// When a cover was last opened.
    CoverOpened,
    /// How many times the load limit tripped.
    OverloadTrips,
    /// How many times the supply failed.
    PowerDowns,
    /// How many times a phase failed.
    PhaseDowns,
    /// The relay.
    Relay,
    /// Voltage of phase A, V.
    Voltage,
    /// Current of phase A, A.
    Current,
    /// The credit register, kWh; its tail says the relay in two dialects.
    Credit,
    /// The meter's firmware.
    Firmware,
    /// The meter's clock.
    Clock,
}

/// Every item, with its word in settings and stores and the keypad code that answers the same.
/// Source of the keypad codes: the operators' guide.
const ITEMS: &[(Item, &str, Option<u8>)] = &[
    (Item::OperatingStatus, "operating_status", Some(87)),
    (Item::TotalEnergy, "total_energy", Some(1)),
    (Item::LoadLimit, "load_limit", Some(14)),
    (Item::Power, "power", Some(31)),
    (Item::PowerFactor, "power_factor", Some(35)),
    (Item::CoverOpenings, "cover_openings", Some(40)),
    (Item::CoverOpened, "cover_opened", Some(41)),
    (Item::OverloadTrips, "overload_trips", Some(46)),
    (Item::PowerDowns, "power_downs", Some(52)),
    (Item::PhaseDowns, "phase_downs", Some(58)),
    (Item::Relay, "relay", None),
    (Item::Voltage, "voltage", None),
    (Item::Current, "current", None),
    (Item::Credit, "credit", None),
    (Item::Firmware, "firmware", None),
    (Item::Clock, "clock", None),
];

impl Item {
    /// Every item, in the order of the guide's keypad codes.
    pub fn all() -> impl Iterator<Item = Self> {
        ITEMS.iter().map(|(item, ..)| *item)
    }

    /// Its word in settings, stores and answers for machines.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The item with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        ITEMS
            .iter()
            .find(|(_, known, _)| *known == word)
            .map(|(item, ..)| *item)
    }

    /// The keypad code that a person at the meter types to read the same value.
    pub fn keypad(self) -> Option<ShortCode> {
        self.row().2.map(ShortCode)
    }

    fn row(self) -> &'static (Self, &'static str, Option<u8>) {
        ITEMS
            .iter()
            .find(|(item, ..)| *item == self)
            .unwrap_or(&ITEMS[0])
    }
}
