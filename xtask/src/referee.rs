//! Who checks the checks: known faults are planted in a copy of the tree, one at a time, and the
//! check that should find each must turn red with the right words.
//!
//! Before that, every check must be green on the copy as it is: one that is red anyway finds
//! nothing.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::findings::Ended;
use crate::house::House;
use crate::process::Ran;
use crate::referee::faults::Fault;
use crate::referee::scratch::Scratch;
use crate::words::{self, Usage};

mod faults;
mod scratch;

/// How many lines of a check's output are shown when it does not do its duty.
const SHOWN: usize = 15;

/// What became of one fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Red with the expected words.
    Found,
    /// Green: nobody noticed.
    Missed,
    /// Red, but for something else.
    OtherReason,
    /// Its place in the tree has changed: the fault itself must be mended.
    Unplantable,
}

const OUTCOMES: &[(Outcome, &str)] = &[
    (Outcome::Found, "found"),
    (Outcome::Missed, "MISSED: the check stayed green"),
    (Outcome::OtherReason, "red for another reason"),
    (
        Outcome::Unplantable,
        "cannot be planted: mend xtask/faults.toml",
    ),
];

/// What the referee says at the end.
pub(crate) struct Ruling {
    pub(crate) ended: Ended,
    /// One line for a report.
    pub(crate) line: String,
}

/// `cargo xtask referee [NAME...]`.
pub(crate) fn referee(house: &House, args: &[String]) -> Result<Ended> {
    let names = words::read_all(args, &[], &[])?.names;
    Ok(rule(house, &names)?.ended)
}

/// Plants the named faults, or all where none is named.
pub(crate) fn rule(house: &House, names: &[String]) -> Result<Ruling> {
    let faults = chosen(faults::read(house)?, names)?;
    let scratch = Scratch::copy(house)?;
    demand_green(&scratch, &faults)?;
    let mut outcomes = Vec::new();
    for fault in &faults {
        println!("==   {}: {}", fault.name, fault.command);
        let outcome = plant(&scratch, fault)?;
        println!("     {}", in_words(outcome));
        outcomes.push(outcome);
    }
    println!("\nreferee");
    for (fault, outcome) in faults.iter().zip(&outcomes) {
        println!("  {:<32} {}", fault.name, in_words(*outcome));
    }
    let found = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Found)
        .count();
    let line = format!("{found} of {} planted faults found", faults.len());
    println!("{line}");
    let ended = if found == faults.len() {
        Ended::Green
    } else {
        Ended::Red
    };
    Ok(Ruling { ended, line })
}

fn chosen(faults: Vec<Fault>, names: &[String]) -> Result<Vec<Fault>> {
    if let Some(name) = names
        .iter()
        .find(|name| faults.iter().all(|fault| fault.name != **name))
    {
        let known: Vec<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
        let known = known.join(", ");
        return Err(Usage(format!("no fault is called \"{name}\"; there are {known}")).into());
    }
    let wanted = |fault: &Fault| names.is_empty() || names.contains(&fault.name);
    Ok(faults.into_iter().filter(wanted).collect())
}

/// Every check that will be used, once, on the copy without a fault.
fn demand_green(scratch: &Scratch, faults: &[Fault]) -> Result<()> {
    let commands: BTreeSet<&str> = faults.iter().map(|fault| fault.command.as_str()).collect();
    for command in commands {
        println!("==   without a fault: {command}");
        let ran = scratch.run(command)?;
        if !ran.green {
            bail!(
                "`{command}` is red before any fault is planted:\n{}",
                ran.tail(SHOWN)
            );
        }
    }
    Ok(())
}

fn plant(scratch: &Scratch, fault: &Fault) -> Result<Outcome> {
    let sound = match scratch.read(&fault.file) {
        Ok(text) => text,
        Err(error) => return Ok(unplantable(&format!("{error:#}"))),
    };
    let faulty = match fault.planted(&sound) {
        Ok(text) => text,
        Err(error) => return Ok(unplantable(&format!("{error:#}"))),
    };
    scratch.write(&fault.file, &faulty)?;
    let ran = scratch.run(&fault.command);
    scratch.write(&fault.file, &sound)?;
    let ran = ran?;
    scratch.keep(&fault.name, &ran.text)?;
    let outcome = judge(&ran, &fault.expect);
    if outcome != Outcome::Found {
        println!(
            "     expected \"{}\"; it said:\n{}",
            fault.expect,
            ran.tail(SHOWN)
        );
    }
    Ok(outcome)
}

fn unplantable(why: &str) -> Outcome {
    println!("     {why}");
    Outcome::Unplantable
}

fn judge(ran: &Ran, expect: &str) -> Outcome {
    match (ran.green, ran.text.contains(expect)) {
        (true, _) => Outcome::Missed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::OtherReason,
    }
}

fn in_words(outcome: Outcome) -> &'static str {
    OUTCOMES
        .iter()
        .find(|(known, _)| *known == outcome)
        .map_or("", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::{Outcome, judge};
    use crate::process::Ran;

    #[test]
    fn red_alone_is_not_enough() {
        let ran = |green, text: &str| Ran {
            green,
            text: text.to_owned(),
        };
        assert_eq!(
            judge(&ran(false, "a: the link is dead\n"), "is dead"),
            Outcome::Found
        );
        assert_eq!(
            judge(&ran(false, "no such command"), "is dead"),
            Outcome::OtherReason
        );
        assert_eq!(
            judge(&ran(true, "a: the link is dead\n"), "is dead"),
            Outcome::Missed
        );
    }
}
