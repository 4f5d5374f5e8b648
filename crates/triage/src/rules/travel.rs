//! What keeps people from travelling in vain, and what sends them after all.

use crate::rule::{Effect, NONE, Rule};
use catalogue::{Decision, Owner, Severity, Text};

/// An answer older than a day is read again before anybody travels.
const STALE_MIN: u32 = 24 * 60;
/// A local trip that lasts so long does not go away by itself.
const PERSISTS_MIN: u32 = 60;

pub(super) const OWN_DISCONNECT: Rule = Rule {
    slug: "own-disconnect",
    codes: &[1007],
    when: |e, _| e.own_disconnect == Some(true),
    then: NONE,
    says: Text {
        en: "Our own disconnect order stands: it is reconnected by whoever may lift that order.",
        fr: "Notre propre ordre de coupure est en vigueur\u{a0}: reconnecte qui peut le lever.",
    },
};

pub(super) const CAN_COMMISSION: Rule = Rule {
    slug: "can-commission",
    codes: &[1008],
    when: |e, _| e.can_commission == Some(true),
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        first: Some("commission-remotely"),
        ..NONE
    },
    says: Text {
        en: "This head-end can commission from the desk.",
        fr: "Ce système permet la mise en service depuis le bureau.",
    },
};

pub(super) const STILL_TRIPPED: Rule = Rule {
    slug: "still-tripped",
    codes: &[1025],
    when: |e, _| {
        e.lasts_min.is_some_and(|min| min >= PERSISTS_MIN)
            || e.repeat_visits.is_some_and(|visits| visits >= 1)
    },
    then: Effect {
        decision: Some(Decision::Visit),
        owner: Some(Owner::Electrician),
        ..NONE
    },
    says: Text {
        en: "The local condition persists: an electrician looks for the cause.",
        fr: "La cause locale persiste\u{a0}: un électricien la cherche.",
    },
};

pub(super) const GATEWAY_DARK: Rule = Rule {
    slug: "gateway-dark",
    codes: &[],
    when: |e, v| {
        e.gateway_online == Some(false)
            && v.decision == Decision::Visit
            && v.severity < Severity::Critical
    },
    then: Effect {
        decision: Some(Decision::Office),
        owner: Some(Owner::Operations),
        first: Some("gateway-first"),
        ..NONE
    },
    says: Text {
        en: "The gateway is offline: the verdict is frozen and nobody travels before it answers.",
        fr: "La passerelle est hors ligne\u{a0}: l'avis est gelé et personne ne se déplace avant sa réponse.",
    },
};

pub(super) const STALE: Rule = Rule {
    slug: "stale",
    codes: &[],
    when: |e, v| {
        e.age_min.is_some_and(|min| min > STALE_MIN)
            && !matches!(v.decision, Decision::Fine | Decision::Ignore)
    },
    then: Effect {
        first: Some("read-again"),
        asks: Some("fresh-answer"),
        ..NONE
    },
    says: Text {
        en: "The answer is {hours} hours old: read again before anybody travels.",
        fr: "La réponse date de {hours} heures\u{a0}: relire avant tout déplacement.",
    },
};
