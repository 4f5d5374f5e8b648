//! What a machine needs beside Rust, and getting it.

use std::path::Path;

use anyhow::{Result, bail};

use crate::house::House;
use crate::process;

/// One program from outside.
pub(crate) struct Need {
    pub(crate) program: &'static str,
    /// The Debian package that brings it.
    pub(crate) package: &'static str,
    pub(crate) purpose: &'static str,
    /// Whether nothing at all can be tested without it.
    pub(crate) required: bool,
}

/// Written into docs/how-to/checks.md by `cargo xtask docs`.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        program: "cc",
        package: "gcc libc6-dev",
        purpose: "linking every Rust program",
        required: true,
    },
    Need {
        program: "pdftotext",
        package: "poppler-utils",
        purpose: "reading the words of the printed card",
        required: false,
    },
    Need {
        program: "pdffonts",
        package: "poppler-utils",
        purpose: "seeing that the card carries its fonts",
        required: false,
    },
    Need {
        program: "pdfinfo",
        package: "poppler-utils",
        purpose: "pages and size of the card",
        required: false,
    },
    Need {
        program: "pdftoppm",
        package: "poppler-utils",
        purpose: "drawing the card as a picture",
        required: false,
    },
    Need {
        program: "qpdf",
        package: "qpdf",
        purpose: "checking that the card's file is sound",
        required: false,
    },
    Need {
        program: "pg_ctlcluster",
        package: "postgresql",
        purpose: "the store's tests on PostgreSQL: they start a server of their own",
        required: false,
    },
    Need {
        program: "sqlite3",
        package: "sqlite3",
        purpose: "the other side of benches/readings.py",
        required: false,
    },
];

/// The parts of the toolchain the checks call.
const COMPONENTS: &[(&str, &str)] = &[("fmt", "rustfmt"), ("clippy", "clippy")];

/// Says what is missing; installs it where that is possible, otherwise names the command.
pub(crate) fn provide(house: &House) -> Result<()> {
    provide_components(house)?;
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !on_path(need.program)).collect();
    if missing.is_empty() {
        println!("needs: all here");
        return Ok(());
    }
    for need in &missing {
        println!(
            "needs: {} is missing ({}); Debian package {}",
            need.program, need.purpose, need.package
        );
    }
    let packages = packages_of(&missing);
    if may_install(house) && install(house, &packages)? {
        return Ok(());
    }
    let hint = format!(
        "apt-get install -y --no-install-recommends {}",
        packages.join(" ")
    );
    if missing.iter().any(|need| need.required) {
        bail!("nothing can be tested without what is missing: run as root `{hint}`");
    }
    println!("needs: going on without; to test everything run as root `{hint}`");
    Ok(())
}

fn provide_components(house: &House) -> Result<()> {
    for (word, component) in COMPONENTS {
        if process::answers(&mut house.command("cargo", &[word, "--version"])) {
            continue;
        }
        println!("needs: the toolchain lacks {component}");
        let add = ["component", "add", component];
        if !on_path("rustup") || !process::shown(&mut house.command("rustup", &add))? {
            bail!("{component} is missing: run `rustup component add {component}`");
        }
    }
    Ok(())
}

/// The packages to ask for, each once, in the table's order.
fn packages_of(missing: &[&Need]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for package in missing.iter().flat_map(|need| need.package.split(' ')) {
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    packages
}

fn may_install(house: &House) -> bool {
    let root = process::capture(&mut house.command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    root && on_path("apt-get")
}

/// True when the packages are there afterwards.
fn install(house: &House, packages: &[&str]) -> Result<bool> {
    println!("needs: installing {}", packages.join(" "));
    let words = ["install", "-y", "--no-install-recommends"];
    let mut update = house.command("apt-get", &["update", "-q"]);
    let mut install = house.command("apt-get", &[&words[..], packages].concat());
    install.env("DEBIAN_FRONTEND", "noninteractive");
    // an update may fail for one source and still leave a list that is good enough
    let fresh = process::shown(&mut update)?;
    let done = process::shown(&mut install)?;
    if !done && !fresh {
        println!("needs: the lists of packages could not be fetched");
    }
    Ok(done)
}

/// Whether a program of this name stands in one of the folders of PATH.
pub(crate) fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| is_program(&folder.join(program)))
}

fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The table for docs/how-to/checks.md.
pub(crate) fn table() -> String {
    let head = "| program | Debian package | for | required |\n|---|---|---|---|\n";
    let row = |need: &Need| {
        let required = if need.required {
            "yes"
        } else {
            "for those tests"
        };
        let Need {
            program,
            package,
            purpose,
            ..
        } = need;
        format!("| `{program}` | `{package}` | {purpose} | {required} |\n")
    };
    head.to_owned() + &NEEDS.iter().map(row).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::{NEEDS, on_path, packages_of};

    #[test]
    fn a_package_that_brings_several_programs_is_asked_for_once() {
        let all: Vec<_> = NEEDS.iter().collect();
        assert_eq!(
            packages_of(&all),
            [
                "gcc",
                "libc6-dev",
                "poppler-utils",
                "qpdf",
                "postgresql",
                "sqlite3"
            ]
        );
    }

    #[test]
    fn a_program_is_looked_for_on_the_path() {
        assert!(on_path("cargo"));
        assert!(!on_path("no-such-program-here"));
    }
}
