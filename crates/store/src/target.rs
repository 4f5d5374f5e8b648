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
    Postgres(Server),
}

/// A server's database, and the password that its own programs need besides.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) options: Box<PgConnectOptions>,
    password: Option<String>,
}

impl Server {
    /// The database's name.
    pub(crate) fn database(&self) -> &str {
        self.options
            .get_database()
            .unwrap_or(self.options.get_username())
    }

    /// What `pg_dump` and `pg_restore` read of their environment to reach the same database.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let options = &self.options;
        let mut all = vec![
            ("PGHOST", options.get_host().to_owned()),
            ("PGPORT", options.get_port().to_string()),
            ("PGUSER", options.get_username().to_owned()),
            ("PGDATABASE", self.database().to_owned()),
        ];
        let socket = options
            .get_socket()
            .map(|socket| ("PGHOST", socket.display().to_string()));
        all.extend(socket);
        all.extend(
            self.password
                .clone()
                .map(|password| ("PGPASSWORD", password)),
        );
        all
    }
}

/// The password of a URL `scheme://user:password@host/...`.
fn password(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (who, _) = rest.split(['/', '?', '#']).next()?.rsplit_once('@')?;
    let (_, password) = who.split_once(':')?;
    unescape(password)
}

/// `%41` becomes `A`.
fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let value = digit(bytes.next())? * 16 + digit(bytes.next())?;
        out.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(out).ok()
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
                .map(|options| {
                    Self::Postgres(Server {
                        options: Box::new(options),
                        password: password(url),
                    })
                })
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
            Self::Postgres(server) => {
                let (host, port) = (server.options.get_host(), server.options.get_port());
                write!(f, "{host}:{port}/{}", server.database())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, password};

    #[test]
    fn the_password_is_found_as_the_server_wants_it() {
        assert_eq!(
            password("postgres://me:p%40ss:1@h/d").as_deref(),
            Some("p@ss:1")
        );
        assert_eq!(password("postgres://me@h/d?x=a:b@c"), None);
        assert_eq!(password("postgres:///d?host=/run"), None);
    }

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
