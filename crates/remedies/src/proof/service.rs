//! What proves that a tamper was cleared, or a meter put into service.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method of a type with a lifetime is no function for every lifetime"
)]

use super::seen::{CLOSED as SUPPLIED, NOT_IN_SERVICE, WAITS_AT_METER};
use super::{NOTHING_READ, Proof, STATUS_UNCLEAR, Sign, sign};
use triage::Relay;

/// After a clear-tamper token.
pub(super) const TAMPER: &[Sign] = &[
    sign(
        "tamper-other",
        Proof::Contradicted,
        |seen| seen.has_tamper() && seen.had_tamper() && !seen.says_the_same(),
        "The meter holds another tamper now: it says {number}.",
        "Le compteur tient une autre fraude\u{a0}: il dit {number}.",
    ),
    sign(
        "tamper-still",
        Proof::NotYet,
        |seen| seen.has_tamper(),
        "The meter still holds the tamper: it says {number}.",
        "Le compteur tient encore la fraude\u{a0}: il dit {number}.",
    ),
    sign(
        "tamper-gone",
        Proof::Verified,
        |seen| seen.row_after().is_some() && seen.had_tamper(),
        "The tamper is gone: the meter says {number}.",
        "La fraude est effacée\u{a0}: le compteur dit {number}.",
    ),
    sign(
        "tamper-not-seen",
        Proof::CannotTell,
        |seen| seen.row_after().is_some(),
        "The meter says {number}, but is not known to have said a tamper before: look at its status bits.",
        "Le compteur dit {number}, mais on ne sait pas s'il disait une fraude avant\u{a0}: voyez ses bits d'état.",
    ),
    STATUS_UNCLEAR,
    NOTHING_READ,
];

/// After commissioning.
pub(super) const COMMISSION: &[Sign] = &[
    sign(
        "waits-at-meter",
        Proof::Armed,
        |seen| seen.is(WAITS_AT_METER),
        "The meter is in service and says {number}: somebody presses its button, or finds what holds it open.",
        "Le compteur est en service et dit {number}\u{a0}: quelqu'un appuie sur son bouton, ou trouve ce qui le tient ouvert.",
    ),
    sign(
        "in-service-but-open",
        Proof::Contradicted,
        |seen| seen.is(SUPPLIED) && seen.relay() == Some(Relay::Open),
        "The meter says {number} and its relay bit says open: the home has no supply, find the cause.",
        "Le compteur dit {number} et son bit de relais dit ouvert\u{a0}: le logement n'est pas alimenté, trouvez la cause.",
    ),
    sign(
        "in-service",
        Proof::Verified,
        |seen| seen.is(SUPPLIED) && seen.was(NOT_IN_SERVICE),
        "The meter is in service and supplies the home: it says {number}.",
        "Le compteur est en service et alimente le logement\u{a0}: il dit {number}.",
    ),
    sign(
        "was-in-service",
        Proof::CannotTell,
        |seen| seen.is(SUPPLIED),
        "The meter says {number}, but is not known to have been out of service before.",
        "Le compteur dit {number}, mais on ne sait pas s'il était hors service avant.",
    ),
    sign(
        "not-in-service",
        Proof::NotYet,
        |seen| seen.is(NOT_IN_SERVICE),
        "The meter still says {number}.",
        "Le compteur dit encore {number}.",
    ),
    sign(
        "in-service-but-dark",
        Proof::Contradicted,
        |seen| seen.was(NOT_IN_SERVICE) && seen.is_dark_otherwise(),
        "The meter is in service, but the home has no supply: it says {number}.",
        "Le compteur est en service, mais le logement n'est pas alimenté\u{a0}: il dit {number}.",
    ),
    STATUS_UNCLEAR,
    NOTHING_READ,
];
