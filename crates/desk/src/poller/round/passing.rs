//! What has ended and what leaves next go to the store in one step: a slot that is freed there is
//! taken there, so a gateway stands idle for one durable step and not for two.
//!
//! While the store fails, or the slots are being counted, each kind of work goes by itself as before:
//! what cannot be written must not keep the rest from it.

use super::super::hand::Then;
use super::super::lane::Lane;
use super::super::pass::{Pass, Passed};
use super::super::work::Done;
use super::{BATCH, Round};
use crate::Arrived;
use crate::intake::Kept;
use crate::plan::Ticket;
use fleet::Moment;

impl Round {
    /// Begins a step with what has ended: its slots may be planned with at once. Nothing while one is
    /// under way, or while each kind of work goes by itself.
    pub(super) fn ended_together(&mut self, now: Moment) -> Option<Pass> {
        if self.passing || self.is_failing() || self.recount.bars() {
            return None;
        }
        let pass = Pass {
            keeps: self.keeps.next(now, BATCH).unwrap_or_default(),
            changes: self.changes.next(now, BATCH).unwrap_or_default(),
            steps: self.hand.steps.next(now, BATCH).unwrap_or_default(),
            ..Pass::default()
        };
        for (ticket, _) in &pass.keeps {
            // the read of a command goes on once its answer is kept
            if self.planner.command_of(*ticket).is_none() {
                self.planner.freed(*ticket, now);
            }
        }
        for ticket in pass.changes.iter().filter_map(|one| one.frees) {
            self.planner.freed(ticket, now);
        }
        for then in pass.steps.iter().flat_map(|step| &step.then) {
            self.free_of(then, now);
        }
        Some(pass)
    }

    /// Hands over what has ended, with what leaves.
    pub(super) fn leave_together(&mut self, mut pass: Pass, now: Moment) {
        if self.may_reserve() {
            pass.creates = self.reserves.next(now, BATCH).unwrap_or_default();
            if let Some(batch) = self.hand.departs.next(now, BATCH) {
                pass.leaving = self.leaving(batch, now);
                if pass.leaving.is_empty() {
                    self.hand.departs.done();
                }
            }
        }
        if !pass.is_empty() {
            self.passing = true;
            self.bench.pass(pass);
        }
    }

    /// What was handed over together is written down, or is not.
    pub(super) fn passed(&mut self, pass: Pass, done: Done<Passed>, now: Moment) {
        self.passing = false;
        if done.is_err() {
            self.ended_unwritten.extend(pass.frees());
        }
        let Pass {
            keeps,
            changes,
            steps,
            creates,
            leaving,
        } = pass;
        match done {
            Ok(passed) => {
                done_with(&mut self.keeps, &keeps);
                done_with(&mut self.changes, &changes);
                done_with(&mut self.hand.steps, &steps);
                done_with(&mut self.reserves, &creates);
                if !leaving.is_empty() {
                    self.hand.departs.done();
                }
                self.kept(&keeps, passed.kept, now);
                self.free(changes.into_iter().filter_map(|one| one.frees), now);
                self.stepped(steps, passed.moved, now);
                self.reserved(creates, passed.slots, now);
                self.departed(leaving, passed.left, now);
            }
            Err(trouble) => {
                // what the store has taken without saying so is found by a recount
                if !creates.is_empty() || !leaving.is_empty() {
                    self.recount.want();
                }
                let sends = leaving.into_iter().map(|one| one.send).collect();
                failed(&mut self.keeps, keeps, now);
                failed(&mut self.changes, changes, now);
                failed(&mut self.hand.steps, steps, now);
                failed(&mut self.reserves, creates, now);
                failed(&mut self.hand.departs, sends, now);
                self.trouble(&trouble);
            }
        }
    }

    /// Answers are kept.
    pub(super) fn kept(&mut self, batch: &[(Ticket, Arrived)], kept: Vec<Kept>, now: Moment) {
        if batch.is_empty() {
            return;
        }
        self.status.answered_at = Some(now);
        for (ticket, _) in batch {
            self.read_kept(*ticket, now);
        }
        self.free(batch.iter().map(|(ticket, _)| *ticket), now);
        self.settles.extend(kept);
    }

    /// The slot that a step gives free.
    pub(super) fn free_of(&mut self, then: &Then, now: Moment) {
        match then {
            Then::Free(ticket) => self.planner.freed(*ticket, now),
            Then::Over(ticket) => self.planner.slot_over(*ticket, now),
            Then::Go(_) | Then::Dispatch(..) => {}
        }
    }
}

fn done_with<T>(lane: &mut Lane<T>, batch: &[T]) {
    if !batch.is_empty() {
        lane.done();
    }
}

fn failed<T>(lane: &mut Lane<T>, batch: Vec<T>, now: Moment) {
    if !batch.is_empty() {
        lane.failed(batch, now);
    }
}
