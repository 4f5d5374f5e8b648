//! Many rows at once: handed over as a table named `rows` that the statement then reads.
//!
//! SQLite is given `VALUES`, PostgreSQL one array for each column; what follows is one text. It
//! joins other tables with `rows CROSS JOIN ... WHERE`, which makes SQLite begin with the rows.

use super::{Arg, Sql};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
}

/// Rows of one shape.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    columns: &'static [(&'static str, Kind)],
    cells: Vec<Arg>,
}

/// Values in one statement for SQLite, which takes 32,766 at most. Longer statements are not
/// faster, and a statement of this size is small beside its values.
const MOST_VALUES: usize = 2_000;

/// Fewer rows than this are not cut any further.
const FEW: usize = 8;

/// The most rows of so many columns in one statement.
fn longest(width: usize) -> usize {
    (MOST_VALUES / width).max(1)
}

impl Rows {
    pub(crate) fn new(columns: &'static [(&'static str, Kind)]) -> Self {
        Self {
            columns,
            cells: Vec::new(),
        }
    }

    /// Adds one row; its cells stand in the order of the columns.
    pub(crate) fn push(&mut self, cells: Vec<Arg>) {
        debug_assert_eq!(
            cells.len(),
            self.columns.len(),
            "a row has a cell for each column"
        );
        self.cells.extend(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn columns(&self) -> &'static [(&'static str, Kind)] {
        self.columns
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// The rows cut for SQLite; each part is a whole number of rows. Parts are as long as they may
    /// be, then powers of two, so that their statements are few and worth remembering: preparing
    /// one anew costs more than running two. Only a last few rows come as they are.
    pub(super) fn parts(self) -> impl Iterator<Item = Vec<Arg>> {
        let width = self.columns.len();
        let longest = longest(width);
        let mut cells = self.cells.into_iter();
        std::iter::from_fn(move || {
            let left = cells.len() / width;
            let rows = match left {
                0 => return None,
                _ if left >= longest => longest,
                _ if left >= FEW => 1 << left.ilog2(),
                _ => left,
            };
            Some(cells.by_ref().take(rows * width).collect())
        })
    }

    /// The statement for so many values in SQLite. Placeholders are plain: numbered ones are looked
    /// up by name, which costs the square of their number.
    pub(super) fn sqlite(&self, values: usize, then: &str) -> Sql {
        let one = format!("({})", vec!["?"; self.columns.len()].join(","));
        let all = vec![one; values / self.columns.len()].join(",");
        format!("WITH rows({}) AS (VALUES {all}) {then}", self.names()).into()
    }

    /// Whether a part is of a length that comes often, so that its statement is worth remembering.
    pub(super) fn is_usual(width: usize, values: usize) -> bool {
        let rows = values / width;
        rows == 1 || rows == longest(width) || rows >= FEW
    }

    /// The statement for PostgreSQL, however many rows there are.
    pub(super) fn postgres(&self, then: &str) -> Sql {
        let array = |(place, (_, kind)): (usize, &(&str, Kind))| match kind {
            Kind::Int => format!("${}::bigint[]", place + 1),
            Kind::Text => format!("${}::text[]", place + 1),
        };
        let arrays: Vec<String> = self.columns.iter().enumerate().map(array).collect();
        let arrays = arrays.join(",");
        format!(
            "WITH rows({}) AS (SELECT * FROM UNNEST({arrays})) {then}",
            self.names()
        )
        .into()
    }

    /// The cells column by column.
    pub(super) fn into_columns(self) -> Vec<Column> {
        let mut columns: Vec<Column> = self.columns.iter().map(|(_, kind)| kind.into()).collect();
        let width = columns.len();
        for (place, cell) in self.cells.into_iter().enumerate() {
            match (&mut columns[place % width], cell) {
                (Column::Int(cells), Arg::Int(value)) => cells.push(value),
                (Column::Text(cells), Arg::Text(value)) => cells.push(value),
                // a cell of the other kind is nothing, as long as the columns stay of one length
                (Column::Int(cells), Arg::Text(_)) => cells.push(None),
                (Column::Text(cells), Arg::Int(_)) => cells.push(None),
            }
        }
        columns
    }
}

/// The cells of one column.
pub(super) enum Column {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
}

impl From<&Kind> for Column {
    fn from(kind: &Kind) -> Self {
        match kind {
            Kind::Int => Self::Int(Vec::new()),
            Kind::Text => Self::Text(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Rows};
    use crate::sql::Arg;

    fn lengths(rows: i64) -> Vec<usize> {
        let mut all = Rows::new(&[("a", Kind::Int), ("b", Kind::Int)]);
        for row in 0..rows {
            all.push(vec![Arg::from(row), Arg::from(-row)]);
        }
        let parts: Vec<Vec<Arg>> = all.parts().collect();
        let first = |part: &Vec<Arg>| part.first().cloned();
        let begin: Vec<_> = parts.iter().filter_map(first).collect();
        let mut at = 0;
        for (part, begins) in parts.iter().zip(begin) {
            assert_eq!(begins, Arg::from(at), "the rows keep their order");
            at += i64::try_from(part.len() / 2).unwrap();
        }
        assert_eq!(at, rows, "none is left out");
        parts.iter().map(|part| part.len() / 2).collect()
    }

    #[test]
    fn rows_are_cut_into_lengths_that_come_often() {
        assert_eq!(lengths(0), [0; 0]);
        assert_eq!(lengths(7), [7]);
        assert_eq!(lengths(300), [256, 32, 8, 4]);
        assert_eq!(lengths(2_001), [1_000, 1_000, 1]);
    }
}
