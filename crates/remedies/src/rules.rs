//! How old what is known may be, and within which bounds it is in order.

use fleet::{DAY, HOUR, MINUTE};

/// The durations (milliseconds) and limits of the checks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// How old the operating status may be. 30 minutes: long enough to read a site in one round,
    /// short against a working day in which somebody may have opened a cover. Our choice.
    pub status: i64,
    /// How old a voltage may be. 30 minutes, like the status. Our choice.
    pub voltage: i64,
    /// The voltage between phase and neutral, V, where the site names none. 230 V: IEC 60038.
    pub nominal_voltage: f64,
    /// The least voltage, as a share of the nominal one. 0.9: EN 50160, 95 % of the time.
    pub least: f64,
    /// The greatest voltage, as a share of the nominal one. 1.1: EN 50160.
    pub greatest: f64,
    /// From so many overload trips in a day on, the relay rests. 3, as triage counts
    /// `trips-often`. Our choice.
    pub trips: u32,
    /// For how long after the last trip it rests then. One hour. Our choice.
    pub hold_off: i64,
    /// How old a finding about an open tamper may be. 30 days: an older one is hardly about this
    /// opening. Our choice.
    pub finding: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            status: 30 * MINUTE,
            voltage: 30 * MINUTE,
            nominal_voltage: 230.0,
            least: 0.9,
            greatest: 1.1,
            trips: 3,
            hold_off: HOUR,
            finding: 30 * DAY,
        }
    }
}
