//! What all dialects have in common when a token is made.

use crate::envelope::Envelope;
use crate::fields;
use crate::refusal::{Answered, empty, no, shape};
use crate::token;
use asking::{RefusalKind, Secret};
use fleet::Watts;

/// The highest limit that is passed on: ten times the largest three-phase meter.
const MOST: f64 = 1_000_000.0;

/// The load limit in whole watts, as every dialect wants it. A part of a watt is refused rather
/// than rounded.
pub(crate) fn whole_watts(watts: Watts) -> Answered<u32> {
    let fits = (0.0..=MOST).contains(&watts.0) && watts.0.fract() == 0.0;
    let whole = if fits {
        format!("{:.0}", watts.0).parse().ok()
    } else {
        None
    };
    whole.ok_or_else(|| {
        let said = "a load limit is a whole number of watts up to 1000000";
        no(RefusalKind::BadRequest, said)
    })
}

/// The token in an answer of station or concentrator: `token`, or `tokenFirst` alone (facts 4.5).
pub(crate) fn token_of(envelope: &Envelope) -> Answered<Secret> {
    let content = envelope.content()?;
    let row = content
        .as_object()
        .ok_or_else(|| shape("there is no token in it"))?;
    let given = fields::text(row, "token").or_else(|| fields::text(row, "tokenFirst"));
    checked(&given.ok_or_else(empty)?)
}

/// The 20 digits, or a refusal that does not show them.
pub(crate) fn checked(given: &str) -> Answered<Secret> {
    token::digits(given).ok_or_else(|| shape("the token has not 20 digits"))
}
