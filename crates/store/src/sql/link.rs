//! Running one statement on either engine.

use super::rows::{Column, Part};
use super::{Arg, Cells, Copy, Rows, Sql};
use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Arguments as _, AssertSqlSafe};

/// A connection of either engine, for one statement.
pub(super) enum Link<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

type Ran<T> = Result<T, sqlx::Error>;

impl Link<'_> {
    /// Runs a statement; how many rows it touched.
    pub(super) async fn run(self, sql: Sql, args: Vec<Arg>) -> Ran<u64> {
        let sql = AssertSqlSafe(sql);
        match self {
            Self::Sqlite(link) => {
                let query = sqlx::query_with(sql, sqlite_args(args)?);
                Ok(query.execute(link).await?.rows_affected())
            }
            Self::Postgres(link) => {
                let query = sqlx::query_with(sql, postgres_args(args)?);
                Ok(query.execute(link).await?.rows_affected())
            }
        }
    }

    /// Runs a statement and reads every row it gives.
    pub(super) async fn rows<T: Send>(
        self,
        sql: Sql,
        args: Vec<Arg>,
        read: impl Fn(&mut Cells<'_>) -> Ran<T> + Send + Sync,
    ) -> Ran<Vec<T>> {
        let sql = AssertSqlSafe(sql);
        let mut out = Vec::new();
        match self {
            Self::Sqlite(link) => {
                let mut rows = sqlx::query_with(sql, sqlite_args(args)?).fetch(link);
                while let Some(row) = rows.try_next().await? {
                    out.push(read(&mut Cells::sqlite(&row))?);
                }
            }
            Self::Postgres(link) => {
                let mut rows = sqlx::query_with(sql, postgres_args(args)?).fetch(link);
                while let Some(row) = rows.try_next().await? {
                    out.push(read(&mut Cells::postgres(&row))?);
                }
            }
        }
        Ok(out)
    }

    /// Runs a statement over the table `rows`; how many rows it touched.
    pub(super) async fn bulk(self, rows: Rows, then: &str) -> Ran<u64> {
        match self {
            Self::Sqlite(link) => {
                let mut touched = 0;
                for (cells, sql, usual) in cut(rows, then) {
                    let query = sqlx::query_with(AssertSqlSafe(sql), sqlite_args(cells)?);
                    let done = query.persistent(usual).execute(&mut *link).await?;
                    touched += done.rows_affected();
                }
                Ok(touched)
            }
            Self::Postgres(link) => {
                let sql = AssertSqlSafe(rows.postgres(then));
                let query = sqlx::query_with(sql, postgres_arrays(rows)?);
                Ok(query.execute(link).await?.rows_affected())
            }
        }
    }

    /// Runs a statement over the table `rows` and reads every row it gives.
    pub(super) async fn bulk_rows<T: Send>(
        self,
        rows: Rows,
        then: &str,
        read: impl Fn(&mut Cells<'_>) -> Ran<T> + Send + Sync,
    ) -> Ran<Vec<T>> {
        let mut out = Vec::new();
        match self {
            Self::Sqlite(link) => {
                for (cells, sql, usual) in cut(rows, then) {
                    let query = sqlx::query_with(AssertSqlSafe(sql), sqlite_args(cells)?);
                    let mut came = query.persistent(usual).fetch(&mut *link);
                    while let Some(row) = came.try_next().await? {
                        out.push(read(&mut Cells::sqlite(&row))?);
                    }
                }
            }
            Self::Postgres(link) => {
                let sql = AssertSqlSafe(rows.postgres(then));
                let mut came = sqlx::query_with(sql, postgres_arrays(rows)?).fetch(link);
                while let Some(row) = came.try_next().await? {
                    out.push(read(&mut Cells::postgres(&row))?);
                }
            }
        }
        Ok(out)
    }

    /// Copies rows into a table; only PostgreSQL can.
    pub(super) async fn copy(self, statement: &'static str, rows: Copy) -> Ran<u64> {
        let Self::Postgres(link) = self else {
            return Err(sqlx::Error::InvalidArgument(
                "SQLite has no COPY".to_owned(),
            ));
        };
        let mut copying = link.copy_in_raw(statement).await?;
        copying.send(rows.into_bytes()).await?;
        copying.finish().await
    }

    /// Runs a script of several statements without values.
    pub(super) async fn script(self, sql: Sql) -> Ran<()> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Sqlite(link) => sql.execute(link).await.map(drop),
            Self::Postgres(link) => sql.execute(link).await.map(drop),
        }
    }
}

/// The cells of `rows` for each statement, the statement, and whether it is worth remembering.
fn cut(rows: Rows, then: &str) -> Vec<(Vec<Arg>, Sql, bool)> {
    let columns = rows.columns();
    let whole = |part: Part| {
        let sql = Rows::sqlite(columns, &part, then);
        (part.cells, sql, !part.exact)
    };
    rows.parts().map(whole).collect()
}

fn sqlite_args(args: Vec<Arg>) -> Ran<SqliteArguments> {
    let mut all = SqliteArguments::default();
    all.reserve(args.len(), 0);
    for arg in args {
        match arg {
            Arg::Int(value) => all.add(value),
            Arg::Text(value) => all.add(value),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(all)
}

fn postgres_args(args: Vec<Arg>) -> Ran<PgArguments> {
    let mut all = PgArguments::default();
    for arg in args {
        match arg {
            Arg::Int(value) => all.add(value),
            Arg::Text(value) => all.add(value),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(all)
}

fn postgres_arrays(rows: Rows) -> Ran<PgArguments> {
    let mut all = PgArguments::default();
    for column in rows.into_columns() {
        match column {
            Column::Int(cells) => all.add(cells),
            Column::Text(cells) => all.add(cells),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(all)
}
