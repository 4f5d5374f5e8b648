//! The headings of an explanation, in each language.

use catalogue::Text;

macro_rules! words {
    ($($name:ident = $en:literal, $fr:literal;)+) => {
        $(pub(crate) const $name: Text = Text { en: $en, fr: $fr };)+
    };
}

words! {
    INTERPRET = "Interpret the code", "Interpréter le code";
    MEANS = "What this means in postpaid", "Ce que cela signifie en post-paiement";
    ACTION = "Field action", "Action sur le terrain";
    GUIDE = "The guide", "Le guide";
    RULING = "Our ruling", "Notre règle";
    WHY = "Why", "Pourquoi";
    SUMMARY = "Summary", "En bref";
    SUB_CODE = "sub-code {} of code 87", "sous-code {} du code 87";
    KEYPAD = "keypad code {}", "code clavier {}";
    WIRE = "wire status {}", "état radio {}";
    UNLISTED = "{} is not listed", "{} n'est pas dans la liste";
    OWNER = "owner", "à charge de";
    SEVERITY = "severity", "gravité";
    AMBIGUOUS = "\"{}\" can be read in more than one way; here is each of them.", "«\u{a0}{}\u{a0}» se lit de plusieurs façons\u{a0}; les voici toutes.";
    LOW = "Low confidence: nothing in the text says that this number is a status.", "Confiance faible\u{a0}: rien dans le texte ne dit que ce numéro est un état.";
    UNIT = "Unit", "Unité";
    ASKED = "Asked from the desk", "Demandé depuis le bureau";
    NOT_OFFERED = "not offered: let somebody read it at the keypad", "non proposé\u{a0}: le faire lire au clavier";
    NO_SINGLE = "Has no meaning on a single-phase meter.", "N'a pas de sens sur un compteur monophasé.";
    CONFIDENCE = "confidence", "confiance";
    KEYPAD_UNLISTED = "Not in the guide: no meaning is given. A status of the meter is read with 87.", "Absent du guide\u{a0}: aucun sens n'est donné. L'état du compteur se lit avec 87.";
    SUSPECT = "Tamper is suspected, not proven.", "Fraude soupçonnée, non prouvée.";
    METER = "meter", "compteur";
}
