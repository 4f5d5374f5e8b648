//! The operating status that follows from a meter's state, and which cause wins when several hold.

use super::{Condition as C, Meter};

/// At or above this voltage the relay opens, V. A guess: the vendor's threshold is not published.
const OVER_VOLTAGE: f32 = 265.0;
/// At or below this voltage the relay opens, V. A guess, as above.
const UNDER_VOLTAGE: f32 = 175.0;
/// Below this power factor the relay opens. A guess, as above.
const LOW_POWER_FACTOR: f32 = 0.5;

/// One cause that keeps the relay open, and the operating status it shows.
#[derive(Clone, Copy, Debug)]
pub struct Precedence {
    /// The operating status, 1000 + the sub-code of keypad code 87.
    pub status: u16,
    /// Whether it forbids a remote reconnect: the meter then shows 1025 instead of the cause.
    pub local: bool,
    /// Why it stands where it stands.
    pub why: &'static str,
    holds: Holds,
}

#[derive(Clone, Copy, Debug)]
enum Holds {
    /// While this is so.
    While(C),
    /// While the meter's values say so.
    When(fn(&Meter) -> bool),
}

const LOCAL: bool = true;
const OFFICE: bool = false;

/// The causes in the order in which they win. Which of two simultaneous causes a real meter shows is
/// not published: what endangers people stands first, what only an office did stands last.
///
/// A forced status stands before all of them; 1025 stands after 1008 and before every local cause;
/// when none holds the relay is closed and the status is 1000.
pub const PRIORITY: &[Precedence] = &[
    is(1008, OFFICE, C::NotCommissioned, "nothing else is watched"),
    is(1022, LOCAL, C::Thermal, "heat starts fires"),
    is(1018, LOCAL, C::Bypass, "the load may be live"),
    is(1006, LOCAL, C::TerminalTamper, "live parts"),
    is(1005, LOCAL, C::UpperTamper, "tamper"),
    is(1014, LOCAL, C::EnclosureTamper, "tamper"),
    is(1015, LOCAL, C::MagneticTamper, "leaves no damage"),
    is(1017, LOCAL, C::Neutral, "may cause some of the next"),
    is(1013, LOCAL, C::Reverse, "wiring before quality"),
    is(1016, LOCAL, C::Imbalance, "wiring before quality"),
    when(1011, LOCAL, |m| m.volts >= OVER_VOLTAGE, "destroys"),
    when(1012, LOCAL, |m| m.volts <= UNDER_VOLTAGE, "supply"),
    is(1021, LOCAL, C::VoltageImbalance, "supply before load"),
    is(1009, LOCAL, C::OverCurrent, "perhaps a short circuit"),
    is(1003, LOCAL, C::OverPower, "load"),
    when(1023, LOCAL, poor_power_factor, "load, the least harm"),
    is(1024, OFFICE, C::TariffError, "an office's mistake"),
    when(1001, OFFICE, out_of_credit, "in prepaid mode only"),
    is(1004, OFFICE, C::RelayTest, "goes on until it is ended"),
    is(1007, OFFICE, C::RemoteOff, "an order and nothing else"),
];

const fn is(status: u16, local: bool, condition: C, why: &'static str) -> Precedence {
    Precedence {
        status,
        local,
        why,
        holds: Holds::While(condition),
    }
}

const fn when(status: u16, local: bool, when: fn(&Meter) -> bool, why: &'static str) -> Precedence {
    Precedence {
        status,
        local,
        why,
        holds: Holds::When(when),
    }
}

fn poor_power_factor(meter: &Meter) -> bool {
    meter.power_factor < LOW_POWER_FACTOR
}

fn out_of_credit(meter: &Meter) -> bool {
    meter.has(C::Prepaid) && meter.credit_kwh <= 0.0
}

/// The status of a closed relay.
const CLOSED: u16 = 1000;
/// The status of a meter that was told to close and may not.
const LOCAL_TRIP: u16 = 1025;
const NOT_COMMISSIONED: u16 = 1008;

impl Meter {
    /// What it answers when asked for its operating status.
    pub(crate) fn status(&self) -> u16 {
        if self.forced != 0 {
            return self.forced;
        }
        match self.first_cause() {
            None => CLOSED,
            Some(first) if first.status == NOT_COMMISSIONED => NOT_COMMISSIONED,
            Some(_) if self.has(C::ReconnectPending) && self.held_locally() => LOCAL_TRIP,
            Some(first) => first.status,
        }
    }

    /// Whether the relay is closed. A forced status is mere words and moves nothing.
    pub(crate) fn is_closed(&self) -> bool {
        self.first_cause().is_none()
    }

    /// Whether something at the meter itself forbids that it closes.
    pub(super) fn held_locally(&self) -> bool {
        PRIORITY
            .iter()
            .any(|cause| cause.local && cause.holds(self))
    }

    fn first_cause(&self) -> Option<&'static Precedence> {
        PRIORITY.iter().find(|cause| cause.holds(self))
    }
}

impl Precedence {
    fn holds(&self, meter: &Meter) -> bool {
        match self.holds {
            Holds::While(condition) => meter.has(condition),
            Holds::When(says) => says(meter),
        }
    }
}
