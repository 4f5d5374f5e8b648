//! What follows when a call to the head-end has ended.

use super::super::calls::Called;
use super::super::work::Change;
use super::Round;
use crate::plan::{End, Fate, Look, News, Next, Search, Ticket};
use crate::{Arrived, Unanswered};
use asking::{Polled, Refusal, Seen, TaskId, TaskState, Touches};
use fleet::{Moment, SECOND};
use store::{NewAnswer, SlotChange, SlotId};

impl Round {
    /// A call to the head-end has ended.
    pub(super) fn called(&mut self, called: Called, began: Moment, now: Moment) {
        match called {
            Called::Created(ticket, slot, result) => self.created(ticket, slot, result, began, now),
            Called::Looked(looks, result) => self.looked(looks, result, began, now),
            Called::Searched(search, result) => self.searched(&search, result, began, now),
            Called::Dispatched(ticket, result) => {
                if let Err(refusal) = result {
                    self.planner.refused_call(&refusal, began, now);
                }
                self.planner.not_looked(ticket, now);
            }
            Called::Probed(result) => self.planner.probed(result.as_ref().copied(), now),
            Called::Gateways(result) => {
                self.listing = false;
                match result {
                    Ok(rows) => self.chores.listed(rows),
                    Err(refusal) => self.planner.refused_call(&refusal, began, now),
                }
            }
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
                self.changes.push(Change {
                    change: SlotChange::Sent(slot, task.0.clone(), now),
                    frees: None,
                });
                self.planner.created(ticket, task, now);
            }
            Err(refusal) => {
                self.set_up(&refusal);
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
        let polled = match result {
            Ok(polled) => polled,
            Err(refusal) => {
                self.planner.refused_call(&refusal, began, now);
                for look in looks {
                    self.planner.not_looked(look.ticket, now);
                }
                return;
            }
        };
        self.planner.spoke(began, now);
        for (look, polled) in looks.into_iter().zip(polled) {
            match self.planner.looked(look.ticket, &polled.state, now) {
                Next::Wait => {}
                Next::Dispatch(watched) => self.calls.dispatch(look.ticket, watched),
                Next::End(end) => self.ended(end, polled, now),
            }
        }
    }

    fn ended(&mut self, end: End, polled: Polled, now: Moment) {
        count("ended", None);
        if polled.state == TaskState::Absent || polled.raw.is_empty() {
            let why = end.failed.clone().unwrap_or_default();
            return self.no_answer(end, true, &why);
        }
        let answer = NewAnswer {
            at: now,
            source: self.poller.head_end.name().to_owned(),
            meter: Some(end.meter),
            asked: end.item.word().to_owned(),
            body: polled.raw,
            slot: Some(end.slot),
        };
        let arrived = Arrived {
            answer,
            request: end.request,
            asked_at: Some(end.asked_at),
        };
        self.keeps.push((end.ticket, arrived));
    }

    fn searched(
        &mut self,
        search: &Search,
        result: Result<Vec<Seen>, Refusal>,
        began: Moment,
        now: Moment,
    ) {
        let seen = match result {
            Ok(seen) => seen,
            Err(refusal) => {
                self.planner.refused_call(&refusal, began, now);
                return self.planner.not_looked(search.ticket, now);
            }
        };
        self.planner.spoke(began, now);
        // Other programs share the account's list: the oldest task that can be this one is taken up.
        match seen.iter().rfind(|one| search.fits(one, None)) {
            Some(found) => {
                let task = found.polled.task.clone();
                self.planner.found(search.ticket, task, now);
            }
            None => self.planner.not_looked(search.ticket, now),
        }
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
    fn set_up(&mut self, refusal: &Refusal) {
        let now = self.poller.clock().now();
        if refusal.kind.touches() == Touches::SetUp && now.since(self.set_up_told) > 60 * SECOND {
            self.set_up_told = now;
            self.news.push(News::Down(refusal.clone(), now));
        }
    }
}

/// Counts how asks go, by what happened; never by meter.
fn count(what: &'static str, refusal: Option<&Refusal>) {
    let outcome = refusal.map_or("ok", |refusal| refusal.kind.word());
    metrics::counter!("calinmeter_asks_total", "what" => what, "outcome" => outcome).increment(1);
}
