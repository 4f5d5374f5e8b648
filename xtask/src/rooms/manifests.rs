//! What the manifests of the workspace say, by way of `cargo metadata`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::house::House;
use crate::process;

/// For what a dependency is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Normal,
    Build,
    Dev,
}

/// One package of the workspace.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    /// Where its manifest stands.
    pub(super) folder: PathBuf,
    pub(super) depends: Vec<(String, Kind)>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<RawPackage>,
}

#[derive(Deserialize)]
struct RawPackage {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<RawDependency>,
}

#[derive(Deserialize)]
struct RawDependency {
    name: String,
    kind: Option<String>,
}

/// Every package of the workspace.
pub(super) fn read(house: &House) -> Result<Vec<Package>> {
    let words = ["metadata", "--format-version", "1", "--no-deps"];
    parse(&process::capture(&mut house.command("cargo", &words))?)
}

fn parse(json: &str) -> Result<Vec<Package>> {
    let metadata: Metadata =
        serde_json::from_str(json).context("cargo metadata did not answer as expected")?;
    Ok(metadata.packages.into_iter().map(package).collect())
}

fn package(raw: RawPackage) -> Package {
    let kind = |word: Option<&str>| match word {
        Some("dev") => Kind::Dev,
        Some("build") => Kind::Build,
        _ => Kind::Normal,
    };
    let depends = raw
        .dependencies
        .into_iter()
        .map(|d| (d.name, kind(d.kind.as_deref())))
        .collect();
    let folder = raw
        .manifest_path
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default();
    Package {
        name: raw.name,
        folder,
        depends,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    #[test]
    fn kinds_and_folders_are_read() {
        let json = r#"{"packages": [{"name": "card", "manifest_path": "/x/crates/card/Cargo.toml",
            "dependencies": [{"name": "fleet", "kind": null, "path": "/x"},
                             {"name": "toml", "kind": "build"}, {"name": "insta", "kind": "dev"}]}]}"#;
        let packages = parse(json).unwrap();
        assert_eq!(packages[0].folder.to_str(), Some("/x/crates/card"));
        let kinds: Vec<Kind> = packages[0].depends.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(kinds, [Kind::Normal, Kind::Build, Kind::Dev]);
    }
}
