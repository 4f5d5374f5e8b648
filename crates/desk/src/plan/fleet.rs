//! The fleet comes in: meters added, changed, gone; and the slots that were held before.

use super::book::{Book, Index, Routine};
use super::errands::Errands;
use super::flight::{Flight, State};
use super::group::Groups;
use super::wish::{Place, Wishes};
use super::{NEVER, Planner, Ticket};
use asking::{Item, TaskId};
use fleet::{MeterNumber, Moment};
use std::cmp::Reverse;
use std::collections::HashSet;
use store::{Due, Slot, SlotId, SlotState};

/// Dropped entries of a queue are swept out when it holds so many times its meters.
const LITTER: usize = 4;

impl Planner {
    /// The whole fleet of this head-end: new meters are taken in, changed ones moved, those that are
    /// not there any more forgotten.
    pub fn fleet<'a>(&mut self, all: impl IntoIterator<Item = &'a Due>, now: Moment) {
        for due in all {
            self.met(due, now);
        }
        self.fleet_met();
    }

    /// One meter of a fleet that is read part by part.
    pub fn met(&mut self, due: &Due, now: Moment) {
        self.meter(due, now);
        if let Some(index) = self.book.find(&due.meter) {
            self.book[index].met = true;
        }
    }

    /// The fleet was read to its end: meters that were not met are not there any more.
    pub fn fleet_met(&mut self) {
        for index in self.book.places() {
            let met = std::mem::take(&mut self.book[index].met);
            if !met && self.book[index].routine != Routine::Off {
                self.forget(index);
            }
        }
    }

    /// One meter, new or changed.
    pub fn meter(&mut self, due: &Due, now: Moment) {
        let name = due.gateway.as_deref();
        let group = self.groups.put(name.unwrap_or(&self.head_end), name);
        let index = self.book.put(&due.meter, group, due.site.as_deref());
        let is_new = self.book[index].routine == Routine::Off;
        let moved = self.book[index].group != group;
        if is_new || moved {
            self.groups[group].members += 1;
        }
        if moved && !is_new {
            let left = self.book[index].group;
            self.groups[left].members -= 1;
        }
        let row = &mut self.book[index];
        row.group = group;
        row.customer = due.customer.as_deref().map(Into::into);
        let observed = due.observed_at.unwrap_or(NEVER).min(now);
        let newer = observed > row.observed;
        row.observed = row.observed.max(observed);
        let case = std::mem::replace(&mut row.open_case, due.open_case);
        if is_new {
            row.silent = u16::try_from(due.silent).unwrap_or(u16::MAX);
            row.routine = Routine::Queued;
            // a slot from before may have brought an answer that the list does not know yet
            let heard = Some(row.observed).filter(|at| *at != NEVER);
            let last = if row.silent > 0 {
                due.asked_at.max(heard)
            } else {
                heard
            };
            let at = last.map_or(now, |last| self.next_due(index, last.min(now)));
            self.routine_at(index, at, now);
        } else if newer {
            let at = self.next_due(index, observed);
            self.routine_at(index, at, now);
        } else if case != due.open_case {
            self.hurry(index, now);
        } else if moved {
            let at = self.book[index].due;
            self.routine_at(index, at, now);
        }
        if moved && !is_new {
            self.queue_all(index, now);
            self.errands.regroup(index, group);
        }
    }

    /// Whether a case of the meter is open: it is asked more often.
    pub fn case(&mut self, meter: &MeterNumber, open: bool, now: Moment) {
        if let Some(index) = self.book.find(meter)
            && self.book[index].open_case != open
        {
            self.book[index].open_case = open;
            self.hurry(index, now);
        }
    }

    /// The meter's status was received elsewhere: typed by a person, found in a daily report.
    pub fn observed(&mut self, meter: &MeterNumber, at: Moment, now: Moment) {
        if let Some(index) = self.book.find(meter)
            && self.book[index].observed < at.min(now)
        {
            self.book[index].observed = at.min(now);
            let due = self.next_due(index, at.min(now));
            self.routine_at(index, due, now);
        }
    }

    /// When the routine is due again after the meter was asked then.
    pub(super) fn next_due(&mut self, index: Index, last: Moment) -> Moment {
        let row = &self.book[index];
        let wait = self.rules.interval(row.silent, row.open_case);
        last.plus(self.dice.around(wait, self.rules.jitter))
    }

    /// The interval has become another one: the routine is due after the new one, if that is sooner.
    fn hurry(&mut self, index: Index, now: Moment) {
        let row = &self.book[index];
        if row.observed == NEVER || row.silent > 0 {
            return;
        }
        let (observed, due) = (row.observed, row.due);
        let at = self.next_due(index, observed).max(now);
        let opened = self.book[index].open_case;
        self.routine_at(index, if opened { at.min(due) } else { at }, now);
    }

    /// The routine of a meter is due then.
    pub(super) fn routine_at(&mut self, index: Index, due: Moment, now: Moment) {
        let row = &mut self.book[index];
        row.due = due;
        if row.routine != Routine::Queued || self.rules.routine.is_none() {
            return;
        }
        let (number, quiet) = (row.group, row.silent > 0);
        let group = &mut self.groups[number];
        let most = LITTER * group.members + 64;
        let queue = if quiet {
            &mut group.quiet
        } else {
            &mut group.live
        };
        queue.push(Reverse((due, index)));
        if queue.len() > most {
            let book = &self.book;
            let holds = |due, meter: Index| {
                let row = &book[meter];
                row.routine == Routine::Queued && row.group == number && row.due == due
            };
            let mut seen = HashSet::new();
            queue.retain(|Reverse((due, meter))| holds(*due, *meter) && seen.insert(*meter));
        }
        self.refresh(number, now);
    }

    fn forget(&mut self, index: Index) {
        let group = self.book[index].group;
        self.groups[group].members -= 1;
        for item in Item::all() {
            self.wishes.remove((index, item));
        }
        self.book[index].parked = false;
        self.book.remove(index);
    }

    /// Puts the meter's queued wishes into the queue of its group, which is a new one.
    fn queue_all(&mut self, index: Index, now: Moment) {
        for item in Item::all() {
            self.queue((index, item), now);
        }
    }

    /// After an outage what it left overdue is spread over a while: the head-end is not met by a
    /// storm, and the rounds that follow do not come in step.
    pub(super) fn after_outage(&mut self, now: Moment) {
        let Some(took) = self.health.outage() else {
            return;
        };
        let width = took.clamp(0, self.rules.spread.max(0));
        for index in self.book.places() {
            let row = &self.book[index];
            if row.routine == Routine::Queued && row.due <= now {
                let due = now.plus(self.dice.up_to(width));
                self.routine_at(index, due, now);
            }
        }
    }

    /// Forgets meters, wishes and asks, because another node has asked meanwhile: the fleet, the
    /// requests and the held slots are to be told again. What was learned of the head-end stays.
    pub fn renew(&mut self) {
        self.book = Book::default();
        self.groups = Groups::default();
        self.wishes = Wishes::default();
        self.flights = self.flights.renewed();
        self.ring.clear();
        self.timers.clear();
        self.later.clear();
        self.due_looks.clear();
        self.due_searches.clear();
        self.errands = Errands::default();
        self.acting.clear();
        self.newest = None;
        self.recount([]);
    }

    /// Whether this meter is one of ours.
    pub fn has(&self, meter: &MeterNumber) -> bool {
        self.ours(meter).is_some()
    }

    /// The place of a meter of the fleet. One that is only known by what was sent to it before the
    /// fleet was read is none yet: nobody has said behind which gateway it is, whose limit counts.
    pub(super) fn ours(&self, meter: &MeterNumber) -> Option<Index> {
        let index = self.book.find(meter)?;
        (self.book[index].routine != Routine::Off).then_some(index)
    }

    /// The ask that holds this slot.
    pub fn holder(&self, slot: SlotId) -> Option<Ticket> {
        self.flights.holds(slot)
    }

    /// The ask that waits for this task: that of the ticket, or the one that was taken up since.
    pub fn waiter(&self, ticket: Ticket, task: &TaskId) -> Ticket {
        if self.flights.get(ticket).is_some() {
            return ticket;
        }
        let waits = |flight: &Flight| flight.task.as_ref() == Some(task);
        let found = self.flights.iter().find(|(_, flight)| waits(flight));
        found.map_or(ticket, |(ticket, _)| ticket)
    }

    /// From here on the slots that are freed are remembered, so that a list of slots that is read
    /// from the store meanwhile does not bring them back; and so are these, which have ended and are
    /// still to be written down as free.
    pub fn recount(&mut self, ended: impl IntoIterator<Item = SlotId>) {
        self.freed.clear();
        self.freed.extend(ended);
    }

    /// The slots this head-end holds in the store: those from before a restart are taken up again,
    /// and those of others count against their groups for as long as they are there.
    pub fn held(&mut self, slots: &[Slot], now: Moment) {
        let here: HashSet<_> = slots.iter().map(|slot| slot.id).collect();
        let gone = |f: &Flight| {
            f.state == State::Foreign && f.slot.is_some_and(|slot| !here.contains(&slot))
        };
        let gone: Vec<_> = self.flights.iter().filter(|(_, f)| gone(f)).collect();
        let gone: Vec<_> = gone.into_iter().map(|(ticket, _)| ticket).collect();
        for ticket in gone {
            self.freed(ticket, now);
        }
        for slot in slots {
            if self.flights.holds(slot.id).is_none() && !self.freed.contains(&slot.id) {
                self.hold(slot, now);
            }
        }
    }

    fn hold(&mut self, held: &Slot, now: Moment) {
        let slot = &held.slot;
        let gateway = (slot.group != self.head_end).then_some(slot.group.as_str());
        let group = self.groups.put(&slot.group, gateway);
        let meter = match self.book.find(&slot.meter) {
            Some(meter) => meter,
            None => self.book.put(&slot.meter, group, None),
        };
        let item = Item::from_word(&slot.asked);
        let state = match (item, held.state, &held.task) {
            (None, ..) => State::Foreign,
            (Some(_), SlotState::Waiting, Some(_)) => State::Waiting,
            _ => State::Unknown,
        };
        let routine = item.is_some() && item == self.rules.routine;
        let row = &mut self.book[meter];
        let company = row.flights;
        row.flights += 1;
        if routine && row.routine != Routine::Off {
            row.routine = Routine::Asking;
        }
        self.groups[group].in_flight += 1;
        let sent_at = held.sent_at.unwrap_or(slot.at).min(now);
        // A clock that was set back must not make a slot last longer than it would have.
        let horizon = slot.horizon.min(now.plus(self.horizon));
        let flight = Flight {
            state,
            slot: Some(held.id),
            task: held.task.clone().map(TaskId),
            sent_at,
            routine,
            floor: slot.mark,
            ..Flight::new((meter, item), group, slot.at, horizon)
        };
        let ticket = self.flights.put(flight, company);
        if state == State::Foreign {
            if let Some(command) = slot.command {
                // its command takes it over, or nobody: then it is given up like any other
                self.flights.orphan(command, ticket);
                self.flights.horizon_at(ticket, horizon);
            }
            return;
        }
        if state == State::Waiting || self.task_list {
            self.flights.look_at(ticket, now);
        }
        self.flights.horizon_at(ticket, horizon);
        if let Some(item) = item
            && self.wishes.get((meter, item)).is_some()
        {
            self.wishes.place((meter, item), Place::Flying);
        }
    }

    /// Whether slots of others are held.
    pub fn has_foreign(&self) -> bool {
        self.flights.foreign > 0
    }
}
