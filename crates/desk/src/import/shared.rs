//! Sites, gateways and customers stand in many rows: each is brought once, and what two rows say
//! differently is said.

use std::collections::BTreeMap;

/// Things of one kind, by their id, with up to three facts each.
#[derive(Debug)]
pub(super) struct Shared {
    /// What they are, for a person.
    kind: &'static str,
    /// What the facts are.
    facts: [&'static str; 3],
    seen: BTreeMap<String, (u64, Facts)>,
}

/// What a row says of one; what it does not say is nothing.
pub(super) type Facts = [Option<String>; 3];

/// What follows from a row's word on one thing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Brought {
    /// The facts, where this row says something that none before it has said.
    pub(super) new: Option<Facts>,
    /// What it says differently, one sentence each.
    pub(super) differs: Vec<String>,
}

impl Shared {
    pub(super) fn new(kind: &'static str, facts: [&'static str; 3]) -> Self {
        Self {
            kind,
            facts,
            seen: BTreeMap::new(),
        }
    }

    /// Takes what a row says of one. What an earlier row has said stays.
    pub(super) fn bring(&mut self, row: u64, id: &str, said: Facts) -> Brought {
        let Some((first, known)) = self.seen.get_mut(id) else {
            self.seen.insert(id.to_owned(), (row, said.clone()));
            return Brought {
                new: Some(said),
                differs: Vec::new(),
            };
        };
        let mut brought = Brought::default();
        for ((fact, known), said) in self.facts.iter().zip(known.iter_mut()).zip(said) {
            match (known.as_deref(), said) {
                (_, None) => {}
                (None, said) => {
                    *known = said;
                    brought.new = Some(Facts::default());
                }
                (Some(before), Some(said)) if before == said => {}
                (Some(before), Some(said)) => brought.differs.push(format!(
                    "the {} {id} has the {fact} \"{before}\" since row {first}, not \"{said}\": \
                     the first counts",
                    self.kind
                )),
            }
        }
        if let Some(new) = &mut brought.new {
            new.clone_from(known);
        }
        brought
    }
}
