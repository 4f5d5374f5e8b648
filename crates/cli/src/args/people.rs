//! The commands about people: who they are, what they hold back, what they did.

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use people::{FindingKind, HoldKind, Role};
use std::path::PathBuf;

fn roles() -> PossibleValuesParser {
    Role::all().map(Role::word).collect::<Vec<_>>().into()
}

fn holds() -> PossibleValuesParser {
    HoldKind::all()
        .map(HoldKind::word)
        .collect::<Vec<_>>()
        .into()
}

fn findings() -> PossibleValuesParser {
    FindingKind::all()
        .map(FindingKind::word)
        .collect::<Vec<_>>()
        .into()
}

#[derive(Debug, Subcommand)]
#[command(
    after_help = "The first person is an admin and needs no key; afterwards only an admin changes who may do what. Passwords are typed, or read from standard input, never an argument."
)]
pub(crate) enum User {
    /// Add a person; the password is asked for
    Add(UserAdd),
    /// List everybody
    List(UserList),
    /// Give a person another role, or the duty of revenue protection
    Role(UserRole),
    /// Let a person do nothing any more, or let the person in again
    Disable(UserDisable),
    /// Give a person another password; without an admin's key one's own
    Password(UserPassword),
}

#[derive(Debug, clap::Args)]
pub(crate) struct UserAdd {
    /// The name, never given to anybody else again
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// What the person is here for
    #[arg(long, value_name = "ROLE", value_parser = roles())]
    pub(crate) role: String,

    /// Without a password: for a program that gets a key
    #[arg(long)]
    pub(crate) no_password: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct UserList {
    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct UserRole {
    /// Whose
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// The role, which begins now
    #[arg(value_name = "ROLE", value_parser = roles(), required_unless_present = "revenue_protection")]
    pub(crate) role: Option<String>,

    /// Whether the person also stands for revenue protection and may release a bypass
    #[arg(long, value_name = "YES")]
    pub(crate) revenue_protection: Option<bool>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct UserDisable {
    /// Whom
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// Let the person in again
    #[arg(long)]
    pub(crate) undo: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct UserPassword {
    /// Whose
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Make a key and print it once; without a key the password is asked for
    Add(KeyAdd),
    /// List keys: everybody's for an admin, else one's own
    List(KeyList),
    /// Make a key good for nothing
    Revoke(KeyRevoke),
}

#[derive(Debug, clap::Args)]
pub(crate) struct KeyAdd {
    /// Whose key: it can do whatever this person may
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// What it is for
    #[arg(long, value_name = "TEXT")]
    pub(crate) label: String,

    /// Good for so many days; for ever where it is left out
    #[arg(long, value_name = "DAYS")]
    pub(crate) days: Option<u32>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct KeyList {
    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct KeyRevoke {
    /// The key's number
    #[arg(value_name = "KEY")]
    pub(crate) key: i64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// List what was done, newest first
    List(AuditList),
    /// Check every line against its chain, the anchors, and the anchors outside
    Verify(AuditVerify),
    /// Make a key that signs the anchors
    Key(AuditKey),
}

#[derive(Debug, clap::Args)]
pub(crate) struct AuditList {
    /// Only of this site; '' for what belongs to none
    #[arg(long, value_name = "SITE")]
    pub(crate) site: Option<String>,

    /// Only by this person
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,

    /// Only where this was done, such as held or key-added
    #[arg(long, value_name = "WORD")]
    pub(crate) what: Option<String>,

    /// Only to this: a meter's number, a person
    #[arg(long, value_name = "TEXT")]
    pub(crate) subject: Option<String>,

    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Compare with a copy of the anchors that nobody who can write to the database can reach: without one a database that was written anew as a whole looks sound."
)]
pub(crate) struct AuditVerify {
    /// The anchors outside; `audit.anchor_file` of the configuration where it is left out
    #[arg(long, value_name = "FILE")]
    pub(crate) anchors: Option<PathBuf>,

    /// Anchors have to be signed by this key, as audit key printed it; may be repeated
    #[arg(long = "public-key", value_name = "KEY")]
    pub(crate) public_keys: Vec<String>,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AuditKey {
    /// The file to write; one that is there is left alone
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterHold {
    /// The meter's number
    #[arg(value_name = "METER")]
    pub(crate) meter: String,

    /// What for; without it what holds the meter is shown
    #[arg(long = "for", value_name = "KIND", value_parser = holds(), requires = "why")]
    pub(crate) kind: Option<String>,

    /// Why
    #[arg(long, value_name = "TEXT", requires = "kind")]
    pub(crate) why: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterRelease {
    /// The meter's number
    #[arg(value_name = "METER")]
    pub(crate) meter: String,

    /// The hold's number
    #[arg(value_name = "HOLD")]
    pub(crate) hold: i64,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  calinmeter meter finding 47001582544 --kind tamper --said \"cover open, wires in order\" --seal-before A100 --seal-after A101\n  calinmeter meter finding 47001582544"
)]
pub(crate) struct MeterFinding {
    /// The meter's number
    #[arg(value_name = "METER")]
    pub(crate) meter: String,

    /// What kind of finding; without it what was found is shown
    #[arg(long, value_name = "KIND", value_parser = findings(), requires = "said")]
    pub(crate) kind: Option<String>,

    /// What was found
    #[arg(long, value_name = "TEXT", requires = "kind")]
    pub(crate) said: Option<String>,

    /// The seal that was there
    #[arg(long, value_name = "SEAL", requires = "kind")]
    pub(crate) seal_before: Option<String>,

    /// The seal that is there now
    #[arg(long, value_name = "SEAL", requires = "kind")]
    pub(crate) seal_after: Option<String>,

    /// A photograph: its digest is kept, the file itself is yours to keep
    #[arg(long, value_name = "FILE", requires = "kind")]
    pub(crate) photo: Option<PathBuf>,
}
