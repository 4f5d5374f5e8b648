//! The tree that is checked: where it stands and which files belong to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Folders that are never part of the tree, wherever it stands.
const OUTSIDE: &[&str] = &["target", ".git"];

/// One checkout (or scratch copy) of the project.
pub(crate) struct House {
    root: PathBuf,
}

impl House {
    /// The nearest folder upwards that holds rooms.toml, so that a scratch copy checks itself.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        match here
            .ancestors()
            .find(|folder| folder.join("rooms.toml").is_file())
        {
            Some(root) => Ok(Self {
                root: root.to_owned(),
            }),
            None => bail!("no rooms.toml here or above: run this inside the checkout"),
        }
    }

    /// The tree that stands there.
    pub(crate) fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A program that will run in the root folder.
    pub(crate) fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(&self.root);
        command
    }

    /// Where cargo builds, and where the checks keep what they need between runs.
    pub(crate) fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }

    /// The text of a file named from the root.
    pub(crate) fn read(&self, path: impl AsRef<Path>) -> Result<String> {
        let path = path.as_ref();
        fs::read_to_string(self.root.join(path))
            .with_context(|| format!("{} cannot be read", path.display()))
    }

    /// Every file that is or would be committed, from the root, with `/` between the parts.
    ///
    /// A folder that is no checkout (a scratch copy, an unpacked archive) is walked instead.
    pub(crate) fn files(&self) -> Result<BTreeSet<String>> {
        if !self.root.join(".git").exists() {
            let mut found = BTreeSet::new();
            walk(&self.root, "", &mut found)?;
            return Ok(found);
        }
        let list = [
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ];
        let listed = process::capture(&mut self.command("git", &list))?;
        let here = |path: &&str| !path.is_empty() && self.root.join(path).is_file();
        Ok(listed.split('\0').filter(here).map(str::to_owned).collect())
    }
}

/// Whether a path has this ending, such as `md`.
pub(crate) fn ends_in(path: &str, ending: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == ending)
}

fn walk(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("{} cannot be listed", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if !entry.path().is_dir() {
            found.insert(path);
        } else if !OUTSIDE.contains(&name.as_str()) {
            walk(&entry.path(), &format!("{path}/"), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::House;

    #[test]
    fn the_house_lists_its_own_files_and_nothing_that_was_built() {
        let files = House::find().unwrap().files().unwrap();
        assert!(files.contains("xtask/src/house.rs"));
        assert!(!files.iter().any(|path| path.starts_with("target/")));
    }
}
