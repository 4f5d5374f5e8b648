//! The headings of the Markdown page. The first word of each is the section's title, the others are
//! the columns; the guide's columns keep the guide's words.

use catalogue::Lang;

pub(super) struct Heads {
    pub(super) page: &'static str,
    pub(super) ami: [&'static str; 11],
    pub(super) short: [&'static str; 11],
    pub(super) wire: [&'static str; 5],
    pub(super) rulings: [&'static str; 4],
}

pub(super) const fn of(lang: Lang) -> &'static Heads {
    match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
    }
}

const EN: Heads = Heads {
    page: "# The codes\n\nThe guide's cells are its users' own words; the other columns are ours. Written from the tables of the catalogue.\n",
    ami: [
        "Operating status",
        "AMI",
        "87",
        "Meaning (guide)",
        "Field action (guide)",
        "Supply",
        "Decision",
        "Owner",
        "Severity",
        "We do",
        "IEC 61968-9 (confidence)",
    ],
    short: [
        "Keypad codes",
        "Code",
        "Meaning (guide)",
        "Action (guide)",
        "Unit",
        "Kind",
        "OBIS (confidence)",
        "station",
        "concentrator",
        "v1",
        "LoRaWAN",
    ],
    wire: [
        "Wire statuses of the radio meters",
        "Wire",
        "Seen as",
        "Name",
        "AMI (our inference)",
    ],
    rulings: [
        "Rulings",
        "Codes",
        "Where the guide disagrees with itself",
        "What we do",
    ],
};

const FR: Heads = Heads {
    page: "# Les codes\n\nLes cellules du guide sont les mots de ses auteurs\u{a0}; les autres colonnes sont les nôtres. Écrit à partir des tables du catalogue.\n",
    ami: [
        "État de fonctionnement",
        "AMI",
        "87",
        "Meaning (guide)",
        "Field action (guide)",
        "Alimentation",
        "Décision",
        "À charge de",
        "Gravité",
        "Nous faisons",
        "CEI 61968-9 (confiance)",
    ],
    short: [
        "Codes clavier",
        "Code",
        "Meaning (guide)",
        "Action (guide)",
        "Unité",
        "Genre",
        "OBIS (confiance)",
        "station",
        "concentrator",
        "v1",
        "LoRaWAN",
    ],
    wire: [
        "États radio",
        "Radio",
        "Vu comme",
        "Nom",
        "AMI (déduit par nous)",
    ],
    rulings: [
        "Règles",
        "Codes",
        "Où le guide se contredit",
        "Ce que nous faisons",
    ],
};
