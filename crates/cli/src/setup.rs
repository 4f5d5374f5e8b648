//! The configuration as this run has it: the file, the environment, and the secrets they name.

use anyhow::{Context, bail};
use asking::{Deployment, Secret};
use ledger::SigningKey;
use settings::{HeadEnd, SecretAt, Secrets, Settings, Webhook};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Looked for in the current folder where no file was named.
const FILE: &str = "calinmeter.toml";
/// The variable that names the file.
const FILE_VARIABLE: &str = "CALINMETER_CONFIG";
/// How variables begin that change a setting.
const PREFIX: &str = "CALINMETER_";

/// What this run goes by.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) settings: Settings,
    /// The file it came from; nothing where there is none.
    pub(crate) file: Option<PathBuf>,
    /// Where relative paths begin.
    folder: PathBuf,
    /// The file that holds the key of who gives the command, as it was named.
    pub(crate) key_file: Option<PathBuf>,
}

impl Setup {
    /// Reads the file that was named, or `calinmeter.toml` here, or takes the defaults; then the
    /// environment.
    pub(crate) fn read(named: Option<&Path>) -> anyhow::Result<Self> {
        let from_environment = std::env::var_os(FILE_VARIABLE).map(PathBuf::from);
        let named = named.map(Path::to_owned).or(from_environment);
        let file = match named {
            Some(file) => Some(file),
            None => Some(PathBuf::from(FILE)).filter(|file| file.is_file()),
        };
        let settings = match &file {
            Some(file) => Settings::parse(&text(file)?)
                .with_context(|| format!("{} cannot be used", file.display()))?,
            None => Settings::default(),
        };
        let known = Settings::variables();
        let changes: Vec<(String, String)> = std::env::vars()
            .filter(|(name, _)| name.starts_with(PREFIX) && known.contains(name))
            .collect();
        let changes: Vec<(&str, &str)> = changes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let settings = settings
            .with(&changes)
            .context("a variable of the environment cannot be used")?;
        check_overrides(&settings)?;
        let folder = file
            .as_deref()
            .and_then(Path::parent)
            .map(Path::to_owned)
            .unwrap_or_default();
        Ok(Self {
            settings,
            file,
            folder,
            key_file: None,
        })
    }

    /// Where the database is, with its password where it has one.
    pub(crate) fn store_url(&self) -> anyhow::Result<Secret> {
        let store = &self.settings.store;
        if let Some(at) = &store.password {
            return Ok(store.url_with(&self.secret(at)?));
        }
        let relative = store
            .url()
            .strip_prefix("sqlite:")
            .filter(|path| !path.starts_with(['/', ':']));
        Ok(Secret::new(match relative {
            Some(path) => format!("sqlite:{}", self.folder.join(path).display()),
            None => store.url().to_owned(),
        }))
    }

    /// The folder in which copies are put before the schema is changed.
    pub(crate) fn backups(&self) -> PathBuf {
        self.folder.join(&self.settings.store.backups)
    }

    /// The head-ends with their secrets.
    pub(crate) fn deployments(&self) -> anyhow::Result<Vec<Deployment>> {
        let head_ends = self.settings.head_ends.iter();
        head_ends
            .map(|head_end| self.deployment(head_end))
            .collect()
    }

    /// One head-end with its secrets.
    pub(crate) fn deployment(&self, head_end: &HeadEnd) -> anyhow::Result<Deployment> {
        let name = &head_end.name;
        let Some(at) = &head_end.password else {
            bail!("the head-end {name} has no password_file");
        };
        let secrets = Secrets {
            password: self
                .secret(at)
                .with_context(|| format!("the password of the head-end {name} cannot be read"))?,
            authorization: match &head_end.authorization {
                Some(at) => Some(self.secret(at)?),
                None => None,
            },
        };
        Ok(head_end.deployment(secrets))
    }

    /// A head-end with its secrets as they are now; nothing where they cannot be read.
    pub(crate) fn deployment_again(&self, name: &str) -> Option<Deployment> {
        let mut head_ends = self.settings.head_ends.iter();
        let read = self.deployment(head_ends.find(|head_end| head_end.name == name)?);
        if let Err(error) = &read {
            tracing::warn!("{error:#}");
        }
        read.ok()
    }

    /// How the answers of each head-end are read.
    pub(crate) fn reading(&self) -> BTreeMap<String, answers::Settings> {
        let reading = |head_end: &HeadEnd| answers::Settings {
            operating_status: head_end.operating_status().map(str::to_owned),
            family: family(head_end.family),
            status_true_is_normal: head_end.status_true_is_normal,
            relay_zero_is_closed: head_end.relay_zero_is_closed,
        };
        let head_ends = self.settings.head_ends.iter();
        head_ends
            .map(|head_end| (head_end.name.clone(), reading(head_end)))
            .collect()
    }

    /// How patient the desk is.
    pub(crate) fn case_rules(&self) -> desk::CaseRules {
        let (cases, polling) = (&self.settings.cases, &self.settings.polling);
        desk::CaseRules {
            settle: cases.settle,
            flaps_at_most: cases.flaps_at_most,
            flap_window: cases.flap_window,
            silent_after: cases.silent_after,
            neighbours_at_least: cases.neighbours_at_least,
            fresh: polling.evidence_after,
            evidence_every: polling.evidence_after,
            ..desk::CaseRules::default()
        }
    }

    /// The file to which the audit's anchors are appended.
    pub(crate) fn anchor_file(&self) -> Option<PathBuf> {
        let file = self.settings.audit.anchor_file.as_ref()?;
        Some(self.folder.join(file))
    }

    /// The key that signs the anchors, where one is named.
    pub(crate) fn signing_key(&self) -> anyhow::Result<Option<SigningKey>> {
        let Some(at) = &self.settings.audit.signing_key else {
            return Ok(None);
        };
        let text = self.secret(at).context("the audit's key cannot be read")?;
        let key = SigningKey::parse(text.reveal());
        let sentence = "the audit's key is none: calinmeter audit key FILE makes one";
        key.map(Some).context(sentence)
    }

    /// The file with the key that seals tokens, where one is named.
    pub(crate) fn token_key_file(&self) -> Option<PathBuf> {
        let file = self.settings.commands.token_key_file.as_ref()?;
        Some(self.folder.join(file))
    }

    /// The secret that signs what an endpoint is told.
    pub(crate) fn webhook_secret(&self, webhook: &Webhook) -> anyhow::Result<Secret> {
        match &webhook.secret {
            Some(at) => self.secret(at),
            None => bail!("it has no secret_file"),
        }
    }

    fn secret(&self, at: &SecretAt) -> anyhow::Result<Secret> {
        match at {
            SecretAt::File(path) => {
                let path = self.folder.join(path);
                let found = text(&path)?;
                let secret = found.trim_end_matches(['\r', '\n']);
                if secret.is_empty() {
                    bail!("{} is empty: write the secret into it", path.display());
                }
                Ok(Secret::new(secret))
            }
            SecretAt::Variable(name) => match std::env::var(name) {
                Ok(secret) if !secret.is_empty() => Ok(Secret::new(secret)),
                _ => bail!("the variable {name} is not set: put the secret into it"),
            },
        }
    }
}

fn text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn family(family: settings::Family) -> answers::StatusFamily {
    let known = answers::StatusFamily::WORDS.iter();
    known
        .clone()
        .find(|(word, _)| *word == family.word())
        .map_or(answers::StatusFamily::Unconfirmed, |(_, family)| *family)
}

/// Overrides name codes, severities, decisions and owners in the catalogue's words.
fn check_overrides(settings: &Settings) -> anyhow::Result<()> {
    let rows: Vec<(u16, &str)> = catalogue::ami_rows()
        .iter()
        .map(|row| (row.ami.0, row.slug))
        .collect();
    let words = settings::Vocabulary {
        rows: &rows,
        severities: &words(catalogue::Severity::ALL, catalogue::Severity::word),
        decisions: &words(catalogue::Decision::ALL, catalogue::Decision::word),
        owners: &words(catalogue::Owner::ALL, catalogue::Owner::word),
    };
    Ok(settings.check_overrides(&words)?)
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}
