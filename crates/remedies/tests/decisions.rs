//! The decision tables of `decisions.toml`, row by row, and that nothing goes without a row.

mod support;

use catalogue::Lang;
use remedies::{CHECKS, Outcome, Proof, Rules, Wanted, check, darkens, proof, proof_slugs};
use serde::Deserialize;
use std::collections::BTreeSet;
use support::Known;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    check: Vec<CheckRow>,
    darkens: Vec<DarkensRow>,
    proof: Vec<ProofRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckRow {
    name: String,
    kind: String,
    #[serde(default)]
    args: toml::Table,
    #[serde(default)]
    known: Known,
    lines: Vec<String>,
    outcome: String,
    /// What is wanted, where the outcome is that.
    #[serde(default)]
    wants: Vec<String>,
    /// The whole sentence of the first line.
    en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DarkensRow {
    name: String,
    kind: String,
    #[serde(default)]
    args: toml::Table,
    #[serde(default)]
    known: Known,
    /// Why; empty where it does not.
    because: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofRow {
    name: String,
    kind: String,
    #[serde(default)]
    args: toml::Table,
    #[serde(default)]
    before: Known,
    #[serde(default)]
    after: Known,
    #[serde(default)]
    polarity_confirmed: bool,
    proves: String,
    sign: String,
}

fn tables() -> Tables {
    toml::from_str(include_str!("decisions.toml")).expect("the tables read")
}

fn wish(name: &str, kind: &str, args: &toml::Table) -> Wanted {
    support::wanted(kind, args).unwrap_or_else(|unfit| panic!("{name}: {unfit}"))
}

fn proved(row: &ProofRow) -> Proof {
    let wanted = wish(&row.name, &row.kind, &row.args);
    let (before, after) = (row.before.facts(), row.after.facts());
    proof(&wanted, &before, &after, row.polarity_confirmed)
}

/// Both languages say something whole.
fn is_whole(name: &str, sentence: &remedies::Sentence) {
    for lang in [Lang::En, Lang::Fr] {
        let said = sentence.say(lang);
        let whole = said.ends_with('.') && !said.contains(['{', '}', '?']);
        assert!(whole, "{name}: {said}");
    }
    assert_ne!(sentence.say(Lang::En), sentence.say(Lang::Fr), "{name}");
}

#[test]
fn every_row_of_the_checks_holds() {
    for row in tables().check {
        let name = &row.name;
        let wanted = wish(name, &row.kind, &row.args);
        let checked = check(&wanted, &row.known.facts(), &Rules::default());
        let lines: Vec<_> = checked.lines.iter().map(|line| line.slug).collect();
        assert_eq!(lines, row.lines, "{name}");
        let (word, wants) = match &checked.outcome {
            Outcome::Pass => ("pass", vec![]),
            Outcome::No => ("no", vec![]),
            Outcome::Wants(items) => ("wants", items.iter().map(|item| item.word()).collect()),
        };
        assert_eq!(word, row.outcome, "{name}");
        assert_eq!(wants, row.wants, "{name}");
        for line in &checked.lines {
            is_whole(name, &line.sentence);
        }
        if let Some(en) = &row.en {
            assert_eq!(checked.lines[0].sentence.say(Lang::En), en, "{name}");
        }
    }
}

#[test]
fn every_row_of_what_darkens_holds() {
    for row in tables().darkens {
        let wanted = wish(&row.name, &row.kind, &row.args);
        let found = darkens(&wanted, &row.known.facts());
        let slug = found.as_ref().map_or("", |found| found.sentence.slug);
        assert_eq!(slug, row.because, "{}", row.name);
        if let Some(found) = found {
            is_whole(&row.name, &found.sentence);
        }
    }
}

#[test]
fn every_row_of_the_proofs_holds() {
    for row in tables().proof {
        let found = proved(&row);
        let said = (found.word(), found.sentence().slug);
        assert_eq!(
            said,
            (row.proves.as_str(), row.sign.as_str()),
            "{}",
            row.name
        );
        is_whole(&row.name, found.sentence());
    }
}

#[test]
fn every_check_has_a_row() {
    let seen: BTreeSet<_> = tables()
        .check
        .into_iter()
        .flat_map(|row| row.lines)
        .collect();
    let silent: Vec<_> = CHECKS
        .iter()
        .map(|check| check.slug)
        .filter(|slug| !seen.contains(*slug))
        .collect();
    assert_eq!(silent, Vec::<&str>::new());
}

#[test]
fn every_sign_has_a_row_in_each_table_where_it_stands() {
    let rows = tables().proof;
    for row in &rows {
        let wanted = wish(&row.name, &row.kind, &row.args);
        let alike: BTreeSet<_> = rows
            .iter()
            .filter(|other| signs(other) == signs(row))
            .map(|other| other.sign.as_str())
            .collect();
        let silent: Vec<_> = proof_slugs(&wanted)
            .filter(|slug| !alike.contains(slug))
            .collect();
        assert_eq!(silent, Vec::<&str>::new(), "{}", row.kind);
    }
    // and every kind of act is proved somewhere
    let kinds: BTreeSet<_> = rows.iter().map(|row| row.kind.as_str()).collect();
    let missing: Vec<_> = commands::Kind::all()
        .map(commands::Kind::word)
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

fn signs(row: &ProofRow) -> Vec<&'static str> {
    proof_slugs(&wish(&row.name, &row.kind, &row.args)).collect()
}
