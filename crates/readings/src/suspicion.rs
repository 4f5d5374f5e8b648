//! How much a home deserves a look. A score is a reason to look, never proof, and nothing acts on it.

use catalogue::{Lang, Text};
use std::fmt;

/// What is known of a home. What is not known adds nothing and takes nothing away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The meter reports a tamper condition.
    pub tamper: Option<bool>,
    /// Its use fell by more than half within seven days after that: [`crate::fell_after`].
    pub drop_after_tamper: Option<bool>,
    /// Nothing is used while somebody lives there.
    pub zero_while_occupied: Option<bool>,
    /// A cover was opened outside any work order.
    pub cover_without_order: Option<bool>,
    /// Energy was counted while the relay was reported open.
    pub use_while_open: Option<bool>,
    /// What the site lacks follows this home's ordinary days: [`crate::follows`] is near 1.
    pub residual_follows: Option<bool>,
    /// We were there lately ourselves.
    pub own_visit: Option<bool>,
    /// Nobody lives there.
    pub vacant: Option<bool>,
    /// The home has solar and the sign is current that flows back.
    pub solar_reverse: Option<bool>,
}

/// One part of a score.
pub struct Part {
    /// Its name for ever.
    pub slug: &'static str,
    /// What it adds, or takes away.
    pub points: i32,
    /// What it is, in words of suspicion only.
    pub says: Text,
    when: fn(&Signs) -> Option<bool>,
}

/// What a score asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Nothing.
    None,
    /// A case for revenue protection.
    Case,
    /// A visit, by two persons.
    TwoPersons,
}

/// A score with all its parts: never only the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The sum, never below 0.
    pub points: i32,
    /// What it is made of, in the order of the table.
    pub parts: Vec<&'static Part>,
    /// The parts of which nobody knows anything.
    pub unknown: Vec<&'static Part>,
}

/// From so many points on it is a case.
const CASE: i32 = 50;
/// From so many points on two persons go.
const TWO_PERSONS: i32 = 80;

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl Eq for Part {}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:+}", self.slug, self.points)
    }
}

impl Score {
    /// What it asks for.
    pub fn look(&self) -> Look {
        match self.points {
            TWO_PERSONS.. => Look::TwoPersons,
            CASE.. => Look::Case,
            _ => Look::None,
        }
    }

    /// The parts as sentences, each with its points.
    pub fn say(&self, lang: Lang) -> Vec<String> {
        let sentence = |part: &&Part| format!("{:+} {}", part.points, part.says.get(lang));
        self.parts.iter().map(sentence).collect()
    }
}

/// The score of a home.
pub fn score(signs: &Signs) -> Score {
    let holds = |part: &&'static Part| (part.when)(signs) == Some(true);
    let parts: Vec<&Part> = PARTS.iter().filter(holds).collect();
    let sum: i32 = parts.iter().map(|part| part.points).sum();
    Score {
        points: sum.max(0),
        parts,
        unknown: PARTS
            .iter()
            .filter(|part| (part.when)(signs).is_none())
            .collect(),
    }
}

/// Every part. Points and limits: the domain's facts, 4.5.
pub static PARTS: &[Part] = &[
    Part {
        slug: "tamper",
        points: 30,
        says: Text {
            en: "The meter reports a tamper condition.",
            fr: "Le compteur signale une fraude possible.",
        },
        when: |signs| signs.tamper,
    },
    Part {
        slug: "drop-after-tamper",
        points: 30,
        says: Text {
            en: "Its use fell by more than half within seven days after that.",
            fr: "Sa consommation a baissé de plus de moitié dans les sept jours qui ont suivi.",
        },
        when: |signs| signs.drop_after_tamper,
    },
    Part {
        slug: "zero-while-occupied",
        points: 20,
        says: Text {
            en: "Nothing is used while somebody lives there.",
            fr: "Rien n'est consommé alors que le logement est occupé.",
        },
        when: |signs| signs.zero_while_occupied,
    },
    Part {
        slug: "cover-without-order",
        points: 15,
        says: Text {
            en: "A cover was opened outside any work order.",
            fr: "Un couvercle a été ouvert hors de tout ordre de travail.",
        },
        when: |signs| signs.cover_without_order,
    },
    Part {
        slug: "use-while-open",
        points: 40,
        says: Text {
            en: "Energy was counted while the relay was reported open.",
            fr: "De l'énergie a été comptée pendant que le relais était signalé ouvert.",
        },
        when: |signs| signs.use_while_open,
    },
    Part {
        slug: "residual-follows",
        points: 25,
        says: Text {
            en: "What the site lacks follows this home's ordinary days.",
            fr: "Ce qui manque au site suit les jours ordinaires de ce logement.",
        },
        when: |signs| signs.residual_follows,
    },
    Part {
        slug: "own-visit",
        points: -30,
        says: Text {
            en: "We were there lately ourselves.",
            fr: "Nous y étions nous-mêmes récemment.",
        },
        when: |signs| signs.own_visit,
    },
    Part {
        slug: "vacant",
        points: -20,
        says: Text {
            en: "Nobody lives there.",
            fr: "Personne n'y habite.",
        },
        when: |signs| signs.vacant,
    },
    Part {
        slug: "solar-reverse",
        points: -10,
        says: Text {
            en: "The home has solar, and current that flows back is ordinary there.",
            fr: "Le logement a du solaire, et un courant inverse y est ordinaire.",
        },
        when: |signs| signs.solar_reverse,
    },
];
