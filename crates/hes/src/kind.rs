//! The four kinds of task: each has its own paths, in every dialect.

use asking::Act;

/// What a task does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Reading,
    Control,
    Setting,
    Token,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Reading, Self::Control, Self::Setting, Self::Token];

    pub(crate) fn of(act: &Act) -> Self {
        match act {
            Act::Read(_) => Self::Reading,
            Act::Reconnect | Act::Disconnect => Self::Control,
            Act::SetClock(_) => Self::Setting,
            Act::DeliverToken(_) => Self::Token,
        }
    }

    /// The word in the paths of station and concentrator.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::Control => "Control",
            Self::Setting => "Setting",
            Self::Token => "Token",
        }
    }

    /// `/API/RemoteMeterTask/CreateReadingTask` and its like.
    pub(crate) fn path(self, verb: &str) -> String {
        format!("/API/RemoteMeterTask/{verb}{}Task", self.word())
    }
}
