//! Proofs: the meter is asked whether it is so, and what it says moves the command.

use super::super::hand::{Step, Then};
use super::super::local;
use super::Round;
use super::acting::AGAIN;
use crate::command::{Finding, Reread};
use crate::plan::AFTER_COMMAND;
use asking::Item;
use commands::{Event, Kind, State};
use fleet::{HOUR, MINUTE, Moment};
use remedies::Proof;
use serde_json::json;
use store::Known;

/// For so long the truth about an act that counts as failed is still looked for.
const LATE: i64 = 10 * MINUTE;

impl Round {
    /// The meter is asked whether it is so. An act that is waited for is proved too: the meter may
    /// know before the head-end says it.
    pub(super) fn read_back(&mut self, number: i64, now: Moment) {
        let offers = &self.poller.head_end.offers().items;
        let Some(held) = self.hand.get_mut(number) else {
            return;
        };
        let state = held.record.state();
        if state == State::Accepted || held.wanted.kind == Kind::Read {
            return;
        }
        let proofs = remedies::reads_back(&held.wanted);
        let Some(item) = proofs.iter().copied().find(|item| offers.contains(item)) else {
            return;
        };
        let times = held.record.life().times();
        let from = match (state, held.reads_from) {
            (State::Unknown, None) => times.sent_at.unwrap_or(times.since),
            (State::Unknown | State::Failed, Some(from)) => from,
            // what was asked while nobody knew of it may be from before it was carried out
            _ => times.since,
        };
        held.reads_from = Some(from);
        let reads = held.reads;
        if state == State::Failed && now.since(from) > LATE {
            return self.hand.drop(number);
        }
        held.reads += 1;
        let meter = held.record.id().meter.clone();
        let known = self
            .planner
            .want(&meter, item, AFTER_COMMAND, from, None, now);
        if !known {
            self.chores.soon_fleet();
        }
        let wait = AGAIN.saturating_mul(1 << reads.min(8)).min(HOUR);
        self.hand.again_at(number, now.plus(wait));
    }

    /// A meter was heard: whatever waits for it may go on.
    pub(super) fn met(&mut self, known: &Known, item: &str, asked: Moment, now: Moment) {
        let Some(item) = Item::from_word(item) else {
            return;
        };
        for number in self.hand.of_meter(&known.meter.number) {
            let Some(held) = self.hand.get(number) else {
                continue;
            };
            match held.record.state() {
                State::Approved | State::Queued => {
                    let record = held.record.clone();
                    self.hand.checks.push(record);
                }
                State::Unknown | State::Executed | State::Failed
                    if held.reads_from.is_some_and(|from| asked >= from)
                        && remedies::reads_back(&held.wanted).contains(&item) =>
                {
                    let reread = Reread {
                        record: held.record.clone(),
                        item,
                        asked,
                        known: known.clone(),
                        wall: local::text(now, held.zone.as_deref()).unwrap_or_default(),
                    };
                    self.hand.proofs.push(reread);
                }
                _ => {}
            }
        }
    }

    /// What was read back was looked at.
    pub(super) fn proved(&mut self, found: &Finding, now: Moment) {
        let number = found.command;
        let Some(held) = self.hand.get(number) else {
            return;
        };
        let state = held.record.state();
        let said = found.proof.sentence().say(catalogue::Lang::En).to_owned();
        match (&found.proof, state) {
            (Proof::Verified(_), State::Unknown | State::Failed) => {
                self.release(number);
                let seen = "the meter shows that it was carried out";
                self.hear(number, Event::Execute, seen, now);
                self.verify(number, found, &said, now);
            }
            (Proof::Verified(_), State::Executed) => self.verify(number, found, &said, now),
            (Proof::Contradicted(_), State::Executed) => {
                self.hear(number, Event::Contradict, &said, now);
            }
            (Proof::Armed(_), State::Executed)
                if held.record.command.outcome.as_deref() != Some(said.as_str()) =>
            {
                self.hear(number, Event::Arm, &said, now);
            }
            (Proof::Armed(_), State::Unknown) => {
                self.release(number);
                self.hear(number, Event::Execute, &said, now);
            }
            // not so, and long enough ago: a head-end without a task list has no other word
            (Proof::NotYet(_) | Proof::Contradicted(_), State::Unknown)
                if !self.poller.head_end.offers().task_list =>
            {
                let said = "no sign of it at the meter after its time: it was not carried out";
                self.none_found(number, said, found.asked, now);
            }
            _ => {}
        }
    }

    pub(super) fn verify(&mut self, number: i64, found: &Finding, said: &str, now: Moment) {
        let rules = self.poller.commands.rules();
        let Some(held) = self.hand.get_mut(number) else {
            return;
        };
        let sentence = found.proof.sentence();
        let Ok(mut step) = held.record.hear_why(Event::Verify, said, now, rules) else {
            return;
        };
        step.proof = Some(json!({ "sign": sentence.slug, "said": said }).to_string());
        self.hand.steps.push(Step {
            moves: vec![step],
            then: vec![Then::Go(number)],
            ..Step::default()
        });
    }

    /// No task of the head-end can be this one. It counts only once the horizon has passed.
    /// What was asked before it says nothing, however late its answer came.
    pub(super) fn none_found(&mut self, number: i64, said: &str, asked: Moment, now: Moment) {
        let rules = self.poller.commands.rules();
        let Some(held) = self.hand.get_mut(number) else {
            return;
        };
        if !held.record.is_past_horizon(asked, rules) {
            return;
        }
        let Ok(step) = held.record.hear_why(Event::FindNone, said, now, rules) else {
            return;
        };
        let (change, free) = self.release_of(number);
        self.hand.steps.push(Step {
            moves: vec![step],
            change,
            then: free.into_iter().chain([Then::Go(number)]).collect(),
            ..Step::default()
        });
    }

    /// The act of a command is not waited for any more.
    pub(super) fn release(&mut self, number: i64) {
        let (change, free) = self.release_of(number);
        self.hand.steps.push(Step {
            change,
            then: free.into_iter().collect(),
            ..Step::default()
        });
    }

    pub(super) fn release_of(&mut self, number: i64) -> (Option<store::SlotChange>, Option<Then>) {
        match self.planner.settled(number) {
            Some((ticket, slot)) => (slot.map(store::SlotChange::Free), Some(Then::Free(ticket))),
            None => (None, None),
        }
    }
}
