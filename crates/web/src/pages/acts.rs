//! What was asked of a meter, and what holds it.

use crate::acts;
use crate::asked::Asked;
use crate::time::Age;
use store::{Command, Hold};

/// A command.
pub(crate) struct ActLine {
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) by: String,
    pub(crate) at: Age,
    pub(crate) said: Option<String>,
}

/// A hold.
pub(crate) struct HoldLine {
    pub(crate) kind: String,
    pub(crate) by: String,
    pub(crate) why: String,
    pub(crate) since: Age,
}

/// Commands in their order.
pub(crate) fn lines(asked: &Asked, commands: Vec<Command>) -> Vec<ActLine> {
    let line = |command: Command| ActLine {
        kind: acts::kind(&command.kind, asked.lang).to_owned(),
        state: acts::state(&command.stand.state, asked.lang).to_owned(),
        by: command.who,
        at: Age::ago(command.at, asked.now, asked.lang),
        said: command.outcome,
    };
    commands.into_iter().map(line).collect()
}

/// Holds in their order.
pub(crate) fn holds(asked: &Asked, holds: Vec<Hold>) -> Vec<HoldLine> {
    let line = |Hold { hold, .. }: Hold| HoldLine {
        kind: acts::hold(&hold.kind, asked.lang).to_owned(),
        by: hold.who,
        why: hold.why,
        since: Age::lasting(hold.at, asked.now, asked.lang),
    };
    holds.into_iter().map(line).collect()
}
