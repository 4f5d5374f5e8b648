//! A paste: one code, several codes, a sentence, or a head-end's answer.

use crate::item::{Number, Reading, whole};
use crate::row::{Settings, read_row};
use crate::scan::{Piece, RowScanner};
use crate::text;
use crate::unread::{Unread, short};
use fleet::{Reason87, WireStatus};
use triage::Said;

/// One thing that was given, and how it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The text, or the piece of it that names the number.
    pub input: String,
    /// The meter it is about, where an answer says so.
    pub meter: Option<String>,
    /// Every way to read it; more than one is ambiguous. An error says why it was not read.
    pub readings: Result<Vec<Reading>, Unread>,
}

impl Item {
    /// Whether there is more than one way to read it.
    pub fn ambiguous(&self) -> bool {
        self.readings
            .as_ref()
            .is_ok_and(|readings| readings.len() > 1)
    }
}

/// Reads whatever was pasted. There is always at least one item, if only one that could not be read.
pub fn read(text: &str) -> Vec<Item> {
    let trimmed = text.trim().trim_start_matches('\u{feff}').trim();
    let alone = |readings| {
        vec![Item {
            input: text.to_owned(),
            meter: None,
            readings,
        }]
    };
    if trimmed.is_empty() {
        return alone(Err(Unread::Empty));
    }
    if trimmed.starts_with(['{', '[']) {
        return json(trimmed);
    }
    if let Some(readings) = whole(trimmed) {
        return alone(Ok(readings));
    }
    if let Some(items) = list(trimmed) {
        return items;
    }
    let found = text::find(trimmed);
    match found.len() {
        0 => alone(Err(refusal(trimmed))),
        1 => alone(
            found
                .into_iter()
                .next()
                .map(|f| f.readings)
                .ok_or(Unread::Empty),
        ),
        _ => found
            .into_iter()
            .map(|f| Item {
                input: f.piece.to_owned(),
                meter: None,
                readings: Ok(f.readings),
            })
            .collect(),
    }
}

fn refusal(text: &str) -> Unread {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let only_digits = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-'));
    match (only_digits, digits) {
        (true, 20) => Unread::Token,
        (true, _) => Unread::NoFamily(short(text)),
        _ => Unread::no_code(text),
    }
}

/// Several whole items, parted by spaces, commas, semicolons or lines.
fn list(text: &str) -> Option<Vec<Item>> {
    let tokens: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|t| !t.is_empty())
        .collect();
    let small = |token: &str| {
        token.len() <= 2 || token.starts_with("10") || token.contains(['-', ':', 'x'])
    };
    if tokens.len() < 2 || !tokens.iter().all(|token| small(token)) {
        return None;
    }
    tokens
        .into_iter()
        .map(|token| {
            let readings = whole(token)?;
            Some(Item {
                input: token.to_owned(),
                meter: None,
                readings: Ok(readings),
            })
        })
        .collect()
}

/// A head-end's answer: only its status item counts.
fn json(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut broken = false;
    let mut take = |piece: Piece<'_>| match piece {
        Piece::Row(bytes) => items.extend(status_item(bytes)),
        Piece::TooLong(_) | Piece::Broken(_) => broken = true,
    };
    let mut scanner = RowScanner::new();
    scanner.push(text.as_bytes(), &mut take);
    scanner.finish(&mut take);
    if items.is_empty() {
        let why = if broken {
            Unread::NotJson
        } else {
            Unread::NoStatusItem
        };
        items.push(Item {
            input: short(text),
            meter: None,
            readings: Err(why),
        });
    }
    items
}

fn status_item(bytes: &[u8]) -> Option<Item> {
    let row = read_row(bytes, &Settings::default());
    let input = row.status.clone()?;
    let readings = match row.said {
        Ok(Said::Ami(n)) => Ok(vec![Number::Ami(n)]),
        Ok(Said::Reason(n)) => Ok(vec![Number::Reason(n)]),
        Ok(Said::Wire(n)) => Ok(vec![Number::Wire(n)]),
        Ok(Said::TwoFamilies(n)) => Ok(vec![
            Number::Reason(Reason87(n)),
            Number::Wire(WireStatus(u8::from_str_radix(&n.to_string(), 16).ok()?)),
        ]),
        Ok(Said::Nothing) => return None,
        Err(why) => Err(why),
    };
    let readings = readings.map(|numbers| numbers.into_iter().map(Number::sure).collect());
    Some(Item {
        input: format!("{} = {input}", row.item.as_deref().unwrap_or("status")),
        meter: row.meter,
        readings,
    })
}
