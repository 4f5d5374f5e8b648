//! Task rows of station and concentrator: `{id, data, status, remark, …}`.

use crate::fields::{Row, text, whole};
use asking::{Act, Polled, TaskState, Third, Watched};

/// Where a task stands. Status 1 is done, 2 failed, 3 what the deployment says; 0 is what the
/// dialect says, and a status nobody knows is waited for until the horizon passes.
pub(crate) fn state(act: &Act, row: &Row, zero: TaskState, third: Third) -> TaskState {
    match (whole(row, "status"), third) {
        (Some(0), _) => zero,
        (Some(1), _) => done(act, text(row, "data").is_none()),
        (Some(2), _) => TaskState::Failed(text(row, "remark").unwrap_or_default()),
        (Some(3), Third::Rejected) => {
            TaskState::Failed(text(row, "remark").unwrap_or_else(|| "rejected".to_owned()))
        }
        _ => TaskState::Waiting,
    }
}

/// A success; a read that succeeded and says nothing has failed.
pub(crate) fn done(act: &Act, empty: bool) -> TaskState {
    match (act, empty) {
        (Act::Read(_), true) => TaskState::Failed("success, but the answer is empty".to_owned()),
        _ => TaskState::Done,
    }
}

/// A task without a row.
pub(crate) fn unseen(task: &Watched, state: TaskState) -> Polled {
    Polled {
        task: task.task.clone(),
        state,
        raw: String::new(),
    }
}
