//! The secrets that this head-end was given, in every form they may come back in.

use super::{HIDDEN, json_form};
use std::sync::Mutex;

/// Shorter secrets are hidden where they stand alone only: `1234` may also be part of a number.
const LONG: usize = 6;

/// What must never be shown.
#[derive(Default)]
pub(crate) struct Known {
    settings: Vec<String>,
    passes: Mutex<Vec<String>>,
}

impl Known {
    pub(super) fn learn(&mut self, secret: &str) {
        self.settings.extend(forms(secret));
        longest_first(&mut self.settings);
    }

    pub(super) fn learn_pass(&self, pass: &str) {
        if pass.is_empty() {
            return;
        }
        let mut passes = lock(&self.passes);
        passes.retain(|known| known != pass);
        passes.insert(0, pass.to_owned());
        passes.truncate(2);
    }

    pub(super) fn hide(&self, text: &str) -> String {
        let passes = lock(&self.passes).clone();
        let mut text = text.to_owned();
        for secret in self.settings.iter().chain(&passes) {
            text = hide_one(&text, secret);
        }
        text
    }
}

/// A poisoned lock holds a list of texts all the same.
fn lock(passes: &Mutex<Vec<String>>) -> std::sync::MutexGuard<'_, Vec<String>> {
    passes
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The secret as it is, and as JSON, a form, and HTML would write it.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned(), json_form(secret).into_owned()];
    forms.push(percent(secret, "%20"));
    forms.push(percent(secret, "+"));
    forms.push(html(secret));
    forms.push(json_form(&json_form(secret)).into_owned());
    longest_first(&mut forms);
    forms
}

/// Longest first, so that a secret that holds another is hidden whole.
fn longest_first(forms: &mut Vec<String>) {
    forms.retain(|form| !form.trim().is_empty());
    forms.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    forms.dedup();
}

fn hide_one(text: &str, secret: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find(secret) {
        let end = at + secret.len();
        let left = rest[..at].chars().next_back().or(before);
        let alone = !touches(left) && !touches(rest[end..].chars().next());
        out.push_str(&rest[..at]);
        out.push_str(if alone || secret.len() >= LONG {
            HIDDEN
        } else {
            secret
        });
        before = secret.chars().next_back();
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn touches(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(char::is_alphanumeric)
}

/// `application/x-www-form-urlencoded`, the way this and other clients write it.
fn percent(text: &str, blank: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => out.push_str(blank),
            _ if byte.is_ascii_alphanumeric() || b"-_.*".contains(&byte) => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn a_short_secret_is_hidden_where_it_stands_alone() {
        let mut known = Known::default();
        known.learn("1234");
        assert_eq!(
            known.hide("pin 1234, meter 47001234567"),
            "pin •••, meter 47001234567"
        );
    }

    #[test]
    fn a_secret_is_hidden_in_every_form() {
        let mut known = Known::default();
        known.learn("a\"b& ü<c");
        for form in [
            "a\"b& ü<c",
            r#"a\"b& ü<c"#,
            "a%22b%26+%C3%BC%3Cc",
            "a&quot;b&amp; ü&lt;c",
        ] {
            assert_eq!(known.hide(&format!("x {form} y")), "x ••• y", "{form}");
        }
    }
}
