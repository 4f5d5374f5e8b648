//! `calinmeter meter import-status` and `calinmeter meter status`: statuses that no head-end brings.

use super::{import, number};
use crate::args::desk::{MeterImportStatus, MeterStatus};
use crate::end::{End, print};
use crate::run::{clock, open_store, to_the_end, typed_moment};
use crate::setup::Setup;
use crate::{Ended, identity, progress};
use anyhow::{Context, bail};
use catalogue::Lang;
use desk::import::StatusLine;
use desk::{Arrived, Intake, Typed};
use fleet::Moment;
use people::Verb;
use serde_json::json;
use store::Store;

/// How many rows are kept and judged at once.
const BATCH: usize = 500;
/// How many unread rows are shown before the rest is counted.
const SHOWN: usize = 20;

async fn intake(setup: &Setup, store: Store) -> anyhow::Result<Intake> {
    Ok(Intake::open(store, clock(), setup.case_rules(), setup.reading()).await?)
}

pub(super) fn import(args: &MeterImportStatus, setup: &Setup) -> Ended {
    let reading = match &args.head_end {
        None => answers::Settings::default(),
        Some(name) => match setup.reading().remove(name) {
            Some(reading) => reading,
            None => bail!("the configuration has no head-end {name}"),
        },
    };
    let input = import::open(&args.file)?;
    let lines = desk::import::statuses(input, &reading)
        .with_context(|| format!("{} cannot be taken in", args.file.display()))?;
    to_the_end(async {
        let store = open_store(setup).await?;
        identity::allow(setup, &store, Verb::Register).await?;
        let intake = intake(setup, store).await?;
        let now = intake.clock().now();
        let zone = setup.settings.site_defaults.zone.as_str();
        let bar = progress::rows();
        for batch in lines.chunks(BATCH) {
            let arrived = batch.iter().map(|line| arrived(line, args, zone, now));
            intake.take(arrived.collect()).await?;
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        print(&said(&lines, args.json))?;
        let whole = lines.iter().all(|line| line.problem.is_none());
        Ok(if whole { End::Done } else { End::Partly })
    })
}

/// The row as an answer: at its own time where it has one that lies in the past.
fn arrived(line: &StatusLine, args: &MeterImportStatus, zone: &str, now: Moment) -> Arrived {
    let at = line.moment(zone).filter(|at| *at <= now).unwrap_or(now);
    let mut answer = line.answer(at);
    if let Some(name) = &args.head_end {
        answer.source.clone_from(name);
    }
    Arrived {
        answer,
        request: None,
        asked_at: None,
    }
}

fn said(lines: &[StatusLine], as_json: bool) -> String {
    let unread: Vec<(&StatusLine, &String)> = lines
        .iter()
        .filter_map(|line| Some((line, line.problem.as_ref()?)))
        .collect();
    if as_json {
        let problems: Vec<_> = unread
            .iter()
            .map(|(line, why)| json!({ "row": line.row, "why": why }))
            .collect();
        let document = json!({
            "rows": lines.len(),
            "read": lines.len() - unread.len(),
            "unread": problems,
        });
        return format!("{document:#}\n");
    }
    let mut out = format!(
        "{} rows are kept, {} of them could be read: calinmeter worklist shows what is to be done.\n",
        lines.len(),
        lines.len() - unread.len()
    );
    for (line, why) in unread.iter().take(SHOWN) {
        out += &format!("row {}: {why}\n", line.row);
    }
    if unread.len() > SHOWN {
        out += &format!("and {} more\n", unread.len() - SHOWN);
    }
    out
}

pub(super) fn typed(args: &MeterStatus, setup: &Setup, lang: Lang) -> Ended {
    let meter = number(&args.meter)?;
    if let Some(warning) = meter.check().warning() {
        eprintln!("calinmeter: meter {meter}: {warning}");
    }
    if let Err(unread) = answers::read_status(&args.status, answers::StatusFamily::Unconfirmed) {
        bail!("\"{}\" is no status: {unread}", args.status);
    }
    to_the_end(async {
        let store = open_store(setup).await?;
        identity::allow(setup, &store, Verb::Read).await?;
        let intake = intake(setup, store).await?;
        let now = intake.clock().now();
        let at = match &args.at {
            Some(text) => typed_moment(text)?,
            None => now,
        };
        if at > now {
            bail!("the time of the reading lies in the future: compare the clock");
        }
        let typed = Typed {
            meter: meter.clone(),
            status: args.status.clone(),
            reader: args.reader.clone(),
            at,
        };
        intake.typed(typed).await?;
        let known = intake.store().known(std::slice::from_ref(&meter)).await?;
        let text = known
            .first()
            .map(|known| super::show::text(known, lang, now));
        print(&text.unwrap_or_default())?;
        Ok(End::Done)
    })
}
