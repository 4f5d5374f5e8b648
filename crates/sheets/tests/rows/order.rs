//! Every row comes back, in order, whatever its cells hold and wherever the blocks fall.

use crate::reference::{quoted, records};
use crate::{paced, written};
use proptest::prelude::*;

/// Cells with everything that may hurt.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[,;\"\r\n\ta é]{0,8}",
        "47[0-9]{9}",
        "10[0-2][0-9]",
        "\\PC{0,6}",
    ]
}

/// Lines of characters that matter to a splitter.
fn raw() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            8 => Just("47001582544,1008,x"),
            4 => Just("\n"),
            1 => Just("\r\n"),
            1 => Just("\""),
            1 => Just("\"\""),
            1 => Just(","),
            1 => Just(",\""),
            1 => Just("\","),
            1 => Just("\r"),
            1 => Just("é"),
        ],
        0..40,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_row_comes_back_with_its_own_cells(
        rows in prop::collection::vec(prop::array::uniform4(cell()), 0..30),
        block in 1usize..48,
        hands in 1usize..4,
    ) {
        let mut table = String::from("meter,status,a,b\n");
        for row in &rows {
            table.push_str(&row.each_ref().map(|cell| quoted(cell)).join(","));
            table.push('\n');
        }
        let (out, summary) = written(&table, &paced(block, hands));
        let records = records(&out, ',');
        prop_assert_eq!(summary.rows, rows.len() as u64);
        prop_assert_eq!(records.len(), rows.len() + 1);
        for (record, row) in records[1..].iter().zip(&rows) {
            prop_assert_eq!(&record[..4], row);
            prop_assert_eq!(record.len(), 14);
        }
        prop_assert_eq!(summary.judged() + summary.errors >= summary.rows, true);
    }

    #[test]
    fn any_text_is_cut_as_the_known_rules_cut_it(
        text in raw(),
        block in 1usize..48,
        hands in 1usize..4,
    ) {
        let expected = records(&text, ',');
        let (out, _) = written(format!("meter,status,a\n{text}"), &paced(block, hands));
        let records = records(&out, ',');
        prop_assert_eq!(records.len(), expected.len() + 1);
        for (record, row) in records[1..].iter().zip(&expected) {
            prop_assert_eq!(record.len(), 13);
            if row.len() == 3 {
                prop_assert_eq!(&record[..3], &row[..]);
            } else {
                prop_assert!(record[12].contains("the row has") || record[12].contains("has no end"));
                prop_assert_eq!(&record[0], &row[0]);
            }
        }
    }

    #[test]
    fn any_bytes_give_the_same_rows_wherever_the_blocks_fall(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b','), Just(b'"')], 0..300),
        block in 1usize..48,
        hands in 1usize..4,
    ) {
        let mut table = b"meter,status,a\n".to_vec();
        table.extend(bytes);
        let (once, summary) = written(&table, &paced(1 << 20, 1));
        let (cut, other) = written(&table, &paced(block, hands));
        prop_assert_eq!(once, cut);
        prop_assert_eq!(summary, other);
    }
}

#[test]
fn many_rows_keep_their_order() {
    let mut table = String::from("meter,status,n\n");
    for n in 0..20_000 {
        table.push_str(&format!("47001582544,{},{n}\n", 1000 + n % 30));
    }
    let (out, summary) = written(&table, &paced(1000, 4));
    assert_eq!(summary.rows, 20_000);
    for (n, line) in out.lines().skip(1).enumerate() {
        let own = format!("47001582544,{},{n},", 1000 + n % 30);
        assert!(line.starts_with(&own), "{line}");
    }
}

/// Found by fuzzing: a block that ended between the `\r` and the `\n` of the header made the next
/// cell begin with the line end.
#[test]
fn a_block_may_end_inside_a_line_end() {
    let table = "meter;status;note\r\n47001582544;1008;\"1,5\"\r\n;;\r\n";
    let (whole, _) = written(table, &paced(1 << 20, 1));
    for block in 1..table.len() {
        assert_eq!(written(table, &paced(block, 1)).0, whole, "{block}");
    }
}
