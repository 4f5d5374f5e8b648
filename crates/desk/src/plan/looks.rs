//! Looks at tasks: when, how many at once, and what they show.

use super::errands::ActEnd;
use super::flight::{State, Ticket};
use super::outcome::End;
use super::{NEVER, Planner, task_number};
use asking::{Ask, Seen, TaskState, Watched};
use fleet::{Moment, SECOND};

/// Looks under way beyond which small batches wait to become larger.
const FEW: usize = 1;
/// Looks in a row that must miss a task before it counts as gone: lists lag behind.
pub(super) const ABSENT: u8 = 3;

/// One task to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its name here.
    pub ticket: Ticket,
    /// The task.
    pub watched: Watched,
}

/// A creation whose answer was lost, to be searched for in the head-end's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Its name here.
    pub ticket: Ticket,
    /// What was asked.
    pub ask: Ask,
    /// When it was asked.
    pub since: Moment,
    /// The newest task number known when it was asked: its own is higher.
    pub floor: Option<u64>,
    /// Whether nothing else was asked of this meter beside it.
    pub alone: bool,
    /// The command's number, where it is an act.
    pub command: Option<i64>,
}

impl Search {
    /// Whether a task that the head-end lists may be the one that is searched for: this meter's, of
    /// our account where both are known, and newer than anything known when it was asked. Where that
    /// is not known, only a task that has not ended can be ours: an old answer must never pass for a
    /// new one. A task that does not say what it is of may be any ask's of this meter: it fits only
    /// where there was no other.
    pub fn fits(&self, seen: &Seen, account: Option<&str>) -> bool {
        let meter = seen.meter.trim() == self.ask.meter.as_str();
        let creator = match (&seen.creator, account) {
            (Some(creator), Some(account)) => creator.trim().eq_ignore_ascii_case(account),
            _ => true,
        };
        let newer = match (task_number(&seen.polled.task.0), self.floor) {
            (Some(number), Some(floor)) => number > floor,
            _ => matches!(
                seen.polled.state,
                TaskState::Waiting | TaskState::StandingBy
            ),
        };
        meter && creator && newer && (seen.named || self.alone)
    }
}

/// What follows from a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Look again later.
    Wait,
    /// It was given up meanwhile. An answer is an answer all the same.
    Late,
    /// It stands by: dispatch it, once.
    Dispatch(Watched),
    /// It ended.
    End(End),
    /// An act ended.
    Act(ActEnd),
}

impl Planner {
    /// The looks to be sent now, `most` calls under way at most. Each call covers as many tasks as
    /// the head-end allows; with some calls under way a small batch waits a little for more.
    pub fn looks(&mut self, now: Moment, most: usize) -> Vec<Vec<Look>> {
        let mut calls = Vec::new();
        if !self.health.speaks() {
            return calls;
        }
        self.gather(now);
        while self.open_looks < most && self.batch_is_worth_a_call(now) {
            let looks = self.next_looks();
            if !looks.is_empty() {
                self.open_looks += 1;
                calls.push(looks);
            }
        }
        calls
    }

    /// The looks of one call: as many as it allows, of one sort, since each sort has its own list.
    fn next_looks(&mut self) -> Vec<Look> {
        let (mut looks, mut others) = (Vec::new(), Vec::new());
        let mut sort = None;
        while looks.len() < self.batch
            && let Some((since, ticket)) = self.due_looks.pop_front()
        {
            let Some(look) = self.look(ticket) else {
                continue;
            };
            if *sort.get_or_insert(look.watched.act.sort()) == look.watched.act.sort() {
                looks.push(look);
            } else {
                others.push((since, ticket));
            }
        }
        for other in others.into_iter().rev() {
            self.due_looks.push_front(other);
        }
        looks
    }

    /// Lost creations to be searched for now.
    pub fn searches(&mut self, now: Moment, most: usize) -> Vec<Search> {
        if !self.health.speaks() {
            return Vec::new();
        }
        self.gather(now);
        let many = most.min(self.due_searches.len());
        let tickets: Vec<_> = self.due_searches.drain(..many).collect();
        let searches = tickets.into_iter().filter_map(|ticket| {
            let flight = self.flights.get(ticket)?;
            let mut ask = self.ask(flight.meter, flight.group, flight.act()?);
            if let Some(errand) = &flight.errand {
                ask.meter = errand.meter.clone();
            }
            let act = flight.errand.as_ref().map(|errand| &errand.act);
            Some(Search {
                ticket,
                ask,
                since: flight.at,
                floor: flight.floor,
                // of acts there is one at a time at a meter, and each sort has its own list
                alone: !flight.accompanied || act.is_some_and(|act| !act.may_repeat()),
                command: flight.errand.as_ref().map(|errand| errand.command),
            })
        });
        searches.collect()
    }

    fn gather(&mut self, now: Moment) {
        while let Some((at, ticket)) = self.flights.due_look(now) {
            let state = self.flights.get(ticket).map(|flight| flight.state);
            match state {
                Some(State::Waiting) => self.due_looks.push_back((at, ticket)),
                Some(State::Unknown) => self.due_searches.push_back(ticket),
                _ => {}
            }
        }
    }

    fn batch_is_worth_a_call(&self, now: Moment) -> bool {
        let Some((since, _)) = self.due_looks.front() else {
            return false;
        };
        self.open_looks < FEW
            || self.due_looks.len() >= self.batch
            || now.since(*since) >= self.patience()
    }

    fn patience(&self) -> i64 {
        (self.pace.first_poll / 20).clamp(1, SECOND)
    }

    /// When the oldest look that waits for company goes alone.
    pub(super) fn patience_ends(&self) -> Option<Moment> {
        let (since, _) = self.due_looks.front()?;
        (self.batch > 1).then(|| since.plus(self.patience()))
    }

    pub(super) fn look(&self, ticket: Ticket) -> Option<Look> {
        let flight = self.flights.get(ticket)?;
        let own = flight.errand.as_ref().map(|errand| errand.meter.clone());
        let watched = Watched {
            task: flight.task.clone()?,
            meter: own.unwrap_or_else(|| self.book.number(flight.meter)),
            act: flight.act()?,
        };
        Some(Look { ticket, watched })
    }

    /// A call that looked at tasks has ended, however it ended.
    pub fn look_ended(&mut self) {
        self.open_looks = self.open_looks.saturating_sub(1);
    }

    /// The look (or the search) brought nothing: again later. A failed look is not a failed task.
    pub fn not_looked(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.get(ticket) else {
            return;
        };
        if matches!(flight.state, State::Waiting | State::Unknown) {
            let step = self.step(now.since(flight.sent_at));
            self.flights.look_at(ticket, now.plus(step));
        }
    }

    /// The task was found so.
    pub fn looked(&mut self, ticket: Ticket, task: &TaskState, now: Moment) -> Next {
        let flight = self.flights.get_mut(ticket);
        let Some(flight) = flight.filter(|flight| flight.state != State::Ended) else {
            return Next::Late;
        };
        if flight.state != State::Waiting {
            return Next::Wait;
        }
        if flight.errand.is_some() {
            return self.looked_at_act(ticket, task, now);
        }
        flight.looks = flight.looks.saturating_add(1);
        flight.looked_at = Some(now);
        flight.absent = match task {
            TaskState::Absent => flight.absent + 1,
            _ => 0,
        };
        let (meter, item, absent) = (flight.meter, flight.item, flight.absent);
        let standing_by = *task == TaskState::StandingBy && !flight.dispatched;
        flight.dispatched |= standing_by;
        let end = match task {
            TaskState::Done => {
                self.heard(ticket, now);
                None
            }
            TaskState::Failed(said) => {
                self.unheard(meter, now);
                Some(if said.is_empty() {
                    "the meter did not answer".to_owned()
                } else {
                    said.clone()
                })
            }
            TaskState::Absent if absent >= ABSENT => {
                Some("the head-end no longer knows the task".to_owned())
            }
            TaskState::Absent | TaskState::Waiting | TaskState::StandingBy => {
                self.look_again(ticket, now);
                let dispatch = self.look(ticket).filter(|_| standing_by);
                return dispatch.map_or(Next::Wait, |look| Next::Dispatch(look.watched));
            }
        };
        // An answer that says nothing of the routine item leaves the routine where it is.
        let routine = item.is_some() && item == self.rules.routine;
        let due = if routine || self.book[meter].observed == NEVER {
            self.next_due(meter, now)
        } else {
            self.book[meter].due
        };
        self.end(ticket, end, due).map_or(Next::Wait, Next::End)
    }

    /// The meter answered.
    pub(super) fn heard(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.get(ticket) else {
            return;
        };
        let (meter, group) = (flight.meter, flight.group);
        let (looks, age) = (flight.looks, now.since(flight.sent_at));
        if let (Some(planned), Some(item)) = (flight.first, flight.what()) {
            // An early look that came late says nothing.
            let in_time = looks > 1 || age < planned.first * 9 / 10;
            let early = planned.early.filter(|_| in_time);
            let ended = looks <= 1 + u16::from(early.is_some());
            self.delays
                .answered(item, planned, early.map(|_| looks == 1), ended);
        }
        if flight.routine {
            self.book[meter].observed = now;
        }
        let was_silent = std::mem::take(&mut self.book[meter].silent) > 0;
        if was_silent && !flight.routine {
            // It is back: its status is wanted soon, not after the long wait for a silent meter.
            let observed = self.book[meter].observed;
            let due = if observed == NEVER {
                now
            } else {
                self.next_due(meter, observed)
            };
            self.routine_at(meter, due.max(now), now);
        }
        // Whatever the list says: a gateway that brings an answer is there.
        if !self.groups[group].online {
            self.groups[group].online = true;
            self.refresh(group, now);
        }
    }

    pub(super) fn look_again(&mut self, ticket: Ticket, now: Moment) {
        let Some(flight) = self.flights.get(ticket) else {
            return;
        };
        let first = flight.first.filter(|first| {
            first.early.is_some() && flight.looks == 1 && flight.sent_at.plus(first.first) > now
        });
        let age = now.since(flight.sent_at);
        let usual = flight.first.map_or(i64::MAX, |usual| usual.first);
        let at = if let Some(first) = first {
            flight.sent_at.plus(first.first)
        } else {
            let step = self.step(age);
            // Where tasks are much quicker than the steps, a task that is not done yet will soon be.
            let soon = (age - usual).max(usual / 16).max(1);
            let quick = usual < step / 4;
            now.plus(if quick { step.min(soon) } else { step })
        };
        self.flights.look_at(ticket, at);
    }

    /// The wait before the next look at a task of this age, with chance added last.
    pub(super) fn step(&mut self, age: i64) -> i64 {
        let steps = self.pace.steps.iter();
        let step = steps
            .clone()
            .find(|(below, _)| age < *below)
            .map_or(self.pace.last_step, |(_, wait)| *wait);
        self.dice.around(step.max(1), self.rules.jitter)
    }
}
