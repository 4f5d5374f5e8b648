//! `[store]`: the database.

use crate::check;
use crate::key::{Key, Slot};
use crate::reader::{Reader, Section};
use crate::secret_at::SecretAt;
use asking::Secret;
use std::fmt;
use std::ops::Range;
use toml::de::DeTable;

/// The database.
#[derive(Clone, PartialEq, Eq)]
pub struct Store {
    /// May hold a password where a variable of the environment has brought it.
    url: String,
    /// Where the password of a PostgreSQL database is.
    pub password: Option<SecretAt>,
    /// The folder in which a copy is put before the database's schema is changed.
    pub backups: String,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            url: "sqlite:calinmeter.db".to_owned(),
            password: None,
            backups: "backups".to_owned(),
        }
    }
}

impl Section for Store {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "url",
            Slot::Text(check::database, |store| &mut store.url),
            "The database: sqlite:FILE, or postgres://user@host/database for more than one node.",
        ),
        Key::<Self>::new(
            "password_file",
            Slot::SecretFile(|store| &mut store.password),
            "The file that holds the password of a PostgreSQL database.",
        )
        .like("\"secrets/store\""),
        Key::<Self>::new(
            "password_env",
            Slot::SecretVariable(|store| &mut store.password),
            "",
        )
        .like("\"STORE_PASSWORD\"")
        .or(),
        Key::<Self>::new(
            "backups",
            Slot::Text(check::file, |store| &mut store.backups),
            "The folder in which a copy is put before the database's schema is changed.",
        ),
    ];
}

impl Store {
    /// The database's address as it was given: for opening it, not for showing.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address for showing: a password in it is left out.
    pub fn shown(&self) -> String {
        let Some((user, host)) = self.user_and_host() else {
            return self.url.split('?').next().unwrap_or_default().to_owned();
        };
        let host = host.split('?').next().unwrap_or_default();
        let plain = user.split(':').next().unwrap_or_default();
        format!("postgres://{plain}@{host}")
    }

    /// The address with the password from [`Store::password`] put into it.
    pub fn url_with(&self, password: &Secret) -> Secret {
        let Some((user, host)) = self.user_and_host() else {
            return Secret::new(self.url.clone());
        };
        let plain = user.split(':').next().unwrap_or_default();
        let hidden = percent(password.reveal());
        Secret::new(format!("postgres://{plain}:{hidden}@{host}"))
    }

    /// The file itself holds no password, neither in the address nor behind it.
    pub(crate) fn refuse_password(&self, reader: &mut Reader, at: &Range<usize>, table: &DeTable) {
        let before = self
            .user_and_host()
            .is_some_and(|(user, _)| user.contains(':'));
        if before || self.url.contains("password=") {
            let place = table.get("url").map_or(at.clone(), toml::Spanned::span);
            let what = "the address holds a password: take it out and name where it is with \
                        password_file or password_env";
            reader.say(&place, "store.url", what.to_owned());
        }
    }

    fn user_and_host(&self) -> Option<(&str, &str)> {
        let (scheme, rest) = self.url.split_once("://")?;
        if !scheme.starts_with("postgres") {
            return None;
        }
        let end = rest.find('/').unwrap_or(rest.len());
        let user = rest.get(..end)?.rfind('@')?;
        Some((rest.get(..user)?, rest.get(user + 1..)?))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("url", &self.shown())
            .field("password", &self.password)
            .field("backups", &self.backups)
            .finish()
    }
}

/// A text as it may stand in an address.
fn percent(text: &str) -> String {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes()
        .map(|byte| match byte {
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
