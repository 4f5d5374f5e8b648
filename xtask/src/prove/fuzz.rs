//! Fuzzing with the toolchain everybody has: coverage comes from the compiler's own pass, so no
//! nightly is needed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::house::House;
use crate::needs;
use crate::process;
use crate::prove::record;
use crate::prove::step::Said;

const MANIFEST: &str = "fuzz/Cargo.toml";
const TRIPLE: &str = "x86_64-unknown-linux-gnu";
/// Coverage for libFuzzer without the `-Z` flags of nightly; checks of arithmetic stay on.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions \
    -Ccodegen-units=1";
/// More memory than this is a finding.
const MEMORY_MB: u32 = 2048;
/// How much of the output is shown after a finding.
const SHOWN: usize = 40;

#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    bin: Vec<Bin>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    metadata: Metadata,
}

/// Which part of the tree each target speaks of.
#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    of: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Bin {
    name: String,
}

/// The fuzz targets, each with the paths it speaks of; none where the tree has no fuzz/.
pub(super) fn targets(house: &House) -> Result<Vec<(String, Vec<String>)>> {
    if !house.root().join(MANIFEST).is_file() {
        return Ok(Vec::new());
    }
    read(&house.read(MANIFEST)?).with_context(|| format!("{MANIFEST} cannot be understood"))
}

/// A target that says nothing of its paths speaks of every room.
fn read(manifest: &str) -> Result<Vec<(String, Vec<String>)>, toml::de::Error> {
    let mut manifest: Manifest = toml::from_str(manifest)?;
    let targets = manifest.bin.into_iter().map(|bin| {
        let of = manifest.package.metadata.of.remove(&bin.name);
        let mut of = of.unwrap_or_else(|| vec!["crates".to_owned()]);
        of.push("fuzz/fuzz_targets/".to_owned() + &bin.name + ".rs");
        (bin.name, of)
    });
    Ok(targets.collect())
}

/// Builds and runs one target; what it finds is kept beside its corpus under target/prove/.
pub(super) fn run(house: &House, target: &str, seconds: u64) -> Result<Said> {
    let built = house.target().join("fuzz");
    build(house, target, &built)?;
    let folder = record::folder(house).join(format!("fuzz-{target}"));
    let corpus = folder.join("corpus");
    fs::create_dir_all(&corpus).with_context(|| format!("{} cannot be made", corpus.display()))?;
    let program = built.join(TRIPLE).join("release").join(target);
    let mut command = house.command(&program.to_string_lossy(), &[]);
    command.arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-rss_limit_mb={MEMORY_MB}"));
    command.arg(format!("-artifact_prefix={}/", folder.display()));
    command.arg("-print_final_stats=1").arg(&corpus);
    let seeds = house.root().join("fuzz/seeds").join(target);
    if seeds.is_dir() {
        command.arg(&seeds);
    }
    println!("     {seconds} s of fuzzing");
    let ran = process::quiet(&mut command)?;
    let log = folder.join("log");
    fs::write(&log, &ran.text).with_context(|| format!("{} cannot be written", log.display()))?;
    if ran.green {
        return Ok(Said {
            green: true,
            line: summary(&ran.text),
            output: String::new(),
        });
    }
    println!("{}", ran.tail(SHOWN));
    let line = format!("a finding, kept in {}", shown(house, &folder));
    Ok(Said {
        green: false,
        line,
        output: String::new(),
    })
}

fn build(house: &House, target: &str, built: &Path) -> Result<()> {
    if !needs::on_path("c++") {
        bail!("fuzzing needs a C++ compiler: run as root `apt-get install g++`");
    }
    let words = [
        "build",
        "--locked",
        "--release",
        "--target",
        TRIPLE,
        "--manifest-path",
        MANIFEST,
        "--bin",
    ];
    let mut command = house.command("cargo", &[&words[..], &[target]].concat());
    command
        .env("RUSTFLAGS", FLAGS)
        .env("CARGO_TARGET_DIR", built);
    if !process::shown(&mut command)? {
        bail!("{MANIFEST} does not build, see above");
    }
    Ok(())
}

fn shown(house: &House, path: &Path) -> String {
    path.strip_prefix(house.root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// `12345 runs, coverage 678, nothing found`, from what libFuzzer printed.
fn summary(output: &str) -> String {
    let runs = output
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let coverage = output
        .lines()
        .filter_map(|line| line.split_once(" cov: "))
        .filter_map(|(_, rest)| rest.split_whitespace().next())
        .next_back();
    let (runs, coverage) = (runs.map_or("?", str::trim), coverage.unwrap_or("?"));
    format!("{runs} runs, coverage {coverage}, nothing found")
}

#[cfg(test)]
mod tests {
    use super::{read, summary};

    #[test]
    fn every_bin_is_a_target_of_the_paths_it_names() {
        let manifest = "[package]\nname = \"fuzz\"\n[package.metadata.of]\ntokens = [\"crates/tokens/src\"]\n\
                        [[bin]]\nname = \"answers\"\npath = \"a.rs\"\n[[bin]]\nname = \"tokens\"\n";
        let read = read(manifest).unwrap();
        let of: Vec<_> = read
            .iter()
            .map(|(name, of)| (name.as_str(), of[0].as_str()))
            .collect();
        assert_eq!(of, [("answers", "crates"), ("tokens", "crates/tokens/src")]);
        assert!(
            super::read("[package]\nname = \"fuzz\"\n")
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn the_last_coverage_counts() {
        let output = "#2\tINITED cov: 10 ft: 11 corp: 1/1b\n#99\tDONE   cov: 42 ft: 90 corp: 8/9b\n\
                      stat::number_of_executed_units: 99\n";
        assert_eq!(summary(output), "99 runs, coverage 42, nothing found");
        assert_eq!(summary(""), "? runs, coverage ?, nothing found");
    }
}
