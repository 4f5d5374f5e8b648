//! The parts of documents that are written from somewhere else, and the documents the program
//! writes whole.
//!
//! A part stands between a line `<!-- generated: NAME -->` and a line `<!-- end -->`.

use std::fs;

use anyhow::{Context, Result};

use crate::docs::whole::Fresh;
use crate::findings::{Ended, Findings};
use crate::house::{House, ends_in};
use crate::{needs, rooms, words};

mod parts;
mod whole;

/// What mends everything this file complains about.
const MEND: &str = "run `cargo xtask docs`";

/// A part of a document: its name and who writes it.
pub(crate) struct Generator {
    name: &'static str,
    write: fn(&House) -> Result<String>,
}

const GENERATORS: &[Generator] = &[
    Generator {
        name: "rooms",
        write: rooms::table,
    },
    Generator {
        name: "tests-needs",
        write: |_| Ok(needs::table()),
    },
];

/// `cargo xtask docs [--check] [--parts]`.
pub(crate) fn docs(house: &House, args: &[String]) -> Result<Ended> {
    let words = words::read(args, &["--check", "--parts"], &[])?;
    let stale = if words.has("--parts") {
        stale_parts(house)?
    } else {
        stale(house)?
    };
    if words.has("--check") {
        return Ok(complain(stale).print("docs"));
    }
    let written = stale.len();
    for stale in stale {
        let path = house.root().join(&stale.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        fs::write(&path, stale.text)
            .with_context(|| format!("{} cannot be written", stale.path))?;
        println!("  wrote {}", stale.path);
    }
    println!("docs: {written} files written");
    Ok(Ended::Green)
}

/// The step `docs`: compares, writes nothing.
pub(crate) fn check(house: &House) -> Result<Findings> {
    Ok(complain(stale(house)?))
}

fn complain(stale: Vec<Fresh>) -> Findings {
    let say = |fresh: Fresh| format!("{} is stale ({}): {MEND}", fresh.path, fresh.because);
    Findings::complaining(stale.into_iter().map(say).collect())
}

/// Every document whose text is not what it should be, as it should be.
fn stale(house: &House) -> Result<Vec<Fresh>> {
    let mut stale = whole::stale(house)?;
    stale.extend(stale_parts(house)?);
    Ok(stale)
}

/// As `stale`, without asking the program, which takes long to build.
fn stale_parts(house: &House) -> Result<Vec<Fresh>> {
    let mut stale = Vec::new();
    for path in house
        .files()?
        .into_iter()
        .filter(|path| ends_in(path, "md"))
    {
        let text = house.read(&path)?;
        let renewed = parts::renew(&text, &|name| write(house, name))
            .with_context(|| format!("{path} has a generated part that cannot be written"))?;
        if renewed.text != text {
            let because = format!("generated part {}", renewed.changed.join(", "));
            stale.push(Fresh {
                path,
                text: renewed.text,
                because,
            });
        }
    }
    Ok(stale)
}

fn write(house: &House, name: &str) -> Result<String> {
    let known = || {
        GENERATORS
            .iter()
            .map(|known| known.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let generator = GENERATORS.iter().find(|known| known.name == name);
    let generator = generator
        .with_context(|| format!("nothing writes a part \"{name}\"; there are {}", known()))?;
    (generator.write)(house)
}
