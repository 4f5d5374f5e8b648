//! `calinmeter hes check` and `calinmeter hes import`.

use crate::Ended;
use crate::args::desk::{Hes, HesCheck, HesImport};
use crate::end::{End, print};
use crate::file;
use crate::run::{iso, to_the_end};
use crate::setup::Setup;
use anyhow::{Context, bail};
use asking::{Exchange, HeadEnd};
use hes::CheckReport;
use serde_json::{Value, json};
use settings::HeadEnd as Configured;
use std::path::Path;

/// `calinmeter hes ...`.
pub(crate) fn run(args: &Hes, config: Option<&Path>) -> Ended {
    match args {
        Hes::Check(args) => check(args, &Setup::read(config)?),
        Hes::Import(args) => import(args),
    }
}

fn check(args: &HesCheck, setup: &Setup) -> Ended {
    let all = &setup.settings.head_ends;
    let wanted = |one: &&Configured| args.name.as_ref().is_none_or(|name| *name == one.name);
    let chosen: Vec<&Configured> = all.iter().filter(wanted).collect();
    if chosen.is_empty() {
        let known: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        match &args.name {
            Some(name) => bail!(
                "the configuration has no head-end {name}; it has: {}",
                known.join(", ")
            ),
            None => bail!(
                "the configuration names no head-end: add a [[head_end]] to calinmeter.toml \
                 (calinmeter config prints one)"
            ),
        }
    }
    to_the_end(async {
        let mut reports = Vec::new();
        let mut exchanges = Vec::new();
        for one in chosen {
            let head_end = hes::connect(setup.deployment(one)?)?;
            reports.push(hes::check(head_end.as_ref()).await);
            exchanges.extend(recorded(head_end.as_ref()));
        }
        if let Some(path) = &args.record {
            let text =
                serde_json::to_string_pretty(&exchanges).context("the record is not JSON")?;
            file::write(path, text.as_bytes())?;
        }
        if args.json {
            let text = serde_json::to_string_pretty(&reports).context("the report is not JSON")?;
            print(&(text + "\n"))?;
        } else {
            let texts: Vec<String> = reports.iter().map(text).collect();
            print(&texts.join("\n"))?;
        }
        let answers = reports.iter().all(CheckReport::answers);
        Ok(if answers { End::Done } else { End::Partly })
    })
}

fn recorded(head_end: &dyn HeadEnd) -> Vec<Value> {
    let one = |exchange: &Exchange| {
        json!({
            "head_end": head_end.name(),
            "at": iso(exchange.at),
            "path": exchange.path,
            "sent": exchange.sent,
            "status": exchange.status,
            "came": exchange.came,
            "took_ms": exchange.took,
        })
    };
    head_end.exchanges().iter().map(one).collect()
}

fn text(report: &CheckReport) -> String {
    let mut out = format!("{}\n", report.head_end);
    for tried in &report.tried {
        let total = tried.total.map(|total| format!(", {total} in all"));
        let total = total.unwrap_or_default();
        out += &format!(
            "   {:<9} {:<12} {}{total}\n",
            tried.what, tried.outcome, tried.says
        );
    }
    if report.items.is_empty() {
        out += "   It can be asked for nothing.\n";
    } else {
        out += &format!("   It can be asked for: {}\n", report.items.join(", "));
    }
    for missing in &report.missing {
        let keypad = missing.keypad.as_ref();
        let keypad = keypad.map(|code| format!(" Keypad code {code} tells it at the meter."));
        out += &format!(
            "   missing   {}: {}. To mend it, {}.{}\n",
            missing.need,
            missing.costs,
            missing.mend,
            keypad.unwrap_or_default()
        );
    }
    out
}

fn import(args: &HesImport) -> Ended {
    let path = &args.file;
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    let draft = hes::postman::read(&text)
        .with_context(|| format!("{} is not a collection that can be used", path.display()))?;
    print(&draft.toml())?;
    Ok(End::Done)
}
