//! The one program. It reads the environment and prints; the rules live in the other rooms.
#![expect(clippy::print_stderr, reason = "this is the room that prints")]

mod anchoring;
mod args;
mod audit;
mod background;
mod card;
mod case;
mod codes;
mod command;
mod config;
mod demo;
mod doctor;
mod end;
mod explain;
mod file;
mod frame;
mod grid;
mod hes;
mod identity;
mod keep;
mod key;
mod log;
mod meter;
mod office;
mod pages;
mod pollers;
mod progress;
mod rows;
mod run;
mod serve;
mod setup;
mod shell;
mod sim;
mod stop;
mod sweeping;
mod telling;
mod token;
mod triage;
mod user;
mod webhook;
mod worklist;

use args::{Args, Command};
use clap::Parser;
use end::End;
use setup::Setup;
use std::process::ExitCode;

/// For SQLite too, whose calls it takes over.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let lang = args.lang.into();
    let config = args.config.as_deref();
    let key_file = args.key_file;
    let configured = |run: &dyn Fn(&Setup) -> Ended| {
        let mut setup = Setup::read(config)?;
        setup.key_file.clone_from(&key_file);
        run(&setup)
    };
    let end = match args.command {
        Command::Explain(args) => explain::run(&args, lang),
        Command::Triage(args) => triage::run(&args, lang),
        Command::Codes(args) => codes::run(&args, lang),
        Command::Card(args) => card::run(&args, lang),
        Command::Token(args) => token::run(&args, lang),
        Command::Frame(args) => frame::run(&args, lang),
        Command::Serve(args) => configured(&|setup| serve::run(&args, setup)),
        Command::Demo(args) => demo::run(&args),
        Command::Sim(args) => sim::run(&args),
        Command::Hes(args) => hes::run(&args, config),
        Command::Meter(args) => configured(&|setup| meter::run(&args, setup, lang)),
        Command::Worklist(args) => configured(&|setup| worklist::run(&args, setup, lang)),
        Command::Case(args) => configured(&|setup| case::run(&args, setup)),
        Command::Command(args) => configured(&|setup| command::run(&args, setup, lang)),
        Command::Webhook(args) => configured(&|setup| webhook::run(&args, setup)),
        Command::User(args) => configured(&|setup| user::run(&args, setup)),
        Command::Key(args) => configured(&|setup| key::run(&args, setup)),
        Command::Audit(args) => configured(&|setup| audit::run(&args, setup)),
        Command::Backup(args) => configured(&|setup| keep::backup(&args, setup)),
        Command::Restore(args) => configured(&|setup| keep::restore(&args, setup)),
        Command::Doctor(args) => doctor::run(&args, config),
        Command::Config(args) => config::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::man(),
    };
    end::exit_code(end)
}

/// What every command comes to.
type Ended = anyhow::Result<End>;
