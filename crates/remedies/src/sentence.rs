//! A sentence that is said of a wish, in every language.

use catalogue::{Lang, Text};

/// One sentence for people, with its name for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its name for ever; it stands in logs and tests.
    pub slug: &'static str,
    en: String,
    fr: String,
}

impl Sentence {
    /// The sentence in this language.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }

    /// Fills the `{places}` of a text; a place nobody can fill reads `?`, which no test lets happen.
    pub(crate) fn filled(
        slug: &'static str,
        text: Text,
        value: impl Fn(&str, Lang) -> Option<String>,
    ) -> Self {
        let in_language = |lang| fill(text.get(lang), |name| value(name, lang));
        Self {
            slug,
            en: in_language(Lang::En),
            fr: in_language(Lang::Fr),
        }
    }

    /// A text without places.
    pub(crate) fn plain(slug: &'static str, text: Text) -> Self {
        Self::filled(slug, text, |_, _| None)
    }

    /// A text whose one place takes what is said in each language.
    pub(crate) fn around(slug: &'static str, text: Text, inner: impl Fn(Lang) -> String) -> Self {
        Self::filled(slug, text, |_, lang| Some(inner(lang)))
    }
}

fn fill(says: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(says.len() + 16);
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(value(name).as_deref().unwrap_or("?"));
        rest = tail;
    }
    out.push_str(rest);
    out
}
