//! Running other programs: shown as they go, kept for reading, or both.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result, bail};

/// How a program ended and what it said on both channels.
pub(crate) struct Ran {
    pub(crate) green: bool,
    pub(crate) text: String,
}

impl Ran {
    /// The last lines it said, for a report.
    pub(crate) fn tail(&self, lines: usize) -> String {
        let all: Vec<&str> = self.text.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}

/// The command as a person would type it.
pub(crate) fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs with the terminal handed through; true when it ended well.
pub(crate) fn shown(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| cannot_start(command))?;
    Ok(status.success())
}

/// Runs without showing anything.
pub(crate) fn quiet(command: &mut Command) -> Result<Ran> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(Ran {
        green: output.status.success(),
        text,
    })
}

/// What it wrote to its standard output; ending badly is an error.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed: {}", typed(command), said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be started and ends well, nothing shown.
pub(crate) fn answers(command: &mut Command) -> bool {
    quiet(command).is_ok_and(|ran| ran.green)
}

/// Shows every line as it comes and keeps them all.
pub(crate) fn streamed(command: &mut Command) -> Result<Ran> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| cannot_start(command))?;
    let (sender, lines) = mpsc::channel();
    let pipes: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|pipe| Box::new(pipe) as _),
        child.stderr.take().map(|pipe| Box::new(pipe) as _),
    ];
    for pipe in pipes.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || forward(pipe, &sender));
    }
    drop(sender);
    let mut text = String::new();
    for line in lines {
        print!("{line}");
        text.push_str(&line);
    }
    let status = child.wait().with_context(|| cannot_start(command))?;
    Ok(Ran {
        green: status.success(),
        text,
    })
}

/// Reads by lines of bytes, because a test may print something that is not text.
fn forward(pipe: impl Read, sender: &mpsc::Sender<String>) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        if sender
            .send(String::from_utf8_lossy(&line).into_owned())
            .is_err()
        {
            return;
        }
        line.clear();
    }
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` cannot be started: is it installed?", typed(command))
}
