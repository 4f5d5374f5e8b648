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
    /// Read back: it is so.
    Verify,
    /// Read back: it is not so.
    Contradict,
    /// Its time in this state is over.
    Overdue,
}

impl Event {
    /// Every event.
    pub const ALL: &'static [Self] = &[
        Self::Approve,
        Self::Reject,
        Self::Cancel,
        Self::Supersede,
        Self::Pass,
        Self::Forbid,
        Self::Send,
        Self::NotSent,
        Self::Accept,
        Self::Refuse,
        Self::Lose,
        Self::Find,
        Self::FindNone,
        Self::Execute,
        Self::Fail,
        Self::Verify,
        Self::Contradict,
        Self::Overdue,
    ];
}
