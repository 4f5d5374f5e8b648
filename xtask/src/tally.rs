//! How many tests passed and failed, counted from what the two runners print.

use std::ops::AddAssign;

/// Tests counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Endings that count as failed, in nextest's words and cargo's.
const FAILED: &[&str] = &["failed", "timed out", "exec failed"];

/// Whose closing lines are counted: a failed test may print those of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runner {
    /// `test result: ok. 3 passed; 0 failed; ...`, one for each target.
    Cargo,
    /// `Summary [   0.5s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped`, one for all.
    Nextest,
}

/// Adds up the closing lines of this runner.
pub(crate) fn count(output: &str, runner: Runner) -> Tally {
    let (start, before_counts, between) = match runner {
        Runner::Cargo => ("test result: ", ". ", ';'),
        Runner::Nextest => ("Summary [", " run: ", ','),
    };
    let mut sum = Tally::default();
    for line in output.lines() {
        let closing = line.trim_start().strip_prefix(start);
        if let Some((_, counts)) = closing.and_then(|line| line.split_once(before_counts)) {
            sum += counts_in(counts, between);
        }
    }
    sum
}

fn counts_in(counts: &str, between: char) -> Tally {
    let mut sum = Tally::default();
    for part in counts.split(between) {
        let Some((number, word)) = part.trim().split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<usize>() else {
            continue;
        };
        let word = word.split(" (").next().unwrap_or(word);
        if word == "passed" {
            sum.passed += number;
        } else if FAILED.contains(&word) {
            sum.failed += number;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{Runner, Tally, count};

    #[test]
    fn cargo_says_one_line_for_each_target() {
        let output = "\nrunning 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; finished in 0.01s\n";
        assert_eq!(
            count(output, Runner::Cargo),
            Tally {
                passed: 4,
                failed: 2
            }
        );
    }

    #[test]
    fn nextest_says_one_line_for_all() {
        let output = "     Summary [   0.512s] 14 tests run: 10 passed (1 slow), 2 failed, \
            1 timed out, 1 exec failed, 0 skipped\n        FAIL [   0.1s] fleet x\n";
        assert_eq!(
            count(output, Runner::Nextest),
            Tally {
                passed: 10,
                failed: 4
            }
        );
        let one = "     Summary [   0.007s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(
            count(one, Runner::Nextest),
            Tally {
                passed: 1,
                failed: 0
            }
        );
    }

    #[test]
    fn what_a_failed_test_printed_is_not_counted_again() {
        let output = "    test result: FAILED. 0 passed; 1 failed; 0 ignored\n\
            12 passed, 3 failed\nnote: 4 tests run: 4 passed\n\
            Summary [ 0.1s] 2 tests run: 1 passed, 1 failed, 0 skipped";
        assert_eq!(
            count(output, Runner::Nextest),
            Tally {
                passed: 1,
                failed: 1
            }
        );
    }
}
