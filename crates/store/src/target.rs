//! Where a store is: what its URL says.

use crate::StoreError;
use sqlx::postgres::PgConnectOptions;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr as _;

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One file, embedded.
    Sqlite,
    /// A server, for several nodes.
    Postgres,
}

impl Engine {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What a URL names.
#[derive(Clone)]
pub(crate) enum Target {
    /// A file, or nothing for a database in memory.
    Sqlite(Option<PathBuf>),
    /// A server's database.
    Postgres(PgConnectOptions),
}

impl Target {
    /// Reads `sqlite:PATH`, `sqlite::memory:` or `postgres://...`.
    pub(crate) fn read(url: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = url.split_once(':').ok_or(StoreError::Url)?;
        match scheme {
            "sqlite" => {
                let path = rest.strip_prefix("//").unwrap_or(rest);
                match path {
                    "" => Err(StoreError::Url),
                    ":memory:" => Ok(Self::Sqlite(None)),
                    path => Ok(Self::Sqlite(Some(path.into()))),
                }
            }
            // the parser's own words may repeat the URL, and with it the password
            "postgres" | "postgresql" => PgConnectOptions::from_str(url)
                .map(Self::Postgres)
                .map_err(|_| StoreError::Url),
            _ => Err(StoreError::Url),
        }
    }
}

impl fmt::Display for Target {
    /// Where it is, without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(None) => f.write_str("memory"),
            Self::Sqlite(Some(path)) => write!(f, "{}", path.display()),
            Self::Postgres(options) => {
                let database = options.get_database().unwrap_or(options.get_username());
                write!(
                    f,
                    "{}:{}/{database}",
                    options.get_host(),
                    options.get_port()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_place_is_shown_without_user_and_password() {
        let shown = |url| Target::read(url).ok().map(|target| target.to_string());
        assert_eq!(shown("sqlite:a/b.db").as_deref(), Some("a/b.db"));
        assert_eq!(shown("sqlite:///a/b.db").as_deref(), Some("/a/b.db"));
        assert_eq!(shown("sqlite::memory:").as_deref(), Some("memory"));
        assert_eq!(
            shown("postgres://me:secret@127.0.0.1:5433/calin").as_deref(),
            Some("127.0.0.1:5433/calin")
        );
        for url in ["", "sqlite:", "mysql://x", "plain/path"] {
            assert_eq!(shown(url), None, "{url}");
        }
    }
}
