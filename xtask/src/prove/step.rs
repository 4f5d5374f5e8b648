//! The steps of the long profile and which part of the tree each speaks of.

use anyhow::{Result, bail};

use crate::findings::Ended;
use crate::house::House;
use crate::process;
use crate::prove::fuzz;
use crate::referee;

/// The steps that run the built program: their names and what python3 is asked.
const SCRIPTS: &[(&str, &[&str])] = &[
    ("large", &["benches/large.py"]),
    ("bench", &["benches/triage.py"]),
    (
        "bench-10m",
        &["benches/triage.py", "--rows", "10000000", "--rounds", "3"],
    ),
    ("readings", &["benches/readings.py"]),
    ("frames", &["benches/frames.py"]),
    ("polling", &["benches/polling.py"]),
    ("fleet", &["benches/fleet.py"]),
    ("schedules", &["benches/schedules.py"]),
    ("commands", &["benches/commands.py"]),
    ("killed", &["benches/killed.py", "--kills", "20"]),
];
/// How many lines of the figures are kept.
const KEPT: usize = 60;

/// One step.
pub(super) struct Step {
    /// Its name, also that of the file with its result.
    pub(super) name: String,
    /// What its result depends on: a change elsewhere does not ask for a new run.
    of: Vec<String>,
    work: Work,
}

enum Work {
    Fuzz { target: String },
    Script(&'static [&'static str]),
    Referee,
}

/// What a step brings back.
pub(super) struct Said {
    pub(super) green: bool,
    /// One line for the table.
    pub(super) line: String,
    /// More, to be shown whole; may be empty.
    pub(super) output: String,
}

/// Every step this tree has.
pub(super) fn all(house: &House) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for (target, of) in fuzz::targets(house)? {
        steps.push(Step {
            name: format!("fuzz-{target}"),
            of,
            work: Work::Fuzz { target },
        });
    }
    for (name, words) in SCRIPTS {
        let there = words
            .first()
            .filter(|script| house.root().join(script).is_file());
        if let Some(script) = there {
            steps.push(Step {
                name: (*name).to_owned(),
                of: owned(&["crates", script, "Cargo.lock"]),
                work: Work::Script(words),
            });
        }
    }
    let of = owned(&["crates", "xtask", "rooms.toml", "clippy.toml", "Cargo.lock"]);
    steps.push(Step {
        name: "referee".to_owned(),
        of,
        work: Work::Referee,
    });
    Ok(steps)
}

fn owned(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

impl Step {
    fn of(&self) -> impl Iterator<Item = &str> {
        self.of.iter().map(String::as_str)
    }

    /// One hash of everything the result depends on, as it is committed.
    pub(super) fn tree(&self, house: &House) -> Result<String> {
        let words: Vec<&str> = ["ls-tree", "HEAD", "--"]
            .into_iter()
            .chain(self.of())
            .collect();
        let listed = process::capture(&mut house.command("git", &words))?;
        Ok(listed
            .lines()
            .filter_map(|line| line.split_whitespace().nth(2))
            .map(short)
            .collect())
    }

    /// A result of files that nobody else can see would prove nothing.
    pub(super) fn demand_committed(&self, house: &House) -> Result<()> {
        let words: Vec<&str> = ["status", "--porcelain", "--"]
            .into_iter()
            .chain(self.of())
            .collect();
        let changed = process::capture(&mut house.command("git", &words))?;
        if changed.is_empty() {
            return Ok(());
        }
        bail!(
            "{} speaks of a commit: commit these first\n{}",
            self.name,
            changed.trim_end()
        )
    }

    /// Does the work; fuzzing takes as many seconds as said.
    pub(super) fn run(&self, house: &House, seconds: u64) -> Result<Said> {
        match &self.work {
            Work::Fuzz { target } => fuzz::run(house, target, seconds),
            Work::Script(words) => run_script(house, words),
            Work::Referee => {
                let ruling = referee::rule(house, &[])?;
                let green = ruling.ended == Ended::Green;
                Ok(Said {
                    green,
                    line: ruling.line,
                    output: String::new(),
                })
            }
        }
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// What a script runs, by the script; the program itself where nothing is said.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "benches/readings.py",
        &["--package", "store", "--example", "readings"],
    ),
    (
        "benches/frames.py",
        &["--package", "frames", "--example", "mixed_frames"],
    ),
];

/// Builds what the script runs as its users do, and runs the script.
fn run_script(house: &House, words: &[&str]) -> Result<Said> {
    let script = words.first().copied().unwrap_or_default();
    let example = EXAMPLES.iter().find(|(of, _)| *of == script);
    let what = example.map_or(&["--package", "calinmeter"][..], |(_, what)| what);
    let build = [&["build", "--release", "--locked"][..], what].concat();
    if !process::shown(&mut house.command("cargo", &build))? {
        bail!("the release build failed, see above");
    }
    let ran = process::streamed(&mut house.command("python3", words))?;
    let line = if ran.green {
        "figures below"
    } else {
        "a promise is broken, see above"
    };
    Ok(Said {
        green: ran.green,
        line: line.to_owned(),
        output: ran.tail(KEPT),
    })
}
