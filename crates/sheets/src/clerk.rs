//! One hand that judges: takes a chunk of records, writes pages of rows.

use crate::cutter::{Chunk, Holds};
use crate::fields::Gathered;
use crate::header::{Plan, decode};
use crate::notes::Notes;
use crate::options::Format;
use crate::page::{Columns, FULL, Page};
use crate::record::{Cells, MAX_RECORD, Records, Row, put_cell, without_return};
use crate::summary::Summary;
use crate::tail::{Tail, Tails};
use answers::{Unread, read_status};
use triage::judge;

/// How much of a record that is too long is kept, in characters.
const KEPT: usize = 200;

/// One hand. Every hand keeps its own tails and counts.
pub(crate) struct Clerk<'p> {
    plan: &'p Plan<'p>,
    columns: &'p Columns,
    /// Rows go out as they came, where nothing in them needs quotes.
    copies: bool,
    no_verdict: Tail,
    tails: Tails,
    key: String,
    notes: Notes,
    page: Page,
    /// What this hand has counted.
    pub(crate) counted: Summary,
}

impl<'p> Clerk<'p> {
    pub(crate) fn new(plan: &'p Plan<'p>, columns: &'p Columns) -> Self {
        let options = plan.options;
        Self {
            plan,
            columns,
            copies: options.format == Format::Csv
                && options.delimiter.byte() == plan.dialect.delimiter
                && plan.kept.len() == plan.width,
            no_verdict: Tail::empty(Notes::default(), options),
            tails: Tails::default(),
            key: String::new(),
            notes: Notes::default(),
            page: Page::default(),
            counted: Summary::default(),
        }
    }

    /// Judges a chunk; its pages go to `out`, which gives an empty one back, or nothing where
    /// nobody wants more.
    pub(crate) fn chunk(
        &mut self,
        chunk: &Chunk,
        cells: &mut Cells,
        out: &mut impl FnMut(Page) -> Option<Page>,
    ) -> Option<()> {
        match chunk.holds {
            Holds::Records => self.records(chunk, cells, out)?,
            Holds::TooLong => self.too_long(chunk.bytes(), chunk.line),
            Holds::Endless => self.endless(chunk),
        }
        self.page.last = true;
        self.hand_over(out)
    }

    fn hand_over(&mut self, out: &mut impl FnMut(Page) -> Option<Page>) -> Option<()> {
        self.page = out(std::mem::take(&mut self.page))?;
        Some(())
    }

    fn records(
        &mut self,
        chunk: &Chunk,
        cells: &mut Cells,
        out: &mut impl FnMut(Page) -> Option<Page>,
    ) -> Option<()> {
        let bytes = chunk.bytes();
        let whole = std::str::from_utf8(bytes).ok();
        for place in Records::new(bytes, self.plan.dialect) {
            if place.len() > MAX_RECORD {
                let line = chunk.line_at(place.start, self.plan.dialect);
                self.too_long(&bytes[place], line);
            } else if let Some(record) = whole.and_then(|text| text.get(place.clone())) {
                self.record(record, cells);
            } else {
                let record = decode(&bytes[place]);
                self.counted.not_utf8 += u64::from(matches!(record, std::borrow::Cow::Owned(_)));
                self.record(&record, cells);
            }
            if self.page.bytes.len() >= FULL {
                self.hand_over(out)?;
            }
        }
        Some(())
    }

    fn record(&mut self, record: &str, cells: &mut Cells) {
        let record = without_return(record);
        if record.is_empty() {
            self.counted.blank_lines += 1;
            return;
        }
        let row = cells.split(record, self.plan.dialect.delimiter);
        if row.len() != self.plan.width {
            return self.misfit(row);
        }
        if self.copies && row.plain {
            self.page.bytes.extend_from_slice(record.as_bytes());
        } else {
            let kept = self.plan.kept.iter();
            let cells = kept.filter_map(|(place, _)| row.get(*place));
            self.columns.put_own(&mut self.page.bytes, cells);
        }
        let meter = row.get(self.plan.meter);
        match meter.and_then(|text| self.notes.meter(text)) {
            Some(()) => self.judge(row),
            None => self.finish_without_verdict(),
        }
    }

    fn judge(&mut self, row: Row) {
        let plan = self.plan;
        let status = row.get(plan.status).unwrap_or_default();
        let key = if plan.fields.is_empty() {
            status
        } else {
            self.key.clear();
            let fields = plan.fields.iter().filter_map(|(place, _)| row.get(*place));
            for cell in std::iter::once(status).chain(fields) {
                // with its length before it no cell runs into the next; what is too long for a
                // character is too long to be kept
                let length = u32::try_from(cell.len()).ok().and_then(char::from_u32);
                self.key.push(length.unwrap_or(char::MAX));
                self.key.push_str(cell);
            }
            &self.key
        };
        let tail = self.tails.of(key, || render(plan, row, status));
        self.notes.add(&tail.notes);
        self.columns
            .put_tail(&mut self.page.bytes, tail, &self.notes);
        if let Some((decision, owner)) = tail.counts {
            self.counted.count(decision, owner);
        }
        self.finish();
    }

    fn finish_without_verdict(&mut self) {
        self.columns
            .put_tail(&mut self.page.bytes, &self.no_verdict, &self.notes);
        self.finish();
    }

    fn finish(&mut self) {
        self.columns.end_row(&mut self.page.bytes);
        self.page.rows += 1;
        self.counted.count_row(&self.notes);
        self.notes.clear();
    }

    /// A row with too few or too many cells: nobody knows which cell is which. What is too much
    /// goes into the last column that is written back, quoted as it was.
    fn misfit(&mut self, row: Row) {
        let (width, delimiter) = (self.plan.width, self.plan.dialect.delimiter);
        let mut kept: Vec<&str> = self
            .plan
            .kept
            .iter()
            .map(|(place, _)| row.get(*place).unwrap_or_default())
            .collect();
        let mut joined = Vec::new();
        if row.len() > width {
            put_cell(&mut joined, kept.pop().unwrap_or_default(), delimiter);
            for cell in row.cells().skip(width) {
                joined.push(delimiter);
                put_cell(&mut joined, cell, delimiter);
            }
        }
        let joined = decode(&joined);
        kept.extend((row.len() > width).then_some(&*joined));
        self.columns.put_own(&mut self.page.bytes, kept.into_iter());
        self.notes.error(&format!(
            "the row has {} cells and the header {width}: look at its delimiters and quotes",
            row.len()
        ));
        self.finish_without_verdict();
    }

    fn too_long(&mut self, bytes: &[u8], line: u64) {
        let start = decode_start(bytes);
        let kept: String = start.chars().take(KEPT).collect();
        self.damaged(
            &kept,
            &format!("line {line} is longer than 1 MiB: its first {KEPT} characters are kept"),
        );
    }

    fn endless(&mut self, chunk: &Chunk) {
        let text = decode(chunk.bytes());
        let line = text.strip_suffix(char::from(self.plan.dialect.line_end));
        self.damaged(
            without_return(line.unwrap_or(&text)),
            &format!(
                "the record that begins in line {} has no end: look for a quote that is left open",
                chunk.line
            ),
        );
    }

    /// A line that cannot be cut into cells stands in the first column.
    fn damaged(&mut self, text: &str, error: &str) {
        let empty = std::iter::repeat_n("", self.plan.kept.len().saturating_sub(1));
        let cells = std::iter::once(text).chain(empty);
        self.columns.put_own(&mut self.page.bytes, cells);
        self.notes.error(error);
        self.finish_without_verdict();
    }
}

/// The verdict's columns for these cells, from the beginning.
fn render(plan: &Plan, row: Row, status: &str) -> Tail {
    let mut notes = Notes::default();
    let mut gathered = Gathered::default();
    let decimal_comma = plan.dialect.delimiter == b';';
    for (place, field) in &plan.fields {
        let cell = row.get(*place).unwrap_or_default();
        field.take(cell, decimal_comma, &mut gathered, &mut notes);
    }
    let evidence = gathered.finish(&mut notes);
    match read_status(status, plan.options.settings.family) {
        Ok(said) => Tail::of(&judge(said, &evidence), notes, plan.options),
        Err(Unread::Empty) => {
            notes.error("the status is missing: give one such as 1008 or 87-8");
            Tail::empty(notes, plan.options)
        }
        Err(unread) => {
            notes.error(&unread.say(plan.options.lang));
            Tail::empty(notes, plan.options)
        }
    }
}

/// The beginning of a line that was cut off, perhaps in the middle of a character.
fn decode_start(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => decode(&bytes[..error.valid_up_to()]),
        _ => decode(bytes),
    }
}
