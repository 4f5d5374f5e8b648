//! How long a command may stand in each state.

use crate::State;
use fleet::{DAY, HOUR, MINUTE};

/// How long a command may stand where. All milliseconds, of the desk's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// A second person has so long to agree.
    pub approval: i64,
    /// What has to be known before it is sent is to be known so soon.
    pub checks: i64,
    /// Its gateway and its meter's turn have to come so soon.
    pub queue: i64,
    /// One call to the head-end, with everything around it.
    pub call: i64,
    /// The head-end ends a task within this, or it is not known what became of it. And without a
    /// task in its list for so long after it was sent, it counts as not carried out: DESIGN 5.5 says
    /// 15 minutes for station, 48 hours for concentrator and v1.
    pub horizon: i64,
    /// The proof is read within this.
    pub proof: i64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            approval: DAY,
            checks: 30 * MINUTE,
            queue: DAY,
            call: 2 * MINUTE,
            horizon: 48 * HOUR,
            proof: 30 * MINUTE,
        }
    }
}

impl Terms {
    /// How long it may stand in this state; nothing where it has ended.
    pub fn of(&self, state: State) -> Option<i64> {
        match state {
            State::Proposed => Some(self.approval),
            State::Approved => Some(self.checks),
            State::Queued => Some(self.queue),
            State::Sending => Some(self.call),
            State::Accepted | State::Unknown => Some(self.horizon),
            State::Executed => Some(self.proof),
            State::Verified
            | State::Refused
            | State::Failed
            | State::Expired
            | State::Superseded
            | State::Cancelled => None,
        }
    }
}
