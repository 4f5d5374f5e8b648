//! What follows when the store has done a batch, or could not.

use super::super::work::Worked;
use super::{Round, chain};
use crate::plan::Create;
use crate::{DeskError, Want};
use fleet::Moment;
use store::SlotId;

impl Round {
    /// A batch for the store has ended.
    pub(super) fn worked(&mut self, done: Worked, now: Moment) {
        match done {
            Worked::Reserved(batch, Ok(slots)) => {
                self.reserves.done();
                for (create, slot) in batch.into_iter().zip(slots) {
                    self.reserved(create, slot, now);
                }
            }
            Worked::Reserved(batch, Err(error)) => {
                self.reserves.failed(batch, now);
                return self.trouble(&error);
            }
            Worked::Changed(batch, Ok(())) => {
                self.changes.done();
                for ticket in batch.into_iter().filter_map(|one| one.frees) {
                    self.planner.freed(ticket, now);
                }
            }
            Worked::Changed(batch, Err(error)) => {
                self.changes.failed(batch, now);
                return self.trouble(&error);
            }
            Worked::Kept(batch, Ok(kept)) => {
                self.keeps.done();
                self.status.answered_at = Some(now);
                let tickets = batch.into_iter().map(|(ticket, _)| ticket);
                self.settles.extend(tickets.zip(kept));
            }
            Worked::Kept(batch, Err(error)) => {
                self.keeps.failed(batch, now);
                return self.trouble(&error);
            }
            Worked::Settled(batch, Ok(wants)) => {
                self.settles.done();
                for (ticket, _) in batch {
                    self.planner.freed(ticket, now);
                }
                self.wanted(wants, now);
            }
            Worked::Settled(batch, Err(error)) => {
                self.settles.failed(batch, now);
                return self.trouble(&error);
            }
            Worked::Unanswered(batch, Ok(())) => {
                self.unanswered.done();
                for (ticket, _) in batch {
                    self.planner.freed(ticket, now);
                }
            }
            Worked::Unanswered(batch, Err(error)) => {
                self.unanswered.failed(batch, now);
                return self.trouble(&error);
            }
        }
        self.status.store_trouble = None;
    }

    /// The store takes nothing in: nothing new is created, and what is in hand is tried again.
    pub(in crate::poller) fn trouble(&mut self, error: &DeskError) {
        let chain = chain(error);
        if self.status.store_trouble.as_ref() != Some(&chain) {
            tracing::error!("{chain}");
        }
        self.status.store_trouble = Some(chain);
    }

    /// A verdict would like to know more, where this head-end can tell.
    fn wanted(&mut self, wants: Vec<Want>, now: Moment) {
        let offered = self.poller.head_end.offers().items.clone();
        for want in wants
            .into_iter()
            .filter(|want| offered.contains(&want.item))
        {
            let (item, priority) = (want.item, want.priority);
            self.planner
                .want(&want.meter, item, priority, now, None, now);
        }
    }

    fn reserved(&mut self, create: Create, slot: Option<SlotId>, now: Moment) {
        if let Some(slot) = slot {
            self.planner.reserved(create.ticket, slot);
            self.calls.create(create, slot);
        } else {
            self.creating -= 1;
            self.planner.not_reserved(create.ticket, now);
        }
    }
}
