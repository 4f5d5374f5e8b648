//! Which meters a wish is for.

use crate::args::command::Ask;
use anyhow::{Context, bail};
use fleet::MeterNumber;
use std::fs::File;
use std::io::Read;
use std::path::Path;

const COLUMN: &str = "meter";

/// The meters that were named, and those of the table, in that order.
pub(super) fn of(ask: &Ask) -> anyhow::Result<Vec<MeterNumber>> {
    let mut meters = Vec::new();
    for text in &ask.meters {
        meters.push(number(text)?);
    }
    if let Some(table) = &ask.table {
        let shown = table.display();
        let read = of_table(table).with_context(|| format!("{shown} cannot be used"))?;
        if read.is_empty() {
            bail!("{shown} has no meters");
        }
        meters.extend(read);
    }
    Ok(meters)
}

fn of_table(path: &Path) -> anyhow::Result<Vec<MeterNumber>> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).context("it cannot be read")?)
    };
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let heads = table.headers().context("its first line cannot be read")?;
    let is_meter = |head: &str| {
        let head = head.trim_start_matches('\u{feff}').trim();
        head.eq_ignore_ascii_case(COLUMN)
    };
    let Some(place) = heads.iter().position(is_meter) else {
        bail!("it has no column meter: name it so in the first line, with commas between columns");
    };
    let mut meters = Vec::new();
    for (row, cells) in (2..).zip(table.records()) {
        let cells = cells.with_context(|| format!("row {row} cannot be read"))?;
        let cell = cells.get(place).unwrap_or_default().trim();
        meters.push(number(cell).with_context(|| format!("row {row} cannot be used"))?);
    }
    Ok(meters)
}

fn number(text: &str) -> anyhow::Result<MeterNumber> {
    MeterNumber::parse(text).with_context(|| format!("\"{text}\" is no meter number"))
}
