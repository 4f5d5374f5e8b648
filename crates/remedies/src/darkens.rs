//! Acts that may take the supply from a home: they need a second person, and count.

use crate::refused::seen;
use crate::{Facts, Sentence, Wanted};
use catalogue::Text;
use commands::Kind;
use fleet::Watts;
use tokens::{Class, Postpaid};

/// Why an act may take the supply from a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Darkens {
    /// The reason.
    pub sentence: Sentence,
}

/// Whether an act may take the supply from a home, and why.
///
/// A limit is held against the greater of the recent peak and the power now; where the peak is not
/// known, any limit may be below it. A token counts as minted here only where the caller says that
/// our head-end minted it for this meter and purpose.
pub fn darkens(wanted: &Wanted, facts: &Facts) -> Option<Darkens> {
    let of = |slug, text| Sentence::filled(slug, text, |name, _| value(name, wanted, facts));
    let (slug, text) = reason(wanted, facts)?;
    Some(Darkens {
        sentence: of(slug, text),
    })
}

fn reason(wanted: &Wanted, facts: &Facts) -> Option<(&'static str, Text)> {
    match wanted.kind {
        Kind::Disconnect => Some(("disconnect", DISCONNECT)),
        Kind::SetLoadLimit => of_limit(wanted, facts),
        Kind::DeliverToken => of_token(wanted, facts),
        Kind::Read | Kind::Reconnect | Kind::ClearTamper | Kind::Commission | Kind::SetClock => {
            None
        }
    }
}

fn of_limit(wanted: &Wanted, facts: &Facts) -> Option<(&'static str, Text)> {
    let Some(peak) = peak(facts) else {
        return Some(("peak-unknown", PEAK_UNKNOWN));
    };
    let limit = f64::from(wanted.watts().unwrap_or(0));
    (limit < peak).then_some(("limit-below-peak", BELOW_PEAK))
}

fn of_token(wanted: &Wanted, facts: &Facts) -> Option<(&'static str, Text)> {
    let Some(check) = seen(wanted) else {
        return Some(("token-unknown", NOT_OURS));
    };
    match (check.class, check.postpaid) {
        (Class::Test, _) => Some(("test-token", TEST)),
        (_, Postpaid::SecondPerson) => Some(("clear-credit", CLEAR_CREDIT)),
        _ if facts.minted_here != Some(true) => Some(("token-not-ours", NOT_OURS)),
        _ => None,
    }
}

/// What the home draws at most, as far as is known, W; nothing without the recent peak.
fn peak(facts: &Facts) -> Option<f64> {
    let finite = |watts: Option<Watts>| watts.map(|watts| watts.0).filter(|w| w.is_finite());
    let peak = finite(facts.recent_peak)?;
    Some(peak.max(finite(facts.power).unwrap_or(peak)))
}

fn value(name: &str, wanted: &Wanted, facts: &Facts) -> Option<String> {
    match name {
        "limit" => wanted
            .watts()
            .map(|watts| Watts(f64::from(watts)).to_string()),
        "peak" => peak(facts).map(|watts| Watts(watts).to_string()),
        _ => None,
    }
}

const DISCONNECT: Text = Text {
    en: "It opens the relay: the home goes dark.",
    fr: "Cela ouvre le relais\u{a0}: le logement est coupé.",
};
const PEAK_UNKNOWN: Text = Text {
    en: "How much the home draws at most is not known: a limit of {limit} may cut it off.",
    fr: "La puissance maximale du logement n'est pas connue\u{a0}: une limite de {limit} peut le couper.",
};
const BELOW_PEAK: Text = Text {
    en: "A limit of {limit} is below the {peak} that the home drew lately: it may be cut off.",
    fr: "Une limite de {limit} est inférieure aux {peak} pris récemment\u{a0}: le logement peut être coupé.",
};
const TEST: Text = Text {
    en: "A token of class 1 may open the relay, and works on more meters than this one.",
    fr: "Un jeton de classe 1 peut ouvrir le relais, et agit sur d'autres compteurs que celui-ci.",
};
const CLEAR_CREDIT: Text = Text {
    en: "A clear-credit token may open the relay where the meter still counts credit.",
    fr: "Un jeton d'effacement du crédit peut ouvrir le relais si le compteur compte encore le crédit.",
};
const NOT_OURS: Text = Text {
    en: "The token was not minted here for this meter and purpose: what it does cannot be seen, and it may cut the home off.",
    fr: "Le jeton n'a pas été créé ici pour ce compteur et cet usage\u{a0}: son effet ne se voit pas, et il peut couper le logement.",
};
