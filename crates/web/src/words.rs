//! Every heading, label and sentence of the pages, in each language. What a code means is not said
//! here but in `catalogue`.

use catalogue::{Decision, Lang, Supply};

/// Declares the words: a name for the templates, English and French.
macro_rules! words {
    ($($name:ident: $en:literal, $fr:literal;)+) => {
        /// The words in one language.
        pub(crate) struct Words { $(pub(crate) $name: &'static str,)+ }

        static EN: Words = Words { $($name: $en,)+ };
        static FR: Words = Words { $($name: $fr,)+ };

        /// Every word with its name, for the tests.
        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $fr),)+];
    };
}

words! {
    skip: "Skip to the content", "Aller au contenu";
    pages: "Pages", "Pages";
    language: "Language", "Langue";
    worklist: "Worklist", "Liste de travail";
    meters: "Meters", "Compteurs";
    meter: "Meter", "Compteur";
    find: "Meter or customer", "Compteur ou client";
    find_short: "Meter or customer", "N° ou client";
    colon: ": ", "\u{a0}: ";
    find_go: "Find", "Chercher";
    as_of: "As of {time}.", "État au {time}.";
    refresh: "Refresh", "Actualiser";
    api: "The same as JSON", "La même chose en JSON";
    demo: "Demonstration: time runs {n} times as fast.", "Démonstration\u{a0}: le temps passe {n} fois plus vite.";

    head_end_down: "Head-end {name} cannot be used.", "Le système central {name} est inutilisable.";
    head_end_since: "For", "Depuis";
    head_end_do: "Verdicts stay as they were and show their age; nobody is sent out because of this. Asking resumes by itself once the cause is gone.", "Les avis restent tels quels et montrent leur âge\u{a0}; personne n'est envoyé pour cela. Les demandes reprennent seules une fois la cause levée.";
    head_end_case: "Its case", "Son cas";
    store_down: "The store takes nothing in.", "La base n'enregistre plus rien.";
    store_do: "What is shown is what was kept last. Free disk space or bring the database back; asking resumes by itself.", "On voit ici le dernier état conservé. Libérer de l'espace disque ou rétablir la base\u{a0}; les demandes reprennent seules.";

    tile_fine: "Fine", "En ordre";
    tile_office: "The desk can act", "Le bureau peut agir";
    tile_visit: "Somebody must travel", "Quelqu'un doit se déplacer";
    tile_unlisted: "Unlisted: a person has to look", "Hors liste\u{a0}: à examiner";
    of_meters: "of {n} meters, all sites", "sur {n} compteurs, tous sites";
    unjudged: "{n} not judged yet", "{n} pas encore jugés";
    urgent: "{n} high or critical", "{n} de gravité haute ou critique";
    explained: "{n} more cases are explained by one of these and kept under it.", "{n} autres cas s'expliquent par l'un de ceux-ci et sont rangés dessous.";

    site: "Site", "Site";
    all_sites: "All sites", "Tous les sites";
    no_site: "No site", "Sans site";
    decision: "Who acts", "Qui agit";
    any: "All", "Tous";
    owner: "Owner", "Responsable";
    show: "Show", "Afficher";
    only: "Only", "Seulement";
    show_all: "Show everything", "Tout afficher";
    by_site: "Open cases by site", "Cas ouverts par site";
    more_sites: "{n} more sites are in the choice above.", "{n} autres sites figurent dans le choix ci-dessus.";

    supply: "Supply", "Alimentation";
    severity: "severity", "gravité";
    matter: "What", "Quoi";
    place: "Meter and site", "Compteur et site";
    age: "Age", "Âge";
    open_for: "open for", "ouvert depuis";
    answered: "answered", "réponse";
    seen: "seen", "vu";
    never_heard: "never answered", "jamais répondu";
    explains: "explains {n} more cases", "explique {n} autres cas";
    explains_one: "explains 1 more case", "explique 1 autre cas";
    no_longer_seen: "no longer seen for", "n'est plus vu depuis";
    flaps: "Flapping", "Instabilité";
    came_back: "came back {n} times", "revenu {n} fois";
    first_page: "First page", "Première page";
    next_page: "Next page", "Page suivante";

    none_yet: "No meters are registered yet.", "Aucun compteur n'est encore enregistré.";
    none_yet_do: "Take them in from a table with a column meter (and site, gateway, customer where they are known), or from a head-end's own list:", "Les importer depuis un tableau avec une colonne meter (et site, gateway, customer si connus), ou depuis la liste d'un système central\u{a0}:";
    none_yet_then: "With --dry-run it only says what would happen, and an import can be taken back. Asking begins by itself.", "Avec --dry-run il dit seulement ce qui se passerait, et un import peut être annulé. Les demandes commencent seules.";
    none_chosen: "No open case fits this choice.", "Aucun cas ouvert ne correspond à ce choix.";
    none_judged: "Nothing is known of any meter yet: asking has begun, and cases appear here by themselves.", "On ne sait encore rien d'aucun compteur\u{a0}: les demandes ont commencé et les cas apparaîtront ici.";
    all_fine: "Nothing to do: no case is open.", "Rien à faire\u{a0}: aucun cas n'est ouvert.";

    found_none: "No meter fits this choice.", "Aucun compteur ne correspond à ce choix.";
    found_none_do: "Numbers are found by their first digits, customers by any part of their name.", "Les numéros se trouvent par leurs premiers chiffres, les clients par une partie de leur nom.";
    status: "Status", "État";
    gateway: "Gateway", "Passerelle";
    head_end: "Head-end", "Système central";
    code: "Code", "Code";
    not_judged: "not judged yet", "pas encore jugé";
    customer: "Customer", "Client";
    phone: "Telephone", "Téléphone";
    address: "Address", "Adresse";
    phases: "Phases", "Phases";
    solar: "Own solar", "Solaire propre";
    occupied: "Occupied", "Occupé";
    yes: "yes", "oui";
    no: "no", "non";
    number_luhn: "The check digit does not fit: compare the number with the meter.", "Le chiffre de contrôle ne convient pas\u{a0}: comparer le numéro avec le compteur.";
    number_length: "A Calin number has 11 digits: compare it with the meter.", "Un numéro Calin a 11 chiffres\u{a0}: comparer avec le compteur.";
    number_foreign: "Not a Calin number: those begin with 47.", "Pas un numéro Calin\u{a0}: ceux-ci commencent par 47.";

    why: "Why", "Pourquoi";
    would_change: "What would change this", "Ce qui changerait cet avis";
    what_to_do: "What to do", "Que faire";
    keypad_hint: "Numbers in the steps are keypad codes.", "Les nombres dans les étapes sont des codes clavier.";
    guide: "The guide says", "Le guide dit (en anglais)";
    guide_hidden: "The factory code is not shown without signing in: it is on the printed card.", "Le code d'usine n'est pas montré sans connexion\u{a0}: il est sur la carte imprimée.";
    evidence: "How fresh", "Fraîcheur";
    observed: "Status received", "État reçu";
    same_since: "The same for", "Inchangé depuis";
    asked: "Last asked", "Dernière demande";
    heard: "Last answer of any kind", "Dernière réponse, toute donnée";
    silent: "Asks without an answer since", "Demandes sans réponse depuis";
    not_asked: "never", "jamais";
    nothing_known: "Nothing is known of this meter yet.", "On ne sait encore rien de ce compteur.";
    nothing_known_do: "It is asked by itself. Ask it now, or type in what it shows for keypad code 87:", "Il est interrogé automatiquement. L'interroger maintenant, ou saisir ce qu'il affiche pour le code clavier 87\u{a0}:";

    cases_open: "Open cases", "Cas ouverts";
    cases_closed: "Closed cases", "Cas clos";
    no_cases: "No case is open.", "Aucun cas n'est ouvert.";
    case: "Case", "Cas";
    case_of: "About", "Concerne";
    opened: "Opened", "Ouvert";
    last_seen: "Last seen", "Vu en dernier";
    closed: "Closed", "Clos";
    closed_because: "Why it was closed", "Pourquoi il a été clos";
    part_of: "Explained by", "Expliqué par";
    explained_here: "Cases that this one explains", "Cas que celui-ci explique";
    notes: "Notes", "Notes";
    latest: "Latest values", "Dernières valeurs";
    item: "Item", "Donnée";
    value: "Value", "Valeur";
    received: "Received", "Reçu";
    unchanged: "Unchanged for", "Inchangé depuis";
    readings: "Readings", "Relevés";
    lowest: "lowest", "minimum";
    highest: "highest", "maximum";
    last: "last", "dernier";
    as_table: "The last {n} as a table", "Les {n} derniers en tableau";
    moment: "Time (UTC)", "Heure (UTC)";
    events: "Events", "Événements";
    local_time: "Meter's local time", "Heure locale du compteur";
    raw: "Raw answers, newest first", "Réponses brutes, les plus récentes d'abord";
    raw_cut: "cut here; the store keeps it whole", "coupé ici\u{a0}; la base le garde en entier";
    not_read: "Could not be read", "N'a pas pu être lu";
    not_settled: "kept, not yet interpreted", "conservé, pas encore interprété";

    no_page: "There is no such page.", "Cette page n'existe pas.";
    no_page_do: "Begin at the worklist, or find a meter by its number.", "Commencer par la liste de travail, ou chercher un compteur par son numéro.";
    no_meter: "Meter {n} is not registered here.", "Le compteur {n} n'est pas enregistré ici.";
    no_meter_do: "Compare the number with the meter, find it by its first digits, or register it:", "Comparer le numéro avec le compteur, le chercher par ses premiers chiffres, ou l'enregistrer\u{a0}:";
    bad_meter: "This is not a meter number.", "Ce n'est pas un numéro de compteur.";
    bad_meter_do: "A meter number has digits only, 12 at most.", "Un numéro de compteur n'a que des chiffres, 12 au plus.";
    no_case: "There is no case {n}.", "Il n'y a pas de cas {n}.";
    no_case_do: "It may belong to another installation. Open cases are on the worklist.", "Il appartient peut-être à une autre installation. Les cas ouverts sont sur la liste de travail.";
    store_gone: "The store cannot be read just now.", "La base ne peut pas être lue pour le moment.";
    store_gone_do: "Nothing that was kept is lost. Try again in a moment; if it stays, run calinmeter doctor.", "Rien de ce qui a été conservé n'est perdu. Réessayer dans un moment\u{a0}; si cela dure, lancer calinmeter doctor.";
    too_slow: "The answer took too long.", "La réponse a pris trop de temps.";
    wrong_host: "This server does not answer to this name.", "Ce serveur ne répond pas à ce nom.";
    wrong_host_do: "Open it under the address it printed when it started.", "L'ouvrir à l'adresse affichée à son démarrage.";
    not_allowed: "This page can only be read.", "Cette page ne peut qu'être lue.";
    sign_in: "It is not known who you are.", "On ne sait pas qui vous êtes.";
    bad_key: "The key or the session is not good, or not any more.", "La clé ou la session n'est pas valable, ou ne l'est plus.";
    sign_in_do: "Sign in with your name and password; the answer sets a cookie, and this page opens:", "Se connecter avec son nom et son mot de passe\u{a0}; la réponse pose un cookie, et cette page s'ouvre\u{a0}:";

    stopped: "All acts are stopped.", "Tous les actes sont arrêtés.";
    stopped_do: "Nothing that was not sent yet is sent; reading goes on. Who may lets acts go on by DELETE /api/v1/stop.", "Rien de ce qui n'est pas encore parti n'est envoyé\u{a0}; les lectures continuent. Qui en a le droit les laisse reprendre par DELETE /api/v1/stop.";
    alone: "One person alone may cut the power here.", "Ici, une seule personne peut couper le courant.";
    alone_do: "The configuration says that darkening acts need no second person: turn it on again as soon as there are two.", "La configuration dit que les coupures n'ont pas besoin d'une seconde personne\u{a0}: la rétablir dès qu'il y en a deux.";

    acts: "Newest commands", "Dernières commandes";
    act_by: "asked by", "demandée par";
    held: "Held", "Bloqué";
    held_by: "by", "par";
}

/// The words in this language.
pub(crate) fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
    }
}

/// Puts a value into the place `{name}` of a sentence.
pub(crate) fn fill(sentence: &str, name: &str, value: impl std::fmt::Display) -> String {
    sentence.replace(&format!("{{{name}}}"), &value.to_string())
}

/// Whether the home has power, as a sentence.
pub(crate) fn supply(supply: Supply, lang: Lang) -> &'static str {
    match (supply, lang) {
        (Supply::On, Lang::En) => "The home has power.",
        (Supply::On, Lang::Fr) => "Le logement a du courant.",
        (Supply::Off, Lang::En) => "The home is dark.",
        (Supply::Off, Lang::Fr) => "Le logement est sans courant.",
        (Supply::Unknown, Lang::En) => "Nobody knows yet whether the home has power.",
        (Supply::Unknown, Lang::Fr) => "On ne sait pas encore si le logement a du courant.",
    }
}

/// Who acts, as the beginning of a sentence that the owner ends.
pub(crate) fn decision(decision: Decision, lang: Lang) -> &'static str {
    match (decision, lang) {
        (Decision::Fine, Lang::En) => "Nothing is to be done",
        (Decision::Fine, Lang::Fr) => "Rien à faire",
        (Decision::Ignore, Lang::En) => "Not a case in postpaid",
        (Decision::Ignore, Lang::Fr) => "Pas un cas en post-paiement",
        (Decision::Office, Lang::En) => "The desk can act",
        (Decision::Office, Lang::Fr) => "Le bureau peut agir",
        (Decision::Visit, Lang::En) => "Somebody must travel",
        (Decision::Visit, Lang::Fr) => "Quelqu'un doit se déplacer",
        (Decision::Unlisted, Lang::En) => "A person has to look at it",
        (Decision::Unlisted, Lang::Fr) => "Une personne doit l'examiner",
    }
}

/// What the desk calls an item, and what people call it.
const ITEMS: &[(&str, &str, &str)] = &[
    (
        "operating_status",
        "Operating status",
        "État de fonctionnement",
    ),
    ("total_energy", "Total energy", "Énergie totale"),
    ("load_limit", "Load limit", "Limite de charge"),
    ("power", "Power now", "Puissance actuelle"),
    ("power_factor", "Power factor", "Facteur de puissance"),
    (
        "cover_openings",
        "Cover openings",
        "Ouvertures du couvercle",
    ),
    (
        "cover_opened",
        "Cover last opened",
        "Dernière ouverture du couvercle",
    ),
    (
        "overload_trips",
        "Overload trips",
        "Déclenchements par surcharge",
    ),
    ("power_downs", "Power downs", "Coupures"),
    ("phase_downs", "Phase downs", "Pertes de phase"),
    ("relay", "Relay", "Relais"),
    ("voltage", "Voltage", "Tension"),
    ("current", "Current", "Intensité"),
    ("credit", "Credit (ignored)", "Crédit (ignoré)"),
    ("firmware", "Firmware", "Micrologiciel"),
    ("clock", "Meter's clock", "Horloge du compteur"),
];

/// What people call an item; an item nobody named is shown by its own word.
pub(crate) fn item(word: &str, lang: Lang) -> &str {
    let row = ITEMS.iter().find(|(known, ..)| *known == word);
    match (row, lang) {
        (Some((_, en, _)), Lang::En) => en,
        (Some((_, _, fr)), Lang::Fr) => fr,
        (None, _) => word,
    }
}

/// The registers a page draws: the store's word, English, French and the unit.
pub(crate) const REGISTERS: &[(&str, &str, &str, &str)] = &[
    ("power_w", "Power", "Puissance", "W"),
    ("kwh_hour", "Energy by the hour", "Énergie par heure", "kWh"),
    ("kwh", "Energy register", "Index d'énergie", "kWh"),
];

#[cfg(test)]
mod tests {
    use super::{ALL, ITEMS, fill};

    /// The places of a sentence, such as `{n}`.
    fn places(text: &str) -> Vec<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect()
    }

    #[test]
    fn both_languages_are_complete_and_have_the_same_places() {
        for (name, en, fr) in ALL {
            assert!(!en.trim().is_empty() && !fr.trim().is_empty(), "{name}");
            assert_eq!(places(en), places(fr), "{name}");
            assert!(en.is_ascii(), "{name}: {en}");
        }
        assert!(
            ITEMS
                .iter()
                .all(|(_, en, fr)| !en.is_empty() && !fr.is_empty())
        );
    }

    #[test]
    fn french_marks_keep_to_their_word() {
        for (name, _, fr) in ALL {
            for mark in [" :", " ;", " ?", " !"] {
                assert!(!fr.contains(mark), "{name}: {fr}");
            }
        }
    }

    #[test]
    fn a_place_is_filled() {
        assert_eq!(fill("{n} of {m}", "n", 3), "3 of {m}");
    }
}
