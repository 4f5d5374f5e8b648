use crate::draft;
use proptest::prelude::*;

/// Columns of a table, each with its name and its cells.
const COLUMNS: &[(&str, [&str; 3])] = &[
    ("meter no", ["47001582544", "47003104321", "bad"]),
    ("station", ["A", "A", "B"]),
    ("site name", ["Lakeside", "Hillside", ""]),
    ("customer id", ["C1", "C2", "C3"]),
    ("name", ["Zoe", "", "Max"]),
    ("phone", ["1", "2", "3"]),
    ("phases", ["1", "3", "1"]),
    ("solar", ["yes", "no", "yes"]),
    ("colour", ["red", "green", "blue"]),
];

fn table(order: &[usize], delimiter: &str) -> String {
    let line = |cell: &dyn Fn(usize) -> &'static str| {
        let cells: Vec<_> = order.iter().map(|column| cell(*column)).collect();
        cells.join(delimiter) + "\n"
    };
    let rows = (0..3).map(|row| line(&|column| COLUMNS[column].1[row]));
    std::iter::once(line(&|column| COLUMNS[column].0))
        .chain(rows)
        .collect()
}

proptest! {
    #[test]
    fn columns_in_any_order_give_the_same(
        order in Just((0..COLUMNS.len()).collect::<Vec<_>>()).prop_shuffle(),
        delimiter in proptest::sample::select(vec![",", ";", "\t"]),
    ) {
        let plain: Vec<usize> = (0..COLUMNS.len()).collect();
        let expected = draft(table(&plain, ","));
        let found = draft(table(&order, delimiter));
        prop_assert_eq!(&found.rows, &expected.rows);
        prop_assert_eq!(&found.errors, &expected.errors);
        prop_assert_eq!(&found.warnings, &expected.warnings);
        prop_assert_eq!(&found.ignored, &expected.ignored);
        prop_assert_eq!(found.outcomes(None), expected.outcomes(None));
    }
}
