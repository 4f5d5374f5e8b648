//! How a command ends: the exit status, and one sentence where something could not be done.

use crate::Ended;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Done: exit status 0.
    Done,
    /// Something could not be done, and was said: exit status 1.
    Partly,
    /// The command makes no sense as it was given, and that was said: exit status 2.
    Usage,
}

/// The exit status; a failure of our own is said once, with its causes.
pub(crate) fn exit_code(ended: Ended) -> ExitCode {
    match ended {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Partly) => ExitCode::from(1),
        Ok(End::Usage) => ExitCode::from(2),
        Err(error) => {
            let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
            eprintln!("calinmeter: {}", chain.join(": "));
            ExitCode::from(1)
        }
    }
}

/// Prints to standard output; whoever reads it may have gone.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(output_failed)
}

/// Prints bytes as they are, where colour is no matter.
pub(crate) fn print_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(output_failed)
}

/// Says why nothing more can be printed.
pub(crate) fn output_failed(error: io::Error) -> anyhow::Error {
    let sentence = match error.kind() {
        io::ErrorKind::BrokenPipe => "the reader of the output went away before its end",
        _ => "the output could not be written",
    };
    anyhow::Error::new(error).context(sentence)
}
