//! A meter as JSON: readable, and postable back.

use super::{Condition, Conditions, Meter, Ring};
use crate::local::{Around, millis, seconds};
use serde::{Deserialize, Serialize};

/// How a home spreads its demand over the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Most in the evening.
    #[default]
    Home,
    /// Most in working hours.
    Shop,
    /// Morning and afternoon.
    Pump,
    /// The same at any hour.
    Flat,
}

/// A counter of the keypad with its last times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Happened {
    /// How often.
    pub count: u16,
    /// The last five times at most, newest first, milliseconds UTC.
    pub last: Vec<i64>,
}

/// The last time a home had no power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dark {
    /// Since when, milliseconds UTC.
    pub from: i64,
    /// Until when; nothing while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
}

/// How often the meter carried out an act: the proof that nothing was done twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Done {
    /// Orders to close the relay.
    pub on: u16,
    /// Orders to open it.
    pub off: u16,
    /// Tokens taken.
    pub token: u16,
    /// Clocks set.
    pub clock: u16,
}

/// Everything that is kept of one meter. In JSON what is as usual is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MeterState {
    /// The number, 1 to 19 digits as text. Check digits are not checked, as the vendor does not.
    pub number: String,
    /// Its gateway or concentrator.
    pub gateway: String,
    /// Its customer's number.
    pub customer: u32,
    /// 1 or 3.
    pub phases: u8,
    /// How its demand is spread over the day.
    pub profile: Profile,
    /// Mean demand, W.
    pub mean_w: f32,
    /// A demand that is the same at any hour, W; stands in for the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_w: Option<f32>,
    /// Load limit, W; 0 is none.
    pub limit_w: u32,
    /// Cumulative energy, kWh.
    pub kwh: f64,
    /// Credit, kWh; counts in prepaid mode only.
    #[serde(skip_serializing_if = "is_zero")]
    pub credit_kwh: f64,
    /// Voltage, V.
    pub volts: f32,
    /// Power factor, 0 to 1.
    pub power_factor: f32,
    /// What is the matter.
    #[serde(skip_serializing_if = "Conditions::is_empty")]
    pub conditions: Conditions,
    /// Cover openings.
    #[serde(skip_serializing_if = "never")]
    pub openings: Happened,
    /// Overload trips.
    #[serde(skip_serializing_if = "never")]
    pub overloads: Happened,
    /// Power-downs.
    #[serde(skip_serializing_if = "never")]
    pub power_downs: Happened,
    /// Phase-downs.
    #[serde(skip_serializing_if = "is_default")]
    pub phase_downs: u16,
    /// The last time without supply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dark: Option<Dark>,
    /// Since when the load is over the limit, milliseconds UTC: it trips ten seconds later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over_since: Option<i64>,
    /// Since when it is silent, milliseconds UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent_since: Option<i64>,
    /// How far its clock is ahead, seconds.
    #[serde(skip_serializing_if = "is_default")]
    pub drift_s: i32,
    /// Firmware, eight hexadecimal digits.
    pub firmware: String,
    /// An operating status it answers whatever its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<u16>,
    /// What it carried out.
    #[serde(skip_serializing_if = "is_default")]
    pub done: Done,
}

/// What follows from a meter's state at this moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeterNow {
    /// Operating status.
    pub status: u16,
    /// Whether the relay is closed.
    pub closed: bool,
    /// Active power, W.
    pub power_w: f64,
    /// What the home would draw with the relay closed, W.
    pub demand_w: f64,
    /// What its clock shows, local.
    pub clock: String,
}

/// A meter's state and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeterView {
    /// What is kept.
    #[serde(flatten)]
    pub state: MeterState,
    /// What follows.
    pub now: MeterNow,
}

impl Default for MeterState {
    /// A healthy single-phase home of 180 W on average, with a limit of 5 kW.
    fn default() -> Self {
        Self {
            number: String::new(),
            gateway: String::new(),
            customer: 0,
            phases: 1,
            profile: Profile::Home,
            mean_w: 180.0,
            load_w: None,
            limit_w: 5000,
            kwh: 1000.0,
            credit_kwh: 0.0,
            volts: 230.0,
            power_factor: 0.95,
            conditions: Conditions::default(),
            openings: Happened::default(),
            overloads: Happened::default(),
            power_downs: Happened::default(),
            phase_downs: 0,
            dark: None,
            over_since: None,
            silent_since: None,
            drift_s: 0,
            firmware: "3A7C1102".to_owned(),
            forced: None,
            done: Done::default(),
        }
    }
}

impl MeterState {
    /// This meter with something the matter.
    #[must_use]
    pub fn with(mut self, conditions: &[Condition]) -> Self {
        for &condition in conditions {
            self.conditions.set(condition, true);
        }
        self
    }

    /// As it is kept, at the gateway of this place; nothing where number or firmware cannot be read.
    pub(crate) fn to_meter(&self, gateway: u32, as_of_ms: i64) -> Option<Meter> {
        let plain = self.number.bytes().all(|b| b.is_ascii_digit());
        let silent = self.conditions.has(Condition::Silent);
        let as_of = seconds(as_of_ms);
        let mut meter = Meter {
            number: self.number.parse().ok().filter(|_| plain)?,
            width: u8::try_from(self.number.len()).ok()?,
            gateway,
            customer: self.customer,
            kwh: self.kwh,
            credit_kwh: self.credit_kwh,
            conditions: self.conditions,
            mean_w: self.mean_w,
            load_w: self.load_w,
            limit_w: self.limit_w,
            volts: self.volts,
            power_factor: self.power_factor,
            as_of,
            dark: [0, 0],
            over_since: self.over_since.map_or(0, seconds),
            silent_since: match self.silent_since {
                Some(since) => seconds(since),
                None if silent => as_of,
                None => 0,
            },
            openings: ring(&self.openings),
            overloads: ring(&self.overloads),
            power_downs: ring(&self.power_downs),
            phase_downs: self.phase_downs,
            drift_s: self.drift_s,
            firmware: u32::from_str_radix(&self.firmware, 16).ok()?,
            forced: self.forced.unwrap_or(0),
            done: [
                self.done.on,
                self.done.off,
                self.done.token,
                self.done.clock,
            ],
            profile: self.profile,
            phases: if self.phases == 3 { 3 } else { 1 },
        };
        meter.dark = match self.dark {
            Some(Dark { from, to }) => [seconds(from), to.map_or(u32::MAX, seconds)],
            // a scene that says nothing: dark since just now, or never
            None if meter.is_supplied() => [0, 0],
            None => [as_of, u32::MAX],
        };
        Some(meter)
    }
}

impl Meter {
    /// As a document.
    pub(crate) fn state(&self, gateway: &str) -> MeterState {
        let [on, off, token, clock] = self.done;
        let [from, to] = self.dark;
        MeterState {
            number: self.text(),
            gateway: gateway.to_owned(),
            customer: self.customer,
            phases: self.phases,
            profile: self.profile,
            mean_w: self.mean_w,
            load_w: self.load_w,
            limit_w: self.limit_w,
            kwh: self.kwh,
            credit_kwh: self.credit_kwh,
            volts: self.volts,
            power_factor: self.power_factor,
            conditions: self.conditions,
            openings: happened(&self.openings),
            overloads: happened(&self.overloads),
            power_downs: happened(&self.power_downs),
            phase_downs: self.phase_downs,
            dark: (to != 0).then(|| Dark {
                from: millis(from),
                to: (to != u32::MAX).then(|| millis(to)),
            }),
            over_since: (self.over_since != 0).then(|| millis(self.over_since)),
            silent_since: (self.silent_since != 0).then(|| millis(self.silent_since)),
            drift_s: self.drift_s,
            firmware: format!("{:08X}", self.firmware),
            forced: (self.forced != 0).then_some(self.forced),
            done: Done {
                on,
                off,
                token,
                clock,
            },
        }
    }

    /// What follows from its state.
    pub(crate) fn now(&self, now_ms: i64, around: Around) -> MeterNow {
        MeterNow {
            status: self.status(),
            closed: self.is_closed(),
            power_w: self.power_w(seconds(now_ms), around),
            demand_w: self.demand_w(seconds(now_ms), around),
            clock: around.text(self.clock_ms(now_ms)),
        }
    }

    /// Takes over a changed document; what its changes bring about happens now.
    pub(crate) fn become_(
        &mut self,
        state: &MeterState,
        gateway: u32,
        now_ms: i64,
        around: Around,
    ) -> bool {
        let Some(mut next) = state.to_meter(gateway, now_ms) else {
            return false;
        };
        let (supplied, before) = (self.is_supplied(), self.conditions);
        next.dark = self.dark;
        next.happened(before, seconds(now_ms), around);
        next.note(supplied, seconds(now_ms));
        *self = next;
        true
    }
}

fn ring(happened: &Happened) -> Ring {
    let mut last = [0; 5];
    for (slot, at) in last.iter_mut().zip(&happened.last) {
        *slot = seconds(*at);
    }
    Ring {
        count: happened.count,
        last,
    }
}

fn happened(ring: &Ring) -> Happened {
    Happened {
        count: ring.count,
        last: ring
            .last
            .iter()
            .filter(|at| **at != 0)
            .map(|at| millis(*at))
            .collect(),
    }
}

fn never(happened: &Happened) -> bool {
    *happened == Happened::default()
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a reference over"
)]
fn is_zero(x: &f64) -> bool {
    *x == 0.0
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
