//! The card as a value for the templates. Text stays text: nothing here is ever read as markup.

use crate::Input;
use crate::lines;
use crate::marks::{Mark, runs};
use crate::words::Word;
use catalogue::{Advice, AmiRow, Decision, Lang, Note, Severity, Supply, Text, Travel};
use typst::foundations::{Array, Datetime, Dict, IntoValue, Str, Value, dict};

/// Everything that the templates show.
pub(super) fn dict(input: &Input<'_>, date: Datetime) -> Dict {
    let lang = input.lang;
    let words: Dict = Word::ALL
        .iter()
        .map(|word| (Str::from(word.key()), word.get(lang).into_value()))
        .collect();
    dict! {
        "words" => words,
        "lang" => lang.code(),
        "version" => input.version_line(),
        "day" => input.date.to_string(),
        "date" => date,
        "site" => input.site_line(),
        "codes" => array(catalogue::ami_rows(), |row| code(row, lang)),
        "unlisted" => dict! {
            "numbers" => lines::unlisted_numbers(),
            "advice" => advice(catalogue::unlisted(), lang),
        },
        "keypad" => array(lines::keypad(), |line| keypad(&line, lang)),
        "notes" => array(lines::notes(), |(heading, lines)| dict! {
            "heading" => heading.get(lang),
            "lines" => array(lines, |line| note(line, lang)),
        }),
        "safety" => array(catalogue::safety(), |line| line.get(lang)),
        "how-to" => array(lines::how_to(lang), |step| step),
        "supplies" => array(Supply::ALL, |supply| supplied(*supply, lang)),
        "travels" => array(Travel::ALL.iter().rev(), |travel| travels(*travel, lang)),
        "severities" => array(Severity::ALL, |severity| severe(*severity, lang)),
    }
}

fn array<T, V: IntoValue>(items: impl IntoIterator<Item = T>, value: impl Fn(T) -> V) -> Array {
    items
        .into_iter()
        .map(|item| value(item).into_value())
        .collect()
}

fn code(row: &AmiRow, lang: Lang) -> Dict {
    dict! {
        "ami" => row.ami.to_string(),
        "sub" => row.display,
        "meaning" => marked(row.meaning),
        "field-action" => marked(row.field_action),
        "rulings" => texts(lines::rulings(row), lang),
        "advice" => advice(&row.advice, lang),
    }
}

fn advice(advice: &Advice, lang: Lang) -> Dict {
    dict! {
        "name" => advice.name.get(lang),
        "action" => lines::unbroken(advice.action.get(lang)),
        "supply" => supplied(advice.supply, lang),
        "decision" => advice.decision.word(),
        "decision-label" => advice.decision.label(lang),
        "owner" => advice.owner.label(lang),
        "severity" => severe(advice.severity, lang),
    }
}

fn supplied(supply: Supply, lang: Lang) -> Dict {
    let (short, sentence) = lines::supply(supply);
    dict! {
        "word" => supply.word(),
        "short" => short.get(lang),
        "sentence" => sentence.get(lang),
    }
}

/// The decisions that lead to this, with its sentence.
fn travels(travel: Travel, lang: Lang) -> Dict {
    let decisions = Decision::ALL.iter().filter(|one| one.travel() == travel);
    dict! {
        "decisions" => array(decisions, |one| dict! {
            "word" => one.word(),
            "label" => one.label(lang),
        }),
        "label" => travel.label(lang),
    }
}

/// The rank counts from 0, the least severity.
fn severe(severity: Severity, lang: Lang) -> Dict {
    let rank = Severity::ALL.iter().take_while(|least| **least < severity);
    dict! {
        "rank" => rank.count(),
        "label" => severity.label(lang),
    }
}

fn keypad(line: &lines::KeypadLine, lang: Lang) -> Dict {
    dict! {
        "code" => line.code(),
        "meaning" => marked(line.meaning()),
        "action" => marked(line.action()),
        "shows" => line.shows(lang),
        "rulings" => texts(line.ruling(), lang),
    }
}

fn note(note: &Note, lang: Lang) -> Dict {
    dict! {
        "line" => marked(note.text),
        "rulings" => texts(note.rulings.iter().map(|ruling| ruling.rule), lang),
    }
}

fn texts(texts: impl IntoIterator<Item = Text>, lang: Lang) -> Array {
    array(texts, |text| lines::unbroken(text.get(lang)))
}

/// A guide text as an array of `(mark, text)`.
fn marked(text: &'static str) -> Value {
    array(runs(text), |run| {
        let mark = match run.mark {
            Mark::Plain => "plain",
            Mark::Emphasis => "emphasis",
            Mark::Strong => "strong",
        };
        dict! { "mark" => mark, "text" => run.text }
    })
    .into_value()
}
