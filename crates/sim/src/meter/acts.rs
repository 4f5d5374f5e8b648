//! What changes a meter: orders from the head-end, tokens, and what happens at the wall.

use super::{Act, Condition, Conditions, Meter};
use crate::local::Around;
use crate::mint::Purpose;

impl Meter {
    /// Told to close its relay. Where something local forbids it, it takes the order and stays open
    /// (status 1025) until nothing forbids it any more. Whether the relay is closed afterwards.
    pub(crate) fn switch_on(&mut self, at: u32, around: Around) -> bool {
        self.count(Act::On);
        self.change(at, |meter| {
            meter.conditions.set(Condition::RemoteOff, false);
            meter.conditions.set(Condition::RelayTest, false);
            meter.conditions.set(Condition::OverCurrent, false);
            meter.conditions.set(Condition::ReconnectPending, true);
            meter.reconnect(at, around);
        });
        self.is_closed()
    }

    /// Told to open its relay.
    pub(crate) fn switch_off(&mut self, at: u32) {
        self.count(Act::Off);
        self.change(at, |meter| {
            meter.conditions.set(Condition::RemoteOff, true);
            meter.conditions.set(Condition::ReconnectPending, false);
        });
    }

    /// Told the time: both in milliseconds UTC.
    pub(crate) fn set_clock(&mut self, told_ms: i64, now_ms: i64) {
        self.count(Act::Clock);
        self.drift_s = i32::try_from((told_ms - now_ms).div_euclid(1000)).unwrap_or(0);
    }

    /// Given a token that fits. Whether it takes it: old firmware knows no load-limit token.
    pub(crate) fn take(&mut self, purpose: Purpose, at: u32, around: Around) -> bool {
        if matches!(purpose, Purpose::LoadLimit(_)) && self.is_old() {
            return false;
        }
        self.count(Act::Token);
        self.change(at, |meter| {
            match purpose {
                Purpose::Credit(tenths) => meter.credit_kwh += f64::from(tenths) / 10.0,
                Purpose::ClearCredit => meter.credit_kwh = 0.0,
                Purpose::LoadLimit(watts) => meter.limit_w = watts,
                Purpose::ClearTamper => meter.clear_tamper(),
            }
            meter.reconnect(at, around);
        });
        true
    }

    /// The commissioning code was typed.
    pub(super) fn commission(&mut self, at: u32) {
        self.change(at, |meter| {
            meter.conditions.set(Condition::NotCommissioned, false);
            meter.latch(Conditions::default());
        });
    }

    /// What follows when something was changed at the wall, given what was the matter before.
    pub(super) fn happened(&mut self, before: Conditions, at: u32, around: Around) {
        let covers = [
            Condition::TerminalOpen,
            Condition::UpperOpen,
            Condition::EnclosureOpen,
        ];
        let began = |meter: &Self, c: Condition| meter.has(c) && !before.has(c);
        if !self.has(Condition::NotCommissioned) {
            for cover in covers {
                if began(self, cover) {
                    self.openings.push(at);
                }
            }
            self.latch(before);
        }
        if began(self, Condition::MainsOff) {
            self.power_downs.push(at);
        }
        if began(self, Condition::Silent) {
            self.silent_since = at;
        } else if !self.has(Condition::Silent) {
            self.silent_since = 0;
        }
        self.reconnect(at, around);
    }

    /// Latches what is open now and was not before: tamper is watched from commissioning on.
    fn latch(&mut self, before: Conditions) {
        for &(open, tamper) in Condition::LATCHES {
            if self.has(open) && !before.has(open) {
                self.conditions.set(tamper, true);
            }
        }
    }

    /// Forgets every tamper whose cause is gone.
    fn clear_tamper(&mut self) {
        for &(open, tamper) in Condition::LATCHES {
            if !self.has(open) {
                self.conditions.set(tamper, false);
            }
        }
    }

    /// Carries out a pending order to close once nothing local forbids it.
    fn reconnect(&mut self, at: u32, around: Around) {
        if !self.has(Condition::ReconnectPending) {
            return;
        }
        if !self.is_over(self.demand_w(at, around)) {
            self.conditions.set(Condition::OverPower, false);
        }
        if !self.held_locally() {
            self.conditions.set(Condition::ReconnectPending, false);
        }
    }
}
