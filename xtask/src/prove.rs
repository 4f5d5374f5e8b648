//! The long profile: fuzzing, figures and the referee, each once for a tree; a run that was
//! interrupted goes on where it stopped, and the end of it is docs/proof.md.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::findings::Ended;
use crate::house::House;
use crate::process;
use crate::prove::machine::Machine;
use crate::prove::record::Record;
use crate::prove::step::Step;
use crate::words::{self, Usage, Words};

mod fuzz;
mod machine;
mod page;
mod record;
mod step;

/// Where the summary is written.
const PAGE: &str = "docs/proof.md";
/// How long each fuzz target runs where nothing else is said.
const SECONDS: u64 = 600;

/// `cargo xtask prove --date YYYY-MM-DD [--seconds N] [STEP...]`.
pub(crate) fn prove(house: &House, args: &[String]) -> Result<Ended> {
    let words = words::read_all(args, &[], &["--date", "--seconds"])?;
    let (date, seconds) = (date(&words)?, seconds(&words)?);
    let steps = step::all(house)?;
    for name in &words.names {
        if steps.iter().all(|step| step.name != *name) {
            let known: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
            let known = known.join(", ");
            return Err(Usage(format!("no step is called \"{name}\"; there are {known}")).into());
        }
    }
    let mut records = Vec::new();
    let mut left_out = 0_usize;
    for step in &steps {
        let tree = step.tree(house)?;
        let known = record::read(house, &step.name)?;
        if let Some(record) = known.filter(|record| record.holds_for(&tree, seconds)) {
            println!("==   {}: done before", step.name);
            records.push(record);
        } else if words.names.is_empty() || words.names.contains(&step.name) {
            records.push(run(house, step, tree, seconds)?);
        } else {
            left_out += 1;
        }
    }
    let red = records.iter().filter(|record| !record.green).count();
    if red > 0 {
        println!(
            "prove: {red} of {} steps red; {PAGE} is left as it is",
            steps.len()
        );
        return Ok(Ended::Red);
    }
    if left_out > 0 {
        println!("prove: {left_out} of {} steps still to do", steps.len());
        return Ok(Ended::Green);
    }
    let commit = process::capture(&mut house.command("git", &["rev-parse", "HEAD"]))?;
    let page = page::write(commit.trim(), date, &Machine::here(house)?, &records);
    fs::write(house.root().join(PAGE), page)
        .with_context(|| format!("{PAGE} cannot be written"))?;
    println!("prove: {} steps done, {PAGE} is written", steps.len());
    Ok(Ended::Green)
}

fn run(house: &House, step: &Step, tree: String, seconds: u64) -> Result<Record> {
    println!("==   {}", step.name);
    step.demand_committed(house)?;
    let start = Instant::now();
    let said = step.run(house, seconds)?;
    let record = Record {
        step: step.name.clone(),
        tree,
        seconds,
        took: start.elapsed().as_secs(),
        green: said.green,
        line: said.line,
        output: said.output,
    };
    println!(
        "     {}: {}",
        if record.green { "ok" } else { "red" },
        record.line
    );
    record::keep(house, &record)?;
    Ok(record)
}

/// The date is handed in, so that a page written twice from the same records is the same page.
fn date(words: &Words) -> Result<&str> {
    let form = |date: &str| {
        date.len() == 10
            && date.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    };
    match words.value("--date") {
        Some(date) if form(date) => Ok(date),
        _ => Err(Usage("say the day: --date YYYY-MM-DD".to_owned()).into()),
    }
}

fn seconds(words: &Words) -> Result<u64> {
    let Some(given) = words.value("--seconds") else {
        return Ok(SECONDS);
    };
    match given.parse() {
        Ok(seconds) if seconds > 0 => Ok(seconds),
        _ => bail!(Usage(format!(
            "--seconds needs a whole number above 0, not \"{given}\""
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{date, seconds};
    use crate::words::read;

    #[test]
    fn the_day_is_asked_for_in_its_form() {
        let words = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            read(&args, &[], &["--date", "--seconds"]).unwrap()
        };
        assert_eq!(
            date(&words(&["--date", "2026-11-23"])).unwrap(),
            "2026-11-23"
        );
        assert!(date(&words(&["--date", "23.11.2026"])).is_err());
        assert!(date(&words(&[])).is_err());
        assert_eq!(seconds(&words(&[])).unwrap(), 600);
        assert_eq!(seconds(&words(&["--seconds", "5"])).unwrap(), 5);
        assert!(seconds(&words(&["--seconds", "0"])).is_err());
    }
}
