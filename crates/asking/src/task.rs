//! A head-end works in tasks: created, then looked at until they end.

use crate::Act;
use fleet::MeterNumber;

/// The head-end's own name of a task: an integer (station, concentrator) or a UUID (v1), as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub String);

/// A task that is being waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The task.
    pub task: TaskId,
    /// Its meter.
    pub meter: MeterNumber,
    /// What it was created for: each kind is looked up under its own path.
    pub act: Act,
}

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Not ended: look again.
    Waiting,
    /// Created at the head-end but not dispatched (station: status 0 may need an `Update…Task`).
    StandingBy,
    /// Ended, and the meter answered.
    Done,
    /// Ended without the meter's answer, or with its refusal; what the head-end said, if anything.
    Failed(String),
    /// The head-end no longer knows it, or never did.
    Absent,
}

/// One look at a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polled {
    /// The task.
    pub task: TaskId,
    /// Where it stands.
    pub state: TaskState,
    /// The row as it came (one JSON object), to be kept before anybody interprets it.
    pub raw: String,
}

/// A task found in the head-end's own list, when a lost answer is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The look.
    pub polled: Polled,
    /// Its meter, as the head-end wrote it.
    pub meter: String,
    /// Which account created it.
    pub creator: Option<String>,
    /// The item's name, as the head-end wrote it.
    pub name: Option<String>,
    /// Whether that name says that it is what was asked for. Tasks whose name says something else
    /// are not listed; where nobody knows the name, the row cannot say.
    pub named: bool,
}
