//! The fleet and its statuses as they come from files and lists.

#[path = "../../../sheets/tests/rows/workbooks.rs"]
mod workbooks;

mod applied;
mod lists;
mod permuted;
mod statuses;
mod tables;

use desk::import::{Defaults, Draft, Remark, read};
use store::Imported;

/// The draft of a table.
fn draft(table: impl AsRef<[u8]>) -> Draft {
    read(table.as_ref(), &Defaults::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// Why a table is refused as a whole.
fn refusal(table: impl AsRef<[u8]>) -> String {
    let error = read(table.as_ref(), &Defaults::default()).expect_err("refused");
    error.to_string()
}

/// Remarks as `row column: why`.
fn said(remarks: &[Remark]) -> Vec<String> {
    let line = |remark: &Remark| format!("{} {}: {}", remark.row, remark.column, remark.why);
    remarks.iter().map(line).collect()
}

/// What a draft brings, one word of kind and the id each.
fn brought(draft: &Draft) -> Vec<String> {
    let word = |one: &Imported| match one {
        Imported::Site(site) => format!("site {}", site.id),
        Imported::Gateway(gateway) => format!("gateway {}", gateway.id),
        Imported::Customer(customer) => format!("customer {}", customer.id),
        Imported::Meter(meter) => format!("meter {}", meter.number),
    };
    draft.imported().iter().map(word).collect()
}
