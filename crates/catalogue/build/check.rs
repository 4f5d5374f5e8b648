//! What must hold of the tables before anything is built from them.

use crate::read::{Ami, Beyond, File, Tables, Text};
use crate::vocabulary::{Class, Confidence, Decision, Kind, May, Owner, Severity, Source, Supply};
use std::collections::HashSet;
use std::hash::Hash;
use toml::Spanned;

/// Codes inside the guide's span that it does not list. A meaning for one of them needs a source
/// from the maker and a change of this line.
const GAPS: [u16; 4] = [1002, 1010, 1019, 1020];

/// The default commissioning code belongs to the guide's own text, never to ours.
const SECRET: &str = "12345";

type Checked = Result<(), String>;

pub(crate) fn check(tables: &Tables) -> Checked {
    check_ami(tables)?;
    check_beyond(tables)?;
    check_conditions(tables)?;
    check_closing(tables)?;
    check_short(tables)?;
    check_wire(tables)?;
    check_steps(tables)?;
    check_notes(tables)
}

fn check_ami(tables: &Tables) -> Checked {
    let file = &tables.ami;
    once(file, file.rows.iter().map(|row| &row.ami))?;
    once(file, file.rows.iter().map(|row| &row.reason87))?;
    once(file, file.rows.iter().map(|row| &row.slug))?;
    for row in &file.rows {
        if GAPS.contains(row.ami.get_ref()) {
            return Err(file.at(
                &row.ami,
                format!(
                    "{} is a gap of the guide and gets no meaning",
                    row.ami.get_ref()
                ),
            ));
        }
        if *row.ami.get_ref() != 1000 + u16::from(*row.reason87.get_ref()) {
            return Err(file.at(&row.reason87, "the sub-code is the AMI code less 1000"));
        }
        let shown = match row.reason87.get_ref() {
            0 => "00".to_owned(),
            n => n.to_string(),
        };
        if *row.display.get_ref() != shown {
            return Err(file.at(&row.display, format!("the meter displays it as {shown}")));
        }
        check_words(file, row)?;
        references(file, &row.steps, "step", |slug| {
            tables.steps.rows.iter().any(|s| s.slug.get_ref() == slug)
        })?;
        references(file, &row.rulings, "ruling", |slug| {
            tables.rulings.rows.iter().any(|r| r.slug.get_ref() == slug)
        })?;
        texts(file, row.postpaid.iter().chain([&row.name, &row.action]))?;
    }
    Ok(())
}

/// The advice that the library names, in the order in which it is written.
const BEYOND: [&str; 5] = [
    "unlisted",
    "two-families",
    "relay-open",
    "battery-low",
    "says-nothing",
];

fn check_beyond(tables: &Tables) -> Checked {
    let file = &tables.beyond;
    if file.rows.len() != BEYOND.len() {
        return Err(format!(
            "data/beyond.toml:1: the advice is: {}",
            BEYOND.join(", ")
        ));
    }
    for row in &file.rows {
        word(file, &row.slug, BEYOND.into_iter())?;
    }
    check_advice(tables, file)
}

/// A condition of ours never takes the slug of a code.
fn check_conditions(tables: &Tables) -> Checked {
    let file = &tables.conditions;
    for row in &file.rows {
        let slug = row.slug.get_ref();
        if tables.ami.rows.iter().any(|ami| ami.slug.get_ref() == slug) {
            return Err(file.at(&row.slug, format!("{slug} is the slug of a code")));
        }
    }
    check_advice(tables, file)
}

/// One row for each listed code. Which words `only` may hold is the commands' business: their
/// reader's test compares them.
fn check_closing(tables: &Tables) -> Checked {
    let file = &tables.closing;
    once(file, file.rows.iter().map(|row| &row.ami))?;
    for row in &file.rows {
        listed(tables, file, &row.ami)?;
        word(file, &row.may, May::ALL.iter().map(|w| w.word()))?;
        if row.may.get_ref() != May::No.word()
            && let Some(kind) = row.only.first()
        {
            return Err(file.at(kind, "only a row that says no has exceptions"));
        }
    }
    texts(file, file.rows.iter().map(|row| &row.why))?;
    let has_row = |ami: u16| file.rows.iter().any(|row| *row.ami.get_ref() == ami);
    match tables
        .ami
        .rows
        .iter()
        .find(|row| !has_row(*row.ami.get_ref()))
    {
        Some(missing) => Err(format!(
            "data/closing.toml:1: {} is listed and has no row: say whether the relay may close",
            missing.ami.get_ref()
        )),
        None => Ok(()),
    }
}

fn check_advice(tables: &Tables, file: &File<Vec<Beyond>>) -> Checked {
    once(file, file.rows.iter().map(|row| &row.slug))?;
    for row in &file.rows {
        word(file, &row.class, Class::ALL.iter().map(|w| w.word()))?;
        word(file, &row.supply, Supply::ALL.iter().map(|w| w.word()))?;
        word(file, &row.severity, Severity::ALL.iter().map(|w| w.word()))?;
        word(file, &row.decision, Decision::ALL.iter().map(|w| w.word()))?;
        word(file, &row.owner, Owner::ALL.iter().map(|w| w.word()))?;
        references(file, &row.steps, "step", |slug| {
            tables.steps.rows.iter().any(|s| s.slug.get_ref() == slug)
        })?;
        texts(file, row.postpaid.iter().chain([&row.name, &row.action]))?;
    }
    Ok(())
}

fn check_words(file: &File<Vec<Ami>>, row: &Ami) -> Checked {
    word(file, &row.class, Class::ALL.iter().map(|w| w.word()))?;
    word(file, &row.supply, Supply::ALL.iter().map(|w| w.word()))?;
    word(file, &row.severity, Severity::ALL.iter().map(|w| w.word()))?;
    word(file, &row.decision, Decision::ALL.iter().map(|w| w.word()))?;
    word(file, &row.owner, Owner::ALL.iter().map(|w| w.word()))?;
    word(file, &row.source, Source::ALL.iter().map(|w| w.word()))?;
    for event in &row.iec {
        word(file, &event.role, ["start", "clear"].into_iter())?;
        word(
            file,
            &event.confidence,
            Confidence::ALL.iter().map(|w| w.word()),
        )?;
        if event
            .code
            .get_ref()
            .split('.')
            .filter(|part| part.parse::<u16>().is_ok())
            .count()
            != 4
        {
            return Err(file.at(
                &event.code,
                "an end-device event has four numbers: type.domain.subdomain.event",
            ));
        }
    }
    Ok(())
}

fn check_short(tables: &Tables) -> Checked {
    let file = &tables.short;
    once(file, file.rows.iter().map(|row| &row.slug))?;
    let mut seen = HashSet::new();
    for row in &file.rows {
        for code in *row.from.get_ref()..=row.through.unwrap_or(*row.from.get_ref()) {
            if code > 99 || !seen.insert(code) {
                return Err(file.at(
                    &row.from,
                    format!("keypad code {code} is above 99 or said twice"),
                ));
            }
        }
        word(file, &row.kind, Kind::ALL.iter().map(|w| w.word()))?;
        word(
            file,
            &row.obis.confidence,
            Confidence::ALL.iter().map(|w| w.word()),
        )?;
        if row
            .obis
            .code
            .get_ref()
            .split('.')
            .filter(|part| part.parse::<u8>().is_ok())
            .count()
            != 6
        {
            return Err(file.at(&row.obis.code, "an OBIS code has six numbers of one byte"));
        }
        texts(file, [&row.name])?;
    }
    Ok(())
}

fn check_wire(tables: &Tables) -> Checked {
    let file = &tables.wire;
    once(file, file.rows.iter().map(|row| &row.wire))?;
    for ami in file.rows.iter().flat_map(|row| &row.ami) {
        listed(tables, file, ami)?;
    }
    for ami in tables.rulings.rows.iter().flat_map(|row| &row.codes) {
        listed(tables, &tables.rulings, ami)?;
    }
    Ok(())
}

fn check_steps(tables: &Tables) -> Checked {
    let file = &tables.steps;
    once(file, file.rows.iter().map(|row| &row.slug))?;
    for text in file.rows.iter().flat_map(|row| [&row.en, &row.fr]) {
        plain(file, text)?;
    }
    texts(
        &tables.rulings,
        tables
            .rulings
            .rows
            .iter()
            .flat_map(|row| [&row.matter, &row.rule]),
    )?;
    texts(&tables.safety, &tables.safety.rows)
}

fn check_notes(tables: &Tables) -> Checked {
    let file = &tables.notes;
    for note in &file.rows {
        word(file, &note.part, ["key-notes", "quick-guide"].into_iter())?;
        references(file, &note.rulings, "ruling", |slug| {
            tables.rulings.rows.iter().any(|r| r.slug.get_ref() == slug)
        })?;
    }
    Ok(())
}

fn listed<T>(tables: &Tables, file: &File<T>, ami: &Spanned<u16>) -> Checked {
    if tables
        .ami
        .rows
        .iter()
        .any(|row| row.ami.get_ref() == ami.get_ref())
    {
        return Ok(());
    }
    Err(file.at(ami, format!("{} is not a listed AMI code", ami.get_ref())))
}

fn once<'a, T, V: Eq + Hash + std::fmt::Display + 'a>(
    file: &File<T>,
    values: impl Iterator<Item = &'a Spanned<V>>,
) -> Checked {
    let mut seen = HashSet::new();
    for value in values {
        if !seen.insert(value.get_ref()) {
            return Err(file.at(value, format!("{} is said twice", value.get_ref())));
        }
    }
    Ok(())
}

fn word<'a, T>(
    file: &File<T>,
    found: &Spanned<String>,
    allowed: impl Iterator<Item = &'a str>,
) -> Checked {
    let allowed: Vec<_> = allowed.collect();
    if allowed.contains(&found.get_ref().as_str()) {
        return Ok(());
    }
    Err(file.at(
        found,
        format!(
            "\"{}\" is not one of: {}",
            found.get_ref(),
            allowed.join(", ")
        ),
    ))
}

fn references<T>(
    file: &File<T>,
    slugs: &[Spanned<String>],
    what: &str,
    exists: impl Fn(&str) -> bool,
) -> Checked {
    match slugs.iter().find(|slug| !exists(slug.get_ref())) {
        Some(missing) => Err(file.at(
            missing,
            format!("there is no {what} called {}", missing.get_ref()),
        )),
        None => Ok(()),
    }
}

fn texts<'a, T>(file: &File<T>, texts: impl IntoIterator<Item = &'a Text>) -> Checked {
    texts
        .into_iter()
        .flat_map(|text| [&text.en, &text.fr])
        .try_for_each(|text| plain(file, text))
}

/// Our own sentences: not empty, no secret, no dash that a plain terminal cannot show.
fn plain<T>(file: &File<T>, text: &Spanned<String>) -> Checked {
    let said = text.get_ref();
    if said.trim().is_empty() {
        return Err(file.at(text, "a text is empty"));
    }
    if said.contains(SECRET) {
        return Err(file.at(
            text,
            "the default commissioning code stands in the guide's text only",
        ));
    }
    if said.contains(['\u{2014}', '\u{2013}']) {
        return Err(file.at(text, "our own words use plain dashes"));
    }
    Ok(())
}
