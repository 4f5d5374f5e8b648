//! How asks end, and what follows: the slot, the wish, the next routine.

use super::book::Index;
use super::flight::{Flight, State, Ticket};
use super::wish::{Key, Place, Wish};
use super::{Bar, NEVER, Planner};
use crate::plan::book::Routine;
use asking::{Item, Reached, Refusal, TaskId, Touches};
use fleet::{MeterNumber, Moment};
use std::cmp::Reverse;
use store::{RequestId, SlotId};

/// Refusals in a row, to anybody, after which an item rests.
const BAR_AFTER: u8 = 3;

/// An ask has ended. Its slot counts until [`Planner::freed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Its name here.
    pub ticket: Ticket,
    /// Its slot in the store.
    pub slot: SlotId,
    /// The meter.
    pub meter: MeterNumber,
    /// The item.
    pub item: Item,
    /// When it was asked.
    pub asked_at: Moment,
    /// The request that ends with it.
    pub request: Option<RequestId>,
    /// Why there is no answer; nothing where there is one.
    pub failed: Option<String>,
    /// Asks of this meter without an answer, this one included.
    pub silent: u16,
}

/// What becomes of an ask that the head-end did not take, or did not end in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There may be a task: the slot is held until it is found or its horizon passes.
    Lost(SlotId),
    /// Surely not carried out, or repeatable by now: the slot is to be freed, the ask comes again.
    Again(Ticket, SlotId),
    /// Nobody will answer it: the request ends, the slot is to be freed.
    Unanswered(End),
    /// An act has held its slot for as long as it may: the slot is to be freed, and the act is
    /// waited for without it.
    Over(Ticket, SlotId),
}

impl Planner {
    /// The store has given the slot. A creation of which nothing is ever heard again, not even that
    /// it failed, counts as lost at its horizon. Whether the ask is still wanted: if not, the slot
    /// is to be freed.
    pub fn reserved(&mut self, ticket: Ticket, slot: SlotId) -> bool {
        let Some(horizon) = self.flights.get(ticket).map(|flight| flight.horizon) else {
            return false;
        };
        self.flights.slot(ticket, slot);
        self.flights.state(ticket, State::Sending);
        self.flights.horizon_at(ticket, horizon);
        true
    }

    /// The store has not given the slot: somebody else holds it. The group waits a little.
    pub fn not_reserved(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.get(ticket).cloned() else {
            return;
        };
        let wait = self.dice.around(self.rules.retry, 50);
        let group = &mut self.groups[flight.group];
        group.not_before = group.not_before.max(now.plus(wait / 30));
        self.again(&flight, false, now);
        self.freed(ticket, now);
    }

    /// The head-end has made this task of it.
    pub fn created(&mut self, ticket: Ticket, task: TaskId, now: Moment) {
        let Some(sent) = self.sent(ticket) else {
            return;
        };
        let (item, floor) = (sent.item, sent.floor);
        let Some(what) = sent.what() else { return };
        if let Some(item) = item {
            self.bars.remove(&item);
        }
        self.health.widen();
        self.numbered(&task, floor);
        let looks = self.delays.of(what, &mut self.dice);
        self.waits(ticket, task, now);
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.first = Some(looks);
            let wait = looks.early.unwrap_or(looks.first);
            self.flights.look_at(ticket, now.plus(wait));
        }
    }

    /// A lost creation was found in the head-end's list: it is looked at from now on. Its slot, if so:
    /// a task that another ask is waiting for is not this one's, and is passed over.
    pub fn found(&mut self, ticket: Ticket, task: TaskId, now: Moment) -> Option<SlotId> {
        let unknown = |flight: &Flight| flight.state == State::Unknown;
        let lost = self.flights.get(ticket).is_some_and(unknown);
        let taken = |(_, flight): (Ticket, &Flight)| flight.task.as_ref() == Some(&task);
        if !lost || self.flights.iter().any(taken) {
            self.not_looked(ticket, now);
            return None;
        }
        self.listed(&task);
        self.waits(ticket, task, now);
        self.flights.look_at(ticket, now);
        self.flights.get(ticket)?.slot
    }

    /// The flight whose creation is under way; one that was given up meanwhile is none.
    fn sent(&self, ticket: Ticket) -> Option<&Flight> {
        let flight = self.flights.get(ticket)?;
        (flight.state == State::Sending).then_some(flight)
    }

    fn waits(&mut self, ticket: Ticket, task: TaskId, now: Moment) {
        self.flights.state(ticket, State::Waiting);
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.task = Some(task);
            flight.sent_at = now;
        }
    }

    /// The creation that began then was refused, or its answer was lost. Nothing where it was given
    /// up meanwhile.
    pub fn refused(
        &mut self,
        ticket: Ticket,
        refusal: &Refusal,
        began: Moment,
        now: Moment,
    ) -> Option<Fate> {
        self.refused_call(refusal, began, now);
        let flight = self.sent(ticket)?.clone();
        let (slot, item) = (flight.slot?, flight.item?);
        let touches = refusal.kind.touches();
        if refusal.reached == Reached::Perhaps {
            self.lost(ticket, now);
            return Some(Fate::Lost(slot));
        }
        if touches == Touches::SetUp {
            self.bar(item, now);
        }
        let tries = self.wishes.get((flight.meter, item)).map(|w| w.attempts);
        let given_up = tries.is_some_and(|tries| tries + 1 >= self.rules.attempts);
        if touches == Touches::HeadEnd && !given_up {
            self.again(&flight, true, now);
            self.flights.state(ticket, State::Ended);
            return Some(Fate::Again(ticket, slot));
        }
        let wait = self.next_due(flight.meter, now);
        self.end(ticket, Some(refusal.to_string()), wait)
            .map(Fate::Unanswered)
    }

    /// The creation's answer was lost: there may be a task.
    fn lost(&mut self, ticket: Ticket, now: Moment) {
        self.flights.state(ticket, State::Unknown);
        if self.task_list {
            let soon = self.step(0);
            self.flights.look_at(ticket, now.plus(soon));
        }
    }

    fn bar(&mut self, item: Item, now: Moment) {
        let until = now.plus(self.rules.setup_retry);
        let bar = self.bars.entry(item).or_insert(Bar {
            refusals: 0,
            until: NEVER,
        });
        bar.refusals = bar.refusals.saturating_add(1);
        if bar.refusals >= BAR_AFTER {
            bar.until = until;
        }
    }

    /// The ask will be tried again: the wish after a while, the routine likewise.
    fn again(&mut self, flight: &Flight, tried: bool, now: Moment) {
        let Some(item) = flight.item else { return };
        let key = (flight.meter, item);
        let at = now.plus(self.dice.around(self.rules.retry, 50));
        if let Some(wish) = self.wishes.get(key).copied() {
            let waits = Wish {
                attempts: wish.attempts.saturating_add(u8::from(tried)),
                again: false,
                place: Place::Later,
                ..wish
            };
            self.wishes.put(key, waits);
            self.later.push(Reverse((at, key)));
        }
        if flight.routine {
            self.book[flight.meter].due = at;
        }
    }

    /// Ends an ask; the meter's routine is due again then.
    pub(super) fn end(
        &mut self,
        ticket: Ticket,
        failed: Option<String>,
        routine_due: Moment,
    ) -> Option<End> {
        self.flights.state(ticket, State::Ended);
        let flight = self.flights.get_mut(ticket)?;
        flight.look_at = None;
        let (meter, item, slot) = (flight.meter, flight.item?, flight.slot?);
        let (asked_at, routine) = (flight.at, flight.routine);
        if routine {
            self.book[meter].due = routine_due;
        }
        Some(End {
            ticket,
            slot,
            meter: self.book.number(meter),
            item,
            asked_at,
            request: self.grant((meter, item)),
            failed,
            silent: self.book[meter].silent,
        })
    }

    /// The wish is served, unless the ask began too early for it.
    fn grant(&mut self, key: Key) -> Option<RequestId> {
        let wish = self.wishes.remove(key)?;
        if wish.again {
            let parked = Wish {
                place: Place::Parked,
                again: false,
                ..wish
            };
            self.wishes.put(key, parked);
            self.book[key.0].parked = true;
            return None;
        }
        if let Some(id) = wish.id {
            self.wishes.end(id);
        }
        wish.id
    }

    /// The slot is free in the store: its group may create the next.
    pub fn freed(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.remove(ticket) else {
            return;
        };
        if let Some(slot) = flight.slot {
            self.freed.insert(slot);
        }
        let stalled = self.let_go(&flight);
        if flight.errand.is_some() {
            self.acts(flight.meter, -1);
        }
        self.go_on(&flight, stalled, now);
        self.book.recycle(flight.meter);
    }

    /// What waited for a flight that holds nothing any more goes on.
    pub(super) fn go_on(&mut self, flight: &Flight, stalled: Vec<Key>, now: Moment) {
        let row = &mut self.book[flight.meter];
        let parked = std::mem::take(&mut row.parked);
        // one that came into the fleet while its slot was held stands in the queue by its old time
        let asked = flight.routine && matches!(row.routine, Routine::Asking | Routine::Queued);
        if asked || row.routine == Routine::Parked && row.flights == 0 {
            row.routine = Routine::Queued;
            let due = row.due;
            self.routine_at(flight.meter, due, now);
        }
        for key in stalled {
            self.unhold(key, Place::Stalled, now);
        }
        if parked {
            for item in Item::all() {
                self.unhold((flight.meter, item), Place::Parked, now);
            }
        }
        self.errands_of(flight.meter);
        self.refresh(flight.group, now);
    }

    /// What a flight holds is given free; the wishes that waited for it.
    pub(super) fn let_go(&mut self, flight: &Flight) -> Vec<Key> {
        if !flight.holds {
            return Vec::new();
        }
        self.book[flight.meter].flights -= 1;
        let group = &mut self.groups[flight.group];
        group.in_flight -= 1;
        group.quiet_in_flight -= u32::from(flight.quiet);
        if flight.quiet {
            std::mem::take(&mut group.stalled)
        } else {
            Vec::new()
        }
    }

    fn unhold(&mut self, key: Key, from: Place, now: Moment) {
        if self.wishes.get(key).is_some_and(|wish| wish.place == from) {
            self.wishes.place(key, Place::Queued);
            self.queue(key, now);
        }
    }

    /// What becomes of the asks whose horizon has passed. While the head-end is down their time
    /// stands still, and a task that waited gets one more look before it is given up: its answer may
    /// be there.
    pub fn expired(&mut self, now: Moment) -> Vec<Fate> {
        let mut fates = Vec::new();
        while let Some(ticket) = self.flights.due_horizon(now) {
            let Some(flight) = self.flights.get(ticket).cloned() else {
                continue;
            };
            let Some(slot) = flight.slot else { continue };
            if flight.errand.is_some() || flight.state == State::Foreign {
                fates.extend(self.act_expired(ticket, &flight, slot, now));
                continue;
            }
            let seen = flight.looked_at.is_some_and(|at| at >= flight.horizon);
            match flight.state {
                State::Waiting | State::Unknown | State::Sending if !self.health.is_up() => {
                    let soon = self.dice.around(self.rules.calm, 50);
                    self.flights.horizon_at(ticket, now.plus(soon));
                }
                State::Waiting if !seen && flight.overtime < 3 => {
                    if flight.look_at.is_some() {
                        self.flights.look_at(ticket, now);
                    }
                    if let Some(flight) = self.flights.get_mut(ticket) {
                        flight.overtime += 1;
                    }
                    self.flights.horizon_at(ticket, now.plus(self.pace.call));
                }
                State::Unknown | State::Sending => {
                    fates.extend(self.give_up(ticket, &flight, slot, now));
                }
                State::Waiting => fates.extend(self.silent(ticket, &flight, now)),
                _ => {}
            }
        }
        fates
    }

    fn give_up(
        &mut self,
        ticket: Ticket,
        flight: &Flight,
        slot: SlotId,
        now: Moment,
    ) -> Option<Fate> {
        self.lose_count();
        let tries = self
            .wishes
            .get((flight.meter, flight.item?))
            .map(|w| w.attempts);
        if tries.is_some_and(|tries| tries + 1 >= self.rules.attempts) {
            let due = self.next_due(flight.meter, now);
            let said = "the answers to its creation were lost again and again".to_owned();
            return self.end(ticket, Some(said), due).map(Fate::Unanswered);
        }
        self.again(flight, true, now);
        self.flights.state(ticket, State::Ended);
        Some(Fate::Again(ticket, slot))
    }

    /// One ask more of this meter without an answer. A routine that waits among those of meters that
    /// answer waits among the others from now on.
    pub(super) fn unheard(&mut self, meter: Index, now: Moment) {
        let row = &mut self.book[meter];
        row.silent = row.silent.saturating_add(1);
        let due = row.due;
        if row.silent == 1 {
            self.routine_at(meter, due, now);
        }
    }

    fn silent(&mut self, ticket: Ticket, flight: &Flight, now: Moment) -> Option<Fate> {
        self.unheard(flight.meter, now);
        let due = self.next_due(flight.meter, now);
        let said = "the head-end has not ended the task within its horizon".to_owned();
        self.end(ticket, Some(said), due).map(Fate::Unanswered)
    }
}
