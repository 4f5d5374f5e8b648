//! Secrets that give themselves away by their look: passes and tokens.

use super::keys::run;
use super::{HIDDEN, replace};

/// The shortest run that counts as a JWT.
const JWT: usize = 16;

/// Hides JWTs (they all begin with `eyJ`, the encoded `{"`) and what follows `Bearer`.
pub(super) fn hide_passes(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !in_pass(bytes[at]) {
            at += 1;
            continue;
        }
        let end = run(bytes, at, in_pass);
        let word = &bytes[at..end];
        // in most words there is no room for one
        let jwt = (word.len() >= JWT).then(|| text[at..end].find("eyJ"));
        let jwt = jwt.flatten().map(|from| at + from);
        let mut next = end;
        if let Some(from) = jwt.filter(|from| end - from >= JWT) {
            spans.push((from, end));
        } else if word.eq_ignore_ascii_case(b"bearer") {
            let from = run(bytes, end, |b| b == b' ');
            next = run(bytes, from, in_pass);
            if from > end && next > from {
                spans.push((from, next));
            }
        }
        at = next;
    }
    replace(text, &spans)
}

/// Hides 20 digits in a row or in five groups of four, all but the last four: enough to tell two
/// tokens apart, too little to use one.
pub(super) fn hide_tokens(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = token_end(bytes, at);
        if let Some(end) = end {
            out.push_str(&text[copied..at]);
            out.push_str(HIDDEN);
            copied = end - 4;
        }
        at = end.unwrap_or_else(|| run(bytes, at, |b| b.is_ascii_digit()));
    }
    out.push_str(&text[copied..]);
    out
}

/// Where the token that begins here ends, if one does.
fn token_end(bytes: &[u8], from: usize) -> Option<usize> {
    let digits = |from: usize| run(bytes, from, |b| b.is_ascii_digit());
    let first = digits(from);
    if first - from == 20 {
        return Some(first);
    }
    if first - from != 4 {
        return None;
    }
    let mut end = first;
    for _ in 0..4 {
        if !matches!(bytes.get(end), Some(b' ' | b'-' | b'+')) {
            return None;
        }
        let group = end + 1;
        end = digits(group);
        if end - group != 4 {
            return None;
        }
    }
    Some(end)
}

fn in_pass(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}
