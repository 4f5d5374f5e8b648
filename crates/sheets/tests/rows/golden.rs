//! A small mixed table, and all that is written of it.

use crate::{paced, written};

#[test]
fn the_mixed_table_is_written_so() {
    let (out, summary) = written(include_bytes!("../tables/mixed.csv"), &paced(16, 2));
    assert_eq!(out, include_str!("../tables/mixed.triaged.csv"));
    assert_eq!(summary.rows, 12);
    let owners: Vec<_> = summary
        .by_owner()
        .map(|(owner, rows)| (owner.word(), rows))
        .collect();
    assert_eq!(
        owners,
        [
            ("nobody", 2),
            ("operations", 1),
            ("technician", 3),
            ("revenue-protection", 1),
            ("ami-admin", 2)
        ]
    );
}
