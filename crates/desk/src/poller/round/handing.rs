//! What waits for the store is handed over, and whether anything may be sent.

use super::{BATCH, Round};
use asking::RefusalKind;
use fleet::Moment;

impl Round {
    /// Hands the store what waits for it.
    pub(super) fn hand_over(&mut self, now: Moment) {
        match self.ended_together(now) {
            Some(pass) => self.leave_together(pass, now),
            None => self.hand_over_apart(now),
        }
        self.hand_over_beside(now);
    }

    /// Hands over what has ended and what leaves, each kind of work by itself; not beside a step that
    /// holds some of each.
    pub(super) fn hand_over_apart(&mut self, now: Moment) {
        if self.passing {
            return;
        }
        if let Some(batch) = self.keeps.next(now, BATCH) {
            self.bench.keep(batch);
        }
        if let Some(batch) = self.changes.next(now, BATCH) {
            self.bench.change(batch);
        }
        if let Some(batch) = self.hand.steps.next(now, BATCH) {
            self.bench.step(batch);
        }
        if self.may_reserve()
            && let Some(batch) = self.hand.departs.next(now, BATCH)
        {
            let leaving = self.leaving(batch, now);
            if leaving.is_empty() {
                self.hand.departs.done();
            } else {
                self.bench.depart(leaving);
            }
        }
        if self.may_reserve()
            && let Some(batch) = self.reserves.next(now, BATCH)
        {
            self.bench.reserve(batch);
        }
    }

    /// Hands over what waits for no slot and gives none free, but for asks that brought no answer.
    pub(super) fn hand_over_beside(&mut self, now: Moment) {
        if let Some(batch) = self.settles.next(now, BATCH) {
            self.bench.settle(batch);
        }
        if let Some(batch) = self.unanswered.next(now, BATCH) {
            self.bench.unanswered(batch);
        }
        if let Some(batch) = self.refusals.next(now, BATCH) {
            let why = RefusalKind::NotOffered.sentence();
            self.bench.refuse(batch, why);
        }
        if let Some(batch) = self.tales.next(now, 1) {
            self.bench.tell(batch);
        }
        if let Some(batch) = self.gateways.next(now, BATCH) {
            self.bench.gateways(batch);
        }
        if let Some(batch) = self.hand.minted.next(now, BATCH) {
            self.bench.keep_tokens(batch);
        }
        if let Some(batch) = self.hand.checks.next(now, BATCH) {
            self.bench.check(batch);
        }
        if let Some(batch) = self.hand.proofs.next(now, BATCH) {
            self.bench.prove(batch);
        }
        if let Some(batch) = self.hand.tokens.next(now, BATCH) {
            self.bench.tokens(batch);
        }
    }

    /// Whether slots may be taken now.
    pub(super) fn may_reserve(&self) -> bool {
        // where taking slots is all that fails, trying again tells when it has passed
        let taking = self.reserves.tries() > 0 || self.hand.departs.tries() > 0;
        let troubled = self.is_failing() && (!taking || self.others_fail());
        let barred = self.parting || self.recount.bars() || troubled;
        !barred && self.lease.allows(self.poller.clock().instant())
    }

    /// Whether nothing that was received, and nothing that was sent, is in hand only.
    pub(super) fn is_idle(&self) -> bool {
        self.creating == 0 && self.is_written() && self.tales.is_idle() && self.gateways.is_idle()
    }

    /// Whether the store knows everything that has ended.
    pub(super) fn is_written(&self) -> bool {
        let lanes = [
            self.reserves.is_idle(),
            self.changes.is_idle(),
            self.keeps.is_idle(),
            self.settles.is_idle(),
            self.unanswered.is_idle(),
            self.refusals.is_idle(),
            self.hand.is_written(),
        ];
        lanes.into_iter().all(|idle| idle)
    }

    /// Whether the last work of any kind has failed.
    pub(super) fn is_failing(&self) -> bool {
        let taking = self.reserves.tries() > 0 || self.hand.departs.tries() > 0;
        taking || self.others_fail()
    }

    /// Whether the last work of a kind has failed, but for taking slots.
    pub(super) fn others_fail(&self) -> bool {
        let tries = [
            self.changes.tries(),
            self.keeps.tries(),
            self.settles.tries(),
            self.unanswered.tries(),
            self.refusals.tries(),
            self.tales.tries(),
            self.gateways.tries(),
        ];
        self.hand.fails() || self.lease.failing || tries.into_iter().any(|tries| tries > 0)
    }
}
