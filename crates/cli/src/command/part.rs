//! One meter's part of a wish, and how far it has come.

use commands::State;
use desk::command::{Asked, Denied};
use fleet::MeterNumber;
use serde_json::{Value, json};
use store::{Command, CommandId};

/// One meter's part of a wish.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) meter: MeterNumber,
    /// Its command; nothing where it was only tried or not taken.
    pub(super) id: Option<CommandId>,
    /// Where it stands; nothing where it was not taken.
    pub(super) state: Option<String>,
    pub(super) said: Option<String>,
    /// Asked for before.
    pub(super) again: bool,
    /// Why the home may go dark by it.
    pub(super) darkens: Option<String>,
    /// Why it was not taken.
    pub(super) error: Option<String>,
    /// Whether nothing more is done about it.
    pub(super) ended: bool,
}

impl Part {
    /// What came of asking.
    pub(super) fn of(meter: MeterNumber, came: Result<Asked, Denied>) -> Self {
        let blank = Self {
            meter,
            id: None,
            state: None,
            said: None,
            again: false,
            darkens: None,
            error: None,
            ended: true,
        };
        match came {
            Ok(asked) => Self {
                ended: is_terminal(&asked.state),
                id: asked.id,
                state: Some(asked.state),
                said: asked.said,
                again: asked.again,
                darkens: asked.darkens,
                ..blank
            },
            Err(denied) => Self {
                error: Some(super::said(&denied)),
                ..blank
            },
        }
    }

    /// What the store says of it now.
    pub(super) fn take(&mut self, command: Command) {
        self.ended = command.stand.deadline.is_none();
        self.state = Some(command.stand.state);
        self.said = command.outcome;
    }

    pub(super) fn is(&self, state: State) -> bool {
        self.state.as_deref() == Some(state.word())
    }

    /// Whether what was asked for was done; where nobody waits, whether it can still be.
    pub(super) fn is_done(&self, waited: bool) -> bool {
        self.is(State::Verified) || !waited && self.error.is_none() && !self.has_failed()
    }

    /// Whether it has ended without having been done.
    pub(super) fn has_failed(&self) -> bool {
        let terminal = self.state.as_deref().is_some_and(is_terminal);
        terminal && !self.is(State::Verified)
    }

    /// Why it is not done, or not yet.
    pub(super) fn why(&self) -> &str {
        self.error.as_deref().or(self.said.as_deref()).unwrap_or("")
    }

    pub(super) fn cells(&self) -> Vec<String> {
        let name = match &self.id {
            Some(id) => id.to_string(),
            None => self.meter.to_string(),
        };
        let state = self.state.as_deref().unwrap_or("not taken");
        let again = if self.again {
            " (asked for before)"
        } else {
            ""
        };
        vec![name, format!("{state}{again}"), self.why().to_owned()]
    }

    pub(super) fn object(&self) -> Value {
        json!({
            "meter": self.meter.as_str(),
            "id": self.id.as_ref().map(ToString::to_string),
            "state": self.state,
            "said": self.said,
            "again": self.again,
            "darkens": self.darkens,
            "error": self.error,
        })
    }
}

fn is_terminal(state: &str) -> bool {
    State::from_word(state).is_some_and(State::is_terminal)
}
