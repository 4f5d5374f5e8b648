//! The acts of commands: which is sent now, and how each ends.
//!
//! Acts go before reads of their group, but starve nobody who waits for an answer. An act is created
//! once: one whose answer was lost is searched for and looked at, also when its slot has been given
//! up, and never created again.

mod ends;
mod watch;

use super::Planner;
use super::book::Index;
use super::flight::{Carried, Flight, Ticket};
use super::wish::AFTER_COMMAND;
use asking::{Act, Ask, TaskId};
use fleet::{MeterNumber, Moment};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::SlotId;

/// A command that may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// The command's number.
    pub command: i64,
    /// Its meter.
    pub meter: MeterNumber,
    /// What is to be done there.
    pub act: Act,
    /// The higher goes first.
    pub priority: u8,
    /// Since when it waits; of equals the oldest goes first.
    pub at: Moment,
}

/// An act to be created: the store writes it down first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Its name here.
    pub ticket: Ticket,
    /// The command's number.
    pub command: i64,
    /// What the head-end is asked.
    pub ask: Ask,
    /// The group whose limit counts it.
    pub group: String,
    /// The newest task known, where the head-end numbers them: its own has a higher number.
    pub mark: Option<u64>,
    /// Whether the meter's newest task has to be asked for first, because none is known yet.
    pub unmarked: bool,
    /// When it was planned.
    pub at: Moment,
    /// When its slot is given up whatever happens.
    pub horizon: Moment,
}

/// A command that was sent before and is waited for: after a restart, or of the node that had the
/// lease before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The command's number.
    pub command: i64,
    /// Its meter.
    pub meter: MeterNumber,
    /// What was asked for.
    pub act: Act,
    /// Its task; nothing where the answer to its creation was lost.
    pub task: Option<TaskId>,
    /// The newest task known before it was sent.
    pub mark: Option<u64>,
    /// When it was sent.
    pub sent_at: Moment,
    /// Whether it was dispatched already.
    pub dispatched: bool,
}

/// How an act ended at the head-end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The head-end says that it was carried out.
    Done,
    /// The head-end says that it was not; what it said.
    Failed(String),
    /// The head-end no longer knows the task: nobody knows what became of it.
    Gone,
}

/// An act has ended at the head-end. Its slot counts until [`Planner::freed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActEnd {
    /// Its name here.
    pub ticket: Ticket,
    /// The command's number.
    pub command: i64,
    /// Its meter.
    pub meter: MeterNumber,
    /// Its slot, where it still has one.
    pub slot: Option<SlotId>,
    /// How.
    pub how: How,
}

/// What becomes of an act that the head-end did not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActFate {
    /// There may be a task: it is searched for.
    Lost,
    /// It surely never left: its slot is to be freed, and it waits for its turn again.
    NotSent(SlotId),
    /// It was refused: its slot is to be freed.
    Refused(SlotId),
}

/// One act that waits.
#[derive(Clone, Debug)]
struct Waiting {
    meter: Index,
    group: u32,
    act: Act,
    priority: u8,
    at: Moment,
    not_before: Moment,
}

/// Its place in the queue of its group.
type Entry = (Reverse<u8>, Moment, i64);

/// Acts that wait, group by group.
#[derive(Debug, Default)]
pub(super) struct Errands {
    all: HashMap<i64, Waiting>,
    queues: BTreeMap<u32, BTreeSet<Entry>>,
    /// Acts that wait until the meter's other task has ended.
    parked: HashMap<Index, Vec<i64>>,
}

impl Errands {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn queue(&mut self, command: i64) {
        if let Some(waiting) = self.all.get(&command) {
            let entry = (Reverse(waiting.priority), waiting.at, command);
            self.queues.entry(waiting.group).or_default().insert(entry);
        }
    }

    fn remove(&mut self, command: i64) -> Option<Waiting> {
        let waiting = self.all.remove(&command)?;
        let entry = (Reverse(waiting.priority), waiting.at, command);
        if let Some(queue) = self.queues.get_mut(&waiting.group) {
            queue.remove(&entry);
            if queue.is_empty() {
                self.queues.remove(&waiting.group);
            }
        }
        Some(waiting)
    }

    /// What waits for this meter waits in the queue of its new group from now on.
    pub(super) fn regroup(&mut self, meter: Index, group: u32) {
        let moved = self.all.iter().filter(|(_, one)| one.meter == meter);
        for command in moved.map(|(command, _)| *command).collect::<Vec<_>>() {
            if let Some(mut waiting) = self.remove(command) {
                waiting.group = group;
                self.all.insert(command, waiting);
                self.queue(command);
            }
        }
    }

    fn park(&mut self, command: i64, meter: Index) {
        if let Some(waiting) = self.all.get(&command) {
            let entry = (Reverse(waiting.priority), waiting.at, command);
            if let Some(queue) = self.queues.get_mut(&waiting.group) {
                queue.remove(&entry);
            }
        }
        self.parked.entry(meter).or_default().push(command);
    }
}

impl Planner {
    /// A command may be sent from `not_before` on. Whether its meter is one of ours: if not, it is to
    /// be ordered again when the fleet was read anew.
    pub fn errand(&mut self, errand: Errand, not_before: Moment) -> bool {
        let Some(meter) = self.ours(&errand.meter) else {
            return false;
        };
        if self.flights.errand(errand.command).is_some() {
            return true;
        }
        self.errands.remove(errand.command);
        let waiting = Waiting {
            meter,
            group: self.book[meter].group,
            act: errand.act,
            priority: errand.priority,
            at: errand.at,
            not_before,
        };
        self.errands.all.insert(errand.command, waiting);
        self.errands.queue(errand.command);
        true
    }

    /// A command is not to be sent after all, as far as it waits here.
    pub fn withdraw(&mut self, command: i64) {
        self.errands.remove(command);
    }

    /// The acts to be sent now, `most` at most; each counts against its group from here on. Nothing
    /// is sent while the gateway is offline, and nothing beside another act of the same meter.
    pub fn sends(&mut self, now: Moment, most: usize) -> Vec<Sending> {
        let mut sends = Vec::new();
        if self.errands.queues.is_empty() {
            return sends;
        }
        let groups: Vec<u32> = self.errands.queues.keys().copied().collect();
        for group in groups {
            while sends.len() < most
                && self.may_create()
                && self.has_room(group, now)
                && let Some(command) = self.next_errand(group, now)
            {
                sends.extend(self.send(command, now));
            }
        }
        sends
    }

    /// Whether an act may go there. Acts go before reads, but whoever waits for an answer is not
    /// starved by a steady stream of acts: where one waits, the last slot is for it, and so is the
    /// turn where it has waited for longer than the act.
    fn has_room(&self, number: u32, now: Moment) -> bool {
        let group = &self.groups[number];
        let asked = group
            .wishes
            .peek()
            .filter(|it| it.priority >= AFTER_COMMAND);
        let first = self.errands.queues.get(&number).and_then(BTreeSet::first);
        let older = asked.is_some_and(|it| first.is_some_and(|(_, at, _)| it.at.0 < *at));
        let kept = u32::from(asked.is_some() && self.limit > 1);
        group.online && !older && group.in_flight + kept < self.limit && group.not_before <= now
    }

    /// The first act of a group's queue that may go; those whose meter is busy are put aside.
    fn next_errand(&mut self, group: u32, now: Moment) -> Option<i64> {
        let queue = self.errands.queues.get(&group)?;
        let mut busy = Vec::new();
        let mut found = None;
        for (.., command) in queue {
            let Some(waiting) = self.errands.all.get(command) else {
                continue;
            };
            if waiting.not_before > now {
                continue;
            }
            // one task of the routine may be under way beside it, another act never
            if self.book[waiting.meter].flights > 1 || self.has_act(waiting.meter) {
                busy.push((*command, waiting.meter));
                continue;
            }
            found = Some(*command);
            break;
        }
        for (command, meter) in busy {
            self.errands.park(command, meter);
        }
        if found.is_none()
            && self
                .errands
                .queues
                .get(&group)
                .is_some_and(BTreeSet::is_empty)
        {
            self.errands.queues.remove(&group);
        }
        found
    }

    /// Whether an act of this meter is under way.
    fn has_act(&self, meter: Index) -> bool {
        self.acting.contains_key(&meter)
    }

    /// What waited for this meter may be looked at again.
    pub(super) fn errands_of(&mut self, meter: Index) {
        for command in self.errands.parked.remove(&meter).unwrap_or_default() {
            self.errands.queue(command);
        }
    }

    fn send(&mut self, command: i64, now: Moment) -> Option<Sending> {
        let waiting = self.errands.remove(command)?;
        let (meter, number) = (waiting.meter, waiting.group);
        let company = self.book[meter].flights;
        self.book[meter].flights += 1;
        let group = &mut self.groups[number];
        group.in_flight += 1;
        group.not_before = now.plus(self.spacing);
        let horizon = now.plus(self.horizon);
        let errand = Carried {
            command,
            meter: self.book.number(meter),
            act: waiting.act.clone(),
        };
        let flight = Flight {
            floor: self.newest,
            errand: Some(Box::new(errand)),
            ..Flight::new((meter, None), number, now, horizon)
        };
        let ticket = self.flights.put(flight, company);
        self.acts(meter, 1);
        Some(Sending {
            ticket,
            command,
            ask: self.ask(meter, number, waiting.act),
            group: self.groups[number].name.to_string(),
            mark: self.newest,
            unmarked: self.task_list && self.newest.is_none(),
            at: now,
            horizon,
        })
    }

    /// Counts the acts under way at a meter.
    pub(super) fn acts(&mut self, meter: Index, more: i32) {
        let count = self.acting.entry(meter).or_insert(0);
        *count += more;
        if *count <= 0 {
            self.acting.remove(&meter);
        }
    }

    /// When acts that wait for nothing but time may go.
    pub(super) fn errands_wake(&self, now: Moment) -> Option<Moment> {
        let groups = self.errands.queues.iter().filter_map(|(number, queue)| {
            let group = &self.groups[*number];
            let (.., command) = queue.first()?;
            let open = group.online && group.in_flight < self.limit;
            let first = self.errands.all.get(command)?.not_before;
            open.then_some(group.not_before.max(first))
        });
        // what is due and did not go waits for something else than time
        groups.filter(|at| *at > now).min()
    }

    /// The act does not go now: it is to be ordered again, or not at all.
    pub fn not_sent(&mut self, ticket: Ticket, now: Moment) {
        self.freed(ticket, now);
    }
}
