//! Work for the store, each batch in a task of its own.

use crate::intake::Kept;
use crate::plan::{Create, Ticket};
use crate::{Arrived, DeskError, Intake, Unanswered, Want};
use std::sync::Arc;
use store::{NewSlot, SlotChange, SlotId};
use tokio::sync::mpsc;

/// How a batch ended. A failed one comes back, to be tried again.
#[derive(Debug)]
pub(super) enum Worked {
    Reserved(Vec<Create>, Result<Vec<Option<SlotId>>, DeskError>),
    Changed(Vec<Change>, Result<(), DeskError>),
    Kept(Vec<(Ticket, Arrived)>, Result<Vec<Kept>, DeskError>),
    Settled(Vec<(Ticket, Kept)>, Result<Vec<Want>, DeskError>),
    Unanswered(Vec<(Ticket, Unanswered)>, Result<(), DeskError>),
}

/// A change of a slot; a slot that is freed ends the ticket.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) change: SlotChange,
    pub(super) frees: Option<Ticket>,
}

/// Hands batches to the store.
#[derive(Clone, Debug)]
pub(super) struct Bench {
    pub(super) intake: Arc<Intake>,
    pub(super) head_end: String,
    pub(super) limit: u32,
    pub(super) ended: mpsc::UnboundedSender<Worked>,
}

impl Bench {
    pub(super) fn reserve(&self, batch: Vec<Create>) {
        let head_end = self.head_end.clone();
        let limit = self.limit;
        self.work(async move |intake| {
            let slots: Vec<NewSlot> = batch.iter().map(|one| slot(one, &head_end)).collect();
            let reserved = intake.store().reserve(&slots, limit).await;
            Worked::Reserved(batch, reserved.map_err(DeskError::from))
        });
    }

    pub(super) fn change(&self, batch: Vec<Change>) {
        self.work(async move |intake| {
            let changes: Vec<SlotChange> = batch.iter().map(|one| one.change.clone()).collect();
            let done = intake.store().change_slots(&changes).await;
            Worked::Changed(batch, done.map_err(DeskError::from))
        });
    }

    pub(super) fn keep(&self, batch: Vec<(Ticket, Arrived)>) {
        self.work(async move |intake| {
            let arrived = batch.iter().map(|(_, arrived)| arrived.clone()).collect();
            let kept = intake.keep(arrived).await;
            Worked::Kept(batch, kept)
        });
    }

    pub(super) fn settle(&self, batch: Vec<(Ticket, Kept)>) {
        self.work(async move |intake| {
            let kept = batch.iter().map(|(_, kept)| kept.clone()).collect();
            let wants = intake.settle(kept).await;
            Worked::Settled(batch, wants)
        });
    }

    pub(super) fn unanswered(&self, batch: Vec<(Ticket, Unanswered)>) {
        self.work(async move |intake| {
            let ended = batch.iter().map(|(_, one)| one.clone()).collect();
            let done = intake.unanswered(ended).await;
            Worked::Unanswered(batch, done)
        });
    }

    fn work<F>(&self, work: impl FnOnce(Arc<Intake>) -> F)
    where
        F: Future<Output = Worked> + Send + 'static,
    {
        let ended = self.ended.clone();
        let worked = work(self.intake.clone());
        tokio::spawn(async move {
            // nobody listens any more once the poller has stopped
            drop(ended.send(worked.await));
        });
    }
}

fn slot(create: &Create, head_end: &str) -> NewSlot {
    NewSlot {
        head_end: head_end.to_owned(),
        group: create.group.clone(),
        meter: create.ask.meter.clone(),
        asked: create.item.word().to_owned(),
        request: create.request,
        at: create.at,
        horizon: create.horizon,
    }
}
