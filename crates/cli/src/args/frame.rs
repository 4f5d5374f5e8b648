//! The commands about the radio meters' frames.

use clap::{Subcommand, ValueEnum};
use frames::{Address, EncodeError};

#[derive(Debug, Subcommand)]
pub(crate) enum Frame {
    /// Say what frames say: one JSON object a frame
    Decode(Decode),
    /// Make the frame of a command, or of what decode said
    Encode(Encode),
    /// Print what is known of frames: identifiers, payloads, commands, errors
    Tables,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Direction {
    /// From the meter
    #[default]
    Up,
    /// To the meter
    Down,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each frame becomes one line: {\"ok\": {...}} or {\"error\": \"name\"}. `-` reads one frame a line and never holds more than one; a blank line is an empty frame. Exit status 1 where a frame could not be read.\n\nExamples:\n  calinmeter frame decode aHE3MwNwBGiBCFQXZ0UzMzQzjxY= --meter 47003333771\n  calinmeter frame decode \"68 23 36 33 03 70 04 68 C0 01 34 C8 16\"\n  calinmeter frame decode - --direction down < frames.txt"
)]
pub(crate) struct Decode {
    /// A frame as hex (spaces allowed) or base64; `-` reads standard input
    #[arg(required = true, value_name = "FRAME")]
    pub(crate) frames: Vec<String>,

    /// Refuse frames of any other meter; DLMS frames name none
    #[arg(long, value_name = "NUMBER", value_parser = address)]
    pub(crate) meter: Option<Address>,

    /// Which way the frames go
    #[arg(long, value_enum, default_value_t)]
    pub(crate) direction: Direction,

    /// Read the outside only: address, control code and data of any DL/T 645-1997 frame
    #[arg(long, conflicts_with = "direction")]
    pub(crate) outside: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "`-` reads one JSON object a line: {\"command\": \"READ_VOLTAGE\", \"meter\": \"47003333771\", \"params\": {\"phase\": \"A\"}}, or what `frame decode` printed. Each becomes one line: {\"ok\": {\"hex\": ..., \"base64\": ...}} or {\"error\": \"name\"}. Nothing is sent. `calinmeter frame tables` lists the commands and what each needs.\n\nA token on the command line can be seen by other users of this machine and stays in the shell's history: hand it to `-`.\n\nExamples:\n  calinmeter frame encode READ_CREDIT --meter 47003333771\n  calinmeter frame encode SET_DATE year=2026 month=3 day=15 --meter 47003333771\n  calinmeter frame decode - < up.txt | calinmeter frame encode -"
)]
pub(crate) struct Encode {
    /// The command's name; `-` reads standard input
    #[arg(value_name = "COMMAND")]
    pub(crate) command: String,

    /// What the command needs, such as phase=A
    #[arg(value_name = "NAME=VALUE", value_parser = param)]
    pub(crate) params: Vec<(String, String)>,

    #[expect(
        clippy::doc_markdown,
        reason = "help is plain text: a command is named as it is typed"
    )]
    /// The meter, where a line does not name one; READ_POWER_LIMIT and other DLMS commands need none
    #[arg(long, value_name = "NUMBER")]
    pub(crate) meter: Option<String>,

    /// Refuse what goes the other way
    #[arg(long, value_enum)]
    pub(crate) direction: Option<Direction>,
}

fn address(digits: &str) -> Result<Address, EncodeError> {
    Address::parse(digits)
}

/// `phase=A`.
fn param(text: &str) -> Result<(String, String), String> {
    let known = frames::PARAMS;
    let (name, value) = text
        .split_once('=')
        .filter(|(name, _)| known.contains(name))
        .ok_or_else(|| format!("write NAME=VALUE with one of {}", known.join(", ")))?;
    Ok((name.to_owned(), value.to_owned()))
}
