//! A copy of the tree to spoil, with a build folder of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::house::House;
use crate::process::{self, Ran};

/// The copy stands under target/referee/, so that nothing planted is ever committed.
pub(super) struct Scratch {
    copy: House,
    /// This program, kept aside: a build meanwhile may replace it.
    program: PathBuf,
    target: PathBuf,
}

impl Scratch {
    /// Brings the copy level with the tree as it is on the disk.
    ///
    /// Only what differs is written, so that the builds of the last time stay good.
    pub(super) fn copy(house: &House) -> Result<Self> {
        let folder = house.target().join("referee");
        let root = folder.join("tree");
        fs::create_dir_all(&root).with_context(|| cannot("made", &root))?;
        let copy = House::at(root);
        let wanted = house.files()?;
        for path in &wanted {
            level(&house.root().join(path), &copy.root().join(path))?;
        }
        let left: BTreeSet<String> = copy.files()?.difference(&wanted).cloned().collect();
        for path in left {
            let path = copy.root().join(path);
            fs::remove_file(&path).with_context(|| cannot("removed", &path))?;
        }
        let program = folder.join("xtask");
        let this = std::env::current_exe().context("this program cannot be found")?;
        // the old one is removed first: a program that runs cannot be written over
        let _none_before = fs::remove_file(&program);
        fs::copy(&this, &program).with_context(|| cannot("written", &program))?;
        Ok(Self {
            copy,
            program,
            target: house.target().join("referee-target"),
        })
    }

    /// The text of a file of the copy.
    pub(super) fn read(&self, path: &str) -> Result<String> {
        self.copy.read(path)
    }

    /// Writes a file of the copy.
    pub(super) fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.copy.root().join(path);
        fs::write(&path, text).with_context(|| cannot("written", &path))
    }

    /// Keeps what a check said, for a person who wonders.
    pub(super) fn keep(&self, name: &str, said: &str) -> Result<()> {
        let path = self.program.with_file_name(format!("{name}.log"));
        fs::write(&path, said).with_context(|| cannot("written", &path))
    }

    /// Runs a check as it is typed: `cargo ...` or `xtask ...`.
    pub(super) fn run(&self, typed: &str) -> Result<Ran> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut command = match words.split_first() {
            Some((&"xtask", rest)) => self.prepared(&self.program, rest),
            Some((&"cargo", rest)) => self.prepared(Path::new("cargo"), rest),
            _ => bail!("\"{typed}\" begins neither with cargo nor with xtask"),
        };
        process::quiet(&mut command)
    }

    fn prepared(&self, program: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(words).current_dir(self.copy.root());
        command
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never");
        command.env("INSTA_UPDATE", "no");
        command
    }
}

fn level(from: &Path, to: &Path) -> Result<()> {
    let wanted = fs::read(from).with_context(|| cannot("read", from))?;
    if fs::read(to).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| cannot("made", folder))?;
    }
    fs::write(to, wanted).with_context(|| cannot("written", to))
}

fn cannot(done: &str, path: &Path) -> String {
    format!("{} cannot be {done}", path.display())
}
