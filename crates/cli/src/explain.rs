//! `explain`: forgiving input, exact output.

mod json;
mod person;
mod words;

use crate::Ended;
use crate::args;
use crate::end::{End, print};
use answers::{Item, Reading};
use anyhow::Context;
use catalogue::Lang;
use std::io::Read;
use triage::{Evidence, Verdict, judge};

/// The most that is read from standard input: a paste, not a file for `triage`.
const MAX_PASTE: u64 = 16 << 20;

/// An item with one of its readings.
pub(crate) struct Explained<'a> {
    pub(crate) item: &'a Item,
    pub(crate) reading: Reading,
    /// Nothing for a keypad code: it is a question, not an answer.
    pub(crate) verdict: Option<Verdict>,
}

pub(crate) fn run(args: &args::Explain, lang: Lang) -> Ended {
    let mut items = Vec::new();
    for text in &args.texts {
        match text.as_str() {
            "-" => items.extend(answers::read(&standard_input()?)),
            text => items.extend(answers::read(text)),
        }
    }
    let read = items.iter().filter(|item| item.readings.is_ok()).count();
    if args.json {
        print(&json::document(&items, lang)?)?;
    } else {
        print(&person::pages(&items, lang))?;
        for item in &items {
            if let Err(why) = &item.readings {
                eprintln!("calinmeter: {}", why.say(lang));
            }
        }
    }
    Ok(if read == 0 { End::Partly } else { End::Done })
}

/// Every reading of an item with its verdict, before any evidence.
pub(crate) fn readings(item: &Item) -> impl Iterator<Item = Explained<'_>> {
    let readings = item.readings.as_deref().unwrap_or_default();
    readings.iter().map(|reading| Explained {
        item,
        reading: *reading,
        verdict: reading
            .number
            .said()
            .map(|said| judge(said, &Evidence::default())),
    })
}

/// What it means, sentence by sentence. Of a wire status that stands for several rows not told
/// apart, only what all of them say.
pub(crate) fn postpaid(verdict: &Verdict) -> Vec<catalogue::Text> {
    let rows: Vec<_> = several(verdict)
        .iter()
        .filter_map(|code| catalogue::ami(*code))
        .collect();
    let shared =
        |text: &&catalogue::Text| rows.iter().all(|row| row.advice.postpaid.contains(text));
    verdict
        .advice
        .postpaid
        .iter()
        .filter(shared)
        .copied()
        .collect()
}

/// The codes that a wire status does not tell apart; empty where there is one row or none.
pub(crate) fn several(verdict: &Verdict) -> &'static [fleet::AmiCode] {
    match verdict.said {
        triage::Said::Wire(status) => catalogue::wire(status)
            .map(|row| row.ami)
            .filter(|codes| codes.len() > 1)
            .unwrap_or_default(),
        _ => &[],
    }
}

fn standard_input() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(MAX_PASTE + 1)
        .read_to_end(&mut bytes);
    read.context("standard input could not be read")?;
    if bytes.len() as u64 > MAX_PASTE {
        anyhow::bail!(
            "standard input holds more than 16 MiB: give whole files to `calinmeter triage`"
        );
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
