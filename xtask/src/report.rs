//! Running checks one after the other: each with its time, the red ones again at the end.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::findings::{Check, Ended, Findings};
use crate::house::House;
use crate::tally::Tally;

/// One check in a row of checks.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// Whether it compiles the whole house.
    pub(crate) slow: bool,
    pub(crate) run: Check,
}

/// What came of one step.
struct Done {
    name: &'static str,
    took: Duration,
    findings: Findings,
}

/// All steps, run.
pub(crate) struct Report {
    done: Vec<Done>,
}

impl Report {
    /// Runs every step, also after a red one; a check that cannot run at all is red.
    pub(crate) fn of(steps: impl Iterator<Item = &'static Step>, house: &House) -> Self {
        let done = steps.map(|step| run(step, house)).collect();
        Self { done }
    }

    /// Prints the table of what failed.
    pub(crate) fn print(&self) -> Ended {
        let total: Duration = self.done.iter().map(|done| done.took).sum();
        println!("\n{} checks in {}", self.done.len(), seconds(total));
        let red: Vec<&Done> = self.red().collect();
        for done in &red {
            println!("  red  {:<8} {:>9}", done.name, seconds(done.took));
            for complaint in &done.findings.complaints {
                println!("         {complaint}");
            }
        }
        if red.is_empty() {
            Ended::Green
        } else {
            Ended::Red
        }
    }

    /// The tests counted, and as failed also every red step that counted no failed test, so
    /// that nothing red ever closes with "0 failed".
    pub(crate) fn tally(&self) -> Tally {
        let mut sum = Tally::default();
        for done in &self.done {
            sum += done.findings.tally;
        }
        sum.failed += self
            .red()
            .filter(|done| done.findings.tally.failed == 0)
            .count();
        sum
    }

    fn red(&self) -> impl Iterator<Item = &Done> {
        self.done
            .iter()
            .filter(|done| done.findings.ended() == Ended::Red)
    }
}

fn run(step: &Step, house: &House) -> Done {
    println!("==   {}", step.name);
    let start = Instant::now();
    let found: Result<Findings> = (step.run)(house);
    let findings = found.unwrap_or_else(|error| Findings::complaining(vec![format!("{error:#}")]));
    let took = start.elapsed();
    for line in findings.notes.iter().chain(&findings.complaints) {
        println!("       {line}");
    }
    let word = if findings.ended() == Ended::Green {
        "ok "
    } else {
        "red"
    };
    println!("{word}  {:<8} {:>9}", step.name, seconds(took));
    Done {
        name: step.name,
        took,
        findings,
    }
}

/// A time for a person.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::{Report, Step};
    use crate::findings::{Ended, Findings};
    use crate::house::House;
    use crate::tally::Tally;

    const GREEN: Step = Step {
        name: "green",
        slow: false,
        run: |_| {
            Ok(Findings {
                tally: Tally {
                    passed: 5,
                    failed: 0,
                },
                ..Findings::default()
            })
        },
    };
    const BROKEN: Step = Step {
        name: "broken",
        slow: false,
        run: |_| anyhow::bail!("it cannot run"),
    };

    #[test]
    fn a_red_step_never_closes_with_none_failed() {
        let house = House::find().unwrap();
        let report = Report::of([&GREEN, &BROKEN].into_iter(), &house);
        assert_eq!(
            report.tally(),
            Tally {
                passed: 5,
                failed: 1
            }
        );
        assert_eq!(report.print(), Ended::Red);
    }

    #[test]
    fn all_green_is_green() {
        let report = Report::of([&GREEN].into_iter(), &House::find().unwrap());
        assert_eq!(
            report.tally(),
            Tally {
                passed: 5,
                failed: 0
            }
        );
        assert_eq!(report.print(), Ended::Green);
    }
}
