//! Who this process is to others that share its database: whose name its leases carry.

use fleet::SECOND;
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use store::Store;

/// The lease of a holder whose name its next life has again: it need not be short.
const LONG: i64 = 60 * SECOND;
/// The lease of a holder whose name dies with it: nobody asks until it has run out.
const SHORT: i64 = 10 * SECOND;
/// The name of whoever locks the file beside the database.
const LOCKED: &str = "the process that locks this database";

/// Who holds the leases of one process, and for how long at a time.
///
/// Beside a SQLite file lies a file that the first process locks for as long as it lives. Its
/// leases carry one name in all its lives: after a sudden end the system has let the lock go, and
/// the next start takes its own leases up at once. A second process beside a live one finds the file
/// locked, has a name that nobody else has, and waits for the lease. Where there is no file
/// (PostgreSQL), every process has a name of its own and its leases are short.
#[derive(Debug)]
pub struct Holder {
    name: String,
    lease: i64,
    /// Let go by the system, however the process ends.
    _lock: Option<File>,
}

impl Holder {
    /// Who asks for leases over this store; the seed is unlike any other process's.
    pub fn of(store: &Store, seed: u64) -> Self {
        match store.file().and_then(lock) {
            Some(lock) => Self {
                name: LOCKED.to_owned(),
                lease: LONG,
                _lock: Some(lock),
            },
            None => Self::named(&format!("{}-{seed:x}", std::process::id()), SHORT),
        }
    }

    /// One of this name, which nobody else may have, with leases of so many milliseconds.
    pub fn named(name: &str, lease: i64) -> Self {
        Self {
            name: name.to_owned(),
            lease,
            _lock: None,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How long its leases last, milliseconds of the computer's time; they are renewed four times
    /// as often.
    pub fn lease(&self) -> i64 {
        self.lease
    }
}

/// Locks the file beside the database; nothing where another process has it.
fn lock(database: &Path) -> Option<File> {
    let mut name = OsString::from(database);
    name.push(".poller");
    let path = PathBuf::from(name);
    let open = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let tried = open.and_then(|file| match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    });
    tried.unwrap_or_else(|error| {
        let path = path.display();
        tracing::warn!(%error, "{path} cannot be locked: after a sudden end a start waits 10 s");
        None
    })
}
