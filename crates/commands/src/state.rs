//! Where a command stands, and who has it.

/// Where a command stands. The words are part of the contract of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Asked for; a second person has to agree.
    Proposed,
    /// Everybody agrees; what has to be known before it is sent is being read.
    Approved,
    /// It may be sent, and waits for its meter and its gateway.
    Queued,
    /// Written down, and on its way to the head-end.
    Sending,
    /// The head-end has made a task of it.
    Accepted,
    /// It may have been carried out: the answer was lost.
    Unknown,
    /// The meter has carried it out; the proof is being read, or could not be had.
    Executed,
    /// Read back: it is so.
    Verified,
    /// Not sent, or not taken: somebody or something said no.
    Refused,
    /// Sent and surely without effect.
    Failed,
    /// Not sent in its time.
    Expired,
    /// Not sent: a newer wish took its place.
    Superseded,
    /// Not sent: taken back.
    Cancelled,
}

/// Who has to do something about a command, or waits for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A second person, who is not the one who asked.
    Approver,
    /// The program itself.
    Desk,
    /// The head-end.
    HeadEnd,
    /// A person in operations, should it last.
    Operations,
    /// Nobody: it has ended.
    Nobody,
}

/// Everything that is said of a state, in the order of a command's life.
const STATES: &[(State, &str, Owner)] = &[
    (State::Proposed, "proposed", Owner::Approver),
    (State::Approved, "approved", Owner::Desk),
    (State::Queued, "queued", Owner::Desk),
    (State::Sending, "sending", Owner::Desk),
    (State::Accepted, "accepted", Owner::HeadEnd),
    (State::Unknown, "unknown", Owner::Operations),
    (State::Executed, "executed", Owner::Desk),
    (State::Verified, "verified", Owner::Nobody),
    (State::Refused, "refused", Owner::Nobody),
    (State::Failed, "failed", Owner::Nobody),
    (State::Expired, "expired", Owner::Nobody),
    (State::Superseded, "superseded", Owner::Nobody),
    (State::Cancelled, "cancelled", Owner::Nobody),
];

impl State {
    /// Every state, in the order of a command's life.
    pub fn all() -> impl Iterator<Item = Self> {
        STATES.iter().map(|(state, ..)| *state)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        let row = STATES.iter().find(|(_, known, _)| *known == word)?;
        Some(row.0)
    }

    /// Who has it.
    pub fn owner(self) -> Owner {
        self.row().2
    }

    /// Whether nothing of it has left us: it can still be taken back.
    pub fn is_unsent(self) -> bool {
        matches!(self, Self::Proposed | Self::Approved | Self::Queued)
    }

    /// Whether it may be under way at the head-end or at the meter: meanwhile nothing else that is
    /// physical is sent to this meter.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Sending | Self::Accepted | Self::Unknown)
    }

    /// Whether it has ended for good. [`State::Executed`] has not: its proof may still come.
    pub fn is_terminal(self) -> bool {
        self.owner() == Owner::Nobody
    }

    fn row(self) -> &'static (Self, &'static str, Owner) {
        // a state is its place in the table; a test holds them together
        &STATES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{STATES, State};

    #[test]
    fn every_state_stands_at_its_place_and_has_a_word_of_its_own() {
        for (place, (state, word, _)) in STATES.iter().enumerate() {
            assert_eq!(*state as usize, place);
            assert_eq!(State::from_word(word), Some(*state), "{word}");
        }
        assert_eq!(State::all().count(), 13);
    }
}
