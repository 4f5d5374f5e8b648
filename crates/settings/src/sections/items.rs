//! `[head_end.items]`: what this head-end names differently, and what its answers mean.

use crate::given::Given;
use crate::key::{Key, Slot, instead, quoted, short, text_of};
use crate::reader::{Reader, Section, unknown};
use crate::sections::HeadEnd;
use asking::{Item, ItemName, Third};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Which family of numbers the status item answers with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Family {
    /// Nobody has confirmed it: a number that two families list goes to the AMI admin.
    #[default]
    Unconfirmed,
    /// 1000 to 1025.
    Ami,
    /// The sub-code of keypad code 87.
    Sub87,
    /// The wire status, hexadecimal.
    Wire,
}

impl Family {
    /// Every family, with its word.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("unconfirmed", Self::Unconfirmed),
        ("ami", Self::Ami),
        ("sub87", Self::Sub87),
        ("wire", Self::Wire),
    ];

    /// Its word, the same that the room which reads answers has.
    pub fn word(self) -> &'static str {
        let row = Self::WORDS.iter().find(|(_, family)| *family == self);
        row.map_or("unconfirmed", |(word, _)| word)
    }
}

const THIRD: &[(&str, Third)] = &[("running", Third::Running), ("rejected", Third::Rejected)];
const NAME_WANTED: &str =
    "a name in quotes such as \"Meter operating status\", or { asks = \"...\", answers = \"...\" }";

/// The keys of `[head_end.items]` that name no item; they go to the head-end itself.
pub(crate) struct Items(pub(crate) HeadEnd);

impl Section for Items {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "status_family",
            Slot::Own(
                |items, given| {
                    items.0.family = word(given, Family::WORDS)?;
                    Ok(())
                },
                |items| Some(quoted(items.0.family.word())),
            ),
            "What the operating status is a number of: ami (1000 to 1025), sub87, wire, unconfirmed.",
        ),
        Key::<Self>::new(
            "status_true_is_normal",
            Slot::Flag(|items| &mut items.0.status_true_is_normal),
            "What true means in the status_ bits of daily reports (concentrator dialect).",
        ),
        Key::<Self>::new(
            "relay_zero_is_closed",
            Slot::Flag(|items| &mut items.0.relay_zero_is_closed),
            "What 0 means in RelayStatus (v1 dialect).",
        ),
        Key::<Self>::new(
            "third",
            Slot::Own(
                |items, given| {
                    items.0.third = Some(word(given, THIRD)?);
                    Ok(())
                },
                |_| None,
            ),
            "What task status 3 means here: running (station's default) or rejected (the others').",
        )
        .like("\"running\""),
    ];
}

impl Items {
    /// Reads the table: its own keys, then one line for each item.
    pub(crate) fn read(
        &mut self,
        reader: &mut Reader,
        path: &str,
        at: &Range<usize>,
        table: &DeTable,
    ) {
        let items: Vec<&str> = Item::all().map(Item::word).collect();
        // names that are neither are said once, with everything that is known
        let others: Vec<&str> = table
            .keys()
            .map(|key| key.get_ref().as_ref())
            .filter(|name| Self::KEYS.iter().all(|key| key.name != *name))
            .collect();
        reader.table(path, at, table, &others, self);
        for (name, value) in table {
            let plain = name.get_ref().as_ref();
            if !others.contains(&plain) {
                continue;
            }
            let key = format!("{path}.{}", short(plain));
            match (Item::from_word(plain), item_name(value.get_ref())) {
                (Some(item), Ok(named)) => {
                    self.0.items.insert(item, named);
                }
                (Some(_), Err(what)) => reader.say(&value.span(), key, what),
                (None, _) => {
                    let own = Self::KEYS.iter().map(|key| key.name);
                    let known: Vec<&str> = own.chain(items.iter().copied()).collect();
                    reader.say(&name.span(), key, unknown(plain, &known));
                }
            }
        }
    }
}

/// The value whose word was given.
pub(crate) fn word<V: Copy>(given: Given, words: &[(&str, V)]) -> Result<V, String> {
    let listed = || {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        all.join(", ")
    };
    let text = text_of(given, &format!("one of {} in quotes", listed()))?.trim();
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        format!(
            "\"{}\" is not one of {}: write one of these",
            short(text),
            listed()
        )
    })
}

/// How the head-end names an item. A text that is empty says that it does not offer it.
fn item_name(value: &DeValue) -> Result<ItemName, String> {
    let text = |value: &DeValue| match Given::of(value) {
        Given::Text(text) => Ok(text.trim().to_owned()),
        other => Err(instead(other, NAME_WANTED)),
    };
    let DeValue::Table(table) = value else {
        return Ok(ItemName {
            asks: text(value)?,
            answers: None,
        });
    };
    if let Some((name, _)) = table
        .iter()
        .find(|(name, _)| !matches!(name.get_ref().as_ref(), "asks" | "answers"))
    {
        return Err(unknown(name.get_ref(), &["asks", "answers"]));
    }
    let asks = table
        .get("asks")
        .ok_or_else(|| format!("asks is missing: write {NAME_WANTED}"))?;
    Ok(ItemName {
        asks: text(asks.get_ref())?,
        answers: table
            .get("answers")
            .map(|answers| text(answers.get_ref()))
            .transpose()?,
    })
}
