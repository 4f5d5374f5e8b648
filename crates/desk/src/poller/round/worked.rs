//! What follows when the store has done a batch, or could not.

use super::super::calls::together;
use super::super::lane::Lane;
use super::super::work::{Change, Done, Trouble, Worked};
use super::{BATCH, Round};
use crate::Want;
use crate::intake::{Kept, Settled};
use crate::plan::{Create, Ticket};
use asking::Sort;
use fleet::Moment;
use std::collections::BTreeMap;
use store::{SlotChange, SlotId};

/// Answers are judged together: nobody waits for it as slots wait for the store.
const TOGETHER: i64 = 100;
/// So often the judging of one answer is tried when it is the answer that makes it fail.
const JUDGED: u32 = 3;

impl Round {
    /// Work for the store has ended.
    pub(super) fn worked(&mut self, worked: Worked, now: Moment) {
        match worked {
            Worked::Reserved(batch, done) => {
                // what the store has taken without saying so is found by a recount
                if done.is_err() {
                    self.recount.want();
                }
                if let Some((batch, slots)) = self.whole(|r| &mut r.reserves, batch, done, now) {
                    self.reserved(batch, slots, now);
                }
            }
            Worked::Changed(batch, done) => {
                if let Some((batch, ())) = self.whole(|r| &mut r.changes, batch, done, now) {
                    self.free(batch.into_iter().filter_map(|one| one.frees), now);
                }
            }
            Worked::Kept(batch, done) => {
                if let Some((batch, kept)) = self.whole(|r| &mut r.keeps, batch, done, now) {
                    self.kept(&batch, kept, now);
                }
            }
            Worked::Passed(pass, done) => self.passed(*pass, done, now),
            Worked::Settled(batch, done) => self.settled(batch, done, now),
            Worked::Unanswered(batch, done) => {
                if let Some((batch, ())) = self.whole(|r| &mut r.unanswered, batch, done, now) {
                    self.free(batch.into_iter().map(|(ticket, _)| ticket), now);
                }
            }
            Worked::Refused(batch, done) => {
                self.whole(|r| &mut r.refusals, batch, done, now);
            }
            Worked::Told(batch, done) => {
                self.whole(|r| &mut r.tales, batch, done, now);
            }
            Worked::Gateways(batch, done) => {
                self.whole(|r| &mut r.gateways, batch, done, now);
            }
            Worked::Acts(worked) => self.worked_at_acts(worked, now),
            Worked::Leased(done) => {
                self.lease.answered(done.as_ref().ok().copied());
                self.unless_troubled(done);
            }
            Worked::Slots(done) => self.slots(done, now),
            Worked::Fleet(done) => match self.unless_troubled(done) {
                Some(all) => self.fleet(all),
                None => self.chores.no_fleet(),
            },
            Worked::Requests(done) => match self.unless_troubled(done) {
                Some(open) => self.requests(open, now),
                None => self.chores.requests_read(),
            },
        }
        if !self.is_failing() {
            self.status.store_trouble = None;
        }
    }

    /// A batch of a lane has ended: what came of it, or it goes back to be tried again.
    pub(super) fn whole<T, R>(
        &mut self,
        lane: fn(&mut Self) -> &mut Lane<T>,
        batch: Vec<T>,
        done: Done<R>,
        now: Moment,
    ) -> Option<(Vec<T>, R)> {
        match done {
            Ok(result) => {
                lane(self).done();
                Some((batch, result))
            }
            Err(trouble) => {
                lane(self).failed(batch, now);
                self.trouble(&trouble);
                None
            }
        }
    }

    /// Answers were judged. One that cannot be judged, through a fault of ours, stays kept and makes
    /// way: the others must not wait for it.
    fn settled(&mut self, batch: Vec<Kept>, done: Done<Settled>, now: Moment) {
        let tries = self.settles.tries();
        match &done {
            Err(trouble) if !trouble.passes && batch.len() == 1 && tries >= JUDGED => {
                tracing::error!("an answer is kept and cannot be judged: {}", trouble.said);
                self.settles.done();
            }
            _ => {
                if let Some((batch, settled)) = self.whole(|r| &mut r.settles, batch, done, now) {
                    if self.hand.len() > 0 {
                        for (meter, item, at) in batch.iter().filter_map(Kept::asked) {
                            if let Some(known) = settled.known.get(meter) {
                                self.met(known, item, at, now);
                            }
                        }
                    }
                    if batch.len() < BATCH {
                        self.settles.rest(now.plus(TOGETHER));
                    }
                    self.wanted(settled.wants, now);
                }
            }
        }
    }

    pub(super) fn unless_troubled<T>(&mut self, done: Done<T>) -> Option<T> {
        match done {
            Ok(result) => Some(result),
            Err(trouble) => {
                self.trouble(&trouble);
                None
            }
        }
    }

    /// The store takes nothing in: nothing new is created, and what is in hand is tried again.
    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        let said = &trouble.said;
        if self.status.store_trouble.as_ref() != Some(said) {
            tracing::error!("{said}");
        }
        self.status.store_trouble = Some(said.clone());
    }

    pub(super) fn free(&mut self, tickets: impl IntoIterator<Item = Ticket>, now: Moment) {
        for ticket in tickets {
            self.planner.freed(ticket, now);
        }
    }

    /// A verdict would like to know more, where this head-end can tell.
    fn wanted(&mut self, wants: Vec<Want>, now: Moment) {
        let offers = &self.poller.head_end.offers().items;
        let offered = |want: &Want| offers.contains(&want.item);
        for want in wants.into_iter().filter(offered) {
            let (item, priority) = (want.item, want.priority);
            self.planner
                .want(&want.meter, item, priority, now, None, now);
        }
    }

    /// Slots were taken for these creations, or none were free: those that may are created, many by
    /// one call.
    pub(super) fn reserved(&mut self, batch: Vec<Create>, slots: Vec<Option<SlotId>>, now: Moment) {
        let mut go: BTreeMap<Sort, Vec<(Create, SlotId)>> = BTreeMap::new();
        for (create, slot) in batch.into_iter().zip(slots) {
            if let Some((create, slot)) = self.may_create(create, slot, now) {
                let sort = create.ask.act.sort();
                go.entry(sort).or_default().push((create, slot));
            }
        }
        let most = self.poller.head_end.offers().creates;
        for creates in go.into_values() {
            for call in together(creates, most, |(create, _)| &create.ask.meter) {
                self.calls.create(call);
            }
        }
    }

    fn may_create(
        &mut self,
        create: Create,
        slot: Option<SlotId>,
        now: Moment,
    ) -> Option<(Create, SlotId)> {
        let ticket = create.ticket;
        let may_ask = !self.parting && self.lease.allows(self.poller.clock().instant());
        let may_send = may_ask && self.planner.speaks() && !self.is_failing();
        match slot {
            Some(slot) if may_send && self.planner.reserved(ticket, slot) => {
                return Some((create, slot));
            }
            // stopped, lost, down or in trouble meanwhile
            Some(slot) => self.changes.push(Change {
                change: SlotChange::Free(slot),
                frees: None,
            }),
            None => self.recount.want(),
        }
        self.creating -= 1;
        self.planner.not_reserved(ticket, now);
        None
    }
}
