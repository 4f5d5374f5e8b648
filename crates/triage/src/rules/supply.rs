//! Whether the home has power, and what follows from that alone.

use crate::evidence::{Phases, Relay};
use crate::rule::{Effect, NONE, Rule};
use catalogue::{Class, Decision, Owner, Severity, Supply, Text};

/// Below this share of the neighbours, several homes are still several cases.
const MANY_PERCENT: u32 = 60;
/// A relay test ends within minutes.
const TEST_MIN: u32 = 15;

/// Codes whose sub-code says that the relay is open.
const NOT_NORMAL: &[u16] = &[
    1001, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 1015, 1016, 1017, 1018,
    1021, 1022, 1023, 1024, 1025,
];

pub(super) const RELAY_CLOSED_AGAINST_CODE: Rule = Rule {
    slug: "relay-closed-against-code",
    codes: NOT_NORMAL,
    when: |e, v| e.relay == Some(Relay::Closed) && v.supply == Supply::Off,
    then: Effect {
        supply: Some(Supply::On),
        conflict: true,
        ..NONE
    },
    says: Text {
        en: "The relay is closed although 87 is not 00: the relay decides the supply, both are shown.",
        fr: "Le relais est fermé alors que 87 n'est pas 00\u{a0}: le relais décide de l'alimentation, les deux sont montrés.",
    },
};

pub(super) const ENERGY_AGAINST_CODE: Rule = Rule {
    slug: "energy-against-code",
    codes: NOT_NORMAL,
    when: |e, v| e.energy_flows() && e.relay != Some(Relay::Open) && v.supply == Supply::Off,
    then: Effect {
        supply: Some(Supply::On),
        conflict: true,
        ..NONE
    },
    says: Text {
        en: "Energy flows although 87 is not 00: the energy decides the supply, both are shown.",
        fr: "De l'énergie passe alors que 87 n'est pas 00\u{a0}: l'énergie décide de l'alimentation, les deux sont montrés.",
    },
};

pub(super) const USE_WHILE_OPEN: Rule = Rule {
    slug: "use-while-open",
    codes: &[],
    when: |e, _| e.energy_flows() && e.relay == Some(Relay::Open),
    then: Effect {
        supply: Some(Supply::On),
        conflict: true,
        suspect: Some(true),
        ..NONE
    },
    says: Text {
        en: "Energy flows although the relay is said to be open: a wrong relay reading, or a suspected bypass.",
        fr: "De l'énergie passe alors que le relais est dit ouvert\u{a0}: mauvaise lecture du relais, ou dérivation soupçonnée.",
    },
};

pub(super) const RELAY_OPEN_AGAINST_NORMAL: Rule = Rule {
    slug: "relay-open-against-normal",
    codes: &[1000],
    when: |e, _| e.relay == Some(Relay::Open) && !e.energy_flows(),
    then: Effect {
        supply: Some(Supply::Off),
        conflict: true,
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        severity: Some(Severity::High),
        first: Some("read-87"),
        asks: Some("reason"),
        ..NONE
    },
    says: Text {
        en: "The relay is open although the code says closed: the relay decides the supply, both are shown.",
        fr: "Le relais est ouvert alors que le code le dit fermé\u{a0}: le relais décide de l'alimentation, les deux sont montrés.",
    },
};

pub(super) const RELAY_CLOSED: Rule = Rule {
    slug: "relay-closed",
    codes: &[],
    when: |e, v| e.relay == Some(Relay::Closed) && v.supply == Supply::Unknown,
    then: Effect {
        supply: Some(Supply::On),
        ..NONE
    },
    says: Text {
        en: "The relay is closed.",
        fr: "Le relais est fermé.",
    },
};

pub(super) const RELAY_OPEN: Rule = Rule {
    slug: "relay-open",
    codes: &[],
    when: |e, v| e.relay == Some(Relay::Open) && v.supply == Supply::Unknown,
    then: Effect {
        supply: Some(Supply::Off),
        ..NONE
    },
    says: Text {
        en: "The relay is open.",
        fr: "Le relais est ouvert.",
    },
};

pub(super) const ENERGY_FLOWS: Rule = Rule {
    slug: "energy-flows",
    codes: &[],
    when: |e, v| e.energy_flows() && v.supply == Supply::Unknown,
    then: Effect {
        supply: Some(Supply::On),
        ..NONE
    },
    says: Text {
        en: "Energy flows.",
        fr: "De l'énergie passe.",
    },
};

pub(super) const DARK_AND_OCCUPIED: Rule = Rule {
    slug: "dark-and-occupied",
    codes: &[],
    when: |e, v| {
        v.supply == Supply::Unknown
            && e.occupied == Some(true)
            && e.power.is_some_and(|power| power.0 == 0.0)
    },
    then: Effect {
        supply: Some(Supply::Off),
        ..NONE
    },
    says: Text {
        en: "No power is drawn at an occupied home: it is taken as dark.",
        fr: "Aucune puissance dans un logement occupé\u{a0}: il est tenu pour coupé.",
    },
};

pub(super) const CREDIT_AND_DARK: Rule = Rule {
    slug: "credit-and-dark",
    codes: &[1001],
    when: |_, v| v.supply == Supply::Off,
    then: Effect {
        decision: Some(Decision::Office),
        severity: Some(Severity::High),
        owner: Some(Owner::AmiAdmin),
        ..NONE
    },
    says: Text {
        en: "The home is dark: the meter has lost its postpaid mode.",
        fr: "Le logement est coupé\u{a0}: le compteur a perdu son mode post-paiement.",
    },
};

pub(super) const CREDIT_AND_SUPPLIED: Rule = Rule {
    slug: "credit-and-supplied",
    codes: &[1001],
    when: |_, v| v.supply == Supply::On,
    then: NONE,
    says: Text {
        en: "The home has power: credit rests.",
        fr: "Le logement est alimenté\u{a0}: le crédit est classé.",
    },
};

pub(super) const CREDIT_UNKNOWN: Rule = Rule {
    slug: "credit-unknown",
    codes: &[1001],
    when: |_, v| v.supply == Supply::Unknown,
    then: Effect {
        asks: Some("supply"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const TEST_THAT_LASTS: Rule = Rule {
    slug: "test-that-lasts",
    codes: &[1004],
    when: |e, v| v.supply != Supply::On && e.lasts_min.is_some_and(|min| min >= TEST_MIN),
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        severity: Some(Severity::Medium),
        ..NONE
    },
    says: Text {
        en: "The test has lasted {lasts} minutes: reconnect after it.",
        fr: "Le test dure depuis {lasts} minutes\u{a0}: reconnecter ensuite.",
    },
};

pub(super) const TEST_UNKNOWN: Rule = Rule {
    slug: "test-unknown",
    codes: &[1004],
    when: |e, v| v.supply != Supply::On && e.lasts_min.is_none(),
    then: Effect {
        asks: Some("lasts"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const TARIFF_UNKNOWN: Rule = Rule {
    slug: "tariff-unknown",
    codes: &[1024],
    when: |_, v| v.supply == Supply::Unknown,
    then: Effect {
        asks: Some("supply"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const MANY_NEIGHBOURS: Rule = Rule {
    slug: "many-neighbours",
    codes: &[1011, 1012, 1021],
    when: |e, _| {
        e.neighbours.is_some_and(|n| {
            n.alike >= 1 && u64::from(n.alike) * 100 >= u64::from(n.known) * u64::from(MANY_PERCENT)
        })
    },
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Utility),
        ..NONE
    },
    says: Text {
        en: "{alike} of {known} neighbours are in the same condition: one job for the utility.",
        fr: "{alike} voisins sur {known} sont dans le même état\u{a0}: un seul travail pour le distributeur.",
    },
};

pub(super) const ALONE: Rule = Rule {
    slug: "alone",
    codes: &[1011, 1012],
    when: |e, _| e.neighbours.is_some_and(|n| n.known >= 1 && n.alike == 0),
    then: Effect {
        decision: Some(Decision::Visit),
        owner: Some(Owner::Electrician),
        severity: Some(Severity::High),
        first: Some("isolate"),
        ..NONE
    },
    says: Text {
        en: "None of {known} neighbours is in this condition: suspect this home's neutral or service drop.",
        fr: "Aucun des {known} voisins n'est dans cet état\u{a0}: soupçonner le neutre ou le branchement de ce logement.",
    },
};

pub(super) const NEIGHBOURS_UNKNOWN: Rule = Rule {
    slug: "neighbours-unknown",
    codes: &[1011, 1012],
    when: |e, _| e.neighbours.is_none_or(|n| n.known == 0),
    then: Effect {
        asks: Some("neighbours"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const VOLTAGE_ON_ONE_PHASE: Rule = Rule {
    slug: "voltage-on-one-phase",
    codes: &[1021],
    when: |e, _| e.phases == Some(Phases::Single),
    then: Effect {
        class: Some(Class::Backend),
        decision: Some(Decision::Office),
        owner: Some(Owner::AmiAdmin),
        first: Some("read-supply"),
        asks: Some("supply"),
        ..NONE
    },
    says: Text {
        en: "A single-phase meter cannot know a voltage imbalance: a data error, after one read of the supply.",
        fr: "Un compteur monophasé ne peut pas connaître un déséquilibre de tension\u{a0}: erreur de données, après un relevé de l'alimentation.",
    },
};

pub(super) const VOLTAGE_PHASES_UNKNOWN: Rule = Rule {
    slug: "voltage-phases-unknown",
    codes: &[1021],
    when: |e, _| e.phases.is_none(),
    then: Effect {
        asks: Some("phases"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};
