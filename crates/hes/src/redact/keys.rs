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

/// The word that tells at a key's beginning and at its end.
const TOKEN: &str = "token";

/// The letters that a part of `TELLING` begins with, in both cases.
static FIRST: [bool; 256] = first_letters();

/// Whether the value under this key is a secret. Every word of a body that may be a key comes
/// through here, so nothing is copied to put it in lower case.
pub(crate) fn is_secret(key: &str) -> bool {
    let key = key.as_bytes();
    let alone = |whole: &&str| key.eq_ignore_ascii_case(whole.as_bytes());
    let last = key.len().saturating_sub(TOKEN.len());
    let tells = |at: usize| TELLING.iter().any(|part| begins(&key[at..], part));
    begins(key, TOKEN)
        || begins(&key[last..], TOKEN)
        || TELLING_ALONE.iter().any(alone)
        || (0..key.len()).any(|at| FIRST[usize::from(key[at])] && tells(at))
}

fn begins(bytes: &[u8], with: &str) -> bool {
    let beginning = bytes.get(..with.len());
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(with.as_bytes()))
}

const fn first_letters() -> [bool; 256] {
    let mut first = [false; 256];
    let mut at = 0;
    while at < TELLING.len() {
        let letter = TELLING[at].as_bytes()[0];
        first[letter as usize] = true;
        first[letter.to_ascii_uppercase() as usize] = true;
        at += 1;
    }
    first
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
        // most words are values: no sign behind them says so sooner than what they spell
        if let Some(sign) = sign_behind(bytes, end)
            && is_secret(&text[at..end])
        {
            let span = value_behind(bytes, sign);
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

/// Where the `:` or `=` behind a key that ends here stands, if it is a key at all.
fn sign_behind(bytes: &[u8], key_end: usize) -> Option<usize> {
    let after_quote = run(bytes, key_end, |b| matches!(b, b'\\' | b'"' | b'\''));
    let sign = run(bytes, after_quote, |b| b.is_ascii_whitespace());
    matches!(bytes.get(sign), Some(b':' | b'=')).then_some(sign)
}

/// Where the value behind this sign begins and ends.
fn value_behind(bytes: &[u8], sign: usize) -> (usize, usize) {
    let value = run(bytes, sign + 1, |b| b.is_ascii_whitespace());
    let slashes = run(bytes, value, |b| b == b'\\');
    match bytes.get(slashes) {
        Some(quote @ (b'"' | b'\'')) => {
            let depth = slashes - value;
            (slashes + 1, quoted_end(bytes, slashes + 1, *quote, depth))
        }
        Some(b'[' | b'{') if slashes == value => (value, nested_end(bytes, value)),
        _ => (value, plain_end(bytes, value)),
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

#[cfg(test)]
mod tests {
    use super::{TELLING, TELLING_ALONE, TOKEN, is_secret};
    use proptest::prelude::*;

    /// The same, said at length.
    fn plainly(key: &str) -> bool {
        let key = key.to_ascii_lowercase();
        TELLING.iter().any(|part| key.contains(part))
            || TELLING_ALONE.contains(&key.as_str())
            || key.starts_with(TOKEN)
            || key.ends_with(TOKEN)
    }

    fn telling() -> impl Strategy<Value = &'static str> {
        let all = [TELLING, TELLING_ALONE, &[TOKEN]].concat();
        prop::sample::select(all)
    }

    proptest! {
        #[test]
        fn a_telling_part_is_found_wherever_it_stands(
            before in "[a-zA-Zß_]{0,4}",
            part in telling(),
            length in 0usize..16,
            upper: u16,
            behind in "[a-zA-Zß_]{0,4}",
        ) {
            let part = part.chars().take(length).enumerate().map(|(at, letter)| {
                if upper >> at & 1 == 1 { letter.to_ascii_uppercase() } else { letter }
            });
            let key = before + &part.collect::<String>() + &behind;
            prop_assert_eq!(is_secret(&key), plainly(&key), "{}", key);
        }
    }
}
