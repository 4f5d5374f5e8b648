//! Why a text holds no number that can be read.

use catalogue::Lang;
use std::fmt;

/// How much of a text is shown when it is refused.
const SHOWN: usize = 60;

/// Why a text holds no number that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Nothing stands there.
    Empty,
    /// No status, code or sub-code in it.
    NoCode(String),
    /// A number of no family: 100 to 999, or above 65535.
    NoFamily(String),
    /// A 20-digit token, which is checked elsewhere.
    Token,
    /// JSON without an operating status.
    NoStatusItem,
    /// It begins like JSON and is not.
    NotJson,
}

impl Unread {
    /// The refusal of a text, which is shown shortened and without its line breaks.
    pub(crate) fn no_code(text: &str) -> Self {
        Self::NoCode(short(text))
    }

    /// The sentence, and what to do next.
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Empty, Lang::En) => "nothing to read: give a status such as 1008 or 87-8".into(),
            (Self::Empty, Lang::Fr) => "rien à lire\u{a0}: donner un état tel que 1008 ou 87-8".into(),
            (Self::NoCode(text), Lang::En) => format!(
                "\"{text}\" holds no status: give one such as 1008, 87-8 or \"Meter operating status = 1008\""
            ),
            (Self::NoCode(text), Lang::Fr) => format!(
                "\"{text}\" ne contient aucun état\u{a0}: en donner un tel que 1008, 87-8 ou \"Meter operating status = 1008\""
            ),
            (Self::NoFamily(text), Lang::En) => format!(
                "{text} belongs to no family of codes: a head-end says 1000 to 1025, code 87 says 00 to 25, a keypad code has two digits"
            ),
            (Self::NoFamily(text), Lang::Fr) => format!(
                "{text} n'appartient à aucune famille de codes\u{a0}: un système dit 1000 à 1025, le code 87 dit 00 à 25, un code clavier a deux chiffres"
            ),
            (Self::Token, Lang::En) => "this looks like a token, not a status: use `token check`".into(),
            (Self::Token, Lang::Fr) => "ceci ressemble à un code STS, pas à un état\u{a0}: utiliser `token check`".into(),
            (Self::NoStatusItem, Lang::En) => {
                "this answer holds no operating status: ask the head-end for that item".into()
            }
            (Self::NoStatusItem, Lang::Fr) => {
                "cette réponse ne contient pas l'état de fonctionnement\u{a0}: demander cet élément au système".into()
            }
            (Self::NotJson, Lang::En) => {
                "this begins like a head-end's answer but is cut off or damaged: paste it whole".into()
            }
            (Self::NotJson, Lang::Fr) => {
                "ceci commence comme une réponse du système mais est coupé ou abîmé\u{a0}: la coller entière".into()
            }
        }
    }
}

/// The first characters of a text on one line.
pub(crate) fn short(text: &str) -> String {
    let mut line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(SHOWN)
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push_str("...");
    }
    line
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for Unread {}
