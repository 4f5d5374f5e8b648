//! Rows of the fleet without their types: what an import compares, remembers and puts back.

use crate::Meter;
use crate::error::StoreError;
use crate::fleet::Registered;
use crate::sql::{Arg, Cells, Kind, Rows, Session, unreadable};
use serde_json::Value;
use std::collections::BTreeMap;

/// A table of the fleet.
pub(crate) struct Shape {
    pub(crate) table: &'static str,
    columns: &'static [(&'static str, Kind)],
}

/// One row, its key first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line(Vec<Arg>);

/// The keys of rows that are looked for.
const KEYS: &[(&str, Kind)] = &[("key", Kind::Text)];

impl Line {
    pub(crate) fn new(cells: Vec<Arg>) -> Self {
        Self(cells)
    }

    pub(crate) fn key(&self) -> &str {
        match self.0.first() {
            Some(Arg::Text(Some(key))) => key,
            _ => "",
        }
    }

    /// This row put over another one: a part that is nothing leaves what is there.
    pub(crate) fn over(self, there: Option<&Self>) -> Self {
        let Some(there) = there else {
            return self;
        };
        let cell = |(new, old): (Arg, &Arg)| match new {
            Arg::Int(None) | Arg::Text(None) => old.clone(),
            new => new,
        };
        Self(self.0.into_iter().zip(&there.0).map(cell).collect())
    }

    /// The cells as a JSON array.
    pub(crate) fn json(&self) -> String {
        let cell = |arg: &Arg| match arg {
            Arg::Int(value) => value.map_or(Value::Null, Value::from),
            Arg::Text(value) => value.clone().map_or(Value::Null, Value::from),
        };
        Value::Array(self.0.iter().map(cell).collect()).to_string()
    }
}

impl Shape {
    pub(crate) const fn of<R: Registered>() -> Self {
        Self {
            table: R::TABLE,
            columns: R::COLUMNS,
        }
    }

    fn key(&self) -> &'static str {
        self.columns[0].0
    }

    fn names(&self, before: &str) -> String {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|(name, _)| format!("{before}{name}"))
            .collect();
        names.join(", ")
    }

    /// Reads a row that was remembered.
    pub(crate) fn parse(&self, json: &str) -> Result<Line, sqlx::Error> {
        let cells: Vec<Value> =
            serde_json::from_str(json).map_err(|error| unreadable(error.to_string()))?;
        let cell = |(place, (_, kind)): (usize, &(&str, Kind))| {
            let value = cells.get(place);
            match kind {
                Kind::Int => Arg::Int(value.and_then(Value::as_i64)),
                Kind::Text => Arg::Text(value.and_then(Value::as_str).map(str::to_owned)),
            }
        };
        Ok(Line(self.columns.iter().enumerate().map(cell).collect()))
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<Line, sqlx::Error> {
        let cell = |(_, kind): &(&str, Kind)| match kind {
            Kind::Int => cells.maybe_int().map(Arg::Int),
            Kind::Text => cells.maybe_text().map(Arg::Text),
        };
        self.columns
            .iter()
            .map(cell)
            .collect::<Result<_, _>>()
            .map(Line)
    }

    /// The rows with these keys, as they are now.
    pub(crate) async fn there(
        &self,
        session: &mut Session,
        keys: impl Iterator<Item = &str>,
    ) -> Result<BTreeMap<String, Line>, StoreError> {
        let (columns, table, key) = (self.names("t."), self.table, self.key());
        let then =
            format!("SELECT {columns} FROM rows CROSS JOIN {table} t WHERE t.{key} = rows.key");
        let read = |cells: &mut Cells<'_>| self.read(cells);
        let lines = session.bulk_rows(keyed(keys), &then, read).await?;
        Ok(lines
            .into_iter()
            .map(|line| (line.key().to_owned(), line))
            .collect())
    }

    /// Puts rows there exactly as they are.
    pub(crate) async fn write(
        &self,
        session: &mut Session,
        lines: impl Iterator<Item = Line>,
    ) -> Result<(), StoreError> {
        let (names, table, key) = (self.names(""), self.table, self.key());
        let set: Vec<String> = self.columns[1..]
            .iter()
            .map(|(name, _)| format!("{name} = excluded.{name}"))
            .collect();
        let set = set.join(", ");
        let then = format!(
            "INSERT INTO {table} ({names}) SELECT {names} FROM rows WHERE true \
             ON CONFLICT ({key}) DO UPDATE SET {set}"
        );
        let mut rows = Rows::new(self.columns);
        for line in lines {
            rows.push(line.0);
        }
        session.bulk(rows, &then).await.map(drop)
    }

    /// Takes rows away.
    pub(crate) async fn remove(
        &self,
        session: &mut Session,
        keys: impl Iterator<Item = &str>,
    ) -> Result<(), StoreError> {
        let (table, key) = (self.table, self.key());
        let then = format!("DELETE FROM {table} WHERE {key} IN (SELECT key FROM rows)");
        let keys = keyed(keys);
        session.bulk(keys.clone(), &then).await?;
        if table == Meter::TABLE {
            // what is not registered stands nowhere; its answers stay
            let then = "DELETE FROM standing WHERE meter IN (SELECT key FROM rows)";
            session.bulk(keys, then).await?;
        }
        Ok(())
    }
}

/// Each key once.
fn keyed<'k>(keys: impl Iterator<Item = &'k str>) -> Rows {
    let keys: std::collections::BTreeSet<&str> = keys.collect();
    let mut rows = Rows::new(KEYS);
    for key in keys {
        rows.push(vec![Arg::from(key)]);
    }
    rows
}
