//! Imports: looked at before, done in one piece, undone later.

use crate::error::StoreError;
use crate::fleet::Registered;
use crate::shape::{Line, Shape};
use crate::sql::{Arg, Cells, Kind, Rows, Session, again, args};
use crate::store::Store;
use crate::{Customer, Gateway, ImportId, ImportReport, Imported, Meter, NewImport, Site};
use fleet::Moment;
use std::collections::BTreeMap;

/// An import that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Who imported what.
    pub import: NewImport,
    /// What it did.
    pub report: ImportReport,
    /// When it was undone.
    pub undone_at: Option<Moment>,
}

/// What an import puts there, in this order.
const SHAPES: &[Shape] = &[
    Shape::of::<Site>(),
    Shape::of::<Gateway>(),
    Shape::of::<Customer>(),
    Shape::of::<Meter>(),
];

/// The rows of an import's memory.
const MEMORY: &[(&str, Kind)] = &[
    ("import", Kind::Int),
    ("place", Kind::Int),
    ("kind", Kind::Text),
    ("id", Kind::Text),
    ("before", Kind::Text),
    ("after", Kind::Text),
];

/// From so many changes on the database takes stock of its tables.
const LARGE: i64 = 1_000;

/// A row that changes: what is there and what will be.
struct Change {
    before: Option<Line>,
    after: Line,
}

impl Store {
    /// What an import would do. Nothing is written.
    pub async fn preview(&self, rows: &[Imported]) -> Result<ImportReport, StoreError> {
        let mut session = self.read("look an import over").await?;
        let mut report = ImportReport::default();
        for shape in SHAPES {
            plan(&mut session, shape, rows, &mut report).await?;
        }
        Ok(report)
    }

    /// Imports everything or nothing, and remembers what was there before.
    pub async fn import(
        &self,
        import: &NewImport,
        rows: &[Imported],
    ) -> Result<(ImportId, ImportReport), StoreError> {
        again(|| self.import_once(import, rows)).await
    }

    async fn import_once(
        &self,
        import: &NewImport,
        rows: &[Imported],
    ) -> Result<(ImportId, ImportReport), StoreError> {
        let mut session = self.write("import a part of the fleet").await?;
        session.alone(vec!["calinmeter fleet".to_owned()]).await?;
        let id = session.id("import").await?;
        let mut report = ImportReport::default();
        let mut place = 0_i64;
        for shape in SHAPES {
            let changes = plan(&mut session, shape, rows, &mut report).await?;
            let mut memory = Rows::new(MEMORY);
            for Change { before, after } in &changes {
                place += 1;
                let before = before.as_ref().map(Line::json);
                memory.push(args![
                    id,
                    place,
                    shape.table,
                    after.key(),
                    &before,
                    after.json()
                ]);
            }
            let then = "INSERT INTO import_row (import, place, kind, id, before, after) \
                        SELECT import, place, kind, id, before, after FROM rows";
            session.bulk(memory, then).await?;
            let after = changes.into_iter().map(|change| change.after);
            shape.write(&mut session, after).await?;
        }
        let sql = "INSERT INTO import (id, source, who, at, added, changed, same) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let NewImport { source, who, at } = import;
        let ImportReport { new, changed, same } = report;
        let counts = [new, changed, same].map(Arg::count);
        let args = args![id, source, who, *at]
            .into_iter()
            .chain(counts)
            .collect();
        session.run(sql, args).await?;
        if place > LARGE {
            // what was true of a smaller fleet would mislead the database's planner
            session.script("ANALYZE meter").await?;
        }
        session.commit().await?;
        Ok((ImportId(id), report))
    }

    /// Undoes an import: rows that still are as it left them go back to what they were. Nothing
    /// where there is no such import, or where it was undone before.
    pub async fn undo_import(
        &self,
        id: ImportId,
        at: Moment,
    ) -> Result<Option<ImportReport>, StoreError> {
        again(|| self.undo_once(id, at)).await
    }

    async fn undo_once(
        &self,
        id: ImportId,
        at: Moment,
    ) -> Result<Option<ImportReport>, StoreError> {
        let mut session = self.write("undo an import").await?;
        session.alone(vec!["calinmeter fleet".to_owned()]).await?;
        let sql = "UPDATE import SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
        if session.run(sql, args![id.0, at]).await? == 0 {
            return Ok(None);
        }
        let mut report = ImportReport::default();
        for shape in SHAPES {
            undo(&mut session, shape, id, &mut report).await?;
        }
        session.commit().await?;
        Ok(Some(report))
    }

    /// The newest imports, newest first.
    pub async fn imports(&self, limit: usize) -> Result<Vec<Import>, StoreError> {
        let mut session = self.read("list imports").await?;
        let sql = "SELECT id, source, who, at, added, changed, same, undone_at FROM import \
                   ORDER BY id DESC LIMIT $1";
        session.rows(sql, vec![Arg::limit(limit)], imported).await
    }
}

/// What this import changes in one table; the report counts every row it brings.
async fn plan(
    session: &mut Session,
    shape: &Shape,
    rows: &[Imported],
    report: &mut ImportReport,
) -> Result<Vec<Change>, StoreError> {
    let lines: Vec<Line> = rows
        .iter()
        .filter(|row| table(row) == shape.table)
        .map(line)
        .collect();
    let there = shape.there(session, lines.iter().map(Line::key)).await?;
    let mut becomes: BTreeMap<String, Line> = BTreeMap::new();
    for line in lines {
        let key = line.key().to_owned();
        let now = becomes.get(&key).or_else(|| there.get(&key));
        let after = line.over(now);
        let count = match now {
            None => &mut report.new,
            Some(now) if *now == after => &mut report.same,
            Some(_) => &mut report.changed,
        };
        *count += 1;
        becomes.insert(key, after);
    }
    let change = |(key, after)| Change {
        before: there.get(&key).cloned(),
        after,
    };
    let changes = becomes.into_iter().map(change);
    Ok(changes
        .filter(|change| change.before.as_ref() != Some(&change.after))
        .collect())
}

async fn undo(
    session: &mut Session,
    shape: &Shape,
    id: ImportId,
    report: &mut ImportReport,
) -> Result<(), StoreError> {
    let sql = "SELECT before, after FROM import_row WHERE import = $1 AND kind = $2";
    let read = |cells: &mut Cells<'_>| {
        let before = cells
            .maybe_text()?
            .map(|before| shape.parse(&before))
            .transpose()?;
        Ok(Change {
            before,
            after: shape.parse(&cells.text()?)?,
        })
    };
    let changes = session.rows(sql, args![id.0, shape.table], read).await?;
    let there = shape
        .there(session, changes.iter().map(|change| change.after.key()))
        .await?;
    let (mut back, mut away) = (Vec::new(), Vec::new());
    for Change { before, after } in changes {
        match before {
            _ if there.get(after.key()) != Some(&after) => report.same += 1,
            Some(before) => back.push(before),
            None => away.push(after),
        }
    }
    report.changed += back.len() as u64;
    report.new += away.len() as u64;
    shape.write(session, back.into_iter()).await?;
    shape.remove(session, away.iter().map(Line::key)).await
}

fn table(row: &Imported) -> &'static str {
    match row {
        Imported::Site(_) => Site::TABLE,
        Imported::Gateway(_) => Gateway::TABLE,
        Imported::Customer(_) => Customer::TABLE,
        Imported::Meter(_) => Meter::TABLE,
    }
}

fn line(row: &Imported) -> Line {
    Line::new(match row {
        Imported::Site(site) => site.cells(),
        Imported::Gateway(gateway) => gateway.cells(),
        Imported::Customer(customer) => customer.cells(),
        Imported::Meter(meter) => meter.cells(),
    })
}

fn imported(cells: &mut Cells<'_>) -> Result<Import, sqlx::Error> {
    Ok(Import {
        id: ImportId(cells.int()?),
        import: NewImport {
            source: cells.text()?,
            who: cells.text()?,
            at: cells.moment()?,
        },
        report: ImportReport {
            new: cells.count()?,
            changed: cells.count()?,
            same: cells.count()?,
        },
        undone_at: cells.maybe_moment()?,
    })
}
