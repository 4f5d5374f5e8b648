//! The summary on standard error: how many of what, by owner, and what was noticed.

use catalogue::{Decision, Lang};
use sheets::Summary;
use std::path::Path;

pub(super) fn text(summary: &Summary, input: &str, output: Option<&Path>, lang: Lang) -> String {
    let (row, rows, errors, warnings) = match lang {
        Lang::En => ("row", "rows", "with an error", "with a warning"),
        Lang::Fr => (
            "ligne",
            "lignes",
            "avec une erreur",
            "avec un avertissement",
        ),
    };
    let rows = if summary.rows == 1 { row } else { rows };
    let mut out = format!("{input}: {} {rows}", summary.rows);
    let counts = [
        (Decision::Fine, summary.fine),
        (Decision::Ignore, summary.ignore),
        (Decision::Office, summary.office),
        (Decision::Visit, summary.visit),
        (Decision::Unlisted, summary.unlisted),
    ];
    for (decision, count) in counts {
        out += &format!(", {count} {}", decision.label(lang));
    }
    out += &format!(
        "; {} {errors}, {} {warnings}\n",
        summary.errors, summary.warnings
    );
    let owners: Vec<String> = summary
        .by_owner()
        .map(|(owner, count)| format!("{} {count}", owner.label(lang)))
        .collect();
    if !owners.is_empty() {
        out += &format!("  {}\n", owners.join(", "));
    }
    for notice in notices(summary, lang) {
        out += &format!("  {notice}\n");
    }
    if let Some(path) = output {
        out += &format!("  -> {}\n", path.display());
    }
    out
}

/// What a person should know of the input as a whole.
fn notices(summary: &Summary, lang: Lang) -> Vec<String> {
    let mut notices = Vec::new();
    let fr = lang == Lang::Fr;
    if summary.rows == 0 {
        notices.push(
            if fr {
                "aucune ligne"
            } else {
                "there was no row in it"
            }
            .to_owned(),
        );
    }
    if summary.not_utf8 > 0 {
        let said = if fr {
            "lignes lues en Windows-1252, faute d'UTF-8"
        } else {
            "rows were not UTF-8 and were read as Windows-1252"
        };
        notices.push(format!("{} {said}", summary.not_utf8));
    }
    if summary.blank_lines > 0 {
        let said = if fr { "lignes vides" } else { "blank lines" };
        notices.push(format!("{} {said}", summary.blank_lines));
    }
    if !summary.replaced.is_empty() {
        let said = if fr {
            "colonnes d'un tri précédent remplacées"
        } else {
            "columns of an earlier triage were replaced"
        };
        notices.push(format!("{said}: {}", summary.replaced.join(", ")));
    }
    for (from, to) in &summary.renamed {
        let said = if fr {
            "colonne renommée"
        } else {
            "column renamed"
        };
        notices.push(format!("{said}: {from} -> {to}"));
    }
    notices
}
