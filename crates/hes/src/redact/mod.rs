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

#[cfg(test)]
mod tests {
    use super::{HIDDEN, KEPT, Redactor, hide_shapes};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_text_makes_it_panic_and_none_grows_too_long(text in r#"[\PC\n"\\:={}\[\],&]{0,300}"#, known in "\\PC{0,12}") {
            let mut redactor = Redactor::default();
            redactor.learn(&known);
            prop_assert!(redactor.said(&text).chars().count() <= 200);
            prop_assert!(redactor.body(&text.repeat(100)).len() <= KEPT);
        }

        #[test]
        fn a_value_under_a_telling_key_is_hidden_in_every_form(value in "[a-z0-9!ß]{8,20}") {
            let json = serde_json::json!({ "a": 1, "Password": value, "b": [{ "authorizationPassword": value }] });
            let inside = serde_json::json!({ "Message": json.to_string() });
            let twice = serde_json::json!({ "Message": inside.to_string() });
            for text in [
                json.to_string(),
                serde_json::to_string_pretty(&json).unwrap_or_default(),
                inside.to_string(),
                twice.to_string(),
                format!("UserName=ops&Password={value}&MeterNo=47001582544"),
                format!("password = '{value}'"),
                format!("Authorization: Bearer {value}\nHost: x"),
                format!("{{\"token\":\"{value}"),
            ] {
                let hidden = hide_shapes(&text);
                prop_assert!(!hidden.contains(&value), "{hidden}");
                prop_assert!(hidden.contains(HIDDEN));
            }
        }

        #[test]
        fn a_known_secret_that_a_cut_goes_through_is_not_seen_in_part(before in 0usize..64) {
            let secret = "correct-horse-battery";
            let mut redactor = Redactor::default();
            redactor.learn(secret);
            let text = "x".repeat(KEPT + 4096 - before) + "\n" + secret + &"y".repeat(9000);
            prop_assert!(!redactor.body(&text).contains("correct"));
            let text = "x".repeat(KEPT - before) + "\n" + secret + "\n" + &"y".repeat(90);
            prop_assert!(!redactor.body(&text).contains("horse"));
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for text in [
            r#"{"code":1,"reason":"invalid username or password","result":null}"#,
            r#"{"MeterNo":"47001582544","DataItem":"Token","Data":""}"#,
            r#"{"createDate":"2026-04-01 11:19:19","id":68889460165}"#,
            "1234 5678 9012 3456 789",
        ] {
            assert_eq!(hide_shapes(text), text);
        }
        assert_eq!(hide_shapes("4872 5997 6192 9731 1927"), "•••1927");
        assert_eq!(
            hide_shapes(r#"{"Password":"a\"b\\","x":1}"#),
            r#"{"Password":"•••","x":1}"#
        );
        assert_eq!(
            hide_shapes(r#"{"tokens":[1,2],"x":1}"#),
            r#"{"tokens":•••,"x":1}"#
        );
    }
}
