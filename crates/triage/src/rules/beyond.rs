//! Without a code: what the relay and the status bits alone allow to derive.

use crate::evidence::{Bits, Evidence, Relay};
use crate::rule::{Effect, NONE, Rule};
use crate::said::Said;
use catalogue::{Advice, AmiRow, Decision, Owner, Severity, Source, Supply, Text};

/// Reads one bit.
type Bit = fn(&Bits) -> bool;

/// Which row a status bit stands for, the gravest first. The battery has no row.
const BITS: &[(Bit, &str)] = &[
    (|bits| bits.magnetic, "magnetic-field"),
    (|bits| bits.terminal_cover, "terminal-cover-open"),
    (|bits| bits.upper_cover, "upper-cover-open"),
    (|bits| bits.enclosure, "enclosure-cover-open"),
    (|bits| bits.current_reversed, "current-reverse"),
    (|bits| bits.current_unbalanced, "current-imbalance"),
];

type Derived = (Option<&'static AmiRow>, &'static Advice, Option<Source>);

/// The condition that the evidence alone shows: a status bit before the relay, the relay before the
/// battery. Its provenance is ours.
pub(crate) fn derive(evidence: &Evidence) -> Derived {
    let bits = evidence.bits.unwrap_or_default();
    let from_row = |slug: &str| {
        let row = catalogue::by_slug(slug)?;
        Some((Some(row), &row.advice, Some(Source::Derived)))
    };
    let seen = BITS
        .iter()
        .find(|(set, _)| set(&bits))
        .map(|(_, slug)| *slug);
    let beyond = |advice| (None, advice, Some(Source::Derived));
    match (seen, evidence.relay, bits.battery_low) {
        (Some(slug), ..) => from_row(slug),
        (None, Some(Relay::Open), _) => Some(beyond(catalogue::relay_open())),
        (None, _, true) => Some(beyond(catalogue::battery_low())),
        (None, Some(Relay::Closed), false) => from_row("relay-closed"),
        (None, None, false) => None,
    }
    .unwrap_or((None, catalogue::says_nothing(), None))
}

pub(super) const REASON_UNKNOWN: Rule = Rule {
    slug: "reason-unknown",
    codes: &[],
    when: |e, v| v.said == Said::Nothing && e.relay == Some(Relay::Open),
    then: Effect {
        asks: Some("reason"),
        ..NONE
    },
    says: Text {
        en: "The relay is open and no reason was read.",
        fr: "Le relais est ouvert et aucun motif n'a été relevé.",
    },
};

pub(super) const DARK_WITHOUT_CODE: Rule = Rule {
    slug: "dark-without-code",
    codes: &[],
    when: |_, v| {
        v.said == Said::Nothing
            && v.supply == Supply::Off
            && matches!(v.decision, Decision::Fine | Decision::Ignore)
    },
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        severity: Some(Severity::High),
        first: Some("read-87"),
        asks: Some("reason"),
        ..NONE
    },
    says: Text {
        en: "A dark home is never left alone: read the reason.",
        fr: "Un logement coupé n'est jamais laissé de côté\u{a0}: relever le motif.",
    },
};

pub(super) const BATTERY_TOO: Rule = Rule {
    slug: "battery-too",
    codes: &[],
    when: |e, v| {
        e.bits.is_some_and(|bits| bits.battery_low)
            && !matches!(v.decision, Decision::Fine | Decision::Ignore)
            && v.row.is_some()
    },
    then: NONE,
    says: Text {
        en: "The clock's battery is low too: event times may be wrong.",
        fr: "La pile de l'horloge est faible aussi\u{a0}: les dates d'événements peuvent être fausses.",
    },
};
