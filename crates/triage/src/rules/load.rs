//! The customer's load: against its limit, how often, and with what power factor.

use crate::rule::{Effect, NONE, Rule};
use catalogue::{Decision, Owner, Severity, Text};

/// Below this power the power factor says nothing, W.
const PF_MIN_LOAD_W: f64 = 200.0;
/// At and above this a household's power factor is in order.
const PF_IN_ORDER_FROM: f64 = 0.8;
/// From so many overload trips in 30 days on, a larger supply is advised.
const TRIPS_OFTEN_FROM: u32 = 3;
/// From so many visits or trips in 30 days on, it repeats.
const REPEATS_FROM: u32 = 2;

pub(super) const ABOVE_LIMIT: Rule = Rule {
    slug: "above-limit",
    codes: &[1003, 1025],
    when: |e, _| matches!((e.load_before_trip, e.load_limit), (Some(load), Some(limit)) if load > limit),
    then: NONE,
    says: Text {
        en: "Before the trip the home drew {before} against a limit of {limit}.",
        fr: "Avant le déclenchement, le logement prenait {before} pour une limite de {limit}.",
    },
};

pub(super) const LIMIT_DOES_NOT_EXPLAIN: Rule = Rule {
    slug: "limit-does-not-explain",
    codes: &[1003],
    when: |e, _| matches!((e.load_before_trip, e.load_limit), (Some(load), Some(limit)) if load <= limit),
    then: NONE,
    says: Text {
        en: "Before the trip the home drew {before}, under its limit of {limit}: a short peak, or another limit in the meter; read 14 again.",
        fr: "Avant le déclenchement, le logement prenait {before}, sous sa limite de {limit}\u{a0}: pointe brève, ou autre limite dans le compteur\u{a0}; relire 14.",
    },
};

pub(super) const LOAD_UNKNOWN: Rule = Rule {
    slug: "load-unknown",
    codes: &[1003],
    when: |e, _| e.load_before_trip.is_none() || e.load_limit.is_none(),
    then: Effect {
        asks: Some("load-before-trip"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};

pub(super) const TRIPS_OFTEN: Rule = Rule {
    slug: "trips-often",
    codes: &[1003, 1009, 1025],
    when: |e, _| {
        e.overload_trips
            .is_some_and(|trips| trips >= TRIPS_OFTEN_FROM)
    },
    then: Effect {
        severity: Some(Severity::High),
        ..NONE
    },
    says: Text {
        en: "{trips} overload trips in 30 days: advise a larger supply, and no reconnect without less load.",
        fr: "{trips} déclenchements en 30 jours\u{a0}: conseiller une puissance supérieure, et pas de reconnexion sans réduire la charge.",
    },
};

pub(super) const REPEATS: Rule = Rule {
    slug: "repeats",
    codes: &[1009],
    when: |e, _| {
        e.overload_trips.is_some_and(|trips| trips >= REPEATS_FROM)
            || e.repeat_visits.is_some_and(|visits| visits >= REPEATS_FROM)
    },
    then: Effect {
        decision: Some(Decision::Visit),
        owner: Some(Owner::Electrician),
        ..NONE
    },
    says: Text {
        en: "It repeats: an electrician looks for a short circuit.",
        fr: "Cela se répète\u{a0}: un électricien cherche un court-circuit.",
    },
};

pub(super) const PF_SAYS_NOTHING: Rule = Rule {
    slug: "pf-says-nothing",
    codes: &[1023],
    when: |e, _| e.power_factor.is_some() && e.power.is_some_and(|p| p.0.abs() <= PF_MIN_LOAD_W),
    then: Effect {
        asks: Some("power-factor"),
        ..NONE
    },
    says: Text {
        en: "At {power} the power factor says nothing: it is judged above 200 W only.",
        fr: "À {power}, le facteur de puissance ne dit rien\u{a0}: il se juge au-dessus de 200 W.",
    },
};

pub(super) const PF_LOW: Rule = Rule {
    slug: "pf-low",
    codes: &[1023],
    when: |e, _| {
        e.power.is_some_and(|p| p.0.abs() > PF_MIN_LOAD_W)
            && e.power_factor
                .is_some_and(|pf| pf.0.abs() < PF_IN_ORDER_FROM)
    },
    then: NONE,
    says: Text {
        en: "The power factor is {pf} at {power}: advise correction.",
        fr: "Le facteur de puissance est {pf} à {power}\u{a0}: conseiller une correction.",
    },
};

pub(super) const PF_IN_ORDER: Rule = Rule {
    slug: "pf-in-order",
    codes: &[1023],
    when: |e, _| {
        e.power.is_some_and(|p| p.0.abs() > PF_MIN_LOAD_W)
            && e.power_factor
                .is_some_and(|pf| pf.0.abs() >= PF_IN_ORDER_FROM)
    },
    then: NONE,
    says: Text {
        en: "The power factor is {pf} at {power} now, which is in order: watch whether it falls.",
        fr: "Le facteur de puissance est de {pf} à {power}, ce qui est en ordre\u{a0}: surveiller.",
    },
};

pub(super) const PF_UNKNOWN: Rule = Rule {
    slug: "pf-unknown",
    codes: &[1023],
    when: |e, _| e.power_factor.is_none() || e.power.is_none(),
    then: Effect {
        asks: Some("power-factor"),
        ..NONE
    },
    says: Text { en: "", fr: "" },
};
