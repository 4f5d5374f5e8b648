//! Backups while the store is in use, and putting one back.

use crate::error::StoreError;
use crate::sql::{Sqlite, args, text};
use crate::store::{Database, OpenOptions};
use crate::target::Target;
use crate::{Store, dump, migrate};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

impl Store {
    /// Writes a consistent copy, while everybody goes on: SQLite a database file, PostgreSQL a dump
    /// in `pg_dump`'s own format. A file that is there already is replaced once the copy is whole.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        copy(self.database(), to).await
    }
}

async fn copy(database: &Database, to: &Path) -> Result<(), StoreError> {
    let half = beside(to, ".half");
    forget(&half).map_err(failed("written", &half))?;
    match database {
        Database::Sqlite(sqlite) => sqlite.copy(&half).await?,
        Database::Postgres(postgres) => dump::dump(&postgres.server, &half).await?,
    }
    settle_file(&half).map_err(failed("written", &half))?;
    std::fs::rename(&half, to).map_err(failed("written", to))
}

/// Puts a backup back. SQLite: the backup is looked at first, the database that was there is kept
/// beside as `.before-restore`. PostgreSQL: the database has to be empty. While somebody uses the
/// database it is refused as busy.
pub async fn restore(from: &Path, url: &str) -> Result<(), StoreError> {
    match Target::read(url)? {
        target @ Target::Postgres(_) => restore_server(from, &target).await,
        Target::Sqlite(None) => Err(StoreError::Url),
        Target::Sqlite(Some(path)) => restore_file(from, &path).await,
    }
}

async fn restore_server(from: &Path, target: &Target) -> Result<(), StoreError> {
    let Target::Postgres(server) = target else {
        return Err(StoreError::Url);
    };
    let database = Database::open(target, &OpenOptions::existing()).await?;
    let empty = migrate::is_empty(&database).await;
    database.close().await;
    if !empty? {
        return Err(StoreError::NotEmpty);
    }
    dump::restore(server, from).await
}

async fn restore_file(from: &Path, path: &Path) -> Result<(), StoreError> {
    let half = beside(path, ".half");
    forget(&half).map_err(failed("read", &half))?;
    std::fs::copy(from, &half).map_err(failed("read", from))?;
    if let Err(error) = prove(&half, from).await {
        forget(&half).map_err(failed("read", &half))?;
        return Err(error);
    }
    if path.exists() {
        Sqlite::retire(path).await?;
    }
    settle_file(&half).map_err(failed("read", &half))?;
    let kept = beside(path, ".before-restore");
    for tail in ["", "-wal", "-shm"] {
        let old = beside(path, tail);
        if old.exists() {
            std::fs::rename(&old, beside(&kept, tail)).map_err(failed("read", &old))?;
        }
    }
    std::fs::rename(&half, path).map_err(failed("read", path))
}

/// Whether a copy of a backup is whole, ours and not newer than this program.
async fn prove(half: &Path, from: &Path) -> Result<(), StoreError> {
    let target = Target::Sqlite(Some(half.to_owned()));
    let database = Database::open(&target, &OpenOptions::existing()).await?;
    let looked = look(&database, from).await;
    database.close().await;
    looked
}

async fn look(database: &Database, from: &Path) -> Result<(), StoreError> {
    let what = "look the backup through";
    migrate::is_ours(database, &from.display().to_string()).await?;
    let mut session = database.read(what).await?;
    let said: String = session.only("PRAGMA quick_check(1)", args![], text).await?;
    match said.as_str() {
        "ok" => Ok(()),
        _ => Err(StoreError::Damaged {
            what,
            source: said.into(),
        }),
    }
}

/// The backup before a migration. Nothing is overwritten.
pub(crate) async fn before_migration(
    database: &Database,
    version: i64,
    folder: Option<&Path>,
) -> Result<(), StoreError> {
    let (name, beside) = match database {
        Database::Sqlite(sqlite) => match &sqlite.path {
            None => return Ok(()),
            Some(path) => (
                path.file_name()
                    .map_or_else(|| "calinmeter.db".into(), OsString::from),
                path.parent(),
            ),
        },
        Database::Postgres(_) => ("calinmeter.dump".into(), None),
    };
    let Some(folder) = folder.or(beside) else {
        tracing::warn!(version, "the schema is migrated without a backup of ours");
        return Ok(());
    };
    let mut name = name;
    name.push(format!(".schema-{version}"));
    let first = folder.join(&name);
    let mut place = first.clone();
    let mut copies = 1;
    while place.exists() {
        copies += 1;
        place = self::beside(&first, &format!(".{copies}"));
    }
    tracing::info!(place = %place.display(), "backup before the schema is migrated");
    copy(database, &place).await
}

/// The path with something at its end.
fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    name.into()
}

fn failed(what: &'static str, place: &Path) -> impl FnOnce(io::Error) -> StoreError + use<> {
    let place = place.to_owned();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull => StoreError::Full {
            source: source.into(),
        },
        _ => StoreError::Backup {
            what,
            place,
            source: source.into(),
        },
    }
}

/// Removes a file and what SQLite leaves beside one, where they are.
fn forget(path: &Path) -> io::Result<()> {
    for tail in ["", "-wal", "-shm"] {
        match std::fs::remove_file(beside(path, tail)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Makes a file durable before its name is.
fn settle_file(path: &Path) -> io::Result<()> {
    std::fs::File::open(path)?.sync_all()
}
