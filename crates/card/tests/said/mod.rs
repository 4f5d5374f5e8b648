//! What every card must say, in the order of the catalogue, and the input of the tests.

use card::{Date, Input, Paper};
use catalogue::{Advice, Lang, ami_rows, notes, safety, short_rows, unlisted};

pub(crate) const LANGS: [Lang; 2] = [Lang::En, Lang::Fr];

/// One card, always the same.
pub(crate) fn input(lang: Lang, paper: Paper) -> Input<'static> {
    Input {
        lang,
        paper,
        version: "0.1.0",
        date: Date {
            year: 2026,
            month: 3,
            day: 9,
        },
        site: Some("Kalangala"),
    }
}

/// The guide's cells and lines, letter for letter, with their Markdown marks.
pub(crate) fn guide() -> Vec<&'static str> {
    let codes = ami_rows()
        .iter()
        .flat_map(|row| [row.meaning, row.field_action]);
    let keypad = short_rows()
        .iter()
        .flat_map(|row| [row.guide_code, row.meaning, row.field_action]);
    codes
        .chain(keypad)
        .chain(notes().iter().map(|note| note.text))
        .collect()
}

/// Our own words: names, actions, owners, rulings, safety.
pub(crate) fn ours(lang: Lang) -> Vec<&'static str> {
    let advice = ami_rows()
        .iter()
        .map(|row| &row.advice)
        .chain([unlisted()])
        .flat_map(move |advice| said_of(advice, lang));
    let rules = catalogue::rulings().iter().map(|ruling| ruling.rule);
    let own = rules.chain(safety().iter().copied());
    advice.chain(own.map(move |text| text.get(lang))).collect()
}

fn said_of(advice: &'static Advice, lang: Lang) -> [&'static str; 5] {
    [
        advice.name.get(lang),
        advice.action.get(lang),
        advice.owner.label(lang),
        advice.severity.label(lang),
        advice.decision.label(lang),
    ]
}

/// Without white space, case and Markdown's stars: paper wraps lines where it likes and sets badges
/// in capitals.
pub(crate) fn letters(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '*')
        .flat_map(char::to_lowercase)
        .collect()
}
