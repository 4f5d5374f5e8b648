//! What is the matter with a meter: one bit each.

use serde::de::Deserializer;
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that is so, or not, at a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Never commissioned at its keypad.
    NotCommissioned,
    /// The terminal cover is open now.
    TerminalOpen,
    /// The upper cover is open now.
    UpperOpen,
    /// The enclosure is open now.
    EnclosureOpen,
    /// A magnet is held against it now.
    Magnet,
    /// The terminal cover was opened; stays until a clear-tamper token.
    TerminalTamper,
    /// The upper cover was opened; stays until a clear-tamper token.
    UpperTamper,
    /// The enclosure was opened; stays until a clear-tamper token.
    EnclosureTamper,
    /// A magnetic field was seen; stays until a clear-tamper token.
    MagneticTamper,
    /// The load went over the limit and the relay tripped; stays until a reconnect that holds.
    OverPower,
    /// The current went over what the meter bears; stays until a reconnect.
    OverCurrent,
    /// Current flows the wrong way.
    Reverse,
    /// Phase and neutral current differ (one phase), or the phases do (three).
    Imbalance,
    /// The neutral is disturbed.
    Neutral,
    /// Current flows past the meter.
    Bypass,
    /// The voltages of the phases differ too much.
    VoltageImbalance,
    /// It is too hot.
    Thermal,
    /// Its tariff table is wrong.
    TariffError,
    /// Somebody tests the relay; a reconnect ends it.
    RelayTest,
    /// It has lost its postpaid mode: credit counts.
    Prepaid,
    /// The head-end switched it off.
    RemoteOff,
    /// The head-end switched it on while something local forbade it.
    ReconnectPending,
    /// It does not answer. It goes on metering.
    Silent,
    /// No voltage arrives: it is dark and cannot answer.
    MainsOff,
    /// It speaks by GPRS and not through a gateway's radio.
    Gprs,
}

impl Condition {
    const ALL: [Self; 25] = [
        Self::NotCommissioned,
        Self::TerminalOpen,
        Self::UpperOpen,
        Self::EnclosureOpen,
        Self::Magnet,
        Self::TerminalTamper,
        Self::UpperTamper,
        Self::EnclosureTamper,
        Self::MagneticTamper,
        Self::OverPower,
        Self::OverCurrent,
        Self::Reverse,
        Self::Imbalance,
        Self::Neutral,
        Self::Bypass,
        Self::VoltageImbalance,
        Self::Thermal,
        Self::TariffError,
        Self::RelayTest,
        Self::Prepaid,
        Self::RemoteOff,
        Self::ReconnectPending,
        Self::Silent,
        Self::MainsOff,
        Self::Gprs,
    ];

    /// What latches when this cover is opened or this magnet appears.
    pub(super) const LATCHES: &[(Self, Self)] = &[
        (Self::TerminalOpen, Self::TerminalTamper),
        (Self::UpperOpen, Self::UpperTamper),
        (Self::EnclosureOpen, Self::EnclosureTamper),
        (Self::Magnet, Self::MagneticTamper),
    ];

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// All that is the matter with one meter. In JSON an object of the true ones:
/// `{"bypass": true}`; a false one takes it away again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conditions(u32);

impl Conditions {
    /// These, and nothing else.
    pub fn of(conditions: &[Condition]) -> Self {
        let mut all = Self::default();
        for &condition in conditions {
            all.set(condition, true);
        }
        all
    }

    /// Whether it is so.
    pub fn has(self, condition: Condition) -> bool {
        self.0 & condition.bit() != 0
    }

    /// Says whether it is so.
    pub fn set(&mut self, condition: Condition, so: bool) {
        if so {
            self.0 |= condition.bit();
        } else {
            self.0 &= !condition.bit();
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    fn each(self) -> impl Iterator<Item = Condition> {
        Condition::ALL.into_iter().filter(move |c| self.has(*c))
    }
}

impl Serialize for Conditions {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        for condition in self.each() {
            map.serialize_entry(&condition, &true)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Conditions {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let said: BTreeMap<Condition, bool> = BTreeMap::deserialize(from)?;
        let mut all = Self::default();
        for (condition, so) in said {
            all.set(condition, so);
        }
        Ok(all)
    }
}
