//! A connection that is held for a while: for reading, or as a transaction that writes.

use super::link::Link;
use super::{Arg, Cells, Copy, Kind, Rows, Sql, int};
use crate::StoreError;
use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite, Transaction};
use std::future::Future;

/// How often a transaction is tried when the database sacrificed it to another one.
const TRIES: u32 = 5;

/// A held connection. What is written is undone unless [`Session::commit`] is reached.
pub(crate) struct Session {
    /// What is being done, for the error's sentence.
    what: &'static str,
    held: Held,
}

/// A connection of either engine, with or without a transaction around it.
pub(super) enum Held {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

impl Session {
    pub(super) fn new(what: &'static str, held: Held) -> Self {
        Self { what, held }
    }

    fn link(&mut self) -> Link<'_> {
        match &mut self.held {
            Held::SqliteRead(held) => Link::Sqlite(held),
            Held::SqliteWrite(held) => Link::Sqlite(held),
            Held::PostgresRead(held) => Link::Postgres(held),
            Held::PostgresWrite(held) => Link::Postgres(held),
        }
    }

    /// Whether this is PostgreSQL, for the few statements that differ.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.held, Held::PostgresRead(_) | Held::PostgresWrite(_))
    }

    fn failed(&self) -> impl FnOnce(sqlx::Error) -> StoreError + use<> {
        let what = self.what;
        move |error| StoreError::of(what, error)
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn run(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Arg>,
    ) -> Result<u64, StoreError> {
        let failed = self.failed();
        self.link().run(sql.into(), args).await.map_err(failed)
    }

    /// Runs a statement and reads every row it gives.
    pub(crate) async fn rows<T: Send>(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Arg>,
        read: impl Fn(&mut Cells<'_>) -> Result<T, sqlx::Error> + Send + Sync,
    ) -> Result<Vec<T>, StoreError> {
        let failed = self.failed();
        self.link()
            .rows(sql.into(), args, read)
            .await
            .map_err(failed)
    }

    /// Runs a statement and reads its first row, if there is one.
    pub(crate) async fn first<T: Send>(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Arg>,
        read: impl Fn(&mut Cells<'_>) -> Result<T, sqlx::Error> + Send + Sync,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, args, read).await?.into_iter().next())
    }

    /// Runs a statement that always gives a row, and reads it.
    pub(crate) async fn only<T: Send>(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Arg>,
        read: impl Fn(&mut Cells<'_>) -> Result<T, sqlx::Error> + Send + Sync,
    ) -> Result<T, StoreError> {
        let failed = self.failed();
        let first = self.first(sql, args, read).await?;
        first.ok_or(sqlx::Error::RowNotFound).map_err(failed)
    }

    /// Runs a statement over the table `rows`; how many rows it touched. Nothing for no rows.
    pub(crate) async fn bulk(&mut self, rows: Rows, then: &str) -> Result<u64, StoreError> {
        if rows.is_empty() {
            return Ok(0);
        }
        let failed = self.failed();
        self.link().bulk(rows, then).await.map_err(failed)
    }

    /// Runs a statement over the table `rows` and reads every row it gives.
    pub(crate) async fn bulk_rows<T: Send>(
        &mut self,
        rows: Rows,
        then: &str,
        read: impl Fn(&mut Cells<'_>) -> Result<T, sqlx::Error> + Send + Sync,
    ) -> Result<Vec<T>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let failed = self.failed();
        self.link()
            .bulk_rows(rows, then, read)
            .await
            .map_err(failed)
    }

    /// Copies rows into a PostgreSQL table; how many there were, or nothing where one of them is
    /// there already. Then none was copied, and a transaction around it can only be dropped.
    pub(crate) async fn copy(
        &mut self,
        statement: &'static str,
        rows: Copy,
    ) -> Result<Option<u64>, StoreError> {
        let failed = self.failed();
        match self.link().copy(statement, rows).await {
            Ok(copied) => Ok(Some(copied)),
            Err(sqlx::Error::Database(said)) if said.is_unique_violation() => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Runs a script of several statements without values.
    pub(crate) async fn script(&mut self, sql: impl Into<Sql>) -> Result<(), StoreError> {
        let failed = self.failed();
        self.link().script(sql.into()).await.map_err(failed)
    }

    /// So many fresh ids of one kind, rising. An id is never given twice.
    pub(crate) async fn ids(
        &mut self,
        kind: &'static str,
        many: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let many = i64::try_from(many).unwrap_or(i64::MAX);
        if self.is_postgres() {
            let sql = "SELECT nextval($1::text::regclass) FROM generate_series(1, $2)";
            let args = args![format!("{kind}_ids"), many];
            return self.rows(sql, args, int).await;
        }
        let sql = "UPDATE counter SET last = last + $2 WHERE kind = $1 RETURNING last";
        let last = self.only(sql, args![kind, many], int).await?;
        Ok((last - many + 1..=last).collect())
    }

    /// One fresh id.
    pub(crate) async fn id(&mut self, kind: &'static str) -> Result<i64, StoreError> {
        let ids = self.ids(kind, 1).await?;
        ids.first()
            .copied()
            .ok_or(sqlx::Error::RowNotFound)
            .map_err(self.failed())
    }

    /// Lets only one transaction at a time go on for each of these names. SQLite has one writer
    /// anyway.
    pub(crate) async fn alone(&mut self, mut names: Vec<String>) -> Result<(), StoreError> {
        if !self.is_postgres() {
            return Ok(());
        }
        // always in the same order, or two nodes would wait for one another
        names.sort_unstable();
        names.dedup();
        let mut rows = Rows::new(&[("name", Kind::Text)]);
        for name in names {
            rows.push(args![name]);
        }
        let then = "SELECT 1::bigint FROM rows \
                    CROSS JOIN LATERAL pg_advisory_xact_lock(hashtextextended(name, 0))";
        self.bulk_rows(rows, then, int).await.map(drop)
    }

    /// Makes what was written durable.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let failed = self.failed();
        match self.held {
            Held::SqliteRead(_) | Held::PostgresRead(_) => Ok(()),
            Held::SqliteWrite(held) => held.commit().await.map_err(failed),
            Held::PostgresWrite(held) => held.commit().await.map_err(failed),
        }
    }
}

use super::args;

/// Tries a transaction again where the database gave it up for another one.
pub(crate) async fn again<T, F>(work: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    for _ in 1..TRIES {
        match work().await {
            Err(error) if error.was_sacrificed() => tracing::debug!(%error, "tried again"),
            ended => return ended,
        }
    }
    work().await
}
