//! The line of tasks at one gateway: a few progress, the others wait.

use super::{Order, World, at};
use crate::dice::{For, leaning};
use crate::local::seconds;
use crate::scene::{TaskKind, TaskPhase};
use std::collections::VecDeque;

/// A task on its way to its meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// When the meter answers if it is reached; once it was not, the same as `fails`.
    pub(crate) due: i64,
    /// When the task fails, later than the meter's answer.
    pub(crate) fails: i64,
    pub(crate) task: u64,
}

/// The line at one gateway.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    pub(super) running: Vec<Slot>,
    pub(super) waiting: VecDeque<u64>,
    /// Until when it has been worked off.
    pub(super) until: i64,
    pub(super) most: usize,
    pub(super) breaches: u64,
    pub(super) created: u64,
    pub(super) ended: u64,
    pub(super) busy_ms: i64,
}

impl Queue {
    /// Created and not ended.
    pub(super) fn in_flight(&self) -> usize {
        self.running.len() + self.waiting.len()
    }

    /// Time passes; who is under way is busy.
    pub(super) fn pass(&mut self, to: i64) {
        let passed = (to - self.until).max(0);
        self.busy_ms += passed * i64::try_from(self.running.len()).unwrap_or(0);
        self.until = self.until.max(to);
    }

    /// Takes out what is due first, and lets the time pass until then.
    fn take_due(&mut self, now: i64) -> Option<Slot> {
        let due = self.running.iter().enumerate();
        let (place, slot) = due
            .filter(|(_, slot)| slot.due <= now)
            .min_by_key(|(_, slot)| (slot.due, slot.task))
            .map(|(place, slot)| (place, *slot))?;
        self.pass(slot.due);
        self.running.swap_remove(place);
        Some(slot)
    }
}

impl World {
    /// Creates a task; it goes into its gateway's line unless it stands by.
    pub(crate) fn create(
        &mut self,
        head: usize,
        meter: u32,
        order: Order,
        argument: &str,
        now: i64,
    ) -> u64 {
        let id = self.tasks.push(head, meter, order, argument, now);
        if !self.spec(head).needs_dispatch {
            self.dispatch(id, now);
        }
        id
    }

    /// A number for a task that is never kept.
    pub(crate) fn create_nothing(
        &mut self,
        head: usize,
        meter: u32,
        order: Order,
        now: i64,
    ) -> u64 {
        let id = self.tasks.push(head, meter, order, "", now);
        self.tasks.vanish(id);
        id
    }

    /// Puts a task into its line: one that stands by, or one that has ended and is sent again.
    pub(crate) fn dispatch(&mut self, id: u64, now: i64) {
        let Some(task) = self.tasks.get_mut(id) else {
            return;
        };
        if matches!(task.phase, TaskPhase::Waiting | TaskPhase::Running) {
            return;
        }
        (task.phase, task.updated) = (TaskPhase::Waiting, now);
        let meter = task.meter;
        let place = at(self.meter(meter).gateway);
        self.work_off(place, now);
        let limit = self.scene.pace.in_flight;
        let line = &mut self.lines[place];
        line.breaches += u64::from(line.in_flight() >= limit);
        line.created += 1;
        line.waiting.push_back(id);
        line.most = line.most.max(line.in_flight());
        let mut line = std::mem::take(line);
        self.fill(&mut line, place, now);
        self.lines[place] = line;
    }

    /// Lets everything happen at one gateway that was due until now.
    pub(crate) fn work_off(&mut self, place: usize, now: i64) {
        let mut line = std::mem::take(&mut self.lines[place]);
        while let Some(slot) = line.take_due(now) {
            match self.attempt(slot, place) {
                Some((phase, data)) => {
                    self.end(slot.task, phase, data, slot.due);
                    line.ended += 1;
                }
                None => line.running.push(Slot {
                    due: slot.fails,
                    ..slot
                }),
            }
            self.fill(&mut line, place, slot.due);
        }
        line.pass(now);
        if self.scene.gateways[place].offline_since.is_some() {
            self.give_up(&mut line, now);
        }
        self.fill(&mut line, place, now);
        self.lines[place] = line;
    }

    /// Works off every line.
    pub(crate) fn work_off_all(&mut self, now: i64) {
        for place in 0..self.lines.len() {
            self.work_off(place, now);
        }
    }

    /// Starts what may start.
    fn fill(&mut self, line: &mut Queue, place: usize, now: i64) {
        if self.scene.gateways[place].offline_since.is_some() {
            return;
        }
        while line.running.len() < self.scene.pace.in_flight {
            let Some(id) = line.waiting.pop_front() else {
                break;
            };
            let Some(task) = self.tasks.get_mut(id) else {
                continue;
            };
            (task.phase, task.updated) = (TaskPhase::Running, now);
            let kind = task.order.kind();
            let takes = self.how_long(id, kind);
            line.running.push(Slot {
                due: now + takes,
                fails: now + self.patience(id).max(takes + 1),
                task: id,
            });
        }
    }

    /// Behind a gateway that is offline tasks wait, and then fail.
    fn give_up(&mut self, line: &mut Queue, now: i64) {
        let waiting = std::mem::take(&mut line.waiting);
        for id in waiting {
            let created = self.tasks.get(id).map_or(now, |task| task.updated);
            let fails = created + self.patience(id);
            if fails <= now {
                self.end(id, TaskPhase::Failed, None, fails);
                line.ended += 1;
            } else {
                line.waiting.push_back(id);
            }
        }
    }

    fn end(&mut self, id: u64, phase: TaskPhase, data: Option<Box<str>>, now: i64) {
        if let Some(task) = self.tasks.get_mut(id) {
            (task.phase, task.data, task.updated) = (phase, data, now);
        }
    }

    /// Tries to reach the meter; nothing where there is still time and nobody answers.
    fn attempt(&mut self, slot: Slot, place: usize) -> Option<(TaskPhase, Option<Box<str>>)> {
        let task = self.tasks.get_mut(slot.task)?;
        let (meter, order, head) = (task.meter, task.order, task.head);
        let argument = std::mem::take(&mut task.argument);
        let offline = self.scene.gateways[place].offline_since.is_some();
        let reached = !offline && self.meter_at(meter, slot.due).answers();
        let came = match (reached, slot.due < slot.fails) {
            (true, true) => Some(self.carry_out(meter, order, head, &argument, slot.due)),
            (false, true) => None,
            (_, false) => Some((TaskPhase::Failed, None)),
        };
        if let Some(task) = self.tasks.get_mut(slot.task) {
            task.argument = argument;
        }
        came
    }

    fn carry_out(
        &mut self,
        place: u32,
        order: Order,
        head: usize,
        argument: &str,
        now: i64,
    ) -> (TaskPhase, Option<Box<str>>) {
        let around = self.around;
        let told: i64 = argument.parse().unwrap_or(now);
        let done = |data: Option<&str>| (TaskPhase::Done, data.map(Into::into));
        match order {
            Order::Read(item) => match self.say(head, item, self.meter(place), now) {
                Some(said) => done(Some(&said)),
                None => (TaskPhase::Failed, None),
            },
            Order::Clock => {
                self.meter_at(place, now).set_clock(told, now);
                done(Some(""))
            }
            Order::Date => {
                let meter = self.meter_at(place, now);
                let shown = meter.clock_ms(now);
                let midnight = around.midnight(around.civil(shown).date());
                meter.set_clock(told + (shown - midnight), now);
                done(Some(""))
            }
            Order::On => {
                let closed = self.meter_at(place, now).switch_on(seconds(now), around);
                done(Some(if closed { "on" } else { "off" }))
            }
            Order::Off => {
                self.meter_at(place, now).switch_off(seconds(now));
                done(Some("off"))
            }
            Order::Token if self.redeem(place, argument, now) => done(Some("")),
            Order::Token => (TaskPhase::Rejected, Some("".into())),
        }
    }

    fn how_long(&self, id: u64, kind: TaskKind) -> i64 {
        let pace = &self.scene.pace;
        let span = match kind {
            TaskKind::Reading => pace.reading_ms,
            TaskKind::Setting => pace.setting_ms,
            TaskKind::Control => pace.control_ms,
            TaskKind::Token => pace.token_ms,
        };
        leaning(&mut self.dice.throw(For::Task, id), span)
    }

    fn patience(&self, id: u64) -> i64 {
        leaning(
            &mut self.dice.throw(For::Task, !id),
            self.scene.pace.failure_ms,
        )
    }
}
