//! What follows when a call to the head-end has ended.

use super::super::calls::{Called, each};
use super::super::hand::{Step, Then};
use super::super::work::{Change, Tale};
use super::Round;
use crate::plan::{End, Fate, Look, Next, Search, Ticket};
use crate::{Arrived, Unanswered};
use asking::{Act, Item, Polled, Refusal, Seen, TaskId, TaskState, Touches};
use fleet::{MeterNumber, Moment, SECOND};
use std::collections::BTreeMap;
use store::{NewAnswer, SlotChange, SlotId};

impl Round {
    /// A call to the head-end has ended.
    pub(super) fn called(&mut self, called: Called, began: Moment, now: Moment) {
        match called {
            Called::Created(tickets, result) => {
                let each = each(result, tickets.len());
                for ((ticket, slot), result) in tickets.into_iter().zip(each) {
                    self.created(ticket, slot, result, began, now);
                }
            }
            Called::Looked(looks, result) => self.looked(looks, result, began, now),
            Called::Searched(search, result) => self.searched(&search, result, began, now),
            Called::CreatedActs(sent, result) => self.created_acts(sent, result, began, now),
            Called::Marked(send, result) => {
                self.heard(&result, began, now);
                self.marked(send, result, now);
            }
            Called::Minted(id, result) => {
                self.heard(&result, began, now);
                self.minted(id, result, now);
            }
            Called::Dispatched(ticket, result) => {
                self.heard(&result, began, now);
                self.planner.not_looked(ticket, now);
            }
            Called::Probed(result) => self.planner.probed(result.as_ref().copied(), now),
            Called::Gateways(result) => {
                self.heard(&result, began, now);
                self.chores.gateways_listed();
                if let Ok(rows) = result {
                    self.gateways(rows, now);
                }
            }
        }
    }

    /// The head-end answered a call that began then, or refused it.
    fn heard<T>(&mut self, result: &Result<T, Refusal>, began: Moment, now: Moment) {
        match result {
            Ok(_) => self.planner.spoke(began, now),
            Err(refusal) => self.planner.refused_call(refusal, began, now),
        }
    }

    fn created(
        &mut self,
        ticket: Ticket,
        slot: SlotId,
        result: Result<TaskId, Refusal>,
        began: Moment,
        now: Moment,
    ) {
        self.creating -= 1;
        count("created", result.as_ref().err());
        match result {
            Ok(task) => {
                self.planner.spoke(began, now);
                self.sent(slot, &task, now);
                // taken up again meanwhile, it is known by its slot only
                match self.planner.holder(slot).filter(|holder| *holder != ticket) {
                    Some(holder) => drop(self.planner.found(holder, task, now)),
                    None => self.planner.created(ticket, task, now),
                }
            }
            Err(refusal) => {
                self.set_up(&refusal, now);
                let fate = self.planner.refused(ticket, &refusal, began, now);
                if let Some(fate) = fate {
                    let silent = refusal.kind.touches() == Touches::Ask;
                    self.fate(fate, silent, &refusal.to_string());
                }
            }
        }
    }

    fn looked(
        &mut self,
        looks: Vec<Look>,
        result: Result<Vec<Polled>, Refusal>,
        began: Moment,
        now: Moment,
    ) {
        self.planner.look_ended();
        self.heard(&result, began, now);
        let polled = result.unwrap_or_default().into_iter();
        let mut polled: BTreeMap<TaskId, Polled> =
            polled.map(|polled| (polled.task.clone(), polled)).collect();
        for look in looks {
            let Some(polled) = polled.remove(&look.watched.task) else {
                self.planner.not_looked(look.ticket, now);
                continue;
            };
            let ticket = self.planner.waiter(look.ticket, &polled.task);
            match self.planner.looked(ticket, &polled.state, now) {
                Next::Wait => {}
                Next::Late => self.came_late(look, polled, now),
                Next::Dispatch(watched) if self.planner.command_of(ticket).is_some() => {
                    self.dispatch_act(ticket, watched, now);
                }
                Next::Dispatch(watched) => self.calls.dispatch(ticket, watched),
                Next::Act(end) => self.act_ended(end, polled, now),
                Next::End(end) => self.ended(end, polled, now),
            }
        }
    }

    /// The answer to an ask that was given up is kept and judged like any other.
    fn came_late(&mut self, look: Look, polled: Polled, now: Moment) {
        let Act::Read(item) = look.watched.act else {
            return;
        };
        let has_ended = matches!(polled.state, TaskState::Done | TaskState::Failed(_));
        if !has_ended || polled.raw.is_empty() {
            return;
        }
        let arrived = Arrived {
            answer: self.answer((look.watched.meter, item), polled.raw, None, now),
            request: None,
            asked_at: None,
        };
        self.keeps.push((look.ticket, arrived));
    }

    fn ended(&mut self, end: End, polled: Polled, now: Moment) {
        count("ended", None);
        if polled.state == TaskState::Absent || polled.raw.is_empty() {
            let why = end.failed.clone().unwrap_or_default();
            return self.no_answer(end, true, &why);
        }
        let arrived = Arrived {
            answer: self.answer((end.meter, end.item), polled.raw, Some(end.slot), now),
            request: end.request,
            asked_at: Some(end.asked_at),
        };
        self.keeps.push((end.ticket, arrived));
    }

    fn answer(
        &self,
        (meter, item): (MeterNumber, Item),
        body: String,
        slot: Option<SlotId>,
        at: Moment,
    ) -> NewAnswer {
        NewAnswer {
            at,
            source: self.poller.head_end.name().to_owned(),
            meter: Some(meter),
            asked: item.word().to_owned(),
            body,
            slot,
        }
    }

    fn searched(
        &mut self,
        search: &Search,
        result: Result<Vec<Seen>, Refusal>,
        began: Moment,
        now: Moment,
    ) {
        self.heard(&result, began, now);
        if let Some(number) = search.command {
            return self.searched_act(search, number, result, began, now);
        }
        let seen = result.unwrap_or_default();
        let head_end = self.poller.head_end.clone();
        let fits = |one: &&Seen| search.fits(one, head_end.account());
        // Other programs share the account's list: the oldest task that can be this one is taken up.
        let Some(found) = seen.iter().rfind(fits) else {
            return self.planner.not_looked(search.ticket, now);
        };
        let task = &found.polled.task;
        if let Some(slot) = self.planner.found(search.ticket, task.clone(), now) {
            self.sent(slot, task, now);
        }
    }

    /// The slot's task is known: a restart goes on with it.
    fn sent(&mut self, slot: SlotId, task: &TaskId, now: Moment) {
        self.changes.push(Change {
            change: SlotChange::Sent(slot, task.0.clone(), now),
            frees: None,
        });
    }

    pub(super) fn fate(&mut self, fate: Fate, silent: bool, why: &str) {
        match fate {
            Fate::Lost(slot) => self.changes.push(Change {
                change: SlotChange::Lost(slot),
                frees: None,
            }),
            Fate::Again(ticket, slot) => self.changes.push(Change {
                change: SlotChange::Free(slot),
                frees: Some(ticket),
            }),
            Fate::Unanswered(end) => self.no_answer(end, silent, why),
            Fate::Over(ticket, slot) => self.hand.steps.push(Step {
                change: Some(SlotChange::Free(slot)),
                then: vec![Then::Over(ticket)],
                ..Step::default()
            }),
        }
    }

    fn no_answer(&mut self, end: End, silent: bool, why: &str) {
        let unanswered = Unanswered {
            slot: end.slot,
            meter: end.meter,
            silent,
            why: end.failed.unwrap_or_else(|| why.to_owned()),
            request: end.request,
            asked_at: end.asked_at,
        };
        self.unanswered.push((end.ticket, unanswered));
    }

    /// What this head-end is not set up for is a case of the whole head-end, not of a meter.
    pub(super) fn set_up(&mut self, refusal: &Refusal, now: Moment) {
        if refusal.kind.touches() == Touches::SetUp && now.since(self.set_up_told) > 60 * SECOND {
            self.set_up_told = now;
            self.tales.push(Tale::Troubled(refusal.clone(), now));
        }
    }
}

/// Counts how asks go, by what happened; never by meter.
pub(super) fn count(what: &'static str, refusal: Option<&Refusal>) {
    let outcome = refusal.map_or("ok", |refusal| refusal.kind.word());
    metrics::counter!("calinmeter_asks_total", "what" => what, "outcome" => outcome).increment(1);
}
