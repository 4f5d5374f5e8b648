//! The store itself: opening it, asking how it is, closing it.

use crate::error::StoreError;
use crate::sql::{Postgres, Session, Sqlite, args, count, int};
use crate::target::{Engine, Target};
use crate::{migrate, months::Months, registers::Registers};
use fleet::Moment;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How to open a store.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// The folder for the backup that is taken before a schema is migrated; `None` puts it beside a
    /// SQLite file, and leaves it to the operator of a PostgreSQL server.
    pub backup_before_migration: Option<PathBuf>,
    /// Whether a database that is not there yet may be created (SQLite).
    pub create: bool,
    /// The most bytes a SQLite file may grow to; beyond it the disk counts as full. For a disk that
    /// is shared with others.
    pub largest: Option<u64>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            backup_before_migration: None,
            create: true,
            largest: None,
        }
    }
}

impl OpenOptions {
    /// Opens only what is there.
    pub fn existing() -> Self {
        Self {
            create: false,
            ..Self::default()
        }
    }
}

/// The store. Cloning it is cheap; all clones share its connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    place: String,
    registers: Registers,
    months: Months,
    /// Whether the last readings held some that were there already.
    repeats: AtomicBool,
}

/// The database behind the store.
#[derive(Clone)]
pub(crate) enum Database {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Database {
    /// Opens what is there, or makes an empty one where that is allowed.
    pub(crate) async fn open(target: &Target, options: &OpenOptions) -> Result<Self, StoreError> {
        let opened = match target {
            Target::Sqlite(path) => Sqlite::open(path.as_deref(), options)
                .await
                .map(Self::Sqlite),
            Target::Postgres(server) => Postgres::open(server.clone()).await.map(Self::Postgres),
        };
        opened.map_err(|error| StoreError::opening(target.to_string(), error))
    }

    pub(crate) async fn read(&self, what: &'static str) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite(database) => database.read(what).await,
            Self::Postgres(database) => database.read(what).await,
        }
    }

    pub(crate) async fn write(&self, what: &'static str) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite(database) => database.write(what).await,
            Self::Postgres(database) => database.write(what).await,
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(database) => database.close().await,
            Self::Postgres(database) => database.close().await,
        }
    }
}

impl Store {
    /// Opens the store that the URL names (`sqlite:PATH`, `sqlite::memory:`, `postgres://...`) and
    /// brings its schema up to date, after a backup.
    pub async fn open(url: &str, options: OpenOptions) -> Result<Self, StoreError> {
        let target = Target::read(url)?;
        let place = target.to_string();
        let database = Database::open(&target, &options).await?;
        migrate::forward(
            &database,
            &place,
            options.backup_before_migration.as_deref(),
        )
        .await?;
        let inner = Inner {
            database,
            place,
            registers: Registers::default(),
            months: Months::default(),
            repeats: AtomicBool::new(false),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Which engine keeps it.
    pub fn engine(&self) -> Engine {
        match self.database() {
            Database::Sqlite(_) => Engine::Sqlite,
            Database::Postgres(_) => Engine::Postgres,
        }
    }

    /// Where it is, without user and password.
    pub fn place(&self) -> &str {
        &self.inner.place
    }

    /// The SQLite file; nothing for PostgreSQL and for a database in memory.
    pub fn file(&self) -> Option<&Path> {
        match self.database() {
            Database::Sqlite(database) => database.path.as_deref(),
            Database::Postgres(_) => None,
        }
    }

    /// Proves that the disk takes and gives back: writes a row durably and reads it again.
    pub async fn ping(&self, now: Moment) -> Result<(), StoreError> {
        let mut session = self.write("write a sign of life").await?;
        let sql = "INSERT INTO heartbeat (id, at) VALUES (1, $1) \
                   ON CONFLICT (id) DO UPDATE SET at = excluded.at";
        session.run(sql, args![now]).await?;
        session.commit().await?;
        let mut session = self.read("read a sign of life").await?;
        session
            .only("SELECT at FROM heartbeat WHERE id = 1", args![], int)
            .await?;
        Ok(())
    }

    /// How large it is on disk.
    pub async fn size_bytes(&self) -> Result<u64, StoreError> {
        let mut session = self.read("measure the store").await?;
        let sql = match self.engine() {
            Engine::Postgres => "SELECT pg_database_size(current_database())",
            Engine::Sqlite => {
                "SELECT (SELECT * FROM pragma_page_count) * (SELECT * FROM pragma_page_size)"
            }
        };
        session.only(sql, args![], count).await
    }

    /// The version of its schema.
    pub async fn schema_version(&self) -> Result<i64, StoreError> {
        let mut session = self.read("read the schema's version").await?;
        migrate::version(&mut session).await
    }

    /// Writes what is left to be written and lets go of the database. Later calls fail as gone.
    pub async fn close(&self) {
        self.database().close().await;
    }

    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }

    pub(crate) fn registers(&self) -> &Registers {
        &self.inner.registers
    }

    /// Whether the last readings held some that were there already.
    pub(crate) fn repeats(&self) -> &AtomicBool {
        &self.inner.repeats
    }

    /// The months that have a table, where there is one a month.
    pub(crate) fn months(&self) -> Option<&Months> {
        (self.engine() == Engine::Postgres).then_some(&self.inner.months)
    }

    /// A connection for reading.
    pub(crate) async fn read(&self, what: &'static str) -> Result<Session, StoreError> {
        self.database().read(what).await
    }

    /// A transaction for writing.
    pub(crate) async fn write(&self, what: &'static str) -> Result<Session, StoreError> {
        self.database().write(what).await
    }
}

impl fmt::Debug for Store {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.engine())
            .field("place", &self.inner.place)
            .finish_non_exhaustive()
    }
}
