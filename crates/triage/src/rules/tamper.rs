//! Covers, magnets and wiring: what removes a suspicion, and what strengthens it.

use crate::evidence::Phases;
use crate::rule::{Effect, NONE, Rule};
use catalogue::{Class, Decision, Owner, Severity, Text};

/// Covers that our own people open too.
const COVERS: &[u16] = &[1005, 1006, 1014];
/// From so many visits for the same tamper in 30 days on, revenue protection decides.
const AGAIN_FROM: u32 = 2;

pub(super) const OWN_WORK_ORDER: Rule = Rule {
    slug: "own-work-order",
    codes: COVERS,
    when: |e, _| e.own_work_order == Some(true),
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        severity: Some(Severity::Medium),
        first: Some("ask-crew"),
        ..NONE
    },
    says: Text {
        en: "A work order of ours is open at this meter: ask the crew before anybody else travels.",
        fr: "Un de nos ordres de travail est ouvert à ce compteur\u{a0}: demander à l'équipe avant tout autre déplacement.",
    },
};

pub(super) const NO_WORK_ORDER: Rule = Rule {
    slug: "no-work-order",
    codes: COVERS,
    when: |e, _| e.own_work_order == Some(false),
    then: Effect {
        suspect: Some(true),
        ..NONE
    },
    says: Text {
        en: "No work order of ours explains it.",
        fr: "Aucun de nos ordres de travail ne l'explique.",
    },
};

pub(super) const WORK_ORDER_UNKNOWN: Rule = Rule {
    slug: "work-order-unknown",
    codes: COVERS,
    when: |e, _| e.own_work_order.is_none(),
    then: Effect {
        asks: Some("work-order"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const SOLAR: Rule = Rule {
    slug: "solar",
    codes: &[1013],
    when: |e, _| e.solar == Some(true),
    then: Effect {
        suspect: Some(false),
        ..NONE
    },
    says: Text {
        en: "The home has solar: that explains reverse flow and removes the suspicion, not the darkness.",
        fr: "Le logement a du solaire\u{a0}: cela explique l'inversion et lève le soupçon, pas la coupure.",
    },
};

pub(super) const SOLAR_UNKNOWN: Rule = Rule {
    slug: "solar-unknown",
    codes: &[1013],
    when: |e, _| e.solar.is_none(),
    then: Effect {
        asks: Some("solar"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const THREE_PHASES: Rule = Rule {
    slug: "three-phases",
    codes: &[1016],
    when: |e, _| e.phases == Some(Phases::Three),
    then: Effect {
        class: Some(Class::Load),
        suspect: Some(false),
        ..NONE
    },
    says: Text {
        en: "On three phases this is an uneven load.",
        fr: "En triphasé, c'est une charge inégale.",
    },
};

pub(super) const ONE_PHASE: Rule = Rule {
    slug: "one-phase",
    codes: &[1016],
    when: |e, _| e.phases == Some(Phases::Single),
    then: Effect {
        suspect: Some(true),
        ..NONE
    },
    says: Text {
        en: "On one phase this is a difference between phase and neutral: tamper suspected.",
        fr: "En monophasé, c'est un écart entre phase et neutre\u{a0}: fraude soupçonnée.",
    },
};

pub(super) const PHASES_UNKNOWN: Rule = Rule {
    slug: "phases-unknown",
    codes: &[1016],
    when: |e, _| e.phases.is_none(),
    then: Effect {
        asks: Some("phases"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const COVERS_OPENED: Rule = Rule {
    slug: "covers-opened",
    codes: &[1000],
    when: |e, v| {
        v.decision == Decision::Fine
            && e.own_work_order != Some(true)
            && e.cover_openings.is_some_and(|openings| openings > 0)
    },
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        severity: Some(Severity::Medium),
        class: Some(Class::Tamper),
        first: Some("tamper-log"),
        ..NONE
    },
    says: Text {
        en: "The relay is closed, but covers were opened {openings} times since the last visit: look at the tamper log.",
        fr: "Le relais est fermé, mais des couvercles ont été ouverts {openings} fois depuis la dernière visite\u{a0}: voir l'historique.",
    },
};

pub(super) const TAMPER_AGAIN: Rule = Rule {
    slug: "tamper-again",
    codes: &[1005, 1006, 1013, 1014, 1015, 1016, 1017],
    when: |e, v| {
        matches!(v.class, Class::Tamper | Class::Wiring)
            && e.repeat_visits.is_some_and(|visits| visits >= AGAIN_FROM)
    },
    then: Effect {
        owner: Some(Owner::RevenueProtection),
        suspect: Some(true),
        ..NONE
    },
    says: Text {
        en: "{visits} visits for the same cause in 30 days: revenue protection decides what comes next.",
        fr: "{visits} visites pour la même cause en 30 jours\u{a0}: la protection des recettes décide de la suite.",
    },
};
