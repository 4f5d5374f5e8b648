//! One whole item: a text that is nothing but a code. The truth table of bare numbers lives here.

use fleet::{AmiCode, Reason87, ShortCode, WireStatus};
use triage::Said;

/// A number in its family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// A head-end's operating status.
    Ami(AmiCode),
    /// A sub-code of keypad code 87.
    Reason(Reason87),
    /// A keypad code: a question, not an answer.
    Short(ShortCode),
    /// A wire status of a radio meter.
    Wire(WireStatus),
}

/// One way to read an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The number in its family.
    pub number: Number,
    /// A stand-alone 10xx in a longer text, with nothing that says what it is.
    pub low_confidence: bool,
}

impl Number {
    /// As triage takes it; nothing for a keypad code, which says nothing of a meter.
    pub fn said(self) -> Option<Said> {
        match self {
            Self::Ami(code) => Some(Said::Ami(code)),
            Self::Reason(reason) => Some(Said::Reason(reason)),
            Self::Wire(status) => Some(Said::Wire(status)),
            Self::Short(_) => None,
        }
    }

    /// The reading that a label or the item's form makes sure of.
    pub(crate) fn sure(self) -> Reading {
        Reading {
            number: self,
            low_confidence: false,
        }
    }
}

/// Words before a keypad code that make a bare number one.
const KEYPAD_WORDS: &[&str] = &[
    "keypad code",
    "keypad",
    "short code",
    "code clavier",
    "clavier",
    "code",
];
/// Words around a sub-code of 87.
const SUB_WORDS: &[&str] = &["sub-code", "subcode", "sub code", "sous-code", "sub", "="];

/// Reads a text that is nothing but one code, in every family that lists it; nothing where it is
/// not one.
pub(crate) fn whole(text: &str) -> Option<Vec<Reading>> {
    let text = text
        .trim()
        .trim_matches(['"', '\'', '`', '.', ',', ';'])
        .trim()
        .to_lowercase();
    let number = wire(&text)
        .or_else(|| reason(&text))
        .or_else(|| slug(&text));
    if let Some(number) = number {
        return Some(vec![number.sure()]);
    }
    if let Some(code) = after_word(&text, KEYPAD_WORDS).and_then(two_digits) {
        return Some(vec![Number::Short(ShortCode(code)).sure()]);
    }
    match (text.len(), digits(&text)?) {
        (1 | 2, _) => Some(bare(&text)),
        (_, n @ 1000..) => Some(vec![Number::Ami(AmiCode(u16::try_from(n).ok()?)).sure()]),
        _ => None,
    }
}

/// A bare number of one or two digits, in every family that lists it.
///
/// The meter shows a sub-code without a leading zero and a keypad code always with two digits, so
/// a leading zero means the keypad where the keypad lists it.
fn bare(text: &str) -> Vec<Reading> {
    let Some(n) = two_digits(text) else {
        return Vec::new();
    };
    let sub = catalogue::reason(Reason87(n)).map(|row| Number::Reason(row.reason));
    let keypad = catalogue::short(ShortCode(n)).map(|row| Number::Short(row.code));
    let padded = text.len() == 2 && text.starts_with('0');
    let read: Vec<Number> = match (sub, keypad) {
        (_, Some(keypad)) if padded => vec![keypad],
        (Some(sub), Some(keypad)) => vec![sub, keypad],
        (sub, keypad) => sub.or(keypad).into_iter().collect(),
    };
    let unlisted = || match n {
        ..=25 => Number::Reason(Reason87(n)),
        _ => Number::Short(ShortCode(n)),
    };
    match read.as_slice() {
        [] => vec![unlisted().sure()],
        some => some.iter().map(|number| number.sure()).collect(),
    }
}

/// `0x2d`: a wire status always says that it is hexadecimal.
pub(crate) fn wire(text: &str) -> Option<Number> {
    let hex = text.strip_prefix("0x")?;
    let plain = (1..=2).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit());
    plain.then(|| {
        u8::from_str_radix(hex, 16)
            .ok()
            .map(|n| Number::Wire(WireStatus(n)))
    })?
}

/// `87-8`, `87:08`, `87 8`, `code 87 = 8`, `87 sub-code 8`.
fn reason(text: &str) -> Option<Number> {
    let text = after_word(text, &["code"]).unwrap_or(text);
    let rest = text.strip_prefix("87")?;
    let bare = rest.trim_start_matches([' ', '-', ':', '.', '/', '=', '_', '\u{2013}', '\u{2192}']);
    let bare = after_word(bare, SUB_WORDS).unwrap_or(bare);
    // "878" is a number of its own
    (bare.len() < rest.len()).then(|| two_digits(bare).map(|n| Number::Reason(Reason87(n))))?
}

/// A row's slug, as our own files say it; other systems write it with underscores.
fn slug(text: &str) -> Option<Number> {
    let slug = text.replace(['_', ' '], "-");
    catalogue::by_slug(&slug).map(|row| Number::Ami(row.ami))
}

fn after_word<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
    rest.starts_with([' ', ':', '#', '='])
        .then(|| rest.trim_start_matches([' ', ':', '#', '=']))
}

/// One or two digits as a number.
pub(crate) fn two_digits(text: &str) -> Option<u8> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// Digits and nothing else, up to five.
pub(crate) fn digits(text: &str) -> Option<u32> {
    let plain = (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}
