//! A table of meters goes in, the same table with a verdict on every row comes out.

mod answers;
mod book;
mod columns;
mod damage;
mod faults;
mod golden;
mod json;
mod kinds;
mod order;
mod plain;
mod plain_book;
mod reference;
mod said_again;
mod workbooks;

use sheets::{Options, Pace, Summary, triage};

/// Triages and gives what was written, with its summary.
fn written(input: impl AsRef<[u8]>, options: &Options) -> (String, Summary) {
    let mut out = Vec::new();
    let summary = triage(input.as_ref(), &mut out, options, &|_| ()).expect("a table");
    (
        String::from_utf8(out).expect("UTF-8, whatever came in"),
        summary,
    )
}

/// These columns of what is written, a row a line, `|` between them.
fn seen(input: impl AsRef<[u8]>, columns: &[&str]) -> Vec<String> {
    pick(&written(input, &Options::default()).0, columns)
}

fn pick(out: &str, columns: &[&str]) -> Vec<String> {
    let mut records = reference::records(out, ',').into_iter();
    let header = records.next().expect("a header");
    let places: Vec<usize> = columns
        .iter()
        .map(|name| header.iter().position(|cell| cell == name).expect(name))
        .collect();
    records
        .map(|row| {
            assert_eq!(row.len(), header.len(), "{row:?}");
            let cells: Vec<&str> = places.iter().map(|place| row[*place].as_str()).collect();
            cells.join("|")
        })
        .collect()
}

/// Why a table is refused as a whole.
fn refusal(input: impl AsRef<[u8]>) -> String {
    let error = triage(input.as_ref(), Vec::new(), &Options::default(), &|_| ());
    error.expect_err("no table").to_string()
}

/// Options with small blocks and several hands.
fn paced(block: usize, hands: usize) -> Options {
    Options {
        pace: Pace { block, hands },
        ..Options::default()
    }
}
