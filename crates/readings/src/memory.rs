//! What is remembered of a meter between two deliveries, and how the next reading is heard.

use crate::around::Around;
use crate::heard::Heard;
use crate::held::{Instant, Last};
use crate::interval::Interval;
use crate::open_day::OpenDay;
use crate::reading::{Quality, Reading};
use crate::recent::{DayUse, Recent};
use crate::rule::{Flag, Saw, When};
use crate::rules::RULES;
use crate::stamp::Stamp;
use crate::step::{Mark, Stand, Step};
use fleet::Moment;
use serde::{Deserialize, Serialize};

/// What is remembered of a meter: its last reading, the day that is not over, eight weeks of days.
/// Less than two kilobytes, whatever its history; whoever keeps it hears a day's readings without looking
/// at the ones before. Readings heard in one piece or in several give the same.
///
/// A reading that does not go on from the one before is doubted. When the next one goes on from the
/// doubted one and not from the one before, the register is read on from there, and what passed in
/// between is not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    last: Option<Mark>,
    doubted: Option<Mark>,
    pub(crate) day: Option<OpenDay>,
    pub(crate) recent: Recent,
    /// Which lasting rules hold, a bit for each.
    raised: u32,
    pub(crate) zero_days: u32,
    held: Vec<Last>,
    /// What the power adds up to since the register last moved, thousandths of a Wh.
    flat_mwh: i64,
}

impl Memory {
    /// Hears the next reading.
    pub fn hear(&mut self, reading: &Reading, around: &Around<'_>, heard: &mut Heard) {
        let Some(reading) = self.settled(reading, around, heard) else {
            return;
        };
        let now = Mark::of(&reading);
        let Some(before) = self.last else {
            self.last = Some(now);
            self.day = OpenDay::begin(now.at(), around);
            return;
        };
        let step = self.step(before, now, around);
        match step.stand {
            Stand::Same => {}
            Stand::Late => heard.late.push(reading),
            Stand::Contradicts => self.speak(&step, heard),
            Stand::Forward | Stand::RolledOver | Stand::Exchanged | Stand::ExchangedBlind => {
                self.go_on(&step, around, heard);
            }
            Stand::ClockBack | Stand::Back | Stand::TooMuch => self.doubt(&step, around, heard),
        }
    }

    /// Hears a value of the moment.
    pub fn hear_instant(&mut self, instant: &Instant, around: &Around<'_>, heard: &mut Heard) {
        let place = self
            .held
            .iter()
            .position(|last| last.quantity == instant.quantity);
        let Some(place) = place else {
            self.held.push(Last::of(instant));
            return;
        };
        let before = self.held[place];
        if !self.held[place].hear(instant) {
            return;
        }
        if instant.quantity == crate::Quantity::Power {
            let more = before.energy_mwh(instant.at, around.bounds);
            self.flat_mwh = self.flat_mwh.saturating_add(more);
        }
        let last = self.held[place];
        for rule in RULES {
            if let When::Held(bit, when) = rule.when {
                // a quantity has a bit of its own beside the rule's
                let saw = when(&last.held(around.bounds));
                if self.is_new(bit + instant.quantity as u8 * 8, saw.is_some()) {
                    heard.flags.extend(saw.map(|saw| Flag {
                        rule,
                        from: last.since(),
                        to: instant.at,
                        saw,
                    }));
                }
            }
        }
    }

    /// The whole days that are remembered, eight weeks at most, oldest first.
    pub fn days(&self) -> &[DayUse] {
        self.recent.days()
    }

    /// Until when the register is known.
    pub fn heard_until(&self) -> Option<Moment> {
        self.last.map(|mark| mark.at())
    }

    /// The reading at the moment it belongs to, with what is to be said of its clock.
    fn settled(
        &mut self,
        reading: &Reading,
        around: &Around<'_>,
        heard: &mut Heard,
    ) -> Option<Reading> {
        let stamp = Stamp {
            reading,
            bounds: around.bounds,
        };
        for rule in RULES {
            if let When::Stamp(bit, when) = rule.when {
                let saw = when(&stamp);
                if self.is_new(bit, saw.is_some()) {
                    heard.flags.extend(saw.map(|saw| Flag {
                        rule,
                        from: reading.at,
                        to: reading.at,
                        saw,
                    }));
                }
            }
        }
        stamp.settled()
    }

    fn step<'a>(&self, before: Mark, now: Mark, around: &Around<'a>) -> Step<'a> {
        let (stand, wh) = Stand::of(before, now, around.facts, around.bounds);
        let usual = || {
            let bounds = around.bounds;
            self.recent.median(bounds.median_days, bounds.least_days)
        };
        Step {
            before,
            now,
            stand,
            wh,
            usual_day_wh: (!stand.goes_on()).then(usual).flatten(),
            flat_wh: self.flat_mwh / 1000,
            facts: around.facts,
            bounds: around.bounds,
        }
    }

    fn go_on(&mut self, step: &Step<'_>, around: &Around<'_>, heard: &mut Heard) {
        self.speak(step, heard);
        let manual = step.before.manual || step.now.manual;
        let quality = match step.wh {
            None => Quality::Failed,
            Some(_) if manual => Quality::Manual,
            Some(_) => Quality::Actual,
        };
        let interval = Interval {
            from: step.before.at(),
            to: step.now.at(),
            wh: step.wh,
            quality,
            missing: around.bounds.missing(step.length()),
        };
        heard.intervals.push(interval);
        self.last = Some(step.now);
        self.doubted = None;
        if step.wh != Some(0) {
            self.flat_mwh = 0;
        }
        self.advance(&interval, around, heard);
    }

    /// A reading that does not go on from the one before: perhaps it goes on from a doubted one.
    fn doubt(&mut self, step: &Step<'_>, around: &Around<'_>, heard: &mut Heard) {
        let onward = self.doubted.filter(|doubted| {
            let (stand, _) = Stand::of(*doubted, step.now, around.facts, around.bounds);
            stand.goes_on()
        });
        let Some(doubted) = onward else {
            self.speak(step, heard);
            self.doubted = Some(step.now);
            return;
        };
        if doubted.at() > step.before.at() {
            heard.intervals.push(Interval {
                from: step.before.at(),
                to: doubted.at(),
                wh: None,
                quality: Quality::Failed,
                missing: 0,
            });
        }
        self.flat_mwh = 0;
        self.day = OpenDay::begin(doubted.at(), around);
        let onward = self.step(doubted, step.now, around);
        self.go_on(&onward, around, heard);
    }

    /// Lets the rules that look at a step speak.
    fn speak(&mut self, step: &Step<'_>, heard: &mut Heard) {
        for rule in RULES {
            let saw = match rule.when {
                When::Step(when) => when(step),
                When::Lasting(bit, when) if step.stand.goes_on() => {
                    let saw = when(step);
                    let new = self.is_new(bit, saw.is_some());
                    saw.filter(|_| new)
                }
                _ => None,
            };
            if let Some(saw) = saw {
                heard.flags.push(flag(rule, step, saw));
            }
        }
    }

    /// Whether a lasting rule holds and did not before.
    pub(crate) fn is_new(&mut self, bit: u8, holds: bool) -> bool {
        let mask = 1_u32.checked_shl(bit.into()).unwrap_or(0);
        let was = self.raised & mask != 0;
        self.raised = if holds {
            self.raised | mask
        } else {
            self.raised & !mask
        };
        holds && !was
    }
}

fn flag(rule: &'static crate::Rule, step: &Step<'_>, saw: Saw) -> Flag {
    let (one, other) = (step.before.at(), step.now.at());
    Flag {
        rule,
        from: one.min(other),
        to: one.max(other),
        saw,
    }
}
