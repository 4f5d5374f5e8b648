//! How acts end at the head-end.

use super::super::flight::{Flight, State, Ticket};
use super::super::looks::{ABSENT, Next};
use super::super::{Fate, Planner};
use super::{ActEnd, ActFate, How};
use asking::{Reached, Refusal, TaskState, Touches};
use fleet::Moment;
use store::SlotId;

impl Planner {
    /// The creation of an act that began then was refused, or its answer was lost. Nothing where it
    /// was given up meanwhile.
    pub fn act_refused(
        &mut self,
        ticket: Ticket,
        refusal: &Refusal,
        began: Moment,
        now: Moment,
    ) -> Option<ActFate> {
        self.refused_call(refusal, began, now);
        let flight = self.flights.get(ticket)?;
        if flight.state != State::Sending {
            return None;
        }
        let slot = flight.slot?;
        if refusal.reached == Reached::Perhaps {
            self.act_lost(ticket, now);
            return Some(ActFate::Lost);
        }
        self.flights.state(ticket, State::Ended);
        Some(if refusal.kind.touches() == Touches::HeadEnd {
            ActFate::NotSent(slot)
        } else {
            ActFate::Refused(slot)
        })
    }

    fn act_lost(&mut self, ticket: Ticket, now: Moment) {
        self.flights.state(ticket, State::Unknown);
        if self.task_list {
            let soon = self.step(0);
            self.flights.look_at(ticket, now.plus(soon));
        }
    }

    /// The task of an act was looked at.
    pub(in crate::plan) fn looked_at_act(
        &mut self,
        ticket: Ticket,
        task: &TaskState,
        now: Moment,
    ) -> Next {
        let Some(flight) = self.flights.get_mut(ticket) else {
            return Next::Late;
        };
        flight.looks = flight.looks.saturating_add(1);
        flight.looked_at = Some(now);
        flight.absent = match task {
            TaskState::Absent => flight.absent.saturating_add(1),
            _ => 0,
        };
        let absent = flight.absent;
        let standing_by = *task == TaskState::StandingBy && !flight.dispatched;
        flight.dispatched |= standing_by;
        let how = match task {
            TaskState::Done => {
                self.heard(ticket, now);
                How::Done
            }
            TaskState::Failed(said) => How::Failed(said.clone()),
            TaskState::Absent if absent >= ABSENT => How::Gone,
            TaskState::Absent | TaskState::Waiting | TaskState::StandingBy => {
                self.look_again_at_act(ticket, now);
                let dispatch = self.look(ticket).filter(|_| standing_by);
                return dispatch.map_or(Next::Wait, |look| Next::Dispatch(look.watched));
            }
        };
        self.end_act(ticket, how).map_or(Next::Wait, Next::Act)
    }

    fn end_act(&mut self, ticket: Ticket, how: How) -> Option<ActEnd> {
        let flight = self.flights.get(ticket)?;
        let (slot, errand) = (flight.slot, flight.errand.as_deref()?.clone());
        self.flights.state(ticket, State::Ended);
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.look_at = None;
        }
        Some(ActEnd {
            ticket,
            command: errand.command,
            meter: errand.meter,
            slot,
            how,
        })
    }

    /// An act that is waited for beyond its slot is looked at more and more rarely.
    fn look_again_at_act(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.get(ticket) else {
            return;
        };
        if flight.holds {
            return self.look_again(ticket, now);
        }
        let rare = now.since(flight.sent_at) / 16;
        let wait = self.step(i64::MAX).max(rare);
        self.flights.look_at(ticket, now.plus(wait));
    }

    /// An act's slot has reached its horizon: it is given up, the act is not.
    pub(in crate::plan) fn act_expired(
        &mut self,
        ticket: Ticket,
        flight: &Flight,
        slot: SlotId,
        now: Moment,
    ) -> Option<Fate> {
        match flight.state {
            State::Ended | State::Reserving => None,
            // a call that is still under way ends before its slot is somebody else's
            State::Sending => {
                self.flights.horizon_at(ticket, now.plus(self.pace.call));
                None
            }
            State::Waiting | State::Unknown | State::Foreign => {
                if flight.task.is_none() {
                    self.lose_count();
                }
                Some(Fate::Over(ticket, slot))
            }
        }
    }

    /// The slot of an act is free in the store, and the act is waited for without it.
    pub fn slot_over(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.get(ticket).cloned() else {
            return;
        };
        if flight.errand.is_none() {
            return self.freed(ticket, now);
        }
        if let Some(slot) = flight.slot {
            self.flights.release(ticket, slot);
            self.freed.insert(slot);
        }
        let stalled = self.let_go(&flight);
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.holds = false;
        }
        // whatever waited at the meter, the read-back of this very act too, need not wait longer
        self.go_on(&flight, stalled, now);
    }
}
