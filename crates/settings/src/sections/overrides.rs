//! `[[override]]`: rows of the guide that this deployment judges otherwise.

use crate::check;
use crate::error::Problem;
use crate::given::Given;
use crate::key::{Key, Slot, instead, short, text_of};
use crate::place::Place;
use crate::reader::{Reader, Section};
use std::ops::Range;
use toml::de::DeTable;

/// Which row of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// By the number that head-ends answer: 1000 to 1025.
    Code(u16),
    /// By its slug.
    Slug(String),
}

/// A row that this deployment judges otherwise. The card and every page say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Override {
    /// Which row; there in every override that was read.
    pub row: Option<Row>,
    /// The severity's word.
    pub severity: Option<String>,
    /// The decision's word.
    pub decision: Option<String>,
    /// The owner's word.
    pub owner: Option<String>,
    /// Why, for the card.
    pub why: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// The words that an override may use, handed in by the caller who knows the guide.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'w> {
    /// Every listed row: its code and its slug.
    pub rows: &'w [(u16, &'w str)],
    /// Every severity.
    pub severities: &'w [&'w str],
    /// Every decision.
    pub decisions: &'w [&'w str],
    /// Every owner.
    pub owners: &'w [&'w str],
}

impl Section for Override {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "code",
            Slot::Own(put_code, |_| None),
            "Which row of the guide, by its number.",
        )
        .like("1009"),
        Key::<Self>::new("slug", Slot::Own(put_slug, |_| None), "")
            .like("\"over-current\"")
            .or(),
        Key::<Self>::new(
            "severity",
            Slot::Maybe(check::id, |row| &mut row.severity),
            "How bad it is here: info, low, medium, high or critical.",
        )
        .like("\"medium\""),
        Key::<Self>::new(
            "decision",
            Slot::Maybe(check::id, |row| &mut row.decision),
            "What to do here: fine, ignore, office or visit.",
        )
        .like("\"office\""),
        Key::<Self>::new(
            "owner",
            Slot::Maybe(check::id, |row| &mut row.owner),
            "Who acts here.",
        )
        .like("\"operations\""),
        Key::<Self>::new(
            "why",
            Slot::Text(check::sentence, |row| &mut row.why),
            "Why, in one line: the card prints it.",
        )
        .like("\"our desk settles these by telephone\""),
    ];
    const NEEDED: &'static [&'static [&'static str]] = &[&["code", "slug"], &["why"]];

    fn wrong(&self) -> Option<(&'static str, String)> {
        let changes = [&self.severity, &self.decision, &self.owner];
        changes.iter().all(|word| word.is_none()).then(|| {
            let what = "this changes nothing: add severity, decision or owner, or remove it";
            ("why", what.to_owned())
        })
    }
}

impl Override {
    pub(crate) fn read(reader: &mut Reader, at: &Range<usize>, table: &DeTable) -> Self {
        let mut read = Self {
            place: Some(reader.place(at)),
            ..Self::default()
        };
        reader.table("override", at, table, &[], &mut read);
        match &read.row {
            Some(Row::Code(code)) => {
                reader.once("override.code", &code.to_string(), at, table);
            }
            Some(Row::Slug(slug)) => reader.once("override.slug", slug, at, table),
            None => {}
        }
        read
    }

    /// What of it the caller's words do not list.
    pub(crate) fn unlisted(&self, words: &Vocabulary<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |key: &str, what: String| {
            problems.push(Problem {
                place: self
                    .place
                    .clone()
                    .unwrap_or(Place::File { line: 1, column: 1 }),
                key: format!("override.{key}"),
                what,
            });
        };
        match &self.row {
            Some(Row::Code(code)) if !words.rows.iter().any(|row| row.0 == *code) => {
                say(
                    "code",
                    format!(
                        "the guide does not list {code}: remove this, nothing unlisted is given a meaning"
                    ),
                );
            }
            Some(Row::Slug(slug)) if !words.rows.iter().any(|row| row.1 == slug) => {
                say(
                    "slug",
                    format!(
                        "the guide has no row \"{}\": look at `calinmeter codes`",
                        short(slug)
                    ),
                );
            }
            _ => {}
        }
        let chosen = [
            ("severity", &self.severity, words.severities),
            ("decision", &self.decision, words.decisions),
            ("owner", &self.owner, words.owners),
        ];
        for (key, word, listed) in chosen {
            if let Some(word) = word.as_deref().filter(|word| !listed.contains(word)) {
                say(
                    key,
                    format!(
                        "\"{}\" is not one of {}: write one of these",
                        short(word),
                        listed.join(", ")
                    ),
                );
            }
        }
        problems
    }
}

fn put_code(into: &mut Override, given: Given) -> Result<(), String> {
    let Given::Whole(number) = given else {
        return Err(instead(given, "a number without quotes, such as 1009"));
    };
    let code = u16::try_from(number)
        .map_err(|_| "no code has this number: write one such as 1009".to_owned())?;
    put_row(into, Row::Code(code))
}

fn put_slug(into: &mut Override, given: Given) -> Result<(), String> {
    let text = text_of(given, "a slug in quotes, such as \"over-current\"")?.trim();
    check::id(text)?;
    put_row(into, Row::Slug(text.to_owned()))
}

fn put_row(into: &mut Override, row: Row) -> Result<(), String> {
    if into.row.is_some() {
        return Err("code and slug are both there: keep one of them".to_owned());
    }
    into.row = Some(row);
    Ok(())
}
