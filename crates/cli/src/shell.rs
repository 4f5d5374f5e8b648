//! Completions and the manual page, from the same definitions as the command line.

use crate::Ended;
use crate::args::{Args, Completions};
use crate::end::{End, print_bytes};
use clap::CommandFactory;

pub(crate) fn completions(args: &Completions) -> Ended {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "calinmeter", &mut bytes);
    print_bytes(&bytes)?;
    Ok(End::Done)
}

/// One page: the program, then each of its commands.
pub(crate) fn man() -> Ended {
    let mut bytes = Vec::new();
    let mut command = Args::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut bytes)?;
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        let page = clap_mangen::Man::new(sub.clone());
        page.render_name_section(&mut bytes)?;
        page.render_synopsis_section(&mut bytes)?;
        page.render_options_section(&mut bytes)?;
    }
    print_bytes(&bytes)?;
    Ok(End::Done)
}
