//! The embedded engine: one file, one writer, a few readers.

use super::Session;
use super::session::Held;
use crate::{OpenOptions, StoreError};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `CALM` in the file's head, so that nothing else is mistaken for ours.
pub(crate) const APPLICATION_ID: i64 = 0x4341_4C4D;
/// Bytes of a page, as SQLite makes them unless told otherwise.
const PAGE: u64 = 4_096;
/// Readers beside the writer; WAL lets them read while it writes.
const READERS: u32 = 4;
/// How long another process may hold the file, and how long a call may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open database file.
#[derive(Clone)]
pub(crate) struct Sqlite {
    /// Nothing for a database in memory.
    pub(crate) path: Option<PathBuf>,
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Sqlite {
    /// Opens the file, or a database in memory.
    pub(crate) async fn open(
        path: Option<&Path>,
        wanted: &OpenOptions,
    ) -> Result<Self, sqlx::Error> {
        let options = options(path, wanted);
        let writer = pool(1).connect_with(options.clone()).await?;
        let readers = if path.is_some() {
            let options = options
                .pragma("query_only", "1")
                .pragma("cache_size", "-4000");
            pool(READERS).connect_lazy_with(options)
        } else {
            // a database in memory belongs to its one connection
            writer.clone()
        };
        Ok(Self {
            path: path.map(Path::to_owned),
            writer,
            readers,
        })
    }

    pub(crate) async fn read(&self, what: &'static str) -> Result<Session, StoreError> {
        let held = self
            .readers
            .acquire()
            .await
            .map_err(|error| waited(what, error))?;
        Ok(Session::new(what, Held::SqliteRead(held)))
    }

    pub(crate) async fn write(&self, what: &'static str) -> Result<Session, StoreError> {
        // taken at once: a transaction that turns into a writer later could not wait for its turn
        let held = self.writer.begin_with("BEGIN IMMEDIATE").await;
        Ok(Session::new(
            what,
            Held::SqliteWrite(held.map_err(|error| waited(what, error))?),
        ))
    }

    /// The writer without a transaction, for what cannot run inside one.
    pub(crate) async fn bare(&self, what: &'static str) -> Result<Session, StoreError> {
        let held = self
            .writer
            .acquire()
            .await
            .map_err(|error| waited(what, error))?;
        Ok(Session::new(what, Held::SqliteRead(held)))
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Waiting for the one writer is waiting for others, not for a database that has gone.
fn waited(what: &'static str, error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolTimedOut => StoreError::Busy {
            source: error.into(),
        },
        error => StoreError::of(what, error),
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // there is no network to have lost it
        .test_before_acquire(false)
}

fn options(path: Option<&Path>, wanted: &OpenOptions) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // what was acknowledged survives a power cut, not only a crash
        .synchronous(SqliteSynchronous::Full)
        .create_if_missing(wanted.create)
        // rows cross from SQLite's thread to ours: a longer queue means fewer wakings
        .row_buffer_size(1_024)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-32000")
        .pragma("journal_size_limit", "67108864")
        .optimize_on_close(true, 1_000);
    let options = match wanted.largest {
        None => options,
        Some(bytes) => options.pragma("max_page_count", (bytes / PAGE).max(1).to_string()),
    };
    match path {
        None => options.in_memory(true),
        Some(path) => options.filename(path).journal_mode(SqliteJournalMode::Wal),
    }
}
