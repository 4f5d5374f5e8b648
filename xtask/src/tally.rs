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

/// Adds up every closing line in the output:
/// `test result: ok. 3 passed; 0 failed; ...` of cargo, and nextest's
/// `Summary [   0.5s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped`.
pub(crate) fn count(output: &str) -> Tally {
    let mut sum = Tally::default();
    for line in output.lines().map(str::trim_start) {
        if let Some((_, counts)) = line
            .strip_prefix("test result: ")
            .and_then(|l| l.split_once(". "))
        {
            sum += counts_in(counts, ';');
        } else if let Some((_, counts)) = line
            .strip_prefix("Summary [")
            .and_then(|l| l.split_once(" run: "))
        {
            sum += counts_in(counts, ',');
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
    use super::{Tally, count};

    #[test]
    fn cargo_says_one_line_for_each_target() {
        let output = "\nrunning 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored; finished in 0.01s\n";
        assert_eq!(
            count(output),
            Tally {
                passed: 4,
                failed: 2
            }
        );
    }

    #[test]
    fn nextest_says_one_line_for_all() {
        let output = "     Summary [   0.512s] 14 tests run: 10 passed (1 slow), 2 failed, 1 timed out, 1 exec failed, 0 skipped\n        FAIL [   0.1s] fleet x\n";
        assert_eq!(
            count(output),
            Tally {
                passed: 10,
                failed: 4
            }
        );
        assert_eq!(
            count("     Summary [   0.007s] 1 test run: 1 passed, 0 skipped"),
            Tally {
                passed: 1,
                failed: 0
            }
        );
    }

    #[test]
    fn other_lines_are_not_counted() {
        assert_eq!(
            count("12 passed, 3 failed\nnote: 4 tests run: 4 passed"),
            Tally::default()
        );
    }
}
