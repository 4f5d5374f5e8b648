//! The one table of states and events. Nothing else moves a command.

use crate::{Event, State};

/// (where it stands, what happens, where it stands then). What is not here changes nothing.
pub const TABLE: &[(State, Event, State)] = &[
    // asked for, waiting for a second person
    (State::Proposed, Event::Approve, State::Approved),
    (State::Proposed, Event::Reject, State::Refused),
    (State::Proposed, Event::Forbid, State::Refused),
    (State::Proposed, Event::Cancel, State::Cancelled),
    (State::Proposed, Event::Supersede, State::Superseded),
    (State::Proposed, Event::Overdue, State::Expired),
    // agreed, being checked
    (State::Approved, Event::Pass, State::Queued),
    (State::Approved, Event::Forbid, State::Refused),
    (State::Approved, Event::Cancel, State::Cancelled),
    (State::Approved, Event::Supersede, State::Superseded),
    (State::Approved, Event::Overdue, State::Expired),
    // checked, waiting for its turn
    (State::Queued, Event::Send, State::Sending),
    (State::Queued, Event::Forbid, State::Refused),
    (State::Queued, Event::Cancel, State::Cancelled),
    (State::Queued, Event::Supersede, State::Superseded),
    (State::Queued, Event::Overdue, State::Expired),
    // on its way
    (State::Sending, Event::NotSent, State::Queued),
    (State::Sending, Event::Refuse, State::Refused),
    (State::Sending, Event::Accept, State::Accepted),
    (State::Sending, Event::Execute, State::Executed),
    (State::Sending, Event::Lose, State::Unknown),
    (State::Sending, Event::Overdue, State::Unknown),
    // at the head-end
    (State::Accepted, Event::Dispatch, State::Accepted),
    (State::Accepted, Event::Execute, State::Executed),
    (State::Accepted, Event::Fail, State::Failed),
    (State::Accepted, Event::Refuse, State::Refused),
    (State::Accepted, Event::Lose, State::Unknown),
    (State::Accepted, Event::Overdue, State::Unknown),
    // nobody knows; it is looked for until somebody does, and shown meanwhile
    (State::Unknown, Event::Find, State::Accepted),
    (State::Unknown, Event::FindNone, State::Failed),
    (State::Unknown, Event::Execute, State::Executed),
    (State::Unknown, Event::Fail, State::Failed),
    (State::Unknown, Event::Overdue, State::Unknown),
    // carried out; the proof is read, or it stays so
    (State::Executed, Event::Arm, State::Executed),
    (State::Executed, Event::Verify, State::Verified),
    (State::Executed, Event::Contradict, State::Failed),
    (State::Executed, Event::Overdue, State::Executed),
    // the truth comes late: what counted as without effect was carried out after all
    (State::Failed, Event::Execute, State::Executed),
];

/// Where a command stands after this, if it matters there.
pub fn next(state: State, event: Event) -> Option<State> {
    let row = TABLE
        .iter()
        .find(|(from, what, _)| (*from, *what) == (state, event))?;
    Some(row.2)
}
