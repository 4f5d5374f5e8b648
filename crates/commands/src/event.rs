//! What can happen to a command.

/// What happened. Which of it matters where, [`crate::TABLE`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A second person agrees.
    Approve,
    /// A second person does not agree.
    Reject,
    /// The requester, or who may do so, takes it back.
    Cancel,
    /// A newer wish for this meter takes its place.
    Supersede,
    /// What has to be known before it is sent says yes.
    Pass,
    /// What has to be known before it is sent, a hold, or the stop button says no.
    Forbid,
    /// It is written down that it is sent now.
    Send,
    /// It surely never left, or the head-end surely did not take it, and it may be sent again.
    NotSent,
    /// The head-end has made a task of it.
    Accept,
    /// It is written down that the task, which stands by, is dispatched now.
    Dispatch,
    /// The head-end refuses it: nothing was carried out.
    Refuse,
    /// The answer was lost, or nothing was heard in time: it may have been carried out.
    Lose,
    /// The head-end's list shows a task that is this one.
    Find,
    /// The head-end's list shows no task that can be this one.
    FindNone,
    /// The head-end or the meter says that it was carried out.
    Execute,
    /// The task ended without effect, or a person saw that nothing was done.
    Fail,
    /// Read back: it is carried out, and the meter waits for somebody to press its button.
    Arm,
    /// Read back: it is so.
    Verify,
    /// Read back: it is not so.
    Contradict,
    /// Its time in this state is over.
    Overdue,
}

/// Every event with its word.
const EVENTS: &[(Event, &str)] = &[
    (Event::Approve, "approve"),
    (Event::Reject, "reject"),
    (Event::Cancel, "cancel"),
    (Event::Supersede, "supersede"),
    (Event::Pass, "pass"),
    (Event::Forbid, "forbid"),
    (Event::Send, "send"),
    (Event::NotSent, "not-sent"),
    (Event::Accept, "accept"),
    (Event::Dispatch, "dispatch"),
    (Event::Refuse, "refuse"),
    (Event::Lose, "lose"),
    (Event::Find, "find"),
    (Event::FindNone, "find-none"),
    (Event::Execute, "execute"),
    (Event::Fail, "fail"),
    (Event::Arm, "arm"),
    (Event::Verify, "verify"),
    (Event::Contradict, "contradict"),
    (Event::Overdue, "overdue"),
];

impl Event {
    /// Every event.
    pub fn all() -> impl Iterator<Item = Self> {
        EVENTS.iter().map(|(event, _)| *event)
    }

    /// Its word in stories, logs and stores.
    pub fn word(self) -> &'static str {
        // an event is its place in the table; a test holds them together
        EVENTS[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::EVENTS;
    use std::collections::BTreeSet;

    #[test]
    fn every_event_stands_at_its_place_and_has_a_word_of_its_own() {
        for (place, (event, _)) in EVENTS.iter().enumerate() {
            assert_eq!(*event as usize, place);
        }
        let words: BTreeSet<_> = EVENTS.iter().map(|(_, word)| word).collect();
        assert_eq!(words.len(), EVENTS.len());
    }
}
