//! The command line. Completions and the manual page are written from these same definitions.

pub(crate) mod command;
pub(crate) mod desk;
pub(crate) mod frame;
pub(crate) mod people;
pub(crate) mod webhook;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns what a Calin electricity meter says into the right act.
#[derive(Debug, Parser)]
#[command(name = "calinmeter", version, max_term_width = 100, after_help = EXIT)]
pub(crate) struct Args {
    /// Language of our own words; the guide's text stays as it was written
    #[arg(long, global = true, value_enum, default_value_t, value_name = "LANG")]
    pub(crate) lang: Lang,

    /// The configuration file; calinmeter.toml of this folder where it is left out
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// The file that holds your API key; the variables `CALINMETER_KEY_FILE` and `CALINMETER_KEY` are looked at too
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT: &str =
    "Exit status: 0 done, 1 something could not be done (said on standard error), 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Explain a status: what it means, whether the home has power, who acts and how
    Explain(Explain),
    /// Judge a whole export or saved head-end answer, row by row
    Triage(Triage),
    /// Print the tables of codes
    Codes(Codes),
    /// Make the reference card as PDF, HTML or Markdown
    Card(Card),
    /// Check an STS token without any key
    #[command(subcommand)]
    Token(Token),
    /// Read and make the frames of radio meters; nothing is sent
    #[command(subcommand)]
    Frame(frame::Frame),
    /// Ask the head-ends, keep every answer and serve the worklist
    Serve(desk::Serve),
    /// See it work: a pretend fleet with every condition, nothing to configure
    Demo(desk::Demo),
    /// Run pretend head-ends with virtual meters
    Sim(desk::Sim),
    /// Check head-ends, or read a Postman collection
    #[command(subcommand)]
    Hes(desk::Hes),
    /// List, show, ask and import meters
    #[command(subcommand)]
    Meter(desk::Meter),
    /// Show what is to be done now
    Worklist(desk::Worklist),
    /// Write a note on a case, or close it by hand
    #[command(subcommand)]
    Case(desk::Case),
    /// Have something done at meters: reconnect, disconnect, clear a tamper and more
    #[command(subcommand)]
    Command(command::Command),
    /// See what other programs were told, and tell it again
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    /// Say who is here and what each may do
    #[command(subcommand)]
    User(people::User),
    /// Make, list and revoke API keys
    #[command(subcommand)]
    Key(people::Key),
    /// Read what people did, and prove that nobody changed it
    #[command(subcommand)]
    Audit(people::Audit),
    /// Copy the database while it is in use
    Backup(desk::Backup),
    /// Put a backup in the database's place
    Restore(desk::Restore),
    /// Say what is wrong with this installation and what to do about it
    Doctor(desk::Doctor),
    /// Print the configuration file with every setting and its default
    Config(desk::Config),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// Languages of our own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    #[default]
    En,
    /// Français
    Fr,
}

impl From<Lang> for catalogue::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Fr => Self::Fr,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  calinmeter explain 1008\n  calinmeter explain 87-8 0x2D 31\n  calinmeter explain \"Meter operating status = 1018\" --json\n  calinmeter explain - < answer.json"
)]
pub(crate) struct Explain {
    /// A code (1008, 87-8, 0x2D, 31), a sentence or a pasted answer; `-` reads standard input
    #[arg(required = true, value_name = "TEXT")]
    pub(crate) texts: Vec<String>,

    /// Print one JSON array, one object an item
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The table needs the columns meter and status; at, power_w, load_limit_w, power_factor, energy_kwh, relay, phases, solar, site and gateway are used where they are. Every row comes back in order; what could not be read says why in the column error.\n\nExamples:\n  calinmeter triage fleet.csv -o judged.csv\n  calinmeter triage answers.json --format json\n  calinmeter triage fleet.xlsx --strict -o judged.csv"
)]
pub(crate) struct Triage {
    /// A CSV or XLSX table, or a saved head-end answer (JSON); `-` reads standard input. Several
    /// files are judged one after another
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Write here instead of standard output; the file appears whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// How to write the rows
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TriageFormat,

    /// Which family of numbers the status column holds, where that is confirmed
    #[arg(long, value_enum, default_value_t, value_name = "FAMILY")]
    pub(crate) status_family: Family,

    /// What parts the cells of a CSV that is written
    #[arg(long, value_enum, default_value_t, value_name = "MARK")]
    pub(crate) delimiter: Delimiter,

    /// End with exit status 1 if any row could not be read
    #[arg(long)]
    pub(crate) strict: bool,

    /// No summary and no progress bar
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TriageFormat {
    /// The rows as they came, with the verdict's columns
    #[default]
    Csv,
    /// One array, one object a row
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Delimiter {
    #[default]
    Comma,
    /// As spreadsheets of many languages expect it
    Semicolon,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Family {
    /// A number that two families list stays raw and goes to the AMI admin
    #[default]
    Unconfirmed,
    /// 1000 to 1025
    Ami,
    /// Sub-codes of keypad code 87
    Sub87,
    /// Wire statuses, hexadecimal
    Wire,
}

impl From<Family> for answers::StatusFamily {
    fn from(family: Family) -> Self {
        match family {
            Family::Unconfirmed => Self::Unconfirmed,
            Family::Ami => Self::Ami,
            Family::Sub87 => Self::Sub87,
            Family::Wire => Self::Wire,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Codes {
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CodesFormat,

    /// Which table
    #[arg(long, value_enum, default_value_t)]
    pub(crate) family: CodesFamily,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodesFormat {
    #[default]
    Table,
    Json,
    Csv,
    Markdown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodesFamily {
    /// Every table (CSV: the AMI codes, for one table has one header)
    #[default]
    All,
    /// The head-end's operating status
    Ami,
    /// Keypad codes
    Short,
    /// Wire statuses of the radio meters
    Wire,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Card {
    /// The paper
    #[arg(long, value_enum, default_value_t)]
    pub(crate) paper: Paper,

    /// The name of the site or utility, printed in the header
    #[arg(long, value_name = "NAME")]
    pub(crate) site: Option<String>,

    /// The date on the card, YYYY-MM-DD; today where it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,

    /// The file to write; its ending says what it is: .pdf, .html or .md
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Paper {
    /// Two sides at most
    #[default]
    A4,
    /// For the pocket
    A6,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Say what can be seen of a token: digits, range, class, and class 1 in full
    Check(TokenCheck),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A token on the command line can be seen by other users of this machine and stays in the shell's history: `-` reads tokens from standard input, one a line."
)]
pub(crate) struct TokenCheck {
    /// The 20 digits, spaces and dashes allowed; `-` reads standard input, one token a line
    #[arg(required = true, value_name = "TOKEN")]
    pub(crate) tokens: Vec<String>,

    /// The job the token is meant for
    #[arg(long = "for", value_name = "PURPOSE", value_parser = purposes())]
    pub(crate) purpose: Option<String>,

    /// Print one JSON array, one object a token
    #[arg(long)]
    pub(crate) json: bool,
}

fn purposes() -> clap::builder::PossibleValuesParser {
    tokens::Purpose::ALL.map(tokens::Purpose::slug).into()
}

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
