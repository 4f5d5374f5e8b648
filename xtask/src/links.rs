//! Every relative link in the documents leads to a file of the tree, and its anchor to a heading.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::findings::Findings;
use crate::house::{House, ends_in};
use crate::markdown;

/// The step `links`.
pub(crate) fn check(house: &House) -> Result<Findings> {
    let files = house.files()?;
    let mut documents = BTreeMap::new();
    for path in files.iter().filter(|path| ends_in(path, "md")) {
        documents.insert(path.clone(), house.read(path)?);
    }
    Ok(judge(&files, &documents))
}

fn judge(files: &BTreeSet<String>, documents: &BTreeMap<String, String>) -> Findings {
    let anchors: BTreeMap<&str, Vec<String>> = documents
        .iter()
        .map(|(path, text)| (path.as_str(), markdown::anchors(text)))
        .collect();
    let mut complaints = Vec::new();
    let mut followed = 0_usize;
    for (path, text) in documents {
        for (line, prose) in markdown::prose(text) {
            for target in markdown::targets(prose)
                .iter()
                .filter(|target| !is_outside(target))
            {
                followed += 1;
                if let Err(why) = follow(files, &anchors, path, target) {
                    complaints.push(format!(
                        "{path}:{line}: the link to {target} is dead: {why}"
                    ));
                }
            }
        }
    }
    let note = format!("{followed} links in {} documents", documents.len());
    Findings {
        complaints,
        notes: vec![note],
        ..Findings::default()
    }
}

/// `https://...`, `mailto:...`: not ours to follow.
fn is_outside(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

fn follow(
    files: &BTreeSet<String>,
    anchors: &BTreeMap<&str, Vec<String>>,
    from: &str,
    target: &str,
) -> Result<(), String> {
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    let path = if path.is_empty() {
        from.to_owned()
    } else {
        resolve(from, &decoded(path))?
    };
    if !files.contains(&path) && !is_folder(files, &path) {
        return Err(format!("there is no {path}"));
    }
    // only the headings of documents are known; `#L10` of a source file is the forge's
    match (anchor, anchors.get(path.as_str())) {
        (Some(anchor), Some(known)) if !known.contains(&decoded(anchor)) => {
            Err(format!("{path} has no heading #{anchor}"))
        }
        _ => Ok(()),
    }
}

fn is_folder(files: &BTreeSet<String>, path: &str) -> bool {
    let inside = format!("{path}/");
    path.is_empty()
        || files
            .range(inside.clone()..)
            .next()
            .is_some_and(|file| file.starts_with(&inside))
}

/// The path from the root that a link in `from` means.
fn resolve(from: &str, link: &str) -> Result<String, String> {
    if link.starts_with('/') {
        return Err("it begins with /: write it relative to this file".to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or("it leaves the project")?;
            }
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// `%20` and its like as the characters they stand for.
fn decoded(link: &str) -> String {
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::judge;

    const FILES: &[&str] = &[
        "README.md",
        "docs/words.md",
        "docs/a b.md",
        "docs/card.png",
        "crates/fleet/src/lib.rs",
    ];

    /// The complaints when docs/words.md says this.
    fn complaints(text: &str) -> Vec<String> {
        let files: BTreeSet<String> = FILES.iter().map(|path| (*path).to_owned()).collect();
        let documents = BTreeMap::from([
            ("README.md".to_owned(), "# Start here\n".to_owned()),
            ("docs/words.md".to_owned(), text.to_owned()),
        ]);
        judge(&files, &documents).complaints
    }

    #[test]
    fn links_that_lead_somewhere_are_quiet() {
        for good in [
            "[a](../README.md)",
            "[a](../README.md#start-here)",
            "![a](card.png)",
            "[a](a%20b.md)",
            "[a](../crates/fleet) [b](../crates/fleet/)",
            "[a](../crates/fleet/src/lib.rs#L10)",
            "# Here\n[a](#here)",
            "[a](https://example.org/nowhere) [b](mailto:a@example.org)",
            "```\n[a](nowhere.md)\n```",
        ] {
            assert_eq!(complaints(good), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn dead_links_are_named_with_their_line() {
        for (dead, why) in [
            ("[a](nowhere.md)", "there is no docs/nowhere.md"),
            ("![a](../docs/none.png)", "there is no docs/none.png"),
            ("[a](../README.md#end)", "README.md has no heading #end"),
            ("[a](#here)", "docs/words.md has no heading #here"),
            ("[a](/README.md)", "write it relative"),
            ("[a](../../other/README.md)", "it leaves the project"),
        ] {
            let found = complaints(&format!("\n{dead}\n"));
            assert_eq!(found.len(), 1, "{dead}");
            assert!(found[0].starts_with("docs/words.md:2: "), "{found:?}");
            assert!(found[0].contains(why), "{found:?}");
        }
    }
}
