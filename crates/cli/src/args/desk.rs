//! The commands that ask head-ends, keep answers and show the work.

use clap::{Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without users the pages are served to this machine only. SIGTERM or Ctrl-C ends it; what is in flight is kept and taken up again at the next start."
)]
pub(crate) struct Serve {
    /// Listen here instead of the address in the configuration
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Virtual meters with every condition of the guide behind a pretend head-end, asked and judged as real ones would be, at 20 times the speed. Everything is forgotten at the end unless --keep names a folder."
)]
pub(crate) struct Demo {
    /// Listen on this port of this machine; a free one where it is left out
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,

    /// The dialect that the pretend head-end speaks
    #[arg(long, value_enum, default_value_t)]
    pub(crate) dialect: Dialect,

    /// Keep the database in this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keep: Option<PathBuf>,

    /// End by itself after so many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) seconds: Option<u64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    #[default]
    Station,
    Concentrator,
    V1,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The state is read and changed as JSON at the control address that is printed.\n\nExamples:\n  calinmeter sim\n  calinmeter sim --meters 100000 --gateways 200 --task-seconds 1"
)]
pub(crate) struct Sim {
    /// A scene from a JSON file instead of the demonstration's
    #[arg(long, value_name = "FILE", conflicts_with = "meters")]
    pub(crate) scene: Option<PathBuf>,

    /// A fleet of so many meters instead of the demonstration's
    #[arg(long, value_name = "N")]
    pub(crate) meters: Option<u32>,

    /// Gateways of that fleet
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) gateways: u32,

    /// How long a task takes, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) task_seconds: Option<f64>,

    /// What all chance is drawn from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,

    /// How many times faster than the clock its time runs
    #[arg(long, value_name = "TIMES", default_value_t = 1)]
    pub(crate) scale: u32,

    /// The file with the secret that webhooks to /sim/webhook of the control are signed with
    #[arg(long, value_name = "FILE")]
    pub(crate) webhook_secret_file: Option<PathBuf>,

    /// The first port of this machine; the heads and the control take it and the next ones
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,

    /// Print the addresses as one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Hes {
    /// Log in at the head-ends and say what each can do for us, and what it cannot
    Check(HesCheck),
    /// Turn a Postman collection (v2.1) into a configuration to review
    Import(HesImport),
}

#[derive(Debug, clap::Args)]
pub(crate) struct HesCheck {
    /// Only this head-end
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,

    /// Write requests and answers here, secrets removed
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct HesImport {
    /// The collection
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Meter {
    /// List meters with their last verdict
    List(MeterList),
    /// Show one meter: verdict, evidence, cases, answers
    Show(MeterShow),
    /// Ask a meter now and wait for its answer
    Query(MeterQuery),
    /// Take meters, sites and customers in from a table or from a head-end's lists
    Import(MeterImport),
    /// Take back an import
    Undo(MeterUndo),
    /// Take statuses in from a table or a saved head-end answer
    ImportStatus(MeterImportStatus),
    /// Take in a status that somebody read off the display
    Status(MeterStatus),
    /// Hold a meter so that it is not switched, or show what holds it
    Hold(super::people::MeterHold),
    /// Release a hold: one's own, or another person's together with a second person
    Release(super::people::MeterRelease),
    /// Record what was found at a meter, or show what was
    Finding(super::people::MeterFinding),
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterList {
    /// Only of this site
    #[arg(long, value_name = "SITE")]
    pub(crate) site: Option<String>,

    /// Only behind this gateway or concentrator
    #[arg(long, value_name = "GATEWAY")]
    pub(crate) gateway: Option<String>,

    /// Only with this decision
    #[arg(long, value_name = "DECISION", value_parser = decisions())]
    pub(crate) decision: Option<String>,

    /// Only numbers that begin so, or customers whose name holds it
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,

    /// At most so many; the rest is counted
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: u32,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

fn decisions() -> clap::builder::PossibleValuesParser {
    let words: Vec<&'static str> = catalogue::Decision::ALL
        .iter()
        .map(|decision| decision.word())
        .collect();
    words.into()
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterShow {
    /// The meter's number
    #[arg(value_name = "METER")]
    pub(crate) meter: String,

    /// With so many raw answers, the newest first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) answers: u32,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterQuery {
    /// The meters' numbers
    #[arg(required = true, value_name = "METER")]
    pub(crate) meters: Vec<String>,

    /// What to ask for
    #[arg(long = "item", value_name = "ITEM", default_value = "operating_status", value_parser = items())]
    pub(crate) items: Vec<String>,

    /// Wait so many seconds at most
    #[arg(long, value_name = "SECONDS", default_value_t = 180)]
    pub(crate) timeout: u64,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

pub(super) fn items() -> clap::builder::PossibleValuesParser {
    let words: Vec<&'static str> = asking::Item::all().map(asking::Item::word).collect();
    words.into()
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Columns in any order: meter is needed; site, gateway, head_end, customer, name, phone, address, phases, solar, occupied, zone are used where they are.\n\nExamples:\n  calinmeter meter import fleet.xlsx --dry-run\n  calinmeter meter import fleet.csv --row-wise --result rows.csv\n  calinmeter meter import --from-head-end main"
)]
pub(crate) struct MeterImport {
    /// A CSV or XLSX table; `-` reads standard input
    #[arg(value_name = "FILE", required_unless_present = "from_head_end")]
    pub(crate) file: Option<PathBuf>,

    /// Take what this head-end lists instead of a file
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    pub(crate) from_head_end: Option<String>,

    /// Say what would happen and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Take the good rows even where others have errors
    #[arg(long)]
    pub(crate) row_wise: bool,

    /// Write every row with its outcome here
    #[arg(long, value_name = "FILE")]
    pub(crate) result: Option<PathBuf>,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterUndo {
    /// The import's number; the imports are listed where it is left out
    #[arg(value_name = "IMPORT")]
    pub(crate) import: Option<i64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MeterImportStatus {
    /// A CSV or XLSX table with meter and status, or a saved answer (JSON); `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Read it as an answer of this head-end: its names and family of numbers
    #[arg(long, value_name = "NAME")]
    pub(crate) head_end: Option<String>,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  calinmeter meter status 47001582544 87-8 --reader \"technician, by telephone\""
)]
pub(crate) struct MeterStatus {
    /// The meter's number
    #[arg(value_name = "METER")]
    pub(crate) meter: String,

    /// What the display shows for 87, as 87-8, or a status such as 1008
    #[arg(value_name = "STATUS")]
    pub(crate) status: String,

    /// Who read it
    #[arg(long, value_name = "WHO")]
    pub(crate) reader: String,

    /// When it was read, such as 2026-11-23T14:05+03:00; now where it is left out
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Worklist {
    /// Only of this site
    #[arg(long, value_name = "SITE")]
    pub(crate) site: Option<String>,

    /// Only with this decision
    #[arg(long, value_name = "DECISION", value_parser = decisions())]
    pub(crate) decision: Option<String>,

    /// Only of this owner
    #[arg(long, value_name = "OWNER", value_parser = owners())]
    pub(crate) owner: Option<String>,

    /// Also the cases that another case explains
    #[arg(long)]
    pub(crate) all: bool,

    /// At most so many; the rest is counted
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

fn owners() -> clap::builder::PossibleValuesParser {
    let words: Vec<&'static str> = catalogue::Owner::ALL
        .iter()
        .map(|owner| owner.word())
        .collect();
    words.into()
}

#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Write a note on a case
    Note(CaseNote),
    /// Close a case by hand, saying why; a tamper closes in no other way
    Close(CaseClose),
}

#[derive(Debug, clap::Args)]
pub(crate) struct CaseNote {
    /// The case's number
    #[arg(value_name = "CASE")]
    pub(crate) case: i64,

    /// The note
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,

    /// Who writes it, while there are no users
    #[arg(long, value_name = "WHO")]
    pub(crate) by: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CaseClose {
    /// The case's number
    #[arg(value_name = "CASE")]
    pub(crate) case: i64,

    /// What was found and done
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,

    /// Who closes it, while there are no users
    #[arg(long, value_name = "WHO")]
    pub(crate) by: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The file to write; it appears whole or not at all
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Do it; without this it only says what would happen
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Config {
    /// Read this file and say what is wrong with it, instead of printing the annotated defaults
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,
}
