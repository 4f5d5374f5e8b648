//! One durable step of who asks a head-end: what has ended is kept and frees its slot, and what
//! leaves next takes it.

use crate::command::{Departure, Left, Move};
use crate::error::StoreError;
use crate::kept::{AnswerId, NewAnswer};
use crate::slot::{NewSlot, SlotChange, SlotId};
use crate::sql::again;
use crate::store::Store;

/// What is written down together, in this order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pass<'p> {
    /// Answers that wait to be interpreted.
    pub answers: &'p [NewAnswer],
    /// Answers about acts: there is nothing to interpret in them.
    pub about_acts: &'p [NewAnswer],
    /// Changes of slots.
    pub changes: &'p [SlotChange],
    /// Moves of commands.
    pub moves: &'p [Move],
    /// Slots to be taken.
    pub slots: &'p [NewSlot],
    /// Commands to be sent.
    pub departures: &'p [Departure],
    /// The most tasks in flight for a group.
    pub group_most: u32,
}

/// What came of it, each in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// The answers' ids.
    pub answers: Vec<AnswerId>,
    /// For each move whether the command stood where it was seen.
    pub moved: Vec<bool>,
    /// The slots; nothing where its group is full, or where the same is asked of the meter already.
    pub slots: Vec<Option<SlotId>>,
    /// What became of each command that was to be sent.
    pub left: Vec<Left>,
}

impl Store {
    /// Writes everything down or nothing. What is freed here may be taken here.
    pub async fn pass(&self, pass: Pass<'_>) -> Result<Passed, StoreError> {
        let answers = pass.answers.iter().chain(pass.about_acts);
        self.ready_months("answer", answers.map(|answer| answer.at))
            .await?;
        again(|| async {
            let mut session = self
                .write("keep what has ended and send what is next")
                .await?;
            let answers = crate::answers::keep(&mut session, pass.answers).await?;
            let (about, changes) = (pass.about_acts, pass.changes);
            let shifted =
                crate::answers::keep_acts(&mut session, about, changes, pass.moves).await?;
            let slots = crate::slots::take(&mut session, pass.slots, pass.group_most).await?;
            let departures = pass.departures;
            let left = crate::command::depart(&mut session, departures, pass.group_most).await?;
            shifted.tell(&mut session).await?;
            session.commit().await?;
            Ok(Passed {
                answers,
                moved: shifted.taken,
                slots,
                left,
            })
        })
        .await
    }
}
