//! `calinmeter meter import` and `calinmeter meter undo`.

use crate::Ended;
use crate::args::desk::{MeterImport, MeterUndo};
use crate::end::{End, print};
use crate::file;
use crate::grid::aligned;
use crate::identity::{self, acting};
use crate::run::{clock, iso, open_store, to_the_end};
use crate::setup::Setup;
use anyhow::{Context, bail};
use desk::import::{Applied, Defaults, Draft, Mode, Remark};
use people::Verb;
use serde_json::json;
use std::io::Read;
use std::path::Path;
use store::{ImportId, ImportReport, NewImport, Store};

/// Who takes meters in while there are no users.
const NOBODY: &str = "command line";
/// How many remarks are shown before the rest is counted.
const SHOWN: usize = 20;
/// Rows a page of a head-end's list.
const PAGE: u32 = 500;

pub(super) fn run(args: &MeterImport, setup: &Setup) -> Ended {
    to_the_end(async {
        let store = open_store(setup).await?;
        let (draft, source) = match (&args.from_head_end, &args.file) {
            (Some(name), _) => (listed(name, setup).await?, name.clone()),
            (None, Some(path)) => (read(path, setup)?, path.display().to_string()),
            (None, None) => bail!("name a file, or a head-end with --from-head-end"),
        };
        let report = desk::import::preview(&store, &draft).await?;
        let applied = if args.dry_run {
            None
        } else {
            let (who, _) = acting(setup, &store, Verb::Register, Some(NOBODY)).await?;
            Some(apply(&store, &draft, source, who, args.row_wise).await?)
        };
        if let Some(path) = &args.result {
            file::write(path, draft.outcomes(applied.as_ref()).as_bytes())?;
        }
        let text = if args.json {
            document(&draft, &report, applied.as_ref())
        } else {
            said(&draft, &report, applied.as_ref(), args)
        };
        print(&text)?;
        let kept = applied.as_ref().is_none_or(|done| done.import.is_some());
        let whole = draft.errors.is_empty() && kept;
        Ok(if whole { End::Done } else { End::Partly })
    })
}

fn read(path: &Path, setup: &Setup) -> anyhow::Result<Draft> {
    let defaults = Defaults {
        // where there is one head-end only, every meter is behind it
        head_end: match setup.settings.head_ends.as_slice() {
            [only] => Some(only.name.clone()),
            _ => None,
        },
    };
    let input = open(path)?;
    desk::import::read(input, &defaults)
        .with_context(|| format!("{} cannot be taken in", path.display()))
}

/// What a head-end lists, as the rows of a draft.
async fn listed(name: &str, setup: &Setup) -> anyhow::Result<Draft> {
    let found = setup
        .settings
        .head_ends
        .iter()
        .find(|one| one.name == *name);
    let Some(found) = found else {
        bail!("the configuration has no head-end {name}");
    };
    let head_end = hes::connect(setup.deployment(found)?)?;
    let bar = crate::progress::rows();
    let mut progress = |page: desk::import::PageRead<'_>| {
        bar.set_message(page.list);
        bar.inc(page.rows as u64);
    };
    let now = clock().now();
    let listed = desk::import::from_head_end(head_end.as_ref(), PAGE, now, &mut progress).await;
    bar.finish_and_clear();
    let errors = listed.problems.into_iter().map(|why| Remark {
        row: 0,
        column: "",
        value: String::new(),
        why,
    });
    Ok(Draft {
        rows: (1..)
            .zip(listed.rows.into_iter().map(|row| vec![row]))
            .collect(),
        errors: errors.collect(),
        ..Draft::default()
    })
}

async fn apply(
    store: &Store,
    draft: &Draft,
    source: String,
    who: String,
    row_wise: bool,
) -> anyhow::Result<Applied> {
    let import = NewImport {
        source,
        who,
        at: clock().now(),
    };
    let mode = if row_wise || draft.errors.iter().all(|error| error.row == 0) {
        Mode::RowWise
    } else {
        Mode::AllOrNothing
    };
    Ok(desk::import::apply(store, draft, &import, mode).await?)
}

fn said(
    draft: &Draft,
    report: &ImportReport,
    applied: Option<&Applied>,
    args: &MeterImport,
) -> String {
    let mut out = remarks("error", &draft.errors) + &remarks("warning", &draft.warnings);
    if !draft.ignored.is_empty() {
        out += &format!("columns that are not used: {}\n", draft.ignored.join(", "));
    }
    let ImportReport { new, changed, same } = report;
    let counted = format!("{new} new, {changed} changed, {same} as they were");
    let errors = draft.errors.len();
    out += &match applied {
        None => format!("Nothing was changed. It would be: {counted}; {errors} error(s).\n"),
        Some(Applied {
            import: Some(id), ..
        }) => format!(
            "Taken in as import {}: {counted}; {errors} error(s). calinmeter meter undo {} takes \
             it back.\n",
            id.0, id.0
        ),
        Some(_) if draft.rows.is_empty() => {
            "Nothing was taken in: no row could be read.\n".to_owned()
        }
        Some(_) => format!(
            "Nothing was taken in, for {errors} row(s) have errors: mend them, or take the good \
             rows with --row-wise{}.\n",
            if args.result.is_some() {
                ""
            } else {
                " (--result FILE lists every row)"
            }
        ),
    };
    out
}

fn remarks(what: &str, remarks: &[Remark]) -> String {
    let line = |one: &Remark| match one.row {
        0 => format!("{what}: {}\n", one.why),
        row => {
            let column = if one.column.is_empty() {
                String::new()
            } else {
                format!(", {}", one.column)
            };
            format!("row {row}{column}: {what}: {}\n", one.why)
        }
    };
    let mut out: String = remarks.iter().take(SHOWN).map(line).collect();
    if let Some(more) = remarks.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        out += &format!("and {more} more {what}(s)\n");
    }
    out
}

fn document(draft: &Draft, report: &ImportReport, applied: Option<&Applied>) -> String {
    let list = |remarks: &[Remark]| -> Vec<serde_json::Value> {
        let one = |one: &Remark| json!({ "row": one.row, "column": one.column, "value": one.value, "why": one.why });
        remarks.iter().map(one).collect()
    };
    let import = applied.and_then(|applied| applied.import).map(|id| id.0);
    let document = json!({
        "import": import,
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "errors": list(&draft.errors),
        "warnings": list(&draft.warnings),
        "ignored_columns": draft.ignored,
    });
    format!("{document:#}\n")
}

/// Whatever is to be read: a file, or standard input for `-`.
pub(super) fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let file =
        std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    if path.is_dir() {
        bail!("{} is a folder: name a file", path.display());
    }
    Ok(Box::new(file))
}

pub(super) fn undo(args: &MeterUndo, setup: &Setup) -> Ended {
    to_the_end(async {
        let store = open_store(setup).await?;
        let Some(id) = args.import else {
            return list(&store).await;
        };
        identity::allow(setup, &store, Verb::Register).await?;
        let undone = desk::import::undo(&store, ImportId(id), clock().now()).await?;
        let Some(report) = undone else {
            bail!(
                "there is no import {id} that could be taken back: calinmeter meter undo lists them"
            );
        };
        print(&format!(
            "Import {id} is taken back: {} removed, {} changed back, {} left alone because they \
             were changed since.\n",
            report.new, report.changed, report.same
        ))?;
        Ok(End::Done)
    })
}

async fn list(store: &Store) -> Ended {
    let imports = store.imports(20).await?;
    if imports.is_empty() {
        print("Nothing was imported yet.\n")?;
        return Ok(End::Done);
    }
    let lines: Vec<Vec<String>> = imports
        .iter()
        .map(|one| {
            let state = if one.undone_at.is_some() {
                "taken back"
            } else {
                ""
            };
            vec![
                one.id.0.to_string(),
                iso(one.import.at),
                one.import.source.clone(),
                state.to_owned(),
            ]
        })
        .collect();
    print(&aligned(&["IMPORT", "WHEN", "FROM", ""], &lines))?;
    Ok(End::Done)
}
