//! One durable step for everything that has ended and everything that leaves next.

use super::hand::{Leaving, Step};
use super::work::{Bench, Change, Worked, slot};
use crate::Arrived;
use crate::DeskError;
use crate::command::Commands;
use crate::intake::Kept;
use crate::plan::{Create, Ticket};
use std::sync::Arc;
use store::{Left, NewAnswer, NewSlot, SlotChange, SlotId};

/// What is handed to the store together. What frees slots comes before what takes them.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    pub(super) keeps: Vec<(Ticket, Arrived)>,
    pub(super) changes: Vec<Change>,
    pub(super) steps: Vec<Step>,
    pub(super) creates: Vec<Create>,
    pub(super) leaving: Vec<Leaving>,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Passed {
    pub(super) kept: Vec<Kept>,
    pub(super) moved: Vec<bool>,
    pub(super) slots: Vec<Option<SlotId>>,
    pub(super) left: Vec<Left>,
}

impl Pass {
    pub(super) fn is_empty(&self) -> bool {
        let ended = self.keeps.is_empty() && self.changes.is_empty() && self.steps.is_empty();
        ended && self.creates.is_empty() && self.leaving.is_empty()
    }

    /// The slots that it gives free.
    pub(super) fn frees(&self) -> impl Iterator<Item = SlotId> {
        let kept = self.keeps.iter().map(|(_, arrived)| &arrived.answer);
        let answers = kept.chain(self.steps.iter().filter_map(|step| step.answer.as_ref()));
        let alone = self.changes.iter().map(|one| &one.change);
        let changes = alone.chain(self.steps.iter().filter_map(|step| step.change.as_ref()));
        let changes = changes.filter_map(|change| match change {
            SlotChange::Free(slot) => Some(*slot),
            _ => None,
        });
        answers.filter_map(|answer| answer.slot).chain(changes)
    }

    /// Writes it down, all of it or nothing.
    async fn write(
        &self,
        commands: &Commands,
        head_end: &str,
        group_most: u32,
    ) -> Result<Passed, DeskError> {
        let departures = commands.departures(&self.leaving, head_end).await?;
        let arrived = self.keeps.iter().map(|(_, arrived)| arrived);
        let answers: Vec<NewAnswer> = arrived.clone().map(|one| one.answer.clone()).collect();
        let (mut about_acts, mut moves) = (Vec::new(), Vec::new());
        let mut changes: Vec<SlotChange> =
            self.changes.iter().map(|one| one.change.clone()).collect();
        for step in &self.steps {
            about_acts.extend(step.answer.iter().cloned());
            changes.extend(step.change.iter().cloned());
            moves.extend(step.moves.iter().cloned());
        }
        let slots: Vec<NewSlot> = self.creates.iter().map(|one| slot(one, head_end)).collect();
        let pass = store::Pass {
            answers: &answers,
            about_acts: &about_acts,
            changes: &changes,
            moves: &moves,
            slots: &slots,
            departures: &departures,
            group_most,
        };
        let passed = commands.store().pass(pass).await?;
        Ok(Passed {
            kept: passed
                .answers
                .into_iter()
                .zip(arrived.cloned())
                .map(Kept::of)
                .collect(),
            moved: passed.moved,
            slots: passed.slots,
            left: passed.left,
        })
    }
}

impl Bench {
    /// Writes down together what has ended and what leaves.
    pub(super) fn pass(&self, pass: Pass) {
        let (head_end, limit, commands) =
            (self.head_end.clone(), self.limit, self.commands.clone());
        let pass = Arc::new(pass);
        let lent = pass.clone();
        self.work(
            async move |_| lent.write(&commands, &head_end, limit).await,
            move |done| Worked::Passed(Box::new(Arc::unwrap_or_clone(pass)), done),
        );
    }
}
