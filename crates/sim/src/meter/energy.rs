//! What a home uses, hour by hour, and the register that counts it.

use super::{Condition, Meter, Profile};
use crate::clock::whole;
use crate::dice::fraction;
use crate::local::Around;

/// Seconds of load over the limit before the relay trips.
const TRIPS_AFTER: u32 = 10;
const HOUR: i64 = 3600;

/// How a day's demand is spread over its hours, as multiples of the mean; each line sums to 24.
const SHAPES: [(Profile, [f64; 24]); 4] = [
    (
        Profile::Home,
        [
            0.4, 0.35, 0.3, 0.3, 0.35, 0.6, 1.1, 1.3, 1.0, 0.8, 0.75, 0.8, 0.95, 0.9, 0.8, 0.8,
            0.95, 1.3, 2.1, 2.6, 2.4, 1.8, 1.0, 0.35,
        ],
    ),
    (
        Profile::Shop,
        [
            0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.5, 0.9, 1.5, 1.7, 1.7, 1.7, 1.6, 1.6, 1.7, 1.7, 1.6,
            1.5, 1.2, 0.9, 0.6, 0.4, 0.4, 0.4,
        ],
    ),
    (
        Profile::Pump,
        [
            0.1, 0.1, 0.1, 0.1, 0.1, 0.5, 2.5, 3.0, 3.0, 2.5, 1.0, 0.5, 0.5, 0.5, 1.0, 2.0, 2.5,
            2.4, 1.0, 0.2, 0.1, 0.1, 0.1, 0.1,
        ],
    ),
    (Profile::Flat, [1.0; 24]),
];

impl Meter {
    /// What the home would draw at this time if it had supply, W.
    pub(crate) fn demand_w(&self, at: u32, around: Around) -> f64 {
        if let Some(fixed) = self.load_w {
            return f64::from(fixed);
        }
        let hour = (i64::from(at) + around.zone_s).div_euclid(HOUR);
        let of_day = usize::try_from(hour.rem_euclid(24)).unwrap_or(0);
        let chance = fraction(self.number ^ around.seed, hour.unsigned_abs());
        f64::from(self.mean_w) * shape(self.profile)[of_day] * (0.8 + 0.4 * chance)
    }

    /// What flows through it now, W: nothing while the relay is open.
    pub(crate) fn power_w(&self, at: u32, around: Around) -> f64 {
        if self.is_supplied() {
            self.demand_w(at, around)
        } else {
            0.0
        }
    }

    /// Whether the home has power.
    pub(crate) fn is_supplied(&self) -> bool {
        self.is_closed() && !self.has(Condition::MainsOff)
    }

    /// Counts on to this time; the relay trips on the way where the load goes over the limit or the
    /// credit ends.
    pub(crate) fn advance(&mut self, to: u32, around: Around) {
        while self.as_of < to && self.is_supplied() {
            let end = hour_end(self.as_of, around).min(to);
            let watts = self.demand_w(self.as_of, around);
            if !self.is_over(watts) {
                let end = end.min(self.credit_ends(watts));
                self.over_since = 0;
                self.draw(watts, end);
                self.note(true, end);
                continue;
            }
            if self.over_since == 0 {
                self.over_since = self.as_of;
            }
            let trip = self.over_since.saturating_add(TRIPS_AFTER);
            self.draw(watts, trip.clamp(self.as_of, end));
            if trip <= end {
                self.trip();
            }
        }
        self.as_of = self.as_of.max(to);
    }

    fn trip(&mut self) {
        let at = self.as_of;
        self.over_since = 0;
        self.overloads.push(at);
        self.change(at, |meter| {
            meter.conditions.set(Condition::OverPower, true);
        });
    }

    /// Whether this load is over its limit.
    pub(super) fn is_over(&self, watts: f64) -> bool {
        self.limit_w > 0 && watts > f64::from(self.limit_w)
    }

    /// Energy used between two times that are past, kWh. Only the last time without supply is
    /// remembered, so an older one counts as used.
    pub(crate) fn used_kwh(&self, from: u32, to: u32, around: Around) -> f64 {
        let mut sum = 0.0;
        let mut at = from;
        while at < to {
            let end = hour_end(at, around).min(to);
            let [dark_from, dark_to] = self.dark;
            let dark = end.min(dark_to).saturating_sub(at.max(dark_from));
            sum += kwh(self.demand_w(at, around), (end - at).saturating_sub(dark));
            at = end;
        }
        sum
    }

    /// The register as it stood at an earlier time, kWh.
    pub(crate) fn kwh_at(&self, at: u32, around: Around) -> f64 {
        (self.kwh - self.used_kwh(at.min(self.as_of), self.as_of, around)).max(0.0)
    }

    /// Changes something and keeps account of whether the home has power since.
    pub(super) fn change(&mut self, at: u32, change: impl FnOnce(&mut Self)) {
        let before = self.is_supplied();
        change(self);
        self.note(before, at);
    }

    pub(super) fn note(&mut self, before: bool, at: u32) {
        match (before, self.is_supplied()) {
            (true, false) => self.dark = [at, u32::MAX],
            (false, true) => self.dark[1] = at,
            (true, true) | (false, false) => {}
        }
    }

    /// When the credit is used up at this load; never while it does not count.
    fn credit_ends(&self, watts: f64) -> u32 {
        if !self.has(Condition::Prepaid) || watts <= 0.0 {
            return u32::MAX;
        }
        let lasts = whole((self.credit_kwh * 3_600_000.0 / watts).ceil()).max(1);
        u32::try_from(i64::from(self.as_of) + lasts).unwrap_or(u32::MAX)
    }

    fn draw(&mut self, watts: f64, end: u32) {
        let used = kwh(watts, end - self.as_of);
        self.kwh = to_the_milliwatt_hour(self.kwh + used);
        if self.has(Condition::Prepaid) {
            self.credit_kwh = to_the_milliwatt_hour((self.credit_kwh - used).max(0.0));
        }
        self.as_of = end;
    }
}

fn shape(profile: Profile) -> &'static [f64; 24] {
    let [first, ..] = &SHAPES;
    let found = SHAPES.iter().find(|(name, _)| *name == profile);
    &found.unwrap_or(first).1
}

fn kwh(watts: f64, seconds: u32) -> f64 {
    watts * f64::from(seconds) / 3_600_000.0
}

/// Registers keep six decimals: so few survive the way through JSON and back unchanged.
fn to_the_milliwatt_hour(kwh: f64) -> f64 {
    (kwh * 1e6).round() / 1e6
}

fn hour_end(at: u32, around: Around) -> u32 {
    let local = i64::from(at) + around.zone_s;
    let next = (local.div_euclid(HOUR) + 1) * HOUR - around.zone_s;
    u32::try_from(next).unwrap_or(u32::MAX)
}
