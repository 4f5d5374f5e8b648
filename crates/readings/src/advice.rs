//! Advice for people: a name, a sentence, what was seen.

use crate::rule::Saw;
use catalogue::{Lang, Text};

/// One piece of advice. Nothing acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Its name for ever; it stands in tables and tests.
    pub slug: &'static str,
    /// The sentence, with places for what was seen.
    pub says: Text,
    /// What was seen.
    pub saw: Saw,
}

impl Advice {
    /// The sentence for a person.
    pub fn say(&self, lang: Lang) -> String {
        crate::sentence::filled(self.says.get(lang), self.saw, lang)
    }
}
