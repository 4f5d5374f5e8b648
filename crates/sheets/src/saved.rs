//! A head-end's saved answer: each of its rows becomes a row of a table, with all that was received
//! in the column `raw`.

use crate::error::SheetError;
use crate::fields::{phases_word, relay_word};
use crate::header::decode;
use crate::notes::Notes;
use crate::options::{Format, Options};
use crate::page::{Columns, FULL, Output, Page, put_string};
use crate::record::put_cell;
use crate::source::Source;
use crate::summary::{Input, Summary};
use crate::tail::Tail;
use answers::{Piece, Row, RowScanner, read_row};
use std::io::Write;
use triage::judge;

/// What is taken from an answer's row, in order.
const COLUMNS: [&str; 12] = [
    "meter",
    "status",
    "at",
    "power_w",
    "load_limit_w",
    "power_factor",
    "energy_kwh",
    "relay",
    "phases",
    "solar",
    "site",
    "gateway",
];
/// After the verdict: the row as it came.
const RAW: &str = "raw";

/// Triages a saved answer.
pub(crate) fn triage(
    mut source: Source,
    output: impl Write,
    options: &Options,
) -> Result<Summary, SheetError> {
    let columns = Columns::new(COLUMNS.map(str::to_owned).to_vec(), options);
    let mut output = Output::begin(output, &columns, &[RAW])?;
    let mut scribe = Scribe {
        options,
        columns: &columns,
        page: Page::default(),
        counted: Summary::of(Input::Answers),
    };
    let mut scanner = RowScanner::new();
    let mut block = std::mem::take(&mut source.held);
    let mut length = block.len();
    loop {
        scanner.push(&block[..length], &mut |piece| scribe.piece(&piece));
        scribe.hand_over(&mut output, FULL)?;
        if source.ended {
            break;
        }
        let read = source.read_into(&mut block, 0);
        let rows = output.rows();
        length = read.map_err(|source| SheetError::Read { rows, source })?;
    }
    scanner.finish(&mut |piece| scribe.piece(&piece));
    scribe.hand_over(&mut output, 0)?;
    output.end()?;
    Ok(scribe.counted)
}

struct Scribe<'o> {
    options: &'o Options,
    columns: &'o Columns,
    page: Page,
    counted: Summary,
}

impl Scribe<'_> {
    /// Lets the page go out if it is this long.
    fn hand_over<W: Write>(
        &mut self,
        output: &mut Output<W>,
        long: usize,
    ) -> Result<(), SheetError> {
        if self.page.bytes.len() >= long {
            output.put(&self.page)?;
            self.page.bytes.clear();
            self.page.rows = 0;
        }
        Ok(())
    }

    fn piece(&mut self, piece: &Piece) {
        match *piece {
            Piece::Row(bytes) => self.row(bytes),
            Piece::TooLong(start) => self.damaged(
                start,
                "this row is longer than 1 MiB: its first characters are kept",
            ),
            Piece::Broken(start) => self.damaged(
                start,
                "this is not JSON or was cut off: save the answer again",
            ),
        }
    }

    fn row(&mut self, bytes: &[u8]) {
        let row = read_row(bytes, &self.options.settings);
        let cells = cells(&row);
        let own = cells.iter().map(String::as_str);
        self.columns.put_own(&mut self.page.bytes, own);
        let mut notes = Notes::default();
        let tail = match known_meter(&row, &mut notes) {
            Some(()) => verdict(&row, &mut notes, self.options),
            None => Tail::empty(Notes::default(), self.options),
        };
        let raw = compact(bytes);
        // a row that has said something was read as JSON; the others are few
        let json = row.problem.is_none() || serde_json::from_str::<serde_json::Value>(&raw).is_ok();
        self.finish(&tail, &notes, &raw, json);
    }

    fn damaged(&mut self, start: &[u8], error: &str) {
        let own = std::iter::repeat_n("", COLUMNS.len());
        self.columns.put_own(&mut self.page.bytes, own);
        let mut notes = Notes::default();
        notes.error(error);
        let tail = Tail::empty(Notes::default(), self.options);
        self.finish(&tail, &notes, &decode(start), false);
    }

    /// Writes what follows the row's own cells. In JSON the row's raw form is an object again
    /// where it is JSON, else a string.
    fn finish(&mut self, tail: &Tail, notes: &Notes, raw: &str, json: bool) {
        let out = &mut self.page.bytes;
        self.columns.put_tail(out, tail, notes);
        match self.options.format {
            Format::Csv => {
                let delimiter = self.options.delimiter.byte();
                out.push(delimiter);
                put_cell(out, raw, delimiter);
            }
            Format::Json => {
                out.extend_from_slice(b",\"raw\":");
                if json {
                    out.extend_from_slice(raw.as_bytes());
                } else {
                    put_string(out, raw);
                }
            }
        }
        self.columns.end_row(out);
        self.page.rows += 1;
        if let Some((decision, owner)) = tail.counts {
            self.counted.count(decision, owner);
        }
        self.counted.count_row(notes);
    }
}

/// Says what there is to say of the meter; nothing where nobody knows which one it is.
fn known_meter(row: &Row, notes: &mut Notes) -> Option<()> {
    if let Some(problem) = &row.problem {
        notes.error(problem);
        return None;
    }
    notes.meter(row.meter.as_deref().unwrap_or_default())
}

fn verdict(row: &Row, notes: &mut Notes, options: &Options) -> Tail {
    match &row.said {
        Ok(said) => Tail::of(&judge(*said, &row.evidence), Notes::default(), options),
        Err(unread) => {
            notes.error(&unread.say(options.lang));
            Tail::empty(Notes::default(), options)
        }
    }
}

/// The row's own cells, as a table's columns hold them; what is not known stays empty.
fn cells(row: &Row) -> [String; COLUMNS.len()] {
    let evidence = &row.evidence;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let word = |value: Option<&str>| value.unwrap_or_default().to_owned();
    [
        text(&row.meter),
        text(&row.status),
        text(&row.at),
        number(evidence.power.map(|power| power.0)),
        number(evidence.load_limit.map(|limit| limit.0)),
        number(evidence.power_factor.map(|pf| pf.0)),
        text(&row.energy_kwh),
        word(evidence.relay.map(relay_word)),
        word(evidence.phases.map(phases_word)),
        word(evidence.solar.map(|solar| if solar { "yes" } else { "no" })),
        text(&row.site),
        text(&row.gateway),
    ]
}

/// JSON without the white space between its parts; numbers and strings stay letter for letter.
fn compact(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut string, mut escape) = (false, false);
    for &byte in bytes {
        if string {
            (string, escape) = (escape || byte != b'"', !escape && byte == b'\\');
        } else if byte.is_ascii_whitespace() {
            continue;
        } else {
            string = byte == b'"';
        }
        out.push(byte);
    }
    decode(&out).into_owned()
}
