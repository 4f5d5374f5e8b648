//! Where a secret is. The file itself never holds one.

/// Where the caller finds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretAt {
    /// In this file, which holds nothing else. A relative path begins where `calinmeter.toml` is.
    File(String),
    /// In this variable of the environment.
    Variable(String),
}

/// Parts of a key's name that say: its value is a secret.
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "passwort",
    "pwd",
    "secret",
    "token",
    "authorization",
    "credential",
    "commissioning_code",
    "api_key",
    "apikey",
];

/// Whether a key of this name would hold a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace('-', "_");
    SECRETS.iter().any(|secret| name.contains(secret))
}
