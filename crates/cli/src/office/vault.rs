//! The key that seals tokens: where it lies, and how it is made.

use crate::setup::Setup;
use anyhow::{Context, bail};
use desk::command::Vault;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// What it is called beside a SQLite file.
const KEY: &str = "tokens.key";

/// Where the key is to lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Here; the first start makes it.
    Alone(PathBuf),
    /// Here, where several nodes may need the same: nobody makes one by himself.
    Shared(PathBuf),
    /// Nobody has said where, and there is no file to lie beside.
    Nowhere,
}

/// Where the key is to lie; `database` is the SQLite file, where it is one.
pub(crate) fn place(setup: &Setup, database: Option<&Path>) -> Place {
    match (setup.token_key_file(), database) {
        (Some(named), Some(_)) => Place::Alone(named),
        (Some(named), None) => Place::Shared(named),
        (None, Some(database)) => Place::Alone(database.with_file_name(KEY)),
        (None, None) => Place::Nowhere,
    }
}

/// The vault with the key that is kept.
pub(super) fn kept(setup: &Setup, database: Option<&Path>) -> anyhow::Result<Vault> {
    let place = place(setup, database);
    let path = match &place {
        Place::Alone(path) | Place::Shared(path) => path,
        Place::Nowhere => bail!(
            "every node on PostgreSQL seals tokens with one key: make it with head -c 32 \
             /dev/urandom > FILE, give it to each node and name it with commands.token_key_file"
        ),
    };
    let key = match (fs::read(path), &place) {
        (Ok(key), _) => key,
        (Err(error), Place::Alone(_)) if error.kind() == ErrorKind::NotFound => made(path)?,
        (Err(error), _) => {
            let sentence = format!("the key {} cannot be read", path.display());
            return Err(error).context(sentence);
        }
    };
    match Vault::new(&key) {
        Some(vault) => Ok(vault),
        None => bail!(
            "{} is no key of 32 bytes: put the one back that was there, or move this one away and \
             ask for open tokens anew",
            path.display()
        ),
    }
}

/// A vault whose key nobody needs again.
pub(super) fn of_the_moment() -> anyhow::Result<Vault> {
    Vault::new(&new_key()?).context("the key of the moment does not fit")
}

fn new_key() -> anyhow::Result<[u8; 32]> {
    Vault::new_key().context("the computer gives no randomness for a key")
}

/// Makes a key that nobody else may read.
fn made(path: &Path) -> anyhow::Result<Vec<u8>> {
    let key = new_key()?;
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let made = options.open(path).and_then(|mut file| {
        file.write_all(&key)?;
        file.sync_all()
    });
    match made {
        Ok(()) => Ok(key.to_vec()),
        // somebody else was quicker
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be written", path.display())),
    }
}
