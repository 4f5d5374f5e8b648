//! What people call commands, their states, and what a meter is held for, in each language.

use catalogue::Lang;

/// A word of the API, English, French.
type Row = (&'static str, &'static str, &'static str);

const KINDS: &[Row] = &[
    ("read", "Read", "Lecture"),
    ("reconnect", "Reconnect", "Rétablissement"),
    ("disconnect", "Disconnect", "Coupure"),
    ("clear-tamper", "Clear tamper", "Effacement de la fraude"),
    ("set-load-limit", "Set load limit", "Limite de charge"),
    ("commission", "Commission", "Mise en service"),
    ("set-clock", "Set clock", "Mise à l'heure"),
    ("deliver-token", "Deliver token", "Envoi d'un jeton"),
];

const STATES: &[Row] = &[
    (
        "proposed",
        "waits for a second person",
        "attend une seconde personne",
    ),
    ("approved", "being checked", "en vérification"),
    ("queued", "waits for its turn", "attend son tour"),
    ("sending", "being sent", "en cours d'envoi"),
    ("accepted", "at the head-end", "au système central"),
    ("unknown", "nobody knows yet", "sort encore inconnu"),
    (
        "executed",
        "carried out, not proved",
        "exécutée, non prouvée",
    ),
    ("verified", "proved", "prouvée"),
    ("refused", "refused", "refusée"),
    ("failed", "without effect", "sans effet"),
    ("expired", "its time ran out", "délai dépassé"),
    (
        "superseded",
        "a newer one took its place",
        "remplacée par une autre",
    ),
    ("cancelled", "taken back", "annulée"),
];

const HOLDS: &[Row] = &[
    ("lock-out", "lock-out", "consignation"),
    ("medical", "medical", "raison médicale"),
    ("non-payment", "non-payment", "impayé"),
    ("investigation", "investigation", "enquête"),
];

/// What people call a kind of command; a word nobody knows is shown as it stands.
pub(crate) fn kind(word: &str, lang: Lang) -> &str {
    of(KINDS, word, lang)
}

/// What people call a state of a command.
pub(crate) fn state(word: &str, lang: Lang) -> &str {
    of(STATES, word, lang)
}

/// What people call the reason for a hold.
pub(crate) fn hold(word: &str, lang: Lang) -> &str {
    of(HOLDS, word, lang)
}

fn of<'a>(rows: &[Row], word: &'a str, lang: Lang) -> &'a str {
    let row = rows.iter().find(|(known, ..)| *known == word);
    match (row, lang) {
        (Some((_, en, _)), Lang::En) => en,
        (Some((_, _, fr)), Lang::Fr) => fr,
        (None, _) => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{HOLDS, KINDS, Row, STATES};

    fn words(rows: &[Row]) -> Vec<&'static str> {
        rows.iter().map(|(word, ..)| *word).collect()
    }

    #[test]
    fn every_word_of_the_desk_has_its_row() {
        let kinds: Vec<_> = commands::Kind::all().map(commands::Kind::word).collect();
        assert_eq!(words(KINDS), kinds);
        let states: Vec<_> = commands::State::all().map(commands::State::word).collect();
        assert_eq!(words(STATES), states);
        let holds: Vec<_> = people::HoldKind::all()
            .map(people::HoldKind::word)
            .collect();
        assert_eq!(words(HOLDS), holds);
    }
}
