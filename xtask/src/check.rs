//! `check` runs every check of the house; `test` first provides what they need.

use anyhow::Result;

use crate::findings::{Ended, Findings};
use crate::house::House;
use crate::report::{Report, Step};
use crate::{docs, links, needs, process, rooms, runners, sizes, words};

/// In this order: what is quick and often wrong first.
const STEPS: &[Step] = &[
    Step {
        name: "format",
        slow: false,
        run: format,
    },
    Step {
        name: "rooms",
        slow: false,
        run: rooms::check,
    },
    Step {
        name: "sizes",
        slow: false,
        run: sizes::check,
    },
    Step {
        name: "docs",
        slow: false,
        run: docs::check,
    },
    Step {
        name: "links",
        slow: false,
        run: links::check,
    },
    Step {
        name: "clippy",
        slow: true,
        run: clippy,
    },
    Step {
        name: "tests",
        slow: true,
        run: runners::check,
    },
];

/// `cargo xtask check [--fast]`.
pub(crate) fn check(house: &House, args: &[String]) -> Result<Ended> {
    let fast = words::read(args, &["--fast"], &[])?.has("--fast");
    Ok(Report::of(STEPS.iter().filter(|step| !(fast && step.slow)), house).print())
}

/// `cargo xtask test`: ends with "N passed, N failed" alone on the last line.
pub(crate) fn test(house: &House, args: &[String]) -> Result<Ended> {
    words::read(args, &[], &[])?;
    needs::provide(house)?;
    let report = Report::of(STEPS.iter(), house);
    let ended = report.print();
    let tally = report.tally();
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(ended)
}

fn format(house: &House) -> Result<Findings> {
    let green = process::shown(&mut house.command("cargo", &["fmt", "--all", "--check"]))?;
    Ok(unless(
        green,
        "some files are not formatted: run `cargo fmt --all`",
    ))
}

fn clippy(house: &House) -> Result<Findings> {
    let words = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    let green = process::shown(&mut house.command("cargo", &words))?;
    Ok(unless(green, "clippy complains, see above"))
}

fn unless(green: bool, complaint: &str) -> Findings {
    if green {
        Findings::default()
    } else {
        Findings::complaining(vec![complaint.to_owned()])
    }
}
