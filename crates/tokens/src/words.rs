//! Every sentence this room says, in English and French. One row a sentence; `{name}` is filled in.

use std::fmt::Display;

/// A language for people. The names for machines (`slug`) have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

/// One sentence in both languages.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Text {
    en: &'static str,
    fr: &'static str,
}

impl Text {
    pub(crate) fn in_(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Fr => self.fr,
        }
    }

    /// The sentence with its `{name}`s filled in.
    pub(crate) fn with(&self, lang: Lang, values: &[(&str, &dyn Display)]) -> String {
        values
            .iter()
            .fold(self.in_(lang).to_owned(), |sentence, (name, value)| {
                sentence.replace(&format!("{{{name}}}"), &value.to_string())
            })
    }
}

macro_rules! texts {
    ($($name:ident { en: $en:literal, fr: $fr:literal $(,)? })*) => {
        $(pub(crate) const $name: Text = Text { en: $en, fr: $fr };)*
    };
}

texts! {
    // why a text is not a token
    ERROR_MISSING {
        en: "the token is missing: type its 20 digits",
        fr: "le jeton manque : tapez ses 20 chiffres",
    }
    ERROR_SCIENTIFIC {
        en: "a spreadsheet has turned the token into scientific notation and its last digits are \
             lost: format the column as text and export again",
        fr: "un tableur a mis le jeton en notation scientifique et ses derniers chiffres sont \
             perdus : mettez la colonne au format texte et exportez de nouveau",
    }
    ERROR_NOT_A_DIGIT {
        en: "a token has digits only, and '{found}' stands at place {place}: compare it with the slip",
        fr: "un jeton n'a que des chiffres, et '{found}' se trouve à la place {place} : comparez-le \
             avec le ticket",
    }
    ERROR_KEYPAD_COMMAND {
        en: "five digits, like a commissioning code, are a keypad command and not a token: type \
             them at the meter's keypad; a token has 20 digits",
        fr: "cinq chiffres, comme un code de mise en service, sont une commande du clavier et non un \
             jeton : tapez-les sur le clavier du compteur ; un jeton a 20 chiffres",
    }
    ERROR_DIGIT_COUNT {
        en: "a token has 20 digits and {found} were found: compare it with the slip; a spreadsheet \
             drops zeros at the beginning",
        fr: "un jeton a 20 chiffres et il y en a {found} : comparez-le avec le ticket ; un tableur \
             supprime les zéros du début",
    }
    ERROR_OUT_OF_RANGE {
        en: "these 20 digits are above the largest token: a digit is mistyped, or this is not an \
             STS token",
        fr: "ces 20 chiffres dépassent le plus grand jeton : un chiffre est mal tapé, ou ce n'est \
             pas un jeton STS",
    }
    ERROR_PURPOSE {
        en: "no such purpose of a token: choose one of {known}",
        fr: "un jeton n'a pas cet usage : choisissez parmi {known}",
    }

    // classes
    CLASS_CREDIT { en: "credit", fr: "crédit" }
    CLASS_TEST { en: "test or commissioning", fr: "essai ou mise en service" }
    CLASS_MANAGEMENT { en: "management", fr: "gestion" }
    CLASS_RESERVED { en: "reserved", fr: "réservée" }

    // what can be seen
    HEAD {
        en: "{masked}: class {number}, {class}",
        fr: "{masked} : classe {number}, {class}",
    }
    CONTENT_ENCRYPTED {
        en: "encrypted for one meter: nothing more can be said without the key, which this program \
             never has; a mistyped digit cannot be seen either",
        fr: "chiffré pour un seul compteur : on ne peut rien dire de plus sans la clé, que ce \
             programme n'a jamais ; un chiffre mal tapé ne se voit pas non plus",
    }
    CONTENT_CRC {
        en: "the checksum does not fit: a digit is mistyped, or this is not an STS token; compare \
             it with the slip and type it again",
        fr: "la somme de contrôle ne convient pas : un chiffre est mal tapé, ou ce n'est pas un \
             jeton STS ; comparez-le avec le ticket et tapez-le de nouveau",
    }
    CONTENT_RESERVED {
        en: "no token has class 3: a digit is mistyped, or this is not an STS token; compare it \
             with the slip and type it again",
        fr: "aucun jeton n'est de classe 3 : un chiffre est mal tapé, ou ce n'est pas un jeton STS ; \
             comparez-le avec le ticket et tapez-le de nouveau",
    }
    PLAIN {
        en: "not encrypted, the checksum fits: subclass {subclass}, {kind}, maker code {maker}, \
             control field {control}",
        fr: "non chiffré, la somme de contrôle convient : sous-classe {subclass}, {kind}, code du \
             fabricant {maker}, champ de commande {control}",
    }
    PLAIN_WITHOUT_FIELDS {
        en: "not encrypted, the checksum fits: subclass {subclass}, {kind}",
        fr: "non chiffré, la somme de contrôle convient : sous-classe {subclass}, {kind}",
    }
    KIND_TEST { en: "meter test or display", fr: "essai ou affichage du compteur" }
    KIND_UNASSIGNED {
        en: "reserved by the standard, so its fields cannot be read",
        fr: "réservée par la norme, ses champs ne peuvent donc pas être lus",
    }
    KIND_MAKER_SPECIFIC {
        en: "the maker's own, such as commissioning",
        fr: "propre au fabricant, par exemple la mise en service",
    }

    // what the test bits select
    TEST_LINE { en: "test {bit}: {test}", fr: "essai {bit} : {test}" }
    TEST_ALL_OTHERS {
        en: "all the others in turn, the load switch among them",
        fr: "tous les autres à la suite, dont l'interrupteur de charge",
    }
    TEST_LOAD_SWITCH { en: "the load switch", fr: "l'interrupteur de charge" }
    TEST_DISPLAY { en: "the display", fr: "l'afficheur" }
    TEST_TOTALS { en: "the energy totals", fr: "les totaux d'énergie" }
    TEST_KEY_REVISION {
        en: "the number of the key revision and the key type",
        fr: "le numéro de révision et le type de la clé",
    }
    TEST_TARIFF_INDEX { en: "the tariff index", fr: "l'indice du tarif" }
    TEST_TOKEN_READER { en: "the token reader or keypad", fr: "le lecteur de jetons ou le clavier" }
    TEST_POWER_LIMIT { en: "the power limit", fr: "la limite de puissance" }
    TEST_TAMPER_STATUS { en: "the tamper status", fr: "l'état de fraude" }
    TEST_POWER { en: "the present power", fr: "la puissance du moment" }
    TEST_VERSION { en: "the software version", fr: "la version du logiciel" }

    // what to know before it is entered
    NOTE_LOOKS_ROUNDED {
        en: "the last five digits are zeros: a spreadsheet keeps only 15 digits of a number, so \
             compare it with the slip",
        fr: "les cinq derniers chiffres sont des zéros : un tableur ne garde que 15 chiffres d'un \
             nombre, comparez donc avec le ticket",
    }
    NOTE_OPENS_RELAY {
        en: "this test opens the relay and the home goes dark: a darkening act",
        fr: "cet essai ouvre le relais et coupe le courant du foyer : un acte de coupure",
    }
    NOTE_TESTS_UNCONFIRMED {
        en: "which bit runs which test is standard knowledge: confirm it on a Calin meter first",
        fr: "quel bit lance quel essai vient de la norme : confirmez-le d'abord sur un compteur Calin",
    }
    NOTE_TESTS_UNKNOWN {
        en: "which tests subclass 1 selects is not public: expect that the relay may open",
        fr: "les essais choisis par la sous-classe 1 ne sont pas publics : le relais peut s'ouvrir",
    }
    NOTE_NOT_BOUND {
        en: "not bound to one meter: it works on every meter of its maker, with maker code 0 on \
             every STS meter, and again each time",
        fr: "non lié à un seul compteur : il agit sur tout compteur de son fabricant, avec le code 0 \
             sur tout compteur STS, et à chaque saisie",
    }
    NOTE_OTHER_MAKER {
        en: "made for another maker's meters: Calin's code is 47",
        fr: "fait pour les compteurs d'un autre fabricant : le code de Calin est 47",
    }

    // jobs
    FOR_CREDIT { en: "a credit token", fr: "un jeton de crédit" }
    FOR_CLEAR_TAMPER { en: "a clear-tamper token", fr: "un jeton d'effacement de fraude" }
    FOR_LOAD_LIMIT { en: "a load-limit token", fr: "un jeton de limite de puissance" }
    FOR_UNBALANCE_LIMIT {
        en: "a phase-unbalance-limit token",
        fr: "un jeton de limite de déséquilibre des phases",
    }
    FOR_CLEAR_CREDIT { en: "a clear-credit token", fr: "un jeton d'effacement du crédit" }
    FOR_TARIFF { en: "a tariff token", fr: "un jeton de tarif" }
    FOR_KEY_CHANGE { en: "a key-change token", fr: "un jeton de changement de clé" }
    FOR_TEST { en: "a test token", fr: "un jeton d'essai" }
    FOR_COMMISSIONING { en: "a commissioning token", fr: "un jeton de mise en service" }

    // token and job
    FIT_FITS { en: "it can be {asked}", fr: "ce peut être {asked}" }
    FIT_CLASS_ONLY {
        en: "the class fits {asked}; whether it is one cannot be seen without the key",
        fr: "la classe convient à {asked} ; sans la clé on ne voit pas si c'en est un",
    }
    FIT_UNCONFIRMED {
        en: "no public source knows {asked} of class {number}: ask the maker before you enter it",
        fr: "aucune source publique ne connaît {asked} de classe {number} : demandez au fabricant \
             avant de le saisir",
    }
    FIT_WRONG_CLASS {
        en: "{asked} was asked for, but this is a class {number} {class} token: do not enter it, \
             ask for the right one",
        fr: "on demandait {asked}, mais ceci est un jeton de classe {number} ({class}) : ne le \
             saisissez pas, demandez le bon",
    }
    FIT_WRONG_KIND {
        en: "{asked} was asked for, but the subclass is another job's: do not enter it, ask for \
             the right one",
        fr: "on demandait {asked}, mais la sous-classe est celle d'un autre usage : ne le saisissez \
             pas, demandez le bon",
    }
    FIT_OTHER_MAKER {
        en: "{asked} was asked for, but this one is for another maker's meters: do not enter it, \
             ask for Calin's",
        fr: "on demandait {asked}, mais celui-ci est pour les compteurs d'un autre fabricant : ne le \
             saisissez pas, demandez celui de Calin",
    }
    FIT_UNREADABLE {
        en: "{asked} was asked for, but this cannot be read as one: do not enter it before it has \
             been compared with the slip",
        fr: "on demandait {asked}, mais ceci ne peut être lu comme tel : ne le saisissez pas avant \
             de l'avoir comparé avec le ticket",
    }

    // the postpaid ruling
    POSTPAID_REFUSED {
        en: "postpaid: refused, credit and key-change tokens are not entered",
        fr: "postpaiement : refusé, on ne saisit ni crédit ni changement de clé",
    }
    POSTPAID_SECOND_PERSON {
        en: "postpaid: a darkening act, a second person must approve it",
        fr: "postpaiement : un acte de coupure, une seconde personne doit l'approuver",
    }
    POSTPAID_UNLESS_OURS {
        en: "postpaid: a second person must approve it unless it was minted here for this meter \
             and this job",
        fr: "postpaiement : une seconde personne doit l'approuver, sauf s'il a été créé ici pour ce \
             compteur et cet usage",
    }
    POSTPAID_DEPENDS {
        en: "postpaid: name the job first; key change is refused, clear-credit needs a second \
             person, and which one it is cannot be seen without the key",
        fr: "postpaiement : nommez d'abord l'usage ; le changement de clé est refusé, l'effacement \
             du crédit demande une seconde personne, et sans la clé on ne voit pas lequel c'est",
    }
    POSTPAID_UNREADABLE {
        en: "postpaid: nothing to decide before the token can be read",
        fr: "postpaiement : rien à décider tant que le jeton ne peut être lu",
    }
}
