//! Documents the program writes whole: xtask/written.toml says with which words.

use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::house::House;
use crate::process;

/// Where those documents are listed.
const LIST: &str = "xtask/written.toml";
/// How a word begins that stands for the file the program is to write, such as `OUT.md`.
const OUT: &str = "OUT.";

/// A document that is not what it should be.
pub(super) struct Fresh {
    pub(super) path: String,
    /// The text it should have.
    pub(super) text: String,
    pub(super) because: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    file: Vec<Written>,
}

/// One document and what `calinmeter` is asked to write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    path: String,
    args: Vec<String>,
}

/// Every listed document whose text differs from what the program writes today.
pub(super) fn stale(house: &House) -> Result<Vec<Fresh>> {
    let list: List = toml::from_str(&house.read(LIST)?)
        .with_context(|| format!("{LIST} has rows `[[file]]` with `path` and `args`"))?;
    let mut stale = Vec::new();
    for file in list.file {
        let text = ask(house, &file).with_context(|| format!("{} cannot be written", file.path))?;
        if house.read(&file.path).ok().as_ref() != Some(&text) {
            let because = format!("calinmeter {}", file.args.join(" "));
            stale.push(Fresh {
                path: file.path,
                text,
                because,
            });
        }
    }
    Ok(stale)
}

/// The text as the program writes it now: to the file it is handed, or else to its output.
fn ask(house: &House, file: &Written) -> Result<String> {
    let folder = house.target().join("docs");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut out = None;
    let mut words: Vec<String> = ["run", "-q", "-p", "calinmeter", "--"]
        .map(str::to_owned)
        .to_vec();
    for word in &file.args {
        if word.starts_with(OUT) {
            let path = folder.join(word);
            words.push(path.to_string_lossy().into_owned());
            out = Some(path);
        } else {
            words.push(word.clone());
        }
    }
    if let Some(path) = out.as_ref().filter(|path| path.exists()) {
        fs::remove_file(path).with_context(|| format!("{} is in the way", path.display()))?;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = process::capture(&mut house.command("cargo", &words))?;
    match out {
        Some(path) => house.read(path),
        None if said.is_empty() => bail!("it wrote nothing"),
        None => Ok(said),
    }
}
