//! Why the store could not do what it was told; each sentence says what to do next.

use std::path::PathBuf;

/// What the database, or the system below it, said.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the store could not do what it was told. No variant carries a URL or a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL names neither engine.
    #[error("the store's url has to begin with sqlite: or postgres:// - see the setting store.url")]
    Url,
    /// The database could not be opened or reached at the start.
    #[error("the store at {place} cannot be opened: check that it is there and may be used")]
    CannotOpen {
        /// Where, without a password.
        place: String,
        /// What was said.
        source: Cause,
    },
    /// The database does not let us in, or not do what has to be done.
    #[error(
        "the database refuses the store's user, password or rights: check the setting store.url"
    )]
    Refused {
        /// What was said.
        source: Cause,
    },
    /// The database belongs to something else.
    #[error("{place} is not a CalinMeter database and is left alone: choose another place")]
    NotOurs {
        /// Where, without a password.
        place: String,
    },
    /// A newer program has written it.
    #[error(
        "the store has schema {found} and this program knows {known}: start the newer program, or \
         restore a backup of schema {known}"
    )]
    NewerSchema {
        /// The schema's version there.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The disk is full. What was to be written was not written, not even in part.
    #[error("the store's disk is full: make room, nothing that was kept is lost")]
    Full {
        /// What was said.
        source: Cause,
    },
    /// The database has gone away. It is tried again with the next call.
    #[error("the store's database does not answer: start it, or mount its disk, again")]
    Gone {
        /// What was said.
        source: Cause,
    },
    /// Others hold the locks for too long.
    #[error("the store is held by another program for too long: look what else uses the database")]
    Busy {
        /// What was said.
        source: Cause,
    },
    /// What is stored cannot be read.
    #[error("the store is damaged where it was to {what}: restore the last backup")]
    Damaged {
        /// What was to be done.
        what: &'static str,
        /// What was said.
        source: Cause,
    },
    /// A backup or a restore failed outside the database.
    #[error("the backup at {place} could not be {what}: look at the place and try again")]
    Backup {
        /// `written` or `read`.
        what: &'static str,
        /// The file.
        place: PathBuf,
        /// What was said.
        source: Cause,
    },
    /// The place to restore into holds something already.
    #[error("the database is not empty: restore into an empty one")]
    NotEmpty,
    /// A program that is needed is not there.
    #[error("{program} is missing: install the package {package} and try again")]
    NoProgram {
        /// The program.
        program: &'static str,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// Anything else: a fault of ours.
    #[error("the store could not {what}: this is a fault of the program, please report it")]
    Query {
        /// What was to be done.
        what: &'static str,
        /// What was said.
        source: Cause,
    },
}

impl StoreError {
    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full { .. })
    }

    /// Whether the database has gone away; the next call tries it again.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Gone { .. })
    }

    /// Whether others hold the locks; the same call may work a moment later.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy { .. })
    }

    /// Whether the database gave this transaction up for another one, so that it may be tried again
    /// at once.
    pub(crate) fn was_sacrificed(&self) -> bool {
        let Self::Busy { source } = self else {
            return false;
        };
        let said = source.downcast_ref::<sqlx::Error>();
        let code = said.and_then(|error| error.as_database_error()?.code());
        matches!(code.as_deref(), Some("40001" | "40P01"))
    }

    /// What opening a database ended with; a file that is no database at all is not ours.
    pub(crate) fn opening(place: String, source: sqlx::Error) -> Self {
        if is_no_database(&source) {
            return Self::NotOurs { place };
        }
        match Self::of("open the database", source) {
            Self::Gone { source } | Self::Query { source, .. } => {
                Self::CannotOpen { place, source }
            }
            other => other,
        }
    }

    /// Sorts what the database said into what a person can do about it.
    pub(crate) fn of(what: &'static str, source: sqlx::Error) -> Self {
        match said(&source) {
            Said::Full => Self::Full {
                source: source.into(),
            },
            Said::Gone => Self::Gone {
                source: source.into(),
            },
            Said::Busy => Self::Busy {
                source: source.into(),
            },
            Said::Refused => Self::Refused {
                source: source.into(),
            },
            Said::Damaged => Self::Damaged {
                what,
                source: source.into(),
            },
            Said::Other => Self::Query {
                what,
                source: source.into(),
            },
        }
    }
}

/// The kinds of trouble a database can speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Full,
    Gone,
    Busy,
    Refused,
    Damaged,
    Other,
}

/// PostgreSQL's classes and codes (appendix A of its manual); the longest beginning that fits wins.
const SQLSTATES: &[(&str, Said)] = &[
    ("53100", Said::Full),
    ("53", Said::Busy),
    ("57P", Said::Gone),
    ("08", Said::Gone),
    ("58", Said::Gone),
    ("55P03", Said::Busy),
    ("40001", Said::Busy),
    ("40P01", Said::Busy),
    ("3D000", Said::Gone),
    ("28", Said::Refused),
    ("42501", Said::Refused),
    ("XX001", Said::Damaged),
    ("XX002", Said::Damaged),
];

/// SQLite's primary result codes (<https://sqlite.org/rescode.html>).
const SQLITE_CODES: &[(i64, Said)] = &[
    (5, Said::Busy),
    (6, Said::Busy),
    (8, Said::Gone),
    (10, Said::Gone),
    (11, Said::Damaged),
    (13, Said::Full),
    (14, Said::Gone),
    (26, Said::Damaged),
];

/// SQLite's `SQLITE_NOTADB`: the file's head is another one.
fn is_no_database(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.as_deref() == Some("26")
}

fn said(error: &sqlx::Error) -> Said {
    match error {
        sqlx::Error::Database(said) => said.code().map_or(Said::Other, |code| by_code(&code)),
        sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => Said::Full,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::BeginFailed
        | sqlx::Error::WorkerCrashed => Said::Gone,
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Said::Damaged,
        _ => Said::Other,
    }
}

/// SQLite's codes are plain numbers below 10,000, PostgreSQL's have five characters.
fn by_code(code: &str) -> Said {
    let found = match code.parse::<i64>() {
        Ok(number) if code.len() < 5 => SQLITE_CODES
            .iter()
            .find(|(primary, _)| *primary == (number & 0xff))
            .map(|(_, said)| *said),
        _ => SQLSTATES
            .iter()
            .filter(|(start, _)| code.starts_with(start))
            .max_by_key(|(start, _)| start.len())
            .map(|(_, said)| *said),
    };
    found.unwrap_or(Said::Other)
}

#[cfg(test)]
mod tests {
    use super::{Said, by_code};

    #[test]
    fn what_the_engines_say_is_sorted_by_what_can_be_done() {
        let rows = [
            ("13", Said::Full),
            ("261", Said::Busy),
            ("778", Said::Gone),
            ("1", Said::Other),
            ("53100", Said::Full),
            ("53300", Said::Busy),
            ("57P01", Said::Gone),
            ("28P01", Said::Refused),
            ("23505", Said::Other),
        ];
        for (code, expected) in rows {
            assert_eq!(by_code(code), expected, "{code}");
        }
    }
}
