//! What proves that a value was set, or read.

use super::seen::Seen;
use super::{NOTHING_READ, Proof, Sign, sign};
use crate::clock::apart;
use crate::limit::is_set;
use fleet::{MINUTE, SECOND, Watts};

/// How far a clock that was set may be off, seconds: the time of a slow read-back.
const CLOCK_WITHIN: i64 = 2 * MINUTE / SECOND;

/// After a read: the answer is the proof.
pub(super) const READ: &[Sign] = &[
    sign(
        "answered",
        Proof::Verified,
        |seen| seen.after.answered == Some(seen.wanted.item()),
        "The meter answered {item}.",
        "Le compteur a répondu {item}.",
    ),
    NOTHING_READ,
];

/// After a limit that we set.
pub(super) const LIMIT: &[Sign] = &[
    sign(
        "limit-set",
        Proof::Verified,
        limit_is_set,
        "The limit reads {limit} back, and {set} were set.",
        "La limite relue est de {limit}, et {set} ont été demandés.",
    ),
    sign(
        "limit-same",
        Proof::NotYet,
        limit_is_same,
        "The limit is still {limit}.",
        "La limite est encore de {limit}.",
    ),
    sign(
        "limit-other",
        Proof::Contradicted,
        |seen| limit_after(seen).is_some(),
        "The limit reads {limit} back, but {set} were set.",
        "La limite relue est de {limit}, mais {set} ont été demandés.",
    ),
    NOTHING_READ,
];

/// After a load-limit token that somebody brought: how much it sets cannot be seen.
pub(super) const LIMIT_BY_TOKEN: &[Sign] = &[
    sign(
        "limit-same",
        Proof::NotYet,
        limit_is_same,
        "The limit is still {limit}.",
        "La limite est encore de {limit}.",
    ),
    sign(
        "limit-changed",
        Proof::Verified,
        |seen| limit_after(seen).is_some() && limit_before(seen).is_some(),
        "The limit changed from {was} to {limit}.",
        "La limite est passée de {was} à {limit}.",
    ),
    sign(
        "limit-before-unknown",
        Proof::CannotTell,
        |seen| limit_after(seen).is_some(),
        "The limit is {limit}, and nobody knows what it was before.",
        "La limite est de {limit}, et on ignore ce qu'elle était avant.",
    ),
    NOTHING_READ,
];

/// After the clock was set.
pub(super) const CLOCK: &[Sign] = &[
    sign(
        "clock-unreadable",
        Proof::CannotTell,
        |seen| seen.after.clock.is_some() && clock_is_off_by(seen).is_none(),
        "The meter's clock reads '{meter}', which is no time: have a person look.",
        "L'horloge du compteur dit '{meter}', qui n'est pas une heure\u{a0}: faites vérifier par une personne.",
    ),
    sign(
        "clock-right",
        Proof::Verified,
        |seen| clock_is_off_by(seen).is_some_and(|off| off <= CLOCK_WITHIN),
        "The meter's clock reads {meter}, within two minutes of {wall}.",
        "L'horloge du compteur dit {meter}, à moins de deux minutes de {wall}.",
    ),
    sign(
        "clock-wrong",
        Proof::Contradicted,
        |seen| clock_is_off_by(seen).is_some(),
        "The meter's clock reads {meter}, more than two minutes from {wall}.",
        "L'horloge du compteur dit {meter}, à plus de deux minutes de {wall}.",
    ),
    NOTHING_READ,
];

/// After any other token.
pub(super) const OTHER_TOKEN: &[Sign] = &[sign(
    "no-proof-possible",
    Proof::CannotTell,
    |_| true,
    "Nothing that can be read from here shows what this token did: ask somebody at the meter.",
    "Rien de ce qui se lit d'ici ne montre l'effet de ce jeton\u{a0}: demandez à quelqu'un au compteur.",
)];

fn limit_after(seen: &Seen<'_>) -> Option<f64> {
    finite(seen.after.load_limit)
}

fn limit_before(seen: &Seen<'_>) -> Option<f64> {
    finite(seen.before.load_limit)
}

fn limit_is_set(seen: &Seen<'_>) -> bool {
    let set = seen.wanted.watts().zip(limit_after(seen));
    set.is_some_and(|(set, reads)| is_set(set, reads))
}

fn limit_is_same(seen: &Seen<'_>) -> bool {
    limit_after(seen).is_some() && limit_after(seen) == limit_before(seen)
}

fn clock_is_off_by(seen: &Seen<'_>) -> Option<i64> {
    let clocks = seen.after.clock.as_ref()?;
    apart(&clocks.meter, &clocks.wall)
}

fn finite(watts: Option<Watts>) -> Option<f64> {
    watts.map(|watts| watts.0).filter(|watts| watts.is_finite())
}
