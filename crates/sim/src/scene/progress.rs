//! How far a scene has got: tasks, lines and counters, so that a state read back goes on.

use serde::{Deserialize, Serialize};

/// What a task does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// Reads one item.
    Reading,
    /// Sets the clock.
    Setting,
    /// Moves the relay.
    Control,
    /// Delivers a token.
    Token,
}

/// How far a task has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskPhase {
    /// Created, to be dispatched.
    StandBy,
    /// In line.
    Waiting,
    /// On its way to the meter.
    Running,
    /// Done.
    Done,
    /// Not done.
    Failed,
    /// The meter refused the token.
    Rejected,
    /// Answered with an id and never kept (a fault).
    Vanished,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskState {
    /// Its number; in v1 it is dressed as a UUID.
    pub id: u64,
    /// The meter.
    pub meter: String,
    /// The head it was created at: a place in the list of heads.
    pub head: usize,
    /// What it does.
    pub kind: TaskKind,
    /// The item, in the head's own name; for a control `on` or `off`.
    pub item: String,
    /// What goes with it: a token, a time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub argument: String,
    /// How far it has got.
    pub phase: TaskPhase,
    /// Created, milliseconds UTC.
    pub created: i64,
    /// Last changed.
    pub updated: i64,
    /// What the meter answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

/// The line at one gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Line {
    /// The gateway's id.
    pub gateway: String,
    /// Tasks on their way: id, when something happens, when it fails for good.
    pub running: Vec<(u64, i64, i64)>,
    /// Tasks in line.
    pub waiting: Vec<u64>,
}

/// How far a scene has got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Progress {
    /// The scene's time, milliseconds UTC.
    pub now_ms: i64,
    /// How many calls were made.
    pub calls: u64,
    /// How many tokens were written.
    pub minted: u32,
    /// The number of the next task.
    pub next_task: u64,
    /// Tasks, oldest first.
    pub tasks: Vec<TaskState>,
    /// Lines that are not empty.
    pub lines: Vec<Line>,
    /// Tokens that were taken: meter and the token's serial.
    pub spent: Vec<(String, u32)>,
    /// Events: meter, when (milliseconds UTC), code.
    pub events: Vec<(String, i64, i64)>,
}
