//! What a verdict would like to know: it says what would change it.

use catalogue::Text;

/// One thing that is not known and would change the verdict.
#[derive(Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its name for ever; the desk fetches evidence by it.
    pub slug: &'static str,
    /// What is not known, as it reads after "not known: ".
    pub text: Text,
}

/// Every ask that a rule may raise.
pub const ASKS: &[Ask] = &[
    ask(
        "supply",
        "whether the home has power",
        "si le logement est alimenté",
    ),
    ask(
        "lasts",
        "for how long it has said so",
        "depuis combien de temps il le dit",
    ),
    ask(
        "load-before-trip",
        "the load before the trip against 14",
        "la charge avant le déclenchement et 14",
    ),
    ask("neighbours", "the neighbours' state", "l'état des voisins"),
    ask("solar", "solar at the home", "la présence de solaire"),
    ask("phases", "the phase count", "le nombre de phases"),
    ask(
        "work-order",
        "our own work orders",
        "nos propres ordres de travail",
    ),
    ask(
        "power-factor",
        "the power factor above 200 W",
        "le facteur de puissance au-dessus de 200 W",
    ),
    ask("reason", "the reason (87)", "le motif (87)"),
    ask("fresh-answer", "a fresh answer", "une réponse récente"),
];

const fn ask(slug: &'static str, en: &'static str, fr: &'static str) -> Ask {
    Ask {
        slug,
        text: Text { en, fr },
    }
}

/// The ask with this slug.
pub(crate) fn find(slug: &str) -> Option<&'static Ask> {
    ASKS.iter().find(|ask| ask.slug == slug)
}
