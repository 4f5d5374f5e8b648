//! What proves that the relay closed, or opened.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method of a type with a lifetime is no function for every lifetime"
)]

use super::seen::{CLOSED as SUPPLIED, DISCONNECTED, WAITS_AT_METER};
use super::{NOTHING_READ, Proof, STATUS_UNCLEAR, Sign, sign};
use triage::Relay;

const RELAY_UNCONFIRMED: Sign = sign(
    "relay-unconfirmed",
    Proof::CannotTell,
    |seen| seen.relay_is_unconfirmed(),
    "Only the relay bit speaks, and its polarity was not confirmed here: confirm it on one meter, or read the power.",
    "Seul le bit du relais parle, et sa polarité n'a pas été confirmée ici\u{a0}: confirmez-la sur un compteur, ou lisez la puissance.",
);

const FLOWS_THROUGH_OPEN: Sign = sign(
    "flows-through-open",
    Proof::CannotTell,
    |seen| seen.relay() == Some(Relay::Open) && seen.flows(),
    "The relay is open and {power} flow all the same: a wrong relay reading, or a suspected bypass; have it looked at.",
    "Le relais est ouvert et {power} passent quand même\u{a0}: mauvaise lecture du relais, ou dérivation soupçonnée\u{a0}; faites vérifier.",
);

const STATUS_SAME: Sign = sign(
    "status-same",
    Proof::NotYet,
    |seen| seen.says_the_same(),
    "The meter still says {number}.",
    "Le compteur dit encore {number}.",
);

/// After a reconnect.
pub(super) const CLOSED: &[Sign] = &[
    FLOWS_THROUGH_OPEN,
    sign(
        "relay-closed",
        Proof::Verified,
        |seen| seen.relay() == Some(Relay::Closed),
        "The relay bit says closed, and its polarity is confirmed.",
        "Le bit du relais dit fermé, et sa polarité est confirmée.",
    ),
    sign(
        "power-appeared",
        Proof::Verified,
        |seen| seen.power_appeared(),
        "{power} flow, and none did before.",
        "{power} passent, et rien ne passait avant.",
    ),
    sign(
        "waits-at-meter",
        Proof::Armed,
        |seen| seen.is(WAITS_AT_METER),
        "The meter has taken it and says {number}: somebody presses its button, or finds what holds it open.",
        "Le compteur l'a pris et dit {number}\u{a0}: quelqu'un appuie sur son bouton, ou trouve ce qui le tient ouvert.",
    ),
    sign(
        "relay-open",
        Proof::Contradicted,
        |seen| seen.relay() == Some(Relay::Open),
        "The relay bit says open, and its polarity is confirmed: find the cause before another try.",
        "Le bit du relais dit ouvert, et sa polarité est confirmée\u{a0}: trouvez la cause avant un autre essai.",
    ),
    sign(
        "status-closed",
        Proof::Verified,
        |seen| seen.became(SUPPLIED),
        "The status changed to {number}: the relay is closed.",
        "L'état est passé à {number}\u{a0}: le relais est fermé.",
    ),
    sign(
        "status-was-closed",
        Proof::CannotTell,
        |seen| seen.is(SUPPLIED),
        "The meter says {number}, but is not known to have said otherwise before: read the power.",
        "Le compteur dit {number}, mais on ne sait pas s'il disait autre chose avant\u{a0}: lisez la puissance.",
    ),
    STATUS_SAME,
    sign(
        "status-dark-otherwise",
        Proof::Contradicted,
        |seen| seen.is_dark_otherwise(),
        "The relay is open for another reason now: the meter says {number}.",
        "Le relais est ouvert pour un autre motif\u{a0}: le compteur dit {number}.",
    ),
    RELAY_UNCONFIRMED,
    STATUS_UNCLEAR,
    NOTHING_READ,
];

/// After a disconnect.
pub(super) const OPEN: &[Sign] = &[
    FLOWS_THROUGH_OPEN,
    sign(
        "still-flows",
        Proof::Contradicted,
        |seen| seen.flows(),
        "{power} still flow.",
        "{power} passent encore.",
    ),
    sign(
        "relay-opened",
        Proof::Verified,
        |seen| seen.relay() == Some(Relay::Open),
        "The relay bit says open, and its polarity is confirmed.",
        "Le bit du relais dit ouvert, et sa polarité est confirmée.",
    ),
    sign(
        "relay-still-closed",
        Proof::Contradicted,
        |seen| seen.relay() == Some(Relay::Closed),
        "The relay bit says closed, and its polarity is confirmed.",
        "Le bit du relais dit fermé, et sa polarité est confirmée.",
    ),
    sign(
        "power-vanished",
        Proof::Verified,
        |seen| seen.power_vanished(),
        "No power flows, and some did before.",
        "Aucune puissance ne passe, alors qu'il en passait avant.",
    ),
    sign(
        "status-opened",
        Proof::Verified,
        |seen| seen.became(DISCONNECTED),
        "The status changed to {number}: the relay is open by order.",
        "L'état est passé à {number}\u{a0}: le relais est ouvert sur ordre.",
    ),
    sign(
        "status-was-open",
        Proof::CannotTell,
        |seen| seen.is(DISCONNECTED),
        "The meter says {number}, but is not known to have said otherwise before: read the power.",
        "Le compteur dit {number}, mais on ne sait pas s'il disait autre chose avant\u{a0}: lisez la puissance.",
    ),
    STATUS_SAME,
    sign(
        "status-closed-again",
        Proof::Contradicted,
        |seen| seen.became(SUPPLIED),
        "The status changed to {number}: the relay is closed.",
        "L'état est passé à {number}\u{a0}: le relais est fermé.",
    ),
    sign(
        "status-open-otherwise",
        Proof::CannotTell,
        |seen| seen.is_dark_otherwise(),
        "The relay is open, but not by this order: the meter says {number} and may close it again.",
        "Le relais est ouvert, mais pas par cet ordre\u{a0}: le compteur dit {number} et peut le refermer.",
    ),
    RELAY_UNCONFIRMED,
    STATUS_UNCLEAR,
    NOTHING_READ,
];
