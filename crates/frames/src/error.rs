//! Every reason why bytes are no frame and why a command cannot become one.

use std::fmt;

/// A language for people. The names for machines have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

/// One row an error: its name for machines, which stays for ever, and its sentence for people.
macro_rules! errors {
    ($(#[$what:meta])* $kind:ident {
        $($error:ident = $name:literal { en: $en:literal, fr: $fr:literal })*
    }) => {
        $(#[$what])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $kind {
            $(#[doc = concat!("`", $name, "`: ", $en, ".")] $error,)*
        }

        impl $kind {
            /// Every error, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$error,)*];

            /// The name for machines.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$error => $name,)* }
            }

            /// The sentence for people.
            pub const fn words(self, lang: Lang) -> &'static str {
                match lang {
                    Lang::En => match self { $(Self::$error => $en,)* },
                    Lang::Fr => match self { $(Self::$error => $fr,)* },
                }
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.words(Lang::En))
            }
        }

        impl std::error::Error for $kind {}
    };
}

errors! {
    /// Why bytes could not be read, in the order in which they are looked at.
    DecodeError {
        TooShort = "too_short" {
            en: "a frame has 12 bytes at least",
            fr: "une trame a au moins 12 octets"
        }
        BadStartDelimiter = "bad_start_delimiter" {
            en: "a frame begins with 68, or with 00 for DLMS",
            fr: "une trame commence par 68, ou par 00 pour DLMS"
        }
        BadSecondDelimiter = "bad_second_delimiter" {
            en: "68 does not stand again behind the meter's address",
            fr: "68 ne se trouve pas une seconde fois après l'adresse du compteur"
        }
        Truncated = "truncated" {
            en: "the frame ends before the length it names",
            fr: "la trame finit avant la longueur qu'elle annonce"
        }
        TrailingBytes = "trailing_bytes" {
            en: "bytes follow behind the length the frame names",
            fr: "des octets suivent après la longueur que la trame annonce"
        }
        BadEndDelimiter = "bad_end_delimiter" {
            en: "the frame does not end with 16",
            fr: "la trame ne finit pas par 16"
        }
        ChecksumMismatch = "checksum_mismatch" {
            en: "the checksum does not fit: a byte was changed on its way",
            fr: "la somme de contrôle ne convient pas : un octet a changé en route"
        }
        AddressMismatch = "address_mismatch" {
            en: "the frame carries another meter's address",
            fr: "la trame porte l'adresse d'un autre compteur"
        }
        UnknownControlCode = "unknown_control_code" {
            en: "the control code is none that this direction knows",
            fr: "ce code de commande n'existe pas dans ce sens"
        }
        UnknownDi = "unknown_di" {
            en: "no answer with this data identifier is known",
            fr: "on ne connaît pas de réponse avec cet identifiant de données"
        }
        PayloadLength = "payload_length" {
            en: "the data is shorter than its identifier needs",
            fr: "les données sont plus courtes que leur identifiant ne l'exige"
        }
        InvalidBcd = "invalid_bcd" {
            en: "a half byte that should be a decimal digit is none",
            fr: "un demi-octet qui devrait être un chiffre décimal n'en est pas un"
        }
        InvalidDate = "invalid_date" {
            en: "the calendar has no such day",
            fr: "le calendrier n'a pas ce jour"
        }
        InvalidTime = "invalid_time" {
            en: "the clock has no such time",
            fr: "l'horloge n'a pas cette heure"
        }
        AmbiguousSign = "ambiguous_sign" {
            en: "the highest bit is set: it may be a sign or a digit, so neither is taken",
            fr: "le bit le plus haut est mis : signe ou chiffre, on ne retient ni l'un ni l'autre"
        }
        DlmsTooShort = "dlms_too_short" {
            en: "the DLMS frame ends before what it must hold",
            fr: "la trame DLMS finit avant ce qu'elle doit contenir"
        }
        DlmsBadVersion = "dlms_bad_version" {
            en: "the DLMS wrapper is not of version 1",
            fr: "l'enveloppe DLMS n'est pas de version 1"
        }
        DlmsLengthMismatch = "dlms_length_mismatch" {
            en: "the DLMS wrapper names another length than follows",
            fr: "l'enveloppe DLMS annonce une autre longueur que celle qui suit"
        }
        DlmsUnsupportedApdu = "dlms_unsupported_apdu" {
            en: "this DLMS message is none that this direction knows",
            fr: "ce message DLMS n'est pas connu dans ce sens"
        }
        DlmsUnsupportedType = "dlms_unsupported_type" {
            en: "the DLMS data is of a type that is not read",
            fr: "la donnée DLMS est d'un type qu'on ne lit pas"
        }
    }
}

errors! {
    /// Why a command or an answer could not become bytes.
    EncodeError {
        InvalidMeterNumber = "invalid_meter_number" {
            en: "a meter number has 1 to 12 decimal digits",
            fr: "un numéro de compteur a de 1 à 12 chiffres décimaux"
        }
        InvalidPhase = "invalid_phase" {
            en: "the phase is A, B or C",
            fr: "la phase est A, B ou C"
        }
        InvalidDate = "invalid_date" {
            en: "a date is a real day of the years 2000 to 2099",
            fr: "une date est un vrai jour des années 2000 à 2099"
        }
        InvalidTime = "invalid_time" {
            en: "a time lies between 00:00:00 and 23:59:59",
            fr: "une heure est comprise entre 00:00:00 et 23:59:59"
        }
        MissingToken = "missing_token" {
            en: "the token is missing",
            fr: "le jeton manque"
        }
        InvalidToken = "invalid_token" {
            en: "a token has exactly 20 digits and nothing between them",
            fr: "un jeton a exactement 20 chiffres et rien entre eux"
        }
        InvalidPassword = "invalid_password" {
            en: "a meter's password has 8 hexadecimal digits",
            fr: "le mot de passe d'un compteur a 8 chiffres hexadécimaux"
        }
        UnsupportedCommand = "unsupported_command" {
            en: "no frame is known for this command",
            fr: "on ne connaît pas de trame pour cette commande"
        }
        InvalidValue = "invalid_value" {
            en: "a value does not fit into its field",
            fr: "une valeur n'entre pas dans son champ"
        }
        TooLong = "too_long" {
            en: "the data has more than 255 bytes",
            fr: "les données ont plus de 255 octets"
        }
    }
}
