//! What else is known of a meter. Every part may be missing; missing is never zero.

use fleet::{PowerFactor, Watts};

/// The relay as a head-end or a report says it; the polarity was settled before it got here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relay {
    /// The home can draw power.
    Closed,
    /// The home is cut off.
    Open,
}

/// How many phases the meter measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phases {
    /// A single-phase meter, such as the CA168-S.
    Single,
    /// A three-phase meter.
    Three,
}

/// The meters of the same site or gateway, this one left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Neighbours {
    /// How many are known to have answered lately.
    pub known: u32,
    /// How many of them are in the same condition.
    pub alike: u32,
}

/// Status bits of a daily or hourly report; `true` is the fault, whatever the dialect's polarity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the meter sends eight bits, and so they are"
)]
pub struct Bits {
    /// The clock's battery is low.
    pub battery_low: bool,
    /// A magnetic field was felt.
    pub magnetic: bool,
    /// The terminal cover is open.
    pub terminal_cover: bool,
    /// The upper cover is open.
    pub upper_cover: bool,
    /// The enclosure is open.
    pub enclosure: bool,
    /// The current is reversed.
    pub current_reversed: bool,
    /// The currents are unbalanced.
    pub current_unbalanced: bool,
}

/// What else is known beside the code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Active power now (keypad code 31), W. It is 0 while the relay is open.
    pub power: Option<Watts>,
    /// The load before the relay opened, W.
    pub load_before_trip: Option<Watts>,
    /// The load limit set in the meter (keypad code 14), W.
    pub load_limit: Option<Watts>,
    /// The power factor now (keypad code 35).
    pub power_factor: Option<PowerFactor>,
    /// The relay.
    pub relay: Option<Relay>,
    /// Whether the energy register (keypad code 01) has moved since the code was said.
    pub energy_moving: Option<bool>,
    /// Whether somebody lives there.
    pub occupied: Option<bool>,
    /// How many phases the meter measures.
    pub phases: Option<Phases>,
    /// Whether the home has solar of its own.
    pub solar: Option<bool>,
    /// The meters around it.
    pub neighbours: Option<Neighbours>,
    /// Whether a work order of ours is open at this meter.
    pub own_work_order: Option<bool>,
    /// Whether we disconnected it ourselves and the order still stands.
    pub own_disconnect: Option<bool>,
    /// How many times covers were opened since the last visit (keypad code 40).
    pub cover_openings: Option<u32>,
    /// How many overload trips in the last 30 days (keypad code 46).
    pub overload_trips: Option<u32>,
    /// How many visits for the same cause in the last 30 days.
    pub repeat_visits: Option<u32>,
    /// For how many minutes the meter has said the same.
    pub lasts_min: Option<u32>,
    /// How many minutes old the answer is.
    pub age_min: Option<u32>,
    /// Whether the gateway or concentrator of the meter is online.
    pub gateway_online: Option<bool>,
    /// Whether this head-end can commission from the desk.
    pub can_commission: Option<bool>,
    /// Status bits, where the answer carries them.
    pub bits: Option<Bits>,
}

impl Evidence {
    /// Whether energy flows: power above 0 W, or a register that moves.
    pub fn energy_flows(&self) -> bool {
        self.power.is_some_and(|power| power.0 > 0.0) || self.energy_moving == Some(true)
    }
}
