//! Why what came is no wish.

use crate::Sentence;
use catalogue::{Lang, Text};

/// One fault of a wish: the field, and one sentence that names it. No sentence repeats a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence.say(Lang::En))]
pub struct Unfit {
    /// The field at fault: `kind`, `args`, or a field of the arguments.
    pub field: String,
    /// What is wrong with it and what would do.
    pub sentence: Sentence,
}

/// So many characters of a foreign word are shown.
const SHOWN: usize = 40;
/// A foreign word with so many digits may be a token, and is starred out.
const LIKE_A_TOKEN: usize = 6;

impl Unfit {
    /// A fault of this field; `{field}` and the named places of the text are filled.
    pub(crate) fn of(
        slug: &'static str,
        field: &str,
        text: Text,
        value: impl Fn(&str, Lang) -> Option<String>,
    ) -> Self {
        let field = shown(field);
        let sentence = Sentence::filled(slug, text, |name, lang| match name {
            "field" => Some(field.clone()),
            name => value(name, lang),
        });
        Self { field, sentence }
    }
}

/// A word that somebody sent, short, and without anything that may be a token.
pub(crate) fn shown(word: &str) -> String {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits >= LIKE_A_TOKEN {
        return tokens::mask(word);
    }
    word.chars().take(SHOWN).collect()
}
