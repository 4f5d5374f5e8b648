//! What is known of a meter before an act, or was read back after it.

use asking::Item;
use fleet::Watts;
use triage::{Phases, Relay, Said};

/// Something that was known so long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aged<T> {
    /// What is known.
    pub value: T,
    /// How old it is, milliseconds. Negative where the clock that noted it is ahead of ours.
    pub age: i64,
}

/// The meter's clock beside the wall clock, both in the meter's zone, `yyyy-MM-dd HH:mm:ss`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// What the meter's clock read.
    pub meter: String,
    /// What a clock in the meter's zone read at that moment.
    pub wall: String,
}

/// What is known of a meter. Every part may be missing; missing is never zero.
///
/// Before an act these are what the checks look at; after it, only what was read since the act was
/// carried out belongs in here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The last operating status, and how old it is.
    pub said: Option<Aged<Said>>,
    /// The relay, by the polarity that this deployment assumes.
    pub relay: Option<Relay>,
    /// The voltage of phase A, V, and how old it is.
    pub voltage: Option<Aged<f64>>,
    /// Active power now, W; 0 while the relay is open.
    pub power: Option<Watts>,
    /// The load before the relay opened, W.
    pub load_before_trip: Option<Watts>,
    /// The load limit set in the meter, W.
    pub load_limit: Option<Watts>,
    /// The greatest power of late, W; how far back is the caller's to say.
    pub recent_peak: Option<Watts>,
    /// How many overload trips in the last day.
    pub overload_trips: Option<u32>,
    /// How long ago the last overload trip was, milliseconds.
    pub last_trip: Option<i64>,
    /// How long ago a finding about the open tamper was recorded, milliseconds. A finding about an
    /// earlier tamper does not belong here.
    pub finding: Option<i64>,
    /// Whether revenue protection has released this bypass.
    pub released: Option<bool>,
    /// Whether the order that opened the relay is ours.
    pub own_order: Option<bool>,
    /// Whether somebody saw, or the meter's status bits say, that all covers are closed.
    pub covers_closed: Option<bool>,
    /// Whether the token was minted here for this meter and this purpose.
    pub minted_here: Option<bool>,
    /// How many phases the meter measures.
    pub phases: Option<Phases>,
    /// The site's nominal voltage between phase and neutral, V; without it that of
    /// [`crate::Rules`].
    pub nominal_voltage: Option<f64>,
    /// The meter's clock as it was read back.
    pub clock: Option<Clocks>,
    /// The item that the meter answered, for the proof of a read.
    pub answered: Option<Item>,
}
