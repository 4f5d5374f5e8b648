//! The house's own checks: `cargo xtask help` lists them.
//!
//! Each check is one file; this one only finds the word and turns the end into an exit code:
//! 0 green, 1 red, 2 a word nobody knows.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the checks read the tree and the environment"
)]

mod check;
mod docs;
mod findings;
mod house;
mod links;
mod markdown;
mod needs;
mod process;
mod prove;
mod referee;
mod report;
mod rooms;
mod runners;
mod sizes;
mod tally;

mod words;

use std::process::ExitCode;

use anyhow::Result;

use crate::findings::Ended;
use crate::house::House;
use crate::words::Usage;

/// One word of `cargo xtask`.
struct Command {
    name: &'static str,
    line: &'static str,
    run: fn(&House, &[String]) -> Result<Ended>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        line: "the one command: what is missing is installed or named, then everything is checked",
        run: check::test,
    },
    Command {
        name: "check",
        line: "format, rooms, sizes, docs, links, clippy, tests (--fast: without the last two)",
        run: check::check,
    },
    Command {
        name: "rooms",
        line: "who depends on whom, against rooms.toml",
        run: |house, args| alone("rooms", rooms::check, house, args),
    },
    Command {
        name: "sizes",
        line: "no source file grows too long",
        run: |house, args| alone("sizes", sizes::check, house, args),
    },
    Command {
        name: "docs",
        line: "writes the generated parts of the documents (--check: only compares)",
        run: docs::docs,
    },
    Command {
        name: "links",
        line: "every relative link and anchor in the documents leads somewhere",
        run: |house, args| alone("links", links::check, house, args),
    },
    Command {
        name: "referee",
        line: "plants known faults in a copy of the tree and demands that they are found (NAME...: only these)",
        run: referee::referee,
    },
    Command {
        name: "prove",
        line: "the long profile: fuzzing, figures, referee; --date YYYY-MM-DD [--seconds 600] [STEP...]",
        run: prove::prove,
    },
    Command {
        name: "help",
        line: "this list",
        run: |_, _| Ok(help()),
    },
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let word = args.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = args.collect();
    let Some(command) = COMMANDS.iter().find(|command| command.name == word) else {
        eprintln!("cargo xtask knows no \"{word}\": `cargo xtask help` lists what it knows");
        return ExitCode::from(2);
    };
    match House::find().and_then(|house| (command.run)(&house, &rest)) {
        Ok(Ended::Green) => ExitCode::SUCCESS,
        Ok(Ended::Red) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Runs one check by itself and prints all it found.
fn alone(name: &str, run: findings::Check, house: &House, args: &[String]) -> Result<Ended> {
    words::read(args, &[], &[])?;
    Ok(run(house)?.print(name))
}

fn help() -> Ended {
    println!("cargo xtask NAME");
    for command in COMMANDS {
        println!("  {:<8} {}", command.name, command.line);
    }
    Ended::Green
}
