//! Every heading and label of the card, in each language. What a code means is not said here but
//! in `catalogue`.

use catalogue::{Lang, Text};

/// Declares the words: a name in Rust, the key for the templates, English and French.
macro_rules! words {
    ($($name:ident = $key:literal, $en:literal, $fr:literal;)+) => {
        /// A heading or a label of the card.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Word { $($name,)+ }

        impl Word {
            /// Every word, in the order of the table.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name in the templates.
            pub(crate) const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// The word in every language.
            pub(crate) const fn text(self) -> Text {
                match self { $(Self::$name => Text { en: $en, fr: $fr },)+ }
            }

            /// The word in this language.
            pub(crate) const fn get(self, lang: Lang) -> &'static str {
                self.text().get(lang)
            }
        }
    };
}

words! {
    Title = "title", "Meter reference card", "Carte de référence des compteurs";
    Subtitle = "subtitle", "What the meter says, who acts, what we do", "Ce que dit le compteur, qui agit, ce que nous faisons";
    About = "about", "Operating status codes and keypad codes of Calin meters in postpaid use", "Codes d'état et codes clavier des compteurs Calin en post-paiement";
    Version = "version", "Version", "Version";
    Page = "page", "page", "page";
    Of = "of", "of", "sur";
    Site = "site", "Site", "Site";

    HowTo = "how-to", "How to use this card", "Comment utiliser cette carte";
    HowFind = "how-find", "Find the number: the AMI code the head-end answers, or what keypad code 87 shows.", "Trouver le numéro\u{a0}: le code AMI que répond la télérelève, ou ce qu'affiche le code clavier 87.";
    HowRead = "how-read", "Read the supply first, then who acts. Without VISIT nobody travels before the desk has tried.", "Lire d'abord l'alimentation, puis qui agit. Sans VISITE, personne ne se déplace avant que le bureau ait essayé.";
    HowDo = "how-do", "Do what stands under “We do”. Where the guide disagrees with itself, our ruling counts.", "Faire ce qui est sous «\u{a0}Nous faisons\u{a0}». Là où le guide se contredit, notre règle l'emporte.";
    SameReason = "same-reason", "AMI code = 1000 + the sub-code of keypad code 87. Example: 87 shows 8, the head-end answers 1008; 87 shows 00, it answers 1000.", "Code AMI = 1000 + le sous-code du code clavier 87. Exemple\u{a0}: 87 affiche 8, la télérelève répond 1008\u{a0}; 87 affiche 00, elle répond 1000.";

    Legend = "legend", "Legend", "Légende";
    SupplyOn = "supply-on", "the home has power", "le logement a du courant";
    SupplyOff = "supply-off", "the home is dark", "le logement est sans courant";
    SupplyUnknown = "supply-unknown", "nobody knows yet: read it", "on ne sait pas encore\u{a0}: relever";
    ShortOn = "on", "ON", "ALIMENTÉ";
    ShortOff = "off", "OFF", "COUPÉ";
    ShortUnknown = "unknown", "?", "?";
    GuideText = "guide-text", "The guide's cells are the operators' own words, letter for letter.", "Les cellules du guide sont les mots de ses auteurs, à la lettre, en anglais.";

    Codes = "codes", "Operating status: what the head-end answers", "État du compteur\u{a0}: ce que répond la télérelève";
    Ami = "ami", "AMI", "AMI";
    Sub = "sub", "87", "87";
    Meaning = "meaning", "Guide: meaning", "Guide\u{a0}: sens";
    FieldAction = "field-action", "Guide: field action", "Guide\u{a0}: action";
    Guide = "guide", "The guide: meaning, field action", "Le guide (en anglais)\u{a0}: sens, action";
    Supply = "supply", "Supply", "Alimentation";
    Decision = "decision", "Decision", "Décision";
    Owner = "owner", "Owner", "Responsable";
    Severity = "severity", "Severity", "Gravité";
    WhoActs = "who-acts", "Who acts", "Qui agit";
    Colon = "colon", ":", "\u{a0}:";
    WeDo = "we-do", "We do", "Nous faisons";
    Ruling = "ruling", "Our ruling", "Notre règle";
    Unlisted = "unlisted", "Any other number", "Tout autre numéro";

    Keypad = "keypad", "Keypad codes: what the meter shows", "Codes clavier\u{a0}: ce qu'affiche le compteur";
    Code = "code", "Code", "Code";
    Shows = "shows", "Shows", "Affiche";
    Action = "action", "Guide: action", "Guide\u{a0}: action";

    Notes = "notes", "The guide's page and our rulings", "La page du guide et nos règles";
    Line = "line", "The guide's line", "La ligne du guide (en anglais)";
    KeyNotes = "key-notes", "Key notes", "Notes clés";
    QuickGuide = "quick-guide", "Quick action guide", "Guide d'action rapide";

    Safety = "safety", "Safety first", "La sécurité d'abord";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_said_in_both_languages() {
        for word in Word::ALL {
            assert!(!word.key().is_empty());
            for lang in [Lang::En, Lang::Fr] {
                assert!(!word.get(lang).trim().is_empty(), "{} {lang:?}", word.key());
            }
        }
    }

    #[test]
    fn no_key_is_used_twice() {
        let mut keys: Vec<_> = Word::ALL.iter().map(|word| word.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Word::ALL.len());
    }
}
