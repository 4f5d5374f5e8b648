//! What proves that an act was carried out.
//!
//! Each kind of act has a table of signs; the first that is seen decides. A relay bit proves
//! something only where its polarity was confirmed on this deployment; else a second sign has to:
//! the status changed, power appeared, or power vanished.

mod relay;
mod seen;
mod service;
mod values;

use crate::{Facts, Sentence, Wanted};
use asking::Item;
use catalogue::Text;
use commands::Kind;
use seen::Seen;

/// What was read back says of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It is so.
    Verified(Sentence),
    /// It was carried out, and the meter waits for somebody at it.
    Armed(Sentence),
    /// Not so yet, or nothing was read yet: read again until its time is over.
    NotYet(Sentence),
    /// It is not so.
    Contradicted(Sentence),
    /// What was read proves neither.
    CannotTell(Sentence),
}

impl Proof {
    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Verified(_) => "verified",
            Self::Armed(_) => "armed",
            Self::NotYet(_) => "not-yet",
            Self::Contradicted(_) => "contradicted",
            Self::CannotTell(_) => "cannot-tell",
        }
    }

    /// Its sentence.
    pub fn sentence(&self) -> &Sentence {
        match self {
            Self::Verified(said)
            | Self::Armed(said)
            | Self::NotYet(said)
            | Self::Contradicted(said)
            | Self::CannotTell(said) => said,
        }
    }
}

/// A sign: when it is seen, what it proves, and the sentence.
struct Sign {
    slug: &'static str,
    proves: fn(Sentence) -> Proof,
    when: fn(&Seen<'_>) -> bool,
    text: Text,
}

const fn sign(
    slug: &'static str,
    proves: fn(Sentence) -> Proof,
    when: fn(&Seen<'_>) -> bool,
    en: &'static str,
    fr: &'static str,
) -> Sign {
    Sign {
        slug,
        proves,
        when,
        text: Text { en, fr },
    }
}

/// Nothing was read back, or nothing that this act is proved by: the end of every table.
const NOTHING_READ: Sign = sign(
    "nothing-read",
    Proof::NotYet,
    |_| true,
    "Nothing that would prove it has been read back yet.",
    "Rien qui le prouverait n'a encore été relu.",
);

/// A status of which nothing follows: unlisted, or one that leaves the supply open.
const STATUS_UNCLEAR: Sign = sign(
    "status-unclear",
    Proof::CannotTell,
    |seen| seen.said_after().is_some(),
    "The meter says {number}, of which nothing follows: have a person look.",
    "Le compteur dit {number}, dont rien ne découle\u{a0}: faites vérifier par une personne.",
);

/// The items that prove an act, the best first; empty where the act itself is the read.
pub fn reads_back(wanted: &Wanted) -> &'static [Item] {
    match wanted.amounts_to() {
        Kind::Read => &[],
        Kind::Reconnect | Kind::Disconnect | Kind::Commission => {
            &[Item::OperatingStatus, Item::Relay, Item::Power]
        }
        Kind::ClearTamper | Kind::DeliverToken => &[Item::OperatingStatus],
        Kind::SetLoadLimit => &[Item::LoadLimit],
        Kind::SetClock => &[Item::Clock],
    }
}

/// What was read back says of an act. `before` is what was known when it was sent, `after` only what
/// was read since it was carried out; ages are not looked at. `polarity_confirmed` is whether this
/// deployment's relay bit was seen to mean what it is taken for.
pub fn proof(wanted: &Wanted, before: &Facts, after: &Facts, polarity_confirmed: bool) -> Proof {
    let seen = Seen {
        wanted,
        before,
        after,
        polarity_confirmed,
    };
    let signs = signs(wanted);
    let first = signs.iter().find(|sign| (sign.when)(&seen));
    let sign = first.unwrap_or(&NOTHING_READ);
    let sentence = Sentence::filled(sign.slug, sign.text, |name, lang| seen.value(name, lang));
    (sign.proves)(sentence)
}

fn signs(wanted: &Wanted) -> &'static [Sign] {
    match wanted.amounts_to() {
        Kind::Read => values::READ,
        Kind::Reconnect => relay::CLOSED,
        Kind::Disconnect => relay::OPEN,
        Kind::ClearTamper => service::TAMPER,
        Kind::Commission => service::COMMISSION,
        Kind::SetLoadLimit if wanted.watts().is_some() => values::LIMIT,
        Kind::SetLoadLimit => values::LIMIT_BY_TOKEN,
        Kind::SetClock => values::CLOCK,
        Kind::DeliverToken => values::OTHER_TOKEN,
    }
}

/// The names of the signs by which acts of this kind are proved, in the order in which they are
/// looked for.
pub fn proof_slugs(wanted: &Wanted) -> impl Iterator<Item = &'static str> {
    signs(wanted).iter().map(|sign| sign.slug)
}
