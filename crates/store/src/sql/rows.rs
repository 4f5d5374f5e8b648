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

/// The fewest places of a statement for more than one row.
const FEW: usize = 4;

/// The most rows of so many columns in one statement.
fn longest(width: usize) -> usize {
    (MOST_VALUES / width).max(1)
}

/// The places of a statement for so many rows. Their numbers are few, so that the statements are worth
/// remembering: preparing one anew, or running two, costs more than places that stay empty.
fn places(rows: usize, longest: usize) -> usize {
    match rows {
        0 | 1 => 1,
        _ => rows.next_power_of_two().max(FEW).min(longest),
    }
}

/// The rows of one statement for SQLite.
pub(super) struct Part {
    pub(super) cells: Vec<Arg>,
    /// How many rows it has places for; the rows that are missing are NULL throughout.
    pub(super) places: usize,
    /// Whether there is a place for each row and no other, because an empty row could be mistaken
    /// for a row.
    pub(super) exact: bool,
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

    /// The rows cut for SQLite.
    pub(super) fn parts(self) -> impl Iterator<Item = Part> {
        let width = self.columns.len();
        let longest = longest(width);
        // a row that begins with nothing could not be told from an empty place
        let exact = self.cells.iter().step_by(width).any(Arg::is_nothing);
        let mut cells = self.cells.into_iter();
        std::iter::from_fn(move || {
            let rows = (cells.len() / width).min(longest);
            (rows > 0).then(|| Part {
                cells: cells.by_ref().take(rows * width).collect(),
                places: if exact { rows } else { places(rows, longest) },
                exact,
            })
        })
    }

    /// The statement for such a part in SQLite. Placeholders are plain: numbered ones are looked up by
    /// name, which costs the square of their number.
    pub(super) fn sqlite(columns: &[(&str, Kind)], part: &Part, then: &str) -> Sql {
        let first = columns.first().map_or("", |(name, _)| *name);
        let names = names(columns);
        let one = format!("({})", vec!["?"; columns.len()].join(","));
        let all = vec![one; part.places].join(",");
        if part.exact || part.places == 1 {
            return format!("WITH rows({names}) AS (VALUES {all}) {then}").into();
        }
        format!(
            "WITH places({names}) AS (VALUES {all}), \
             rows AS (SELECT * FROM places WHERE {first} IS NOT NULL) {then}"
        )
        .into()
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
            names(self.columns)
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

fn names(columns: &[(&str, Kind)]) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    names.join(", ")
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

    const TWO: &[(&str, Kind)] = &[("a", Kind::Int), ("b", Kind::Int)];

    fn of(firsts: impl Iterator<Item = Option<i64>>) -> Rows {
        let mut all = Rows::new(TWO);
        for first in firsts {
            all.push(vec![Arg::from(first), Arg::from(1_i64)]);
        }
        all
    }

    fn places(rows: i64) -> Vec<usize> {
        let parts: Vec<_> = of((0..rows).map(Some)).parts().collect();
        let mut at = 0;
        for part in &parts {
            assert_eq!(part.cells[0], Arg::from(at), "the rows keep their order");
            at += i64::try_from(part.cells.len() / 2).unwrap();
        }
        assert_eq!(at, rows, "none is left out");
        parts.iter().map(|part| part.places).collect()
    }

    #[test]
    fn statements_have_few_numbers_of_places() {
        assert_eq!(places(0), [0; 0]);
        assert_eq!(places(1), [1]);
        assert_eq!(places(2), [4]);
        assert_eq!(places(29), [32]);
        assert_eq!(places(300), [512]);
        assert_eq!(places(2_001), [1_000, 1_000, 1]);
    }

    #[test]
    fn rows_that_begin_with_nothing_get_their_places_and_no_other() {
        let part = of([Some(1), None, Some(3)].into_iter()).parts().next();
        let part = part.unwrap();
        assert_eq!((part.places, part.exact), (3, true));
        let sql = Rows::sqlite(TWO, &part, "SELECT a FROM rows");
        let wanted = "WITH rows(a, b) AS (VALUES (?,?),(?,?),(?,?)) SELECT a FROM rows";
        assert_eq!(sql, super::Sql::from(wanted));
    }
}
