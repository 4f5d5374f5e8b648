//! Values that stand under a telling key.

use super::replace;

/// Parts of a key that make its value a secret, in lower case. Source: the credential fields of
/// the three dialects and of the old token API, and what servers commonly echo.
const TELLING: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "ciphertext",
    "authorization",
    "secret",
    "apikey",
    "api_key",
];

/// Whole keys that do, too short to be looked for inside others.
const TELLING_ALONE: &[&str] = &["pass", "pw", "auth"];

/// Whether the value under this key is a secret.
pub(crate) fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    TELLING.iter().any(|part| key.contains(part))
        || TELLING_ALONE.contains(&key.as_str())
        || key.starts_with("token")
        || key.ends_with("token")
}

/// Hides the value behind every telling key: `"key": value`, `\"key\":\"value\"`, `key=value&`,
/// `Key: value`.
pub(super) fn hide(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let end = run(bytes, at, is_word);
        if is_secret(&text[at..end])
            && let Some(span) = value_behind(bytes, end)
        {
            at = span.1.max(end);
            if span.0 < span.1 {
                spans.push(span);
            }
        } else {
            at = end;
        }
    }
    replace(text, &spans)
}

/// Where the value behind a key that ends here begins and ends, if it is a key at all.
fn value_behind(bytes: &[u8], key_end: usize) -> Option<(usize, usize)> {
    let after_quote = run(bytes, key_end, |b| matches!(b, b'\\' | b'"' | b'\''));
    let sign = run(bytes, after_quote, |b| b.is_ascii_whitespace());
    if !matches!(bytes.get(sign), Some(b':' | b'=')) {
        return None;
    }
    let value = run(bytes, sign + 1, |b| b.is_ascii_whitespace());
    let slashes = run(bytes, value, |b| b == b'\\');
    match bytes.get(slashes) {
        Some(quote @ (b'"' | b'\'')) => {
            let depth = slashes - value;
            Some((slashes + 1, quoted_end(bytes, slashes + 1, *quote, depth)))
        }
        Some(b'[' | b'{') if slashes == value => Some((value, nested_end(bytes, value))),
        _ => Some((value, plain_end(bytes, value))),
    }
}

/// Where a quoted value ends: at the first quote that is not itself written inside it. `depth` is
/// how many backslashes stand before the opening quote.
fn quoted_end(bytes: &[u8], from: usize, quote: u8, depth: usize) -> usize {
    let mut slashes = 0;
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'\\' => slashes += 1,
            _ if byte != quote => slashes = 0,
            _ if depth == 0 && slashes % 2 == 0 => return at,
            _ if depth > 0 && slashes <= depth => return at - slashes,
            _ => slashes = 0,
        }
    }
    bytes.len()
}

/// Where a list or an object ends, as brackets count; quotes inside are not looked at, so that a
/// broken text hides more rather than less.
fn nested_end(bytes: &[u8], from: usize) -> usize {
    let mut open = 0_usize;
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            return at + 1;
        }
    }
    bytes.len()
}

/// Where a bare value ends; `Bearer` and `Basic` belong to the word behind them.
fn plain_end(bytes: &[u8], from: usize) -> usize {
    let end = |from: usize| {
        run(bytes, from, |b| {
            !matches!(b, b',' | b'&' | b'}' | b']' | b'<' | b'"' | b';') && !b.is_ascii_whitespace()
        })
    };
    let first = end(from);
    let word = &bytes[from..first];
    if word.eq_ignore_ascii_case(b"bearer") || word.eq_ignore_ascii_case(b"basic") {
        return end(run(bytes, first, |b| b.is_ascii_whitespace()));
    }
    first
}

/// The end of the run of such bytes that begins here.
pub(super) fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    bytes[from..]
        .iter()
        .position(|&byte| !belongs(byte))
        .map_or(bytes.len(), |length| from + length)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
