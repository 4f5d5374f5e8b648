//! What is in flight: one entry for each slot that is held, from the plan to the kept answer.

use super::book::Index;
use super::learn::FirstLooks;
use asking::{Act, Item, Sort, TaskId};
use fleet::{MeterNumber, Moment};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use store::SlotId;

/// One ask in the planner's book; it stands for a slot before the store has given it an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The store is asked for the slot.
    Reserving,
    /// The head-end is asked to make the task.
    Sending,
    /// There is a task.
    Waiting,
    /// There may be a task.
    Unknown,
    /// It ended; its slot is not yet free in the store.
    Ended,
    /// Somebody else's: it only counts.
    Foreign,
}

impl State {
    /// Whether its creation is under way.
    fn creates(self) -> bool {
        matches!(self, Self::Reserving | Self::Sending)
    }
}

/// What a task is of: how long it takes is learned for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Item(Item),
    Sort(Sort),
}

/// The act of a command in flight.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    /// The command's number.
    pub(super) command: i64,
    /// Its meter: the place in the book may be another's before the act has ended.
    pub(super) meter: MeterNumber,
    pub(super) act: Act,
}

#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that is so or not, whatever the others are"
)]
pub(super) struct Flight {
    pub(super) meter: Index,
    pub(super) group: u32,
    /// Nothing for acts.
    pub(super) item: Option<Item>,
    /// The command's act, where it is one.
    pub(super) errand: Option<Box<Carried>>,
    /// Whether it counts against its group: an act is waited for longer than it holds a slot.
    pub(super) holds: bool,
    pub(super) state: State,
    pub(super) slot: Option<SlotId>,
    pub(super) task: Option<TaskId>,
    /// When it was planned.
    pub(super) at: Moment,
    pub(super) sent_at: Moment,
    pub(super) horizon: Moment,
    /// When it is looked at next; nothing while a look is under way.
    pub(super) look_at: Option<Moment>,
    pub(super) looks: u16,
    pub(super) first: Option<FirstLooks>,
    /// The newest look that was answered.
    pub(super) looked_at: Option<Moment>,
    /// Looks in a row that found no such task.
    pub(super) absent: u8,
    /// Looks past the horizon that were not answered.
    pub(super) overtime: u8,
    pub(super) dispatched: bool,
    pub(super) routine: bool,
    /// Its meter did not answer the last time.
    pub(super) quiet: bool,
    /// The newest task known when it was planned: its own has a higher number.
    pub(super) floor: Option<u64>,
    /// Something else was asked of the same meter while it was in flight.
    pub(super) accompanied: bool,
}

impl Flight {
    /// What it is of.
    pub(super) fn what(&self) -> Option<What> {
        let errand = self
            .errand
            .as_ref()
            .map(|errand| What::Sort(errand.act.sort()));
        self.item.map(What::Item).or(errand)
    }

    /// What the head-end was asked to do.
    pub(super) fn act(&self) -> Option<Act> {
        let errand = self.errand.as_ref().map(|errand| errand.act.clone());
        self.item.map(Act::Read).or(errand)
    }

    /// One that is planned and not yet reserved.
    pub(super) fn new(key: (Index, Option<Item>), group: u32, at: Moment, horizon: Moment) -> Self {
        Self {
            meter: key.0,
            group,
            item: key.1,
            errand: None,
            holds: true,
            state: State::Reserving,
            slot: None,
            task: None,
            at,
            sent_at: at,
            horizon,
            look_at: None,
            looks: 0,
            first: None,
            looked_at: None,
            absent: 0,
            overtime: 0,
            dispatched: false,
            routine: false,
            quiet: false,
            floor: None,
            accompanied: false,
        }
    }
}

/// Everything in flight, with the times at which each comes up.
#[derive(Debug, Default)]
pub(super) struct Flights {
    next: u64,
    all: BTreeMap<Ticket, Flight>,
    asked: HashMap<(Index, Item), Ticket>,
    slots: HashMap<SlotId, Ticket>,
    errands: HashMap<i64, Ticket>,
    /// Slots that were held for commands before this process took them up.
    orphans: HashMap<i64, Ticket>,
    looks: BinaryHeap<Reverse<(Moment, Ticket)>>,
    horizons: BinaryHeap<Reverse<(Moment, Ticket)>>,
    /// Creations that are not answered yet.
    pub(super) creating: u32,
    /// Slots that others hold.
    pub(super) foreign: u32,
}

impl Flights {
    /// Takes one in; those of the same meter, `company` of them, know of each other from then on.
    pub(super) fn put(&mut self, mut flight: Flight, company: u8) -> Ticket {
        if company > 0 {
            flight.accompanied = true;
            let same = self.all.values_mut().filter(|f| f.meter == flight.meter);
            same.for_each(|other| other.accompanied = true);
        }
        let ticket = Ticket(self.next);
        self.next += 1;
        if let Some(item) = flight.item {
            self.asked.insert((flight.meter, item), ticket);
        }
        if let Some(slot) = flight.slot {
            self.slots.insert(slot, ticket);
        }
        if let Some(errand) = &flight.errand {
            self.errands.insert(errand.command, ticket);
        }
        self.creating += u32::from(flight.state.creates());
        self.foreign += u32::from(flight.state == State::Foreign);
        self.all.insert(ticket, flight);
        ticket
    }

    pub(super) fn get(&self, ticket: Ticket) -> Option<&Flight> {
        self.all.get(&ticket)
    }

    pub(super) fn get_mut(&mut self, ticket: Ticket) -> Option<&mut Flight> {
        self.all.get_mut(&ticket)
    }

    /// The flight that asks this of this meter.
    pub(super) fn of(&self, key: (Index, Item)) -> Option<&Flight> {
        self.all.get(self.asked.get(&key)?)
    }

    /// The flight of this command.
    pub(super) fn errand(&self, command: i64) -> Option<Ticket> {
        self.errands.get(&command).copied()
    }

    pub(super) fn holds(&self, slot: SlotId) -> Option<Ticket> {
        self.slots.get(&slot).copied()
    }

    /// Empty again; the tickets go on, so that an old one is never taken for a new one.
    pub(super) fn renewed(&self) -> Self {
        Self {
            next: self.next,
            ..Self::default()
        }
    }

    pub(super) fn slot(&mut self, ticket: Ticket, slot: SlotId) {
        if let Some(flight) = self.all.get_mut(&ticket) {
            flight.slot = Some(slot);
            self.slots.insert(slot, ticket);
        }
    }

    /// Moves a flight on, and counts the creations under way and what is others'.
    pub(super) fn state(&mut self, ticket: Ticket, state: State) {
        let Some(flight) = self.all.get_mut(&ticket) else {
            return;
        };
        self.creating += u32::from(state.creates());
        self.creating -= u32::from(flight.state.creates());
        self.foreign += u32::from(state == State::Foreign);
        self.foreign -= u32::from(flight.state == State::Foreign);
        flight.state = state;
    }

    pub(super) fn remove(&mut self, ticket: Ticket) -> Option<Flight> {
        self.state(ticket, State::Ended);
        let flight = self.all.remove(&ticket)?;
        if let Some(item) = flight.item {
            let key = (flight.meter, item);
            if self.asked.get(&key) == Some(&ticket) {
                self.asked.remove(&key);
            }
        }
        if let Some(slot) = flight.slot {
            self.slots.remove(&slot);
        }
        if !self.orphans.is_empty() {
            self.orphans.retain(|_, orphan| *orphan != ticket);
        }
        let command = flight.errand.as_ref().map_or(0, |errand| errand.command);
        if self.errands.get(&command) == Some(&ticket) {
            self.errands.remove(&command);
        }
        Some(flight)
    }

    /// The slot that somebody held for this command before.
    pub(super) fn of_command(&self, command: i64) -> Option<Ticket> {
        self.orphans.get(&command).copied()
    }

    /// An act takes over the slot that was held for it before.
    pub(super) fn adopt(&mut self, ticket: Ticket, errand: Box<Carried>) {
        self.orphans.remove(&errand.command);
        self.errands.insert(errand.command, ticket);
        if let Some(flight) = self.all.get_mut(&ticket) {
            flight.errand = Some(errand);
        }
    }

    /// A slot is held for this command, and nobody knows more yet.
    pub(super) fn orphan(&mut self, command: i64, ticket: Ticket) {
        self.orphans.insert(command, ticket);
    }

    /// A flight goes on without its slot.
    pub(super) fn release(&mut self, ticket: Ticket, slot: SlotId) {
        self.slots.remove(&slot);
        if let Some(flight) = self.all.get_mut(&ticket) {
            flight.slot = None;
        }
    }

    /// It is looked at (or searched for) then.
    pub(super) fn look_at(&mut self, ticket: Ticket, at: Moment) {
        if let Some(flight) = self.all.get_mut(&ticket) {
            flight.look_at = Some(at);
            self.looks.push(Reverse((at, ticket)));
        }
    }

    pub(super) fn horizon_at(&mut self, ticket: Ticket, at: Moment) {
        self.horizons.push(Reverse((at, ticket)));
    }

    /// The next flight whose look is due, with the moment it was due. It counts as being
    /// looked at.
    pub(super) fn due_look(&mut self, now: Moment) -> Option<(Moment, Ticket)> {
        while let Some(Reverse((at, ticket))) = self.looks.peek().copied() {
            if at > now {
                return None;
            }
            self.looks.pop();
            let due = self.all.get_mut(&ticket).filter(|flight| {
                flight.look_at == Some(at)
                    && matches!(flight.state, State::Waiting | State::Unknown)
            });
            if let Some(flight) = due {
                flight.look_at = None;
                return Some((at, ticket));
            }
        }
        None
    }

    /// The next flight whose horizon has passed.
    pub(super) fn due_horizon(&mut self, now: Moment) -> Option<Ticket> {
        while let Some(Reverse((at, ticket))) = self.horizons.peek().copied() {
            if at > now {
                return None;
            }
            self.horizons.pop();
            if self.all.contains_key(&ticket) {
                return Some(ticket);
            }
        }
        None
    }

    pub(super) fn wake(&self) -> Option<Moment> {
        let at = |heap: &BinaryHeap<Reverse<(Moment, Ticket)>>| heap.peek().map(|top| top.0.0);
        [at(&self.looks), at(&self.horizons)]
            .into_iter()
            .flatten()
            .min()
    }

    /// When the next horizon passes; looks apart.
    pub(super) fn wake_without_looks(&self) -> Option<Moment> {
        self.horizons.peek().map(|top| top.0.0)
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Ticket, &Flight)> {
        self.all.iter().map(|(ticket, flight)| (*ticket, flight))
    }
}
