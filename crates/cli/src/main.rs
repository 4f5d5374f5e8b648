//! The one program. It reads the environment and prints; the rules live in the other rooms.
#![expect(clippy::print_stderr, reason = "this is the room that prints")]

mod args;
mod card;
mod codes;
mod end;
mod explain;
mod file;
mod rows;
mod shell;
mod token;
mod triage;

use args::{Args, Command};
use clap::Parser;
use end::End;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let lang = args.lang.into();
    let end = match args.command {
        Command::Explain(args) => explain::run(&args, lang),
        Command::Triage(args) => triage::run(&args, lang),
        Command::Codes(args) => codes::run(&args, lang),
        Command::Card(args) => card::run(&args, lang),
        Command::Token(args) => token::run(&args, lang),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::man(),
    };
    end::exit_code(end)
}

/// What every command comes to.
type Ended = anyhow::Result<End>;
