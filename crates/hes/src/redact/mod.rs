//! Takes secrets out of what is kept for diagnosis and out of what a refusal says.
//!
//! Four nets, one behind the other: values under telling keys (JSON, forms, headers, also JSON
//! inside a JSON text), anything that looks like a JWT, the 20 digits of a token, and every
//! secret known to this head-end, however it is written.

mod keys;
mod known;
mod runs;

use known::Known;
use std::borrow::Cow;

/// What stands in a secret's place.
pub(crate) const HIDDEN: &str = "•••";

/// The longest text that a refusal carries, in characters.
const SAID: usize = 200;

/// The most of a body that is kept, in bytes.
const KEPT: usize = 16 * 1024;

/// So much more is looked at than kept, so that a secret cut in two is still seen whole.
const MARGIN: usize = 4 * 1024;

/// Knows this head-end's secrets, and what secrets look like.
#[derive(Default)]
pub(crate) struct Redactor {
    known: Known,
}

impl Redactor {
    /// A secret of the settings: never shown again.
    pub(crate) fn learn(&mut self, secret: &str) {
        self.known.learn(secret);
    }

    /// The login's pass of now and the one before it.
    pub(crate) fn learn_pass(&self, pass: &str) {
        self.known.learn_pass(pass);
    }

    /// The text without its secrets.
    pub(crate) fn clean(&self, text: &str) -> String {
        hide_shapes(&self.known.hide(text))
    }

    /// A body to keep: clean, and 16 KiB at most.
    pub(crate) fn body(&self, text: &str) -> String {
        let looked_at = cut(text, KEPT + MARGIN);
        let clean = self.clean(looked_at);
        let whole = looked_at.len() == text.len();
        let sure = if whole {
            KEPT
        } else {
            clean.len().saturating_sub(MARGIN)
        };
        cut(&clean, sure.min(KEPT)).to_owned()
    }

    /// What a refusal says: clean, on one line, 200 characters at most.
    pub(crate) fn said(&self, text: &str) -> String {
        let clean = self.clean(cut(text, KEPT));
        let words: Vec<&str> = clean.split_whitespace().collect();
        let line = self.clean(&words.join(" "));
        if line.chars().count() <= SAID {
            return line;
        }
        line.chars().take(SAID - 1).chain(['…']).collect()
    }
}

/// Hides what looks like a secret wherever it comes from.
pub(crate) fn hide_shapes(text: &str) -> String {
    let text = keys::hide(text);
    let text = runs::hide_passes(&text);
    runs::hide_tokens(&text)
}

pub(crate) use keys::is_secret;

/// The text up to so many bytes, never inside a character.
fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Copies `text`, with `HIDDEN` for each of these spans (in order, none over another).
fn replace(text: &str, spans: &[(usize, usize)]) -> String {
    if spans.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for &(from, to) in spans {
        out.push_str(&text[at..from]);
        out.push_str(HIDDEN);
        at = to;
    }
    out.push_str(&text[at..]);
    out
}

/// `text` as it would stand in a JSON text, without the quotes.
fn json_form(text: &str) -> Cow<'_, str> {
    let quoted = serde_json::Value::from(text).to_string();
    Cow::Owned(quoted[1..quoted.len() - 1].to_owned())
}
