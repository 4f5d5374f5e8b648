//! The embedded engine: one file, one writer, a few readers.

use super::Session;
use super::checkpoint::Checkpoints;
use super::session::Held;
use crate::{OpenOptions, StoreError};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// `CALM` in the file's head, so that nothing else is mistaken for ours.
pub(crate) const APPLICATION_ID: i64 = 0x4341_4C4D;
/// Bytes of a page, as SQLite makes them unless told otherwise.
const PAGE: u64 = 4_096;
/// Readers beside the writer; WAL lets them read while it writes.
const READERS: u32 = 4;
/// How long another process may hold the file, and how long a call may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(15);

/// An open database file.
#[derive(Clone)]
pub(crate) struct Sqlite {
    /// Nothing for a database in memory.
    pub(crate) path: Option<PathBuf>,
    options: Arc<SqliteConnectOptions>,
    writer: SqlitePool,
    readers: SqlitePool,
    checkpoints: Arc<Checkpoints>,
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
                .clone()
                .pragma("query_only", "1")
                .pragma("cache_size", "-4000");
            pool(READERS).connect_lazy_with(options)
        } else {
            // a database in memory belongs to its one connection
            writer.clone()
        };
        Ok(Self {
            path: path.map(Path::to_owned),
            options: Arc::new(options.clone()),
            writer,
            readers,
            checkpoints: Arc::default(),
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
        if self.path.is_some() {
            self.checkpoints.written(&self.readers);
        }
        Ok(Session::new(
            what,
            Held::SqliteWrite(held.map_err(|error| waited(what, error))?),
        ))
    }

    /// Lets readers and the writer go on beside one another from now on. The file remembers it, so
    /// it is asked for once, when the file has become ours.
    pub(crate) async fn write_ahead(&self) -> Result<(), StoreError> {
        let what = "prepare the database";
        let held = self.writer.acquire().await;
        let mut held = held.map_err(|error| waited(what, error))?;
        let done = held.execute("PRAGMA journal_mode = WAL").await;
        done.map(drop).map_err(|error| StoreError::of(what, error))
    }

    /// Writes a consistent copy on a connection of its own: the writer goes on meanwhile.
    pub(crate) async fn copy(&self, to: &Path) -> Result<(), StoreError> {
        let failed = |error| StoreError::of("write the backup", error);
        let to = to.to_string_lossy().into_owned();
        let query = sqlx::query("VACUUM INTO ?").bind(to);
        let done = if self.path.is_some() {
            let mut link = SqliteConnection::connect_with(&self.options)
                .await
                .map_err(failed)?;
            let done = query.execute(&mut link).await;
            link.close().await.map_err(failed)?;
            done
        } else {
            query.execute(&self.writer).await
        };
        done.map(drop).map_err(failed)
    }

    /// Takes a file out of use: what is beside it goes into it, and nobody else may have it open.
    /// A file that is damaged is nobody's.
    pub(crate) async fn retire(path: &Path) -> Result<(), StoreError> {
        let options = options(Some(path), &OpenOptions::existing()).busy_timeout(Duration::ZERO);
        let Ok(mut link) = SqliteConnection::connect_with(&options).await else {
            return Ok(());
        };
        let retired = link.execute("PRAGMA journal_mode = DELETE").await.map(drop);
        let closed = link.close().await;
        let ended = retired.and(closed);
        match ended.map_err(|error| StoreError::of("take the database out of use", error)) {
            Err(busy @ StoreError::Busy { .. }) => Err(busy),
            _ => Ok(()),
        }
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
        .before_acquire(|link, _| Box::pin(is_free(link)))
}

/// Whether nothing is left open on a connection. A full disk may make SQLite undo a transaction by
/// itself; the driver then waits for an end that never comes, and the connection is of no use.
async fn is_free(link: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if !link.is_in_transaction() {
        return Ok(true);
    }
    // the end may still be on its way
    link.ping().await?;
    Ok(!link.is_in_transaction())
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
        .pragma("cache_size", "-64000")
        // a page that many transactions touch goes into the file once for 64 MB of them
        .pragma("wal_autocheckpoint", "16000")
        // each bulk statement is remembered in a handful of lengths
        .statement_cache_capacity(500)
        .pragma("journal_size_limit", "67108864")
        // every statement is written for an index: one that SQLite makes for itself was seen to read
        // all cases for each of 512 meters. No statistics either: those of a young, small file make it
        // read whole tables once they have grown
        .pragma("automatic_index", "0")
        .disable_statement_logging();
    let options = match wanted.largest {
        None => options,
        Some(bytes) => options.pragma("max_page_count", (bytes / PAGE).max(1).to_string()),
    };
    match path {
        None => options.in_memory(true),
        Some(path) => options.filename(path),
    }
}
