//! Our own words, in each language we speak.

/// A language of the project's own words. The guide's text stays as its users wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

/// One text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// French.
    pub fr: &'static str,
}

impl Text {
    /// The text in this language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Fr => self.fr,
        }
    }
}

impl Lang {
    /// The ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// A word of a vocabulary, in this language.
macro_rules! in_language {
    ($($name:ident),+) => {
        $(impl crate::$name {
            /// How a person reads it, in this language.
            pub const fn label(self, lang: Lang) -> &'static str {
                match lang {
                    Lang::En => self.en(),
                    Lang::Fr => self.fr(),
                }
            }
        })+
    };
}

in_language!(
    Class, Confidence, Decision, Kind, May, Owner, Severity, Source, Supply, Travel
);
