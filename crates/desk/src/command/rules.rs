//! What commands go by.

use commands::{Blast, Terms};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What commands go by. Each is a setting with a default.
#[derive(Clone, Debug)]
pub struct CommandRules {
    /// How old what is known may be, and within which bounds it is in order.
    pub checks: remedies::Rules,
    /// How many homes may lose their supply by our hand.
    pub blast: Blast,
    /// Whether darkening acts need a second person. A team of one may relax it; every page then says
    /// so.
    pub second_person: bool,
    /// What holds for each head-end, by name.
    pub head_ends: BTreeMap<String, HeadEndRules>,
    /// Who is told of what happened.
    pub hooks: Vec<Hook>,
}

impl Default for CommandRules {
    fn default() -> Self {
        Self {
            checks: remedies::Rules::default(),
            blast: Blast::default(),
            second_person: true,
            head_ends: BTreeMap::new(),
            hooks: Vec::new(),
        }
    }
}

impl CommandRules {
    /// What holds for this head-end.
    pub fn of(&self, head_end: &str) -> HeadEndRules {
        self.head_ends.get(head_end).copied().unwrap_or_default()
    }
}

/// What holds for one head-end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadEndRules {
    /// How long a command may stand where.
    pub terms: Terms,
    /// Whether its relay bit was seen on a meter of this deployment to mean what it is taken for.
    pub polarity_confirmed: bool,
}

/// Somebody who is told of what happened.
#[derive(Clone)]
pub struct Hook {
    /// The endpoint's name.
    pub endpoint: String,
    /// Whether it wants to hear of this kind of event, such as `command.verified`.
    pub wants: Arc<dyn Fn(&str) -> bool + Send + Sync>,
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hook")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
