//! Acts that were sent: found again, waited for, settled.

use super::super::flight::{Carried, Flight, State, Ticket};
use super::super::{Planner, task_number};
use super::Watch;
use asking::TaskId;
use fleet::Moment;
use store::SlotId;

impl Planner {
    /// A lost creation of an act was found in the head-end's list: it is looked at from now on.
    /// Whether it is this one's: a task that another ask waits for is passed over.
    pub fn found_act(&mut self, ticket: Ticket, task: TaskId, now: Moment) -> bool {
        let lost = self
            .flights
            .get(ticket)
            .is_some_and(|flight| flight.state == State::Unknown);
        let taken = |(_, flight): (Ticket, &Flight)| flight.task.as_ref() == Some(&task);
        if !lost || self.flights.iter().any(taken) {
            self.not_looked(ticket, now);
            return false;
        }
        self.listed(&task);
        self.flights.state(ticket, State::Waiting);
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.task = Some(task);
        }
        self.flights.look_at(ticket, now);
        true
    }

    /// A command that was sent before is waited for; it takes its slot over where the store still
    /// has one.
    pub fn watch(&mut self, watch: Watch, now: Moment) {
        if self.flights.errand(watch.command).is_some() {
            return;
        }
        self.errands.remove(watch.command);
        let orphan = self.flights.of_command(watch.command);
        let floor = watch.mark;
        let errand = Box::new(Carried {
            command: watch.command,
            meter: watch.meter.clone(),
            act: watch.act,
        });
        let state = match watch.task {
            Some(_) => State::Waiting,
            None => State::Unknown,
        };
        let ticket = if let Some(orphan) = orphan {
            self.flights.adopt(orphan, errand);
            orphan
        } else {
            let meter = self.book.find(&watch.meter).unwrap_or_else(|| {
                let group = self.groups.put(&self.head_end.clone(), None);
                self.book.put(&watch.meter, group, None)
            });
            let group = self.book[meter].group;
            let flight = Flight {
                errand: Some(errand),
                holds: false,
                ..Flight::new((meter, None), group, watch.sent_at, now)
            };
            self.flights.put(flight, 0)
        };
        self.flights.state(ticket, state);
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.task = watch.task;
            flight.sent_at = watch.sent_at.min(now);
            flight.floor = floor;
            flight.dispatched = watch.dispatched;
        }
        if let Some(meter) = self.flights.get(ticket).map(|flight| flight.meter) {
            self.acts(meter, 1);
        }
        if state == State::Waiting || self.task_list {
            self.flights.look_at(ticket, now);
        }
    }

    /// The command is not waited for any more: it is known what became of it. Its slot, where it
    /// still has one: it is to be freed.
    pub fn settled(&mut self, command: i64) -> Option<(Ticket, Option<SlotId>)> {
        let ticket = self.flights.errand(command)?;
        let flight = self.flights.get(ticket)?;
        let (slot, lost) = (flight.slot, flight.state == State::Unknown);
        if lost {
            self.lose_count();
        }
        self.flights.state(ticket, State::Ended);
        Some((ticket, slot))
    }

    /// The ask of this command, while it is under way.
    pub fn carries(&self, command: i64) -> Option<Ticket> {
        self.flights.errand(command)
    }

    /// The command whose act this is.
    pub fn command_of(&self, ticket: Ticket) -> Option<i64> {
        let errand = self.flights.get(ticket)?.errand.as_ref()?;
        Some(errand.command)
    }

    /// The slot of this ask.
    pub fn slot_of(&self, ticket: Ticket) -> Option<SlotId> {
        self.flights.get(ticket)?.slot
    }

    /// The highest task number known.
    pub fn newest(&self) -> Option<u64> {
        self.newest
    }

    /// The head-end's newest task, as it stands in the store.
    pub fn newest_is(&mut self, newest: Option<u64>) {
        self.newest = newest;
    }

    /// A task may have been made whose number nobody learned: one that is known is not the newest.
    pub(in crate::plan) fn lose_count(&mut self) {
        self.newest = None;
        self.forgot = true;
    }

    /// Whether the newest task has become unknown since this was last asked.
    pub fn has_forgotten(&mut self) -> bool {
        std::mem::take(&mut self.forgot)
    }

    /// The head-end has just made this task, of an ask before which the newest was that: those that
    /// follow have a higher number. A head-end whose numbers are not higher counts anew.
    pub(in crate::plan) fn numbered(&mut self, task: &TaskId, before: Option<u64>) {
        let Some(number) = task_number(&task.0) else {
            return;
        };
        let anew = before.is_some_and(|before| number <= before);
        self.newest = Some(if anew {
            number
        } else {
            self.newest.map_or(number, |newest| newest.max(number))
        });
    }

    /// The head-end lists this task. Where the newest is not known, this may be an older one.
    pub(in crate::plan) fn listed(&mut self, task: &TaskId) {
        let number = task_number(&task.0);
        self.newest = self.newest.map(|newest| newest.max(number.unwrap_or(0)));
    }

    /// The meter's newest task before this act is sent is known now; 0 where it has none.
    pub fn marked(&mut self, ticket: Ticket, newest: u64) {
        if let Some(flight) = self.flights.get_mut(ticket) {
            flight.floor = Some(newest);
        }
    }
}
