//! Commands as this configuration has them: their rules, and the key that seals tokens.

use crate::setup::Setup;
use anyhow::{Context, bail};
use commands::Terms;
use desk::Intake;
use desk::command::{CommandRules, Commands, HeadEndRules, Vault};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the key lies that seals tokens, beside a SQLite file.
const KEY: &str = "tokens.key";

/// The service for commands over this intake.
pub(crate) fn open(setup: &Setup, intake: &Arc<Intake>) -> anyhow::Result<Arc<Commands>> {
    let mut rules = CommandRules::default();
    for deployment in setup.deployments()? {
        let terms = Terms {
            horizon: deployment.physical_horizon(),
            ..Terms::default()
        };
        let of = HeadEndRules {
            terms,
            ..HeadEndRules::default()
        };
        rules.head_ends.insert(deployment.name, of);
    }
    let vault = vault(intake.store().file())?;
    Ok(Arc::new(Commands::new(intake.clone(), rules, vault)))
}

/// The service of a demonstration: its one head-end, and a key that nobody needs again.
pub(crate) fn demo(horizon: i64, intake: &Arc<Intake>) -> anyhow::Result<Arc<Commands>> {
    let mut rules = CommandRules::default();
    let of = HeadEndRules {
        terms: Terms {
            horizon,
            ..Terms::default()
        },
        polarity_confirmed: false,
    };
    rules.head_ends.insert(crate::demo::NAME.to_owned(), of);
    let key = Vault::new_key().context("the computer gives no randomness for a key")?;
    let vault = Vault::new(&key).context("the key of the demonstration does not fit")?;
    Ok(Arc::new(Commands::new(intake.clone(), rules, vault)))
}

/// The vault whose key lies beside the database; it is made the first time.
fn vault(database: Option<&Path>) -> anyhow::Result<Vault> {
    let path = match database.and_then(Path::parent) {
        Some(folder) => folder.join(KEY),
        None => PathBuf::from(KEY),
    };
    let key = match fs::read(&path) {
        Ok(key) => key,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => new_key(&path)?,
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
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

/// Makes a key that nobody else may read.
fn new_key(path: &Path) -> anyhow::Result<Vec<u8>> {
    let key = Vault::new_key().context("the computer gives no randomness for a key")?;
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
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be written", path.display())),
    }
}
