//! Slots and requests: what is being asked, so that limits hold across restarts and nodes.

use crate::AnswerId;
use fleet::{MeterNumber, Moment};

/// A slot's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub i64);

/// Where the ask of a slot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotState {
    /// Written down; the head-end is being asked, or the program died while asking.
    Sending,
    /// The head-end has made a task of it.
    Waiting,
    /// The head-end's answer was lost: there may be a task.
    Unknown,
}

/// A slot to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSlot {
    /// The head-end.
    pub head_end: String,
    /// The group whose limit counts it: the gateway's id, or the head-end's own name where the
    /// gateway is not known.
    pub group: String,
    /// The meter.
    pub meter: MeterNumber,
    /// The item's word, or the act's.
    pub asked: String,
    /// The request it serves.
    pub request: Option<RequestId>,
    /// When it was taken.
    pub at: Moment,
    /// When it is given up whatever happens.
    pub horizon: Moment,
    /// The number of the command it serves.
    pub command: Option<i64>,
    /// The newest task number known when it was asked: its own is higher.
    pub mark: Option<u64>,
}

/// A slot that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its id.
    pub id: SlotId,
    /// What it was taken for.
    pub slot: NewSlot,
    /// Where it stands.
    pub state: SlotState,
    /// The head-end's task.
    pub task: Option<String>,
    /// When the head-end made the task.
    pub sent_at: Option<Moment>,
}

/// What happens to a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotChange {
    /// The head-end has made this task of it, then.
    Sent(SlotId, String, Moment),
    /// The answer was lost.
    Lost(SlotId),
    /// It is free again.
    Free(SlotId),
    /// The newest task of this head-end is not known any more: one was made whose number nobody
    /// learned.
    Forget(String),
}

/// A request's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub i64);

/// Somebody wants an answer soon. One open request for each meter and item: equal ones merge, and
/// the higher priority wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// The meter.
    pub meter: MeterNumber,
    /// The item's word.
    pub item: String,
    /// 3 an operator waits, 2 after a command, 1 a verdict wants it.
    pub priority: u8,
    /// When it was made.
    pub at: Moment,
    /// When it ended.
    pub done_at: Option<Moment>,
    /// How it ended, where it was not answered.
    pub outcome: Option<String>,
    /// The answer.
    pub answer: Option<AnswerId>,
}

/// A meter in the planner's book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The meter.
    pub meter: MeterNumber,
    /// Its head-end.
    pub head_end: Option<String>,
    /// Its gateway.
    pub gateway: Option<String>,
    /// Its site.
    pub site: Option<String>,
    /// Its customer.
    pub customer: Option<String>,
    /// When it was last asked.
    pub asked_at: Option<Moment>,
    /// When its status was last received.
    pub observed_at: Option<Moment>,
    /// Asks without an answer since it was last heard.
    pub silent: u32,
    /// Whether a case is open.
    pub open_case: bool,
}
