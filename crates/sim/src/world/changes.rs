//! What changes the world from outside: the control surface and the timeline.

use super::{Event, World, at};
use crate::fault::Fault;
use crate::local::seconds;
use crate::meter::{Condition, MeterState, MeterView, Typed};
use crate::scene::{Change, Step};
use serde::Deserialize;
use serde_json::Value;

/// Events kept.
const KEEP_EVENTS: usize = 20_000;
/// "Power Failure Start" and "Current Reverse End": the two event codes whose meaning is published
/// and that a meter here can have.
const POWER_FAILURE_START: i64 = 1;
const CURRENT_REVERSE_END: i64 = 107;

/// Why something was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotChanged {
    #[error("the scene has no meter {0}")]
    Meter(String),
    #[error("the scene has no gateway {0}")]
    Gateway(String),
    #[error("this is no part of a meter's state: {0}")]
    State(String),
}

impl World {
    /// Everything due until now: steps of the timeline at their times.
    pub(super) fn play(&mut self, now: i64) {
        while let Some(step) = self.scene.timeline.first() {
            let due = self.start_ms.saturating_add(step.at_ms);
            if due > now {
                break;
            }
            let Step { change, .. } = self.scene.timeline.remove(0);
            self.work_off_all(due);
            if let Err(error) = self.apply(change, due) {
                tracing::warn!(%error, "a step of the timeline changed nothing");
            }
        }
    }

    fn apply(&mut self, change: Change, now: i64) -> Result<(), NotChanged> {
        match change {
            Change::Meter { meter, set } => self.patch(&meter, &set, now),
            Change::Behind { gateway, set } => {
                let place = self
                    .place_of(&gateway)
                    .ok_or(NotChanged::Gateway(gateway))?;
                self.patch_where(&set, now, |_, of| of == place)
            }
            Change::Site { site, set } => {
                self.patch_where(&set, now, |world, of| world.gateway(of).site == site)
            }
            Change::Gateway { gateway, online } => self.set_online(&gateway, online, now),
            Change::Keypad { meter, typed } => self.type_in(&meter, &typed, now).map(|_| ()),
            Change::Faults { faults } => {
                self.set_faults(faults);
                Ok(())
            }
        }
    }

    /// Lays a part of a document over a meter's state.
    pub(crate) fn patch(&mut self, number: &str, set: &Value, now: i64) -> Result<(), NotChanged> {
        let place = self.known(number)?;
        self.patch_place(place, set, now)
    }

    fn patch_where(
        &mut self,
        set: &Value,
        now: i64,
        is_meant: impl Fn(&Self, u32) -> bool,
    ) -> Result<(), NotChanged> {
        for place in 0..u32::try_from(self.meters.len()).unwrap_or(u32::MAX) {
            if is_meant(self, self.meter(place).gateway) {
                self.patch_place(place, set, now)?;
            }
        }
        Ok(())
    }

    fn patch_place(&mut self, place: u32, set: &Value, now: i64) -> Result<(), NotChanged> {
        let gateway = self.meter(place).gateway;
        self.work_off(at(gateway), now);
        let around = self.around;
        let id = self.gateway(gateway).id.clone();
        let before = self.meter_at(place, now).state(&id);
        let no_state = |e: serde_json::Error| NotChanged::State(e.to_string());
        let mut document = serde_json::to_value(&before).map_err(no_state)?;
        merge(&mut document, set);
        let after = MeterState::deserialize(document).map_err(no_state)?;
        if after.number != before.number {
            return Err(NotChanged::State("a number stays".to_owned()));
        }
        let gateway = self
            .place_of(&after.gateway)
            .ok_or_else(|| NotChanged::Gateway(after.gateway.clone()))?;
        if !self.meters[at(place)].become_(&after, gateway, now, around) {
            return Err(NotChanged::State(after.firmware));
        }
        let began = |c| after.conditions.has(c) && !before.conditions.has(c);
        let ended = |c| before.conditions.has(c) && !after.conditions.has(c);
        if began(Condition::MainsOff) {
            self.report(place, now, POWER_FAILURE_START);
        }
        if ended(Condition::Reverse) {
            self.report(place, now, CURRENT_REVERSE_END);
        }
        Ok(())
    }

    fn report(&mut self, meter: u32, now: i64, code: i64) {
        if self.events.len() >= KEEP_EVENTS {
            self.events.pop_front();
        }
        let at = seconds(now);
        self.events.push_back(Event { meter, at, code });
    }

    /// Types something at a meter's keypad.
    pub(crate) fn type_in(
        &mut self,
        number: &str,
        typed: &str,
        now: i64,
    ) -> Result<Typed, NotChanged> {
        let place = self.known(number)?;
        self.work_off(at(self.meter(place).gateway), now);
        let typed: String = typed.split_whitespace().collect();
        if typed.len() == 20 {
            return Ok(if self.redeem(place, &typed, now) {
                Typed::Accepted
            } else {
                Typed::Rejected
            });
        }
        let (around, code) = (self.around, self.scene.commissioning_code.clone());
        let meter = self.meter_at(place, now);
        Ok(meter.type_in(&typed, &code, seconds(now), around))
    }

    /// A gateway goes or comes.
    pub(crate) fn set_online(
        &mut self,
        id: &str,
        online: bool,
        now: i64,
    ) -> Result<(), NotChanged> {
        let place = self
            .place_of(id)
            .ok_or_else(|| NotChanged::Gateway(id.to_owned()))?;
        self.work_off(at(place), now);
        let gateway = &mut self.scene.gateways[at(place)];
        gateway.offline_since = match (online, gateway.offline_since) {
            (true, _) => None,
            (false, None) => Some(now),
            (false, since) => since,
        };
        self.work_off(at(place), now);
        Ok(())
    }

    /// The faults become these.
    pub(crate) fn set_faults(&mut self, faults: Vec<Fault>) {
        self.scene.faults = faults;
        self.mind_doors();
    }

    /// Shuts and opens the doors as the faults say.
    pub(super) fn mind_doors(&self) {
        for (door, dialect) in self.doors.iter().zip(&self.heads) {
            let shut = self.scene.faults.iter().any(|f| f.shuts(*dialect));
            door.send_if_modified(|is| std::mem::replace(is, shut) != shut);
        }
    }

    /// A meter as a document, with what follows from it.
    pub(crate) fn view(&mut self, number: &str, now: i64) -> Result<MeterView, NotChanged> {
        let place = self.known(number)?;
        let gateway = self.meter(place).gateway;
        self.work_off(at(gateway), now);
        let (around, id) = (self.around, self.gateway(gateway).id.clone());
        let meter = self.meter_at(place, now);
        Ok(MeterView {
            state: meter.state(&id),
            now: meter.now(now, around),
        })
    }

    fn known(&self, number: &str) -> Result<u32, NotChanged> {
        self.find_anywhere(number)
            .ok_or_else(|| NotChanged::Meter(number.to_owned()))
    }
}

/// Lays one document over another: objects are merged, `null` takes away, all else replaces.
fn merge(into: &mut Value, set: &Value) {
    match (into, set) {
        (Value::Object(into), Value::Object(set)) => {
            for (key, value) in set {
                match value {
                    Value::Null => {
                        into.shift_remove(key);
                    }
                    value => merge(into.entry(key.as_str()).or_insert(Value::Null), value),
                }
            }
        }
        (into, set) => into.clone_from(set),
    }
}
