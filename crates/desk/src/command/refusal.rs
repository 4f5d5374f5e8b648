//! Why a wish for a command is not taken at all. Each is an outcome for the person, none a failure.

use super::MOST;
use people::NotAllowed;
use remedies::Unfit;
use store::{CommandId, StoreError};
use thiserror::Error;

/// Why a wish, or a word about a command, was not taken.
#[derive(Debug, Error)]
pub enum Denied {
    /// It is not worded as it has to be.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// This is never done.
    #[error("{0}")]
    Never(String),
    /// A reason is missing or too long.
    #[error("say why in one sentence, in the field reason (3 to 500 characters)")]
    NoReason,
    /// Who asks may not.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Nobody knows the meter.
    #[error("no meter {0} is registered: register it first")]
    NoMeter(String),
    /// The meter has no head-end.
    #[error("meter {0} has no head-end: say in its registration which one serves it")]
    NoHeadEnd(String),
    /// The same name was used for something else.
    #[error(
        "this Idempotency-Key was used for {0}, which is something else: use a new key for a new wish"
    )]
    Clash(CommandId),
    /// There is no such command.
    #[error("there is no command {0}")]
    NoCommand(String),
    /// The command does not stand where this can happen.
    #[error("the command is {state} and can no longer be {what}")]
    TooLate {
        /// Where it stands.
        state: String,
        /// What was to happen.
        what: &'static str,
    },
    /// All acts are stopped.
    #[error("all acts are stopped by {who} ({why}): lift the stop first")]
    Stopped {
        /// By whom.
        who: String,
        /// Why.
        why: String,
    },
    /// More meters than one wish may have.
    #[error("one wish has at most {MOST} meters: ask for the others after it")]
    TooMany,
    /// A meter is named twice in one wish.
    #[error("meter {0} is named twice: name each once")]
    Twice(String),
    /// Nobody is known who asks.
    #[error("it is not known who you are: sign in, or show a key")]
    Nobody,
    /// Part of the program ended before its time.
    #[error("part of the program ended before its time: this is a fault, please report it")]
    Broken,
    /// The store could not do its part.
    #[error("the store could not do its part")]
    Store(#[from] StoreError),
}
