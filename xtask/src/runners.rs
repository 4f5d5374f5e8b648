//! Runs all tests, with nextest where it is installed, and counts them.

use anyhow::Result;

use crate::findings::Findings;
use crate::house::House;
use crate::process;
use crate::tally::{self, Runner};

/// nextest runs everything but the examples in the documentation.
const WITH_NEXTEST: &[(Runner, &[&str])] = &[
    (
        Runner::Nextest,
        &[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--no-tests=pass",
        ],
    ),
    (
        Runner::Cargo,
        &["test", "--doc", "--workspace", "--no-fail-fast"],
    ),
];
const WITH_CARGO: &[(Runner, &[&str])] =
    &[(Runner::Cargo, &["test", "--workspace", "--no-fail-fast"])];

/// The step `tests`.
pub(crate) fn check(house: &House) -> Result<Findings> {
    let nextest = process::answers(&mut house.command("cargo", &["nextest", "--version"]));
    let mut findings = Findings::default();
    for (runner, words) in if nextest { WITH_NEXTEST } else { WITH_CARGO } {
        let mut command = house.command("cargo", words);
        // golden files are compared here, never written; the closing lines are counted, so plain
        command
            .env("INSTA_UPDATE", "no")
            .env("CARGO_TERM_COLOR", "never");
        let ran = process::streamed(&mut command)?;
        findings.tally += tally::count(&ran.text, *runner);
        if !ran.green {
            findings
                .complaints
                .push(format!("`{}` is red, see above", process::typed(&command)));
        }
    }
    let counted = findings.tally;
    findings.notes.push(format!(
        "tests: {} passed, {} failed",
        counted.passed, counted.failed
    ));
    Ok(findings)
}
