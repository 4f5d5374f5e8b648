//! One virtual meter: its state, in few bytes, and what follows from it.

mod acts;
mod conditions;
mod document;
mod energy;
mod keypad;
mod status;

pub use conditions::{Condition, Conditions};
pub use document::{Dark, Done, Happened, MeterNow, MeterState, MeterView, Profile};
pub(crate) use keypad::Typed;
pub use status::{PRIORITY, Precedence};

use crate::local::Around;

/// Every seconds value below is seconds since 1970, UTC, as the meter would have it without drift.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meter {
    /// The number as digits; [`Meter::width`] says how many.
    pub(crate) number: u64,
    /// Energy used so far, kWh, at [`Meter::as_of`].
    pub(crate) kwh: f64,
    /// Credit, kWh; it counts only in prepaid mode.
    pub(crate) credit_kwh: f64,
    /// Its gateway's place in the world.
    pub(crate) gateway: u32,
    /// Its customer's number.
    pub(crate) customer: u32,
    pub(crate) conditions: Conditions,
    /// Mean demand of the home, W; the profile spreads it over the day.
    pub(crate) mean_w: f32,
    /// A demand that is what it is at any hour, W.
    pub(crate) load_w: Option<f32>,
    /// The load limit, W; 0 is none.
    pub(crate) limit_w: u32,
    pub(crate) volts: f32,
    pub(crate) power_factor: f32,
    /// To when energy is counted.
    pub(crate) as_of: u32,
    /// The last time without supply: from when, until when ([`u32::MAX`]: still).
    pub(crate) dark: [u32; 2],
    /// Since when the load is over the limit, 0 while it is not.
    pub(crate) over_since: u32,
    /// Since when it does not answer, 0 when it does.
    pub(crate) silent_since: u32,
    pub(crate) openings: Ring,
    pub(crate) overloads: Ring,
    pub(crate) power_downs: Ring,
    pub(crate) phase_downs: u16,
    /// How far its clock is ahead, seconds.
    pub(crate) drift_s: i32,
    /// Its firmware, eight hexadecimal digits.
    pub(crate) firmware: u32,
    /// A status it says whatever its state, 0 for none.
    pub(crate) forced: u16,
    /// How often it carried out an act.
    pub(crate) done: [u16; 4],
    pub(crate) profile: Profile,
    pub(crate) phases: u8,
    pub(crate) width: u8,
}

// A million meters must fit in the memory of a small machine.
const _: () = assert!(size_of::<Meter>() <= 256);

/// A counter with the last five times, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ring {
    pub(crate) count: u16,
    pub(crate) last: [u32; 5],
}

impl Ring {
    fn push(&mut self, at: u32) {
        self.count = self.count.saturating_add(1);
        self.last.rotate_right(1);
        self.last[0] = at;
    }
}

/// The acts that are counted, places in [`Meter::done`].
#[derive(Clone, Copy)]
enum Act {
    On,
    Off,
    Token,
    Clock,
}

/// The firmware that cannot answer three items and refuses load-limit tokens.
const OLD_FIRMWARE: u32 = 0x2F6B_4584;

impl Meter {
    /// The number as text.
    pub(crate) fn text(&self) -> String {
        format!("{:0width$}", self.number, width = usize::from(self.width))
    }

    pub(crate) fn has(&self, condition: Condition) -> bool {
        self.conditions.has(condition)
    }

    /// Whether a question reaches it and an answer comes back.
    pub(crate) fn answers(&self) -> bool {
        !self.has(Condition::Silent) && !self.has(Condition::MainsOff)
    }

    /// Whether its firmware is the one that fails three items.
    pub(crate) fn is_old(&self) -> bool {
        self.firmware == OLD_FIRMWARE
    }

    /// What its own clock shows, milliseconds UTC.
    pub(crate) fn clock_ms(&self, ms: i64) -> i64 {
        ms + i64::from(self.drift_s) * 1000
    }

    /// `C000017`.
    pub(crate) fn customer_id(&self) -> String {
        format!("C{:06}", self.customer)
    }

    /// A neutral name: nobody lives here.
    pub(crate) fn customer_name(&self) -> String {
        format!("Customer {}", self.customer)
    }

    /// The voltage of a phase, V: 0 is A. Phase C sags when the voltages are out of balance.
    pub(crate) fn voltage(&self, phase: u8, around: Around) -> f64 {
        if self.has(Condition::MainsOff) || phase >= self.phases {
            return 0.0;
        }
        let sag = phase == 2 && self.has(Condition::VoltageImbalance);
        let wobble = crate::dice::fraction(self.number ^ around.seed, u64::from(phase)) - 0.5;
        f64::from(self.volts) * if sag { 0.82 } else { 1.0 } + wobble
    }

    /// The current of a phase, A.
    pub(crate) fn current(&self, phase: u8, at: u32, around: Around) -> f64 {
        let volts = self.voltage(phase, around);
        if volts < 1.0 {
            return 0.0;
        }
        let each = self.power_w(at, around) / f64::from(self.phases);
        each / (volts * f64::from(self.power_factor).max(0.1))
    }

    fn count(&mut self, act: Act) {
        let done = &mut self.done[act as usize];
        *done = done.saturating_add(1);
    }
}
