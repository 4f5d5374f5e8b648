//! The commands that change something at meters.

use super::desk::items;
use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use remedies::TokenPurpose;
use std::path::PathBuf;

fn purposes() -> PossibleValuesParser {
    TokenPurpose::all()
        .map(TokenPurpose::word)
        .collect::<Vec<_>>()
        .into()
}

fn states() -> PossibleValuesParser {
    let words: Vec<&'static str> = commands::State::all().map(commands::State::word).collect();
    words.into()
}

fn kinds() -> PossibleValuesParser {
    let words: Vec<&'static str> = commands::Kind::all().map(commands::Kind::word).collect();
    words.into()
}

#[derive(Debug, Subcommand)]
#[command(
    after_help = "A command is written down, and calinmeter serve sends it: accepted by the head-end, executed by the meter and verified by reading back are three different words. What may take the supply from a home waits for a second person. --dry-run says what would happen and writes nothing."
)]
pub(crate) enum Command {
    /// Read an item of meters
    Read(Read),
    /// Close the relay
    Reconnect(Reconnect),
    /// Open the relay; a second person has to agree
    Disconnect(Ask),
    /// Clear the tamper latch by a token that the head-end mints; the finding is recorded first
    ClearTamper(Ask),
    /// Set the load limit by a token that the head-end mints
    SetLoadLimit(SetLoadLimit),
    /// Put meters into service, where the head-end can
    Commission(Ask),
    /// Set the clock to the time of the meter's site
    SetClock(Ask),
    /// Deliver a token that you were given; it is read from standard input or a file
    DeliverToken(DeliverToken),
    /// List commands, newest first
    List(List),
    /// Show one command: its whole story, the second person, the proof
    Show(Show),
    /// Agree to what another person asked for
    Approve(Decide),
    /// Do not agree to what another person asked for
    Reject(Decide),
    /// Take commands back that are not sent yet
    Cancel(Decide),
    /// Stop everything: take back all acts that are not sent, and let none be asked for
    Stop(Stop),
    /// Let acts be asked for again after a stop
    Lift,
    /// Say whether all acts are stopped; ends in 1 if they are
    Stopped(Stopped),
    /// List tokens: who had which one made or brought it, for what; all masked
    Tokens(Tokens),
}

/// Meters and what holds for every wish.
#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The meters' numbers
    #[arg(value_name = "METER", required_unless_present = "table")]
    pub(crate) meters: Vec<String>,

    /// Also the meters of this CSV with a column meter; `-` reads standard input
    #[arg(long = "meters", value_name = "FILE")]
    pub(crate) table: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) how: How,

    /// Ask for the first N only; go on when all of them are verified
    #[arg(long, value_name = "N", conflicts_with = "dry_run", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) canary: Option<u32>,
}

/// What holds for every wish, however many meters it has.
#[derive(Debug, clap::Args)]
pub(crate) struct How {
    /// Why, in one sentence; it stands in the audit for ever
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,

    /// Say what would happen and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Wait until it has ended, 300 seconds at most where no other number is given; done is then
    /// what was verified
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "300", conflicts_with = "dry_run")]
    pub(crate) wait: Option<u64>,

    /// A name of your own for it: asking again under the same name asks for nothing twice. A fresh
    /// one where it is left out
    #[arg(long, value_name = "NAME")]
    pub(crate) intent: Option<String>,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) ask: Ask,

    /// What to read
    #[arg(long, value_name = "ITEM", default_value = "operating_status", value_parser = items())]
    pub(crate) item: String,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  calinmeter command reconnect 47001582544 --reason \"paid on the 3rd\" --wait\n  calinmeter command reconnect --meters paid.csv --reason \"paid in March\" --canary 5 --intent paid-march"
)]
pub(crate) struct Reconnect {
    #[command(flatten)]
    pub(crate) ask: Ask,

    /// You know whose order opened the relay (1007), and it is over
    #[arg(long)]
    pub(crate) order_known: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SetLoadLimit {
    #[command(flatten)]
    pub(crate) ask: Ask,

    /// The limit, in watts
    #[arg(long, value_name = "WATTS")]
    pub(crate) watts: u32,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A token as an argument could be seen by other users of this machine and would stay in the shell's history: it is typed, or read from standard input or a file."
)]
pub(crate) struct DeliverToken {
    /// The meter's number
    #[arg(value_name = "METER")]
    pub(crate) meter: String,

    /// Digits that are given here all the same are not used
    #[arg(value_name = "TOKEN", hide = true)]
    pub(crate) stray: Vec<String>,

    /// What the token is for
    #[arg(long, value_name = "PURPOSE", value_parser = purposes())]
    pub(crate) purpose: String,

    /// The file that holds the 20 digits; standard input where it is left out
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) how: How,
}

#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// Only of this meter
    #[arg(long, value_name = "METER")]
    pub(crate) meter: Option<String>,

    /// Only of this site
    #[arg(long, value_name = "SITE")]
    pub(crate) site: Option<String>,

    /// Only in this state
    #[arg(long, value_name = "STATE", value_parser = states())]
    pub(crate) state: Option<String>,

    /// Only of this kind
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(crate) kind: Option<String>,

    /// Only those about which something is still done
    #[arg(long)]
    pub(crate) open: bool,

    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The command's id, such as 47001582544-17
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Decide {
    /// The commands' ids, such as 47001582544-17
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,

    /// What there is to say about it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) said: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Stop {
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Stopped {
    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Tokens {
    /// Only of this meter
    #[arg(long, value_name = "METER")]
    pub(crate) meter: Option<String>,

    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}
