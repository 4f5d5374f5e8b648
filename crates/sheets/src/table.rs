//! The way through the room: tell what came in, then read it as what it is.

use crate::crew;
use crate::cutter::Cutter;
use crate::error::SheetError;
use crate::header::Plan;
use crate::options::Options;
use crate::page::{Columns, Output};
use crate::saved;
use crate::sniff::{self, Kind};
use crate::source::{Counted, Source};
use crate::summary::{Input, Summary};
use crate::utf16::Utf16;
use crate::workbook;
use std::io::{Read, Write};

/// Reads a table, a workbook or a saved answer and writes every row back, in order, with its
/// verdict. `progress` hears how many bytes were read so far.
///
/// Memory is constant for CSV and saved answers; a workbook is held whole. A row that cannot be
/// read is no error here: it comes out with its reason and is counted.
pub fn triage<'i>(
    input: impl Read + Send + 'i,
    output: impl Write,
    options: &Options,
    progress: &'i (dyn Fn(u64) + Sync),
) -> Result<Summary, SheetError> {
    let block = options.pace.block;
    let mut source = Source::new(Counted::new(input, progress), block);
    match sniff::kind(source.look().map_err(SheetError::reading)?)? {
        Kind::Workbook => {
            let sheet = workbook::read(source.into_reader())?;
            let source = Source::new(sheet, block);
            table(source, output, options, Summary::of(Input::Workbook))
        }
        Kind::Utf16(encoding) => {
            let decoded = Utf16::new(source.into_reader(), encoding);
            let mut source = Source::new(decoded, block);
            match sniff::kind(source.look().map_err(SheetError::reading)?)? {
                Kind::Text(_) => text(source, output, options),
                Kind::Workbook | Kind::Utf16(_) => Err(SheetError::NotATable),
            }
        }
        Kind::Text(bom) => {
            source.skip(bom);
            text(source, output, options)
        }
    }
}

fn text(source: Source, output: impl Write, options: &Options) -> Result<Summary, SheetError> {
    if sniff::is_json(&source.held) {
        saved::triage(source, output, options)
    } else {
        table(source, output, options, Summary::of(Input::Table))
    }
}

fn table(
    mut source: Source,
    output: impl Write,
    options: &Options,
    mut summary: Summary,
) -> Result<Summary, SheetError> {
    let plan = Plan::read(&mut source, options, &mut summary)?;
    let names = plan.kept.iter().map(|(_, name)| name.clone()).collect();
    let columns = Columns::new(names, options);
    let mut output = Output::begin(output, &columns, &[])?;
    let cutter = Cutter::new(source, plan.dialect, plan.line);
    crew::run(cutter, &plan, &columns, &mut output, &mut summary)?;
    output.end()?;
    Ok(summary)
}
