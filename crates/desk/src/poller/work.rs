//! Work for the store, each batch in a task of its own: the round never waits for it.

use super::beside::Beside;
use super::hand::{Leaving, Step};
use super::pass::{Pass, Passed};
use crate::command::{Checkup, Commands, Finding, Record, Reread};
use crate::intake::{Kept, Settled};
use crate::plan::{Create, Ticket};
use crate::{Arrived, DeskError, Intake, Unanswered};
use asking::{Refusal, Secret};
use fleet::Moment;
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use store::{
    Command, CommandId, Due, Gateway, Left, NewSlot, NewToken, Request, RequestId, Settlement,
    Slot, SlotChange, SlotId, StoreError,
};
use tokio::sync::mpsc;

/// What the store was told and answered. A batch that failed comes back, to be tried again.
#[derive(Debug)]
pub(super) enum Worked {
    Reserved(Vec<Create>, Done<Vec<Option<SlotId>>>),
    Changed(Vec<Change>, Done<()>),
    Kept(Vec<(Ticket, Arrived)>, Done<Vec<Kept>>),
    /// What has ended and what leaves, together.
    Passed(Box<Pass>, Done<Passed>),
    Settled(Vec<Kept>, Done<Settled>),
    Unanswered(Vec<(Ticket, Unanswered)>, Done<()>),
    Refused(Vec<RequestId>, Done<()>),
    Told(Vec<Tale>, Done<()>),
    Gateways(Vec<(Gateway, bool)>, Done<()>),
    Acts(ActsWorked),
    Leased(Done<bool>),
    Slots(Done<(Vec<Slot>, Option<u64>)>),
    Fleet(Done<Vec<Due>>),
    Requests(Done<Vec<Request>>),
}

/// What the store was told of commands and answered.
#[derive(Debug)]
pub(super) enum ActsWorked {
    Departed(Vec<Leaving>, Done<Vec<Left>>),
    Stepped(Vec<Step>, Done<Vec<bool>>),
    Checked(Vec<Record>, Done<Vec<Checkup>>),
    Proved(Vec<Reread>, Done<Vec<Finding>>),
    Tokens(Vec<CommandId>, Done<Vec<(CommandId, Option<Secret>)>>),
    Minted(
        Vec<(CommandId, NewToken)>,
        Done<Vec<(CommandId, Option<Secret>)>>,
    ),
    Claimed(Done<Vec<Command>>),
    Reread(Done<Vec<Command>>),
}

/// What came of it.
pub(super) type Done<T> = Result<T, Trouble>;

/// Why the store, or what we do with it, failed.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// One line with its causes.
    pub(super) said: String,
    /// It will pass by itself, or when somebody makes room: nothing is wrong with what was to be
    /// kept.
    pub(super) passes: bool,
}

/// A change of a slot; a slot that is freed ends the ticket.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) change: SlotChange,
    pub(super) frees: Option<Ticket>,
}

/// What the worklist is told of the head-end.
#[derive(Clone, Debug)]
pub(super) enum Tale {
    /// It is in trouble since then.
    Troubled(Refusal, Moment),
    /// It answers again.
    Well(Moment),
    /// It is set up for what it was not set up for before.
    SetUp(Moment),
}

/// Hands batches to the store.
#[derive(Clone, Debug)]
pub(super) struct Bench {
    pub(super) intake: Arc<Intake>,
    pub(super) commands: Arc<Commands>,
    pub(super) head_end: String,
    pub(super) limit: u32,
    pub(super) beside: Beside,
    pub(super) ended: mpsc::UnboundedSender<Worked>,
}

impl Bench {
    pub(super) fn reserve(&self, batch: Vec<Create>) {
        let (head_end, limit) = (self.head_end.clone(), self.limit);
        let reserve = async move |intake: Arc<Intake>, batch: Arc<Vec<Create>>| {
            let slots: Vec<NewSlot> = batch.iter().map(|one| slot(one, &head_end)).collect();
            Ok(intake.store().reserve(&slots, limit).await?)
        };
        self.batch(batch, reserve, Worked::Reserved);
    }

    pub(super) fn change(&self, batch: Vec<Change>) {
        let change = async |intake: Arc<Intake>, batch: Arc<Vec<Change>>| {
            let changes: Vec<SlotChange> = batch.iter().map(|one| one.change.clone()).collect();
            Ok(intake.store().change_slots(&changes).await?)
        };
        self.batch(batch, change, Worked::Changed);
    }

    pub(super) fn keep(&self, batch: Vec<(Ticket, Arrived)>) {
        let keep = async |intake: Arc<Intake>, batch: Arc<Vec<(Ticket, Arrived)>>| {
            let arrived = batch.iter().map(|(_, arrived)| arrived.clone()).collect();
            intake.keep(arrived).await
        };
        self.batch(batch, keep, Worked::Kept);
    }

    pub(super) fn settle(&self, batch: Vec<Kept>) {
        let settle =
            async |intake: Arc<Intake>, batch: Arc<Vec<Kept>>| intake.settle(batch.to_vec()).await;
        self.batch(batch, settle, Worked::Settled);
    }

    pub(super) fn unanswered(&self, batch: Vec<(Ticket, Unanswered)>) {
        let end = async |intake: Arc<Intake>, batch: Arc<Vec<(Ticket, Unanswered)>>| {
            let ended = batch.iter().map(|(_, one)| one.clone()).collect();
            intake.unanswered(ended).await
        };
        self.batch(batch, end, Worked::Unanswered);
    }

    /// Ends requests that nobody can serve, each with this sentence.
    pub(super) fn refuse(&self, batch: Vec<RequestId>, why: &'static str) {
        let refuse = async move |intake: Arc<Intake>, batch: Arc<Vec<RequestId>>| {
            let settlement = Settlement {
                at: intake.clock().now(),
                requests: batch.iter().map(|id| (*id, Some(why.to_owned()))).collect(),
                ..Settlement::default()
            };
            Ok(intake.store().settle(&settlement).await?)
        };
        self.batch(batch, refuse, Worked::Refused);
    }

    pub(super) fn tell(&self, batch: Vec<Tale>) {
        let name = self.head_end.clone();
        let tell = async move |intake: Arc<Intake>, batch: Arc<Vec<Tale>>| {
            for tale in batch.iter() {
                match tale {
                    Tale::Troubled(refusal, since) => {
                        intake.head_end(&name, Err(refusal), *since).await?;
                    }
                    Tale::Well(at) => intake.head_end(&name, Ok(()), *at).await?,
                    Tale::SetUp(at) => intake.set_up_well(&name, *at).await?,
                }
            }
            Ok(())
        };
        self.batch(batch, tell, Worked::Told);
    }

    pub(super) fn gateways(&self, batch: Vec<(Gateway, bool)>) {
        let tell = async |intake: Arc<Intake>, batch: Arc<Vec<(Gateway, bool)>>| {
            for (gateway, online) in batch.iter() {
                let at = gateway.online_at.unwrap_or(intake.clock().now());
                intake.gateway(gateway, *online, at).await?;
            }
            Ok(())
        };
        self.batch(batch, tell, Worked::Gateways);
    }

    /// Takes or renews a lease, for so long by the desk's clock.
    pub(super) fn lease(&self, name: String, holder: String, ttl: i64) {
        let lease = async move |intake: Arc<Intake>| {
            let now = intake.clock().now();
            let fence = intake.store().lease(&name, &holder, now, ttl).await?;
            Ok(fence.is_some())
        };
        self.work(lease, Worked::Leased);
    }

    pub(super) fn slots(&self) {
        let name = self.head_end.clone();
        let slots = async move |intake: Arc<Intake>| under_way(&intake, &name).await;
        self.work(slots, Worked::Slots);
    }

    /// Judges what whoever asked before has kept and not judged, then reads the slots: nobody is
    /// asked again whose answer is kept.
    pub(super) fn take_up(&self) {
        let name = self.head_end.clone();
        let take_up = async move |intake: Arc<Intake>| {
            match intake.resume().await {
                Err(error) if Trouble::of(&error).passes => return Err(error),
                // what cannot be judged stays kept, and nobody waits for it
                Err(error) => tracing::error!("what was kept is not judged: {}", chain(&error)),
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "judged what was kept before"),
            }
            under_way(&intake, &name).await
        };
        self.work(take_up, Worked::Slots);
    }

    /// Writes down that these are sent, as far as the limits allow it.
    pub(super) fn depart(&self, batch: Vec<Leaving>) {
        let (head_end, limit, commands) =
            (self.head_end.clone(), self.limit, self.commands.clone());
        let depart = async move |_: Arc<Intake>, batch: Arc<Vec<Leaving>>| {
            commands.depart(&batch, &head_end, limit).await
        };
        self.batch(batch, depart, acts(ActsWorked::Departed));
    }

    /// Writes down what happened to commands.
    pub(super) fn step(&self, batch: Vec<Step>) {
        let step = async |intake: Arc<Intake>, batch: Arc<Vec<Step>>| {
            let (mut answers, mut changes, mut moves) = (Vec::new(), Vec::new(), Vec::new());
            for step in batch.iter() {
                answers.extend(step.answer.iter().cloned());
                changes.extend(step.change.iter().cloned());
                moves.extend(step.moves.iter().cloned());
            }
            let store = intake.store();
            Ok(store.keep_acts(&answers, &changes, &moves).await?)
        };
        self.batch(batch, step, acts(ActsWorked::Stepped));
    }

    pub(super) fn check(&self, batch: Vec<Record>) {
        let commands = self.commands.clone();
        let check = async move |intake: Arc<Intake>, batch: Arc<Vec<Record>>| {
            commands.check(&batch, intake.clock().now()).await
        };
        self.batch(batch, check, acts(ActsWorked::Checked));
    }

    pub(super) fn prove(&self, batch: Vec<Reread>) {
        let commands = self.commands.clone();
        let prove = async move |intake: Arc<Intake>, batch: Arc<Vec<Reread>>| {
            commands.prove(&batch, intake.clock().now()).await
        };
        self.batch(batch, prove, acts(ActsWorked::Proved));
    }

    /// Opens the tokens of commands.
    pub(super) fn tokens(&self, batch: Vec<CommandId>) {
        let commands = self.commands.clone();
        let open =
            async move |_: Arc<Intake>, batch: Arc<Vec<CommandId>>| commands.tokens(&batch).await;
        self.batch(batch, open, acts(ActsWorked::Tokens));
    }

    /// Keeps tokens that were made, and opens what is kept: a command has one token only.
    pub(super) fn keep_tokens(&self, batch: Vec<(CommandId, NewToken)>) {
        let commands = self.commands.clone();
        let keep = async move |intake: Arc<Intake>, batch: Arc<Vec<(CommandId, NewToken)>>| {
            intake.store().keep_tokens(&batch).await?;
            let ids: Vec<CommandId> = batch.iter().map(|(id, _)| id.clone()).collect();
            commands.tokens(&ids).await
        };
        self.batch(batch, keep, acts(ActsWorked::Minted));
    }

    /// Takes over commands that are to be worked on.
    pub(super) fn claim(&self, stamp: i64, most: usize) {
        let name = self.head_end.clone();
        let claim =
            async move |intake: Arc<Intake>| Ok(intake.store().claim(&name, stamp, most).await?);
        self.work(claim, |done| Worked::Acts(ActsWorked::Claimed(done)));
    }

    pub(super) fn reread(&self, ids: Vec<CommandId>) {
        let reread =
            async move |intake: Arc<Intake>| Ok(intake.store().commands_by_id(&ids).await?);
        self.work(reread, |done| Worked::Acts(ActsWorked::Reread(done)));
    }

    pub(super) fn fleet(&self) {
        let fleet = async |intake: Arc<Intake>| Ok(intake.store().due().await?);
        self.work(fleet, Worked::Fleet);
    }

    pub(super) fn requests(&self) {
        let open = async |intake: Arc<Intake>| Ok(intake.store().open_requests().await?);
        self.work(open, Worked::Requests);
    }

    fn batch<T, R, F>(
        &self,
        batch: Vec<T>,
        work: impl FnOnce(Arc<Intake>, Arc<Vec<T>>) -> F,
        how: impl FnOnce(Vec<T>, Done<R>) -> Worked + Send + 'static,
    ) where
        T: Clone + Send + Sync + 'static,
        R: Send,
        F: Future<Output = Result<R, DeskError>> + Send + 'static,
    {
        let batch = Arc::new(batch);
        let lent = batch.clone();
        self.work(
            |intake| work(intake, lent),
            move |done| how(Arc::unwrap_or_clone(batch), done),
        );
    }

    /// Works in a task of its own, and says how it ended, whatever happens.
    pub(super) fn work<R, F>(
        &self,
        work: impl FnOnce(Arc<Intake>) -> F,
        how: impl FnOnce(Done<R>) -> Worked + Send + 'static,
    ) where
        R: Send,
        F: Future<Output = Result<R, DeskError>> + Send + 'static,
    {
        let (ended, beside) = (self.ended.clone(), self.beside.clone());
        let worked = AssertUnwindSafe(work(self.intake.clone())).catch_unwind();
        self.beside.spawn(async move {
            let done = match worked.await {
                Ok(Ok(_)) if beside.loses() => Err(Trouble::lost()),
                Ok(done) => done.map_err(|error| Trouble::of(&error)),
                Err(_) => Err(Trouble::fell()),
            };
            // nobody listens any more once the poller has stopped
            drop(ended.send(how(done)));
        });
    }
}

/// What was worked on is about commands.
fn acts<A, B>(how: impl FnOnce(A, B) -> ActsWorked) -> impl FnOnce(A, B) -> Worked {
    move |batch, done| Worked::Acts(how(batch, done))
}

impl Trouble {
    fn of(error: &DeskError) -> Self {
        let DeskError::Store(store) = error;
        let refused = matches!(store, StoreError::Refused { .. });
        Self {
            said: chain(error),
            passes: refused || store.is_full() || store.is_gone() || store.is_busy(),
        }
    }

    fn lost() -> Self {
        Self {
            said: "the store's answer was lost".to_owned(),
            passes: true,
        }
    }

    fn fell() -> Self {
        Self {
            said: "a fault of the program ended its work for the store, please report it"
                .to_owned(),
            passes: false,
        }
    }
}

/// An error with its causes, in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line += &format!(": {cause}");
        next = cause.source();
    }
    line
}

/// The slots that a head-end holds, and its newest task.
async fn under_way(intake: &Intake, head_end: &str) -> Result<(Vec<Slot>, Option<u64>), DeskError> {
    let store = intake.store();
    let slots = store.slots(head_end).await?;
    Ok((slots, store.newest_task(head_end).await?))
}

pub(super) fn slot(create: &Create, head_end: &str) -> NewSlot {
    NewSlot {
        head_end: head_end.to_owned(),
        group: create.group.clone(),
        meter: create.ask.meter.clone(),
        asked: create.item.word().to_owned(),
        request: create.request,
        at: create.at,
        horizon: create.horizon,
        command: None,
        mark: create.mark,
    }
}
