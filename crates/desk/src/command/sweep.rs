//! Nothing hangs for ever: commands whose time is over where they stand.

use super::{Commands, Record};
use crate::DeskError;
use commands::Event;
use fleet::{Moment, SECOND};

/// Whoever works on a command ends its time himself; the sweeper comes so much later, for those that
/// nobody works on.
const LATE: i64 = 30 * SECOND;
/// So many at once.
const BATCH: usize = 500;

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Commands that were moved on.
    pub moved: usize,
}

impl Commands {
    /// Moves on the commands whose time is over and that nobody has moved on: those that wait for a
    /// second person, and those of a head-end that nobody asks.
    pub async fn sweep(&self, now: Moment) -> Result<Swept, DeskError> {
        let overdue = self
            .store()
            .overdue_commands(now.plus(-LATE), BATCH)
            .await?;
        let mut moves = Vec::new();
        for mut record in overdue.into_iter().filter_map(Record::of) {
            let said = over(record.state());
            let step = record.hear_why(Event::Overdue, said, now, &self.rules);
            moves.extend(step.map(|mut step| {
                step.anew = true;
                step
            }));
        }
        let taken = self.store().move_commands(&moves).await?;
        let count = taken.into_iter().filter(|taken| *taken).count();
        if count > 0 {
            self.ring();
        }
        Ok(Swept { moved: count })
    }
}

/// What is said when the time is over in a state.
pub(crate) fn over(state: commands::State) -> &'static str {
    use commands::State as S;
    match state {
        S::Proposed => "no second person agreed in time: ask again",
        S::Approved => "what has to be known before it is sent could not be read in time",
        S::Queued => {
            "its turn did not come in time: its gateway or the head-end was away, or no more homes were \
                      allowed to lose their supply"
        }
        S::Sending => "the head-end's answer was lost: it is looked for",
        S::Accepted => "the head-end has not ended the task in its time",
        S::Unknown => "nobody knows yet what became of it: have a person look at the meter",
        S::Executed => "the head-end says that it was carried out; the meter did not prove it",
        S::Verified | S::Refused | S::Failed | S::Expired | S::Superseded | S::Cancelled => "",
    }
}
