//! A table that was triaged before, and a table that has names of ours for columns of its own.

use crate::{pick, written};
use sheets::{Options, VERDICT_COLUMNS};

#[test]
fn a_triaged_table_triaged_again_is_the_same_table() {
    let table = "meter,status,site\n47001582544,1008,\"a, b\"\n47001582545,1002,\n4.7E+10,1008,\n";
    let (once, first) = written(table, &Options::default());
    let (twice, second) = written(&once, &Options::default());
    assert_eq!(once, twice);
    assert!(first.replaced.is_empty());
    assert_eq!(second.replaced, VERDICT_COLUMNS);
    assert_eq!(
        (first.errors, first.warnings),
        (second.errors, second.warnings)
    );
}

#[test]
fn a_column_of_its_own_with_a_name_of_ours_is_kept_under_another() {
    let table = "meter,status,Owner\n47001582544,1008,Mrs Nakato\n";
    let (out, summary) = written(table, &Options::default());
    assert_eq!(
        pick(&out, &["meter", "input_Owner", "owner"]),
        ["47001582544|Mrs Nakato|technician"]
    );
    assert_eq!(
        summary.renamed,
        [("Owner".to_owned(), "input_Owner".to_owned())]
    );
    assert!(summary.replaced.is_empty());
}

#[test]
fn a_row_that_is_too_long_loses_nothing_when_our_columns_are_replaced() {
    let (once, _) = written(
        "meter,status,site\n47001582544,1008,x\n",
        &Options::default(),
    );
    let longer = once.replace(",technician,", ",technician,more,");
    let (twice, _) = written(longer, &Options::default());
    assert!(pick(&twice, &["site"])[0].starts_with("x,"));
}
