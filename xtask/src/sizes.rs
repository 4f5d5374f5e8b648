//! No source file grows too long: 600 lines at most, above 400 only with a reason.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::findings::Findings;
use crate::house::{House, ends_in};

/// Where the long files stand with their reasons.
const LIST: &str = "xtask/sizes.toml";
/// Nothing is longer than this.
const HARD_STOP: usize = 600;
/// Longer than this needs a reason; also the limit for the 95th percentile.
const LONG: usize = 400;
/// The limit for the median.
const MEDIAN: usize = 150;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    long: Vec<LongFile>,
}

/// A file that may be long, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LongFile {
    file: String,
    reason: String,
}

/// The step `sizes`.
pub(crate) fn check(house: &House) -> Result<Findings> {
    let mut lines = BTreeMap::new();
    for path in house.files()?.into_iter().filter(|path| is_source(path)) {
        let count = house.read(&path)?.lines().count();
        lines.insert(path, count);
    }
    let list: List = toml::from_str(&house.read(LIST)?)
        .with_context(|| format!("{LIST} has rows `[[long]]` with `file` and `reason`"))?;
    Ok(judge(&lines, &list.long))
}

/// Rust under crates/*/src, crates/*/build and xtask/src; tests and examples may be long.
fn is_source(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    ends_in(path, "rs")
        && matches!(
            parts[..],
            ["crates", _, "src" | "build", ..] | ["xtask", "src", ..]
        )
}

fn judge(lines: &BTreeMap<String, usize>, list: &[LongFile]) -> Findings {
    let listed: BTreeSet<&str> = list.iter().map(|row| row.file.as_str()).collect();
    let mut complaints = Vec::new();
    for (path, &count) in lines {
        if count > HARD_STOP {
            complaints.push(format!(
                "{path} has {count} lines; {HARD_STOP} is the end: cut it in two"
            ));
        } else if count > LONG && !listed.contains(path.as_str()) {
            complaints.push(format!(
                "{path} has {count} lines: cut it in two, or give a reason in {LIST}"
            ));
        }
    }
    for row in list {
        if lines.get(&row.file).is_none_or(|&count| count <= LONG) {
            complaints.push(format!(
                "{LIST} still lists {}, which is not long: remove the row",
                row.file
            ));
        }
        if row.reason.trim().is_empty() {
            complaints.push(format!("{LIST} gives no reason for {}", row.file));
        }
    }
    let mut counts: Vec<usize> = lines.values().copied().collect();
    counts.sort_unstable();
    let (median, p95) = (percentile(&counts, 50), percentile(&counts, 95));
    let max = counts.last().copied().unwrap_or(0);
    for (name, value, limit) in [("median", median, MEDIAN), ("95th percentile", p95, LONG)] {
        if value > limit {
            complaints.push(format!(
                "the {name} is {value} lines, {limit} is the limit: cut the longest files"
            ));
        }
    }
    let note = format!(
        "{} files, lines: median {median}, p95 {p95}, max {max}",
        counts.len()
    );
    Findings {
        complaints,
        notes: vec![note],
        ..Findings::default()
    }
}

/// Nearest rank: the smallest value that at least so many percent do not exceed.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{LongFile, is_source, judge, percentile};

    fn tree(long: &[(&str, usize)]) -> BTreeMap<String, usize> {
        let short = (0..60).map(|i| (format!("crates/a/src/{i}.rs"), 100));
        short
            .chain(
                long.iter()
                    .map(|(path, count)| ((*path).to_owned(), *count)),
            )
            .collect()
    }

    fn row(file: &str, reason: &str) -> LongFile {
        LongFile {
            file: file.to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn a_long_file_needs_a_reason_and_601_lines_have_none() {
        let list = [row("crates/a/src/long.rs", "one table")];
        assert!(
            judge(&tree(&[("crates/a/src/long.rs", 600)]), &list)
                .complaints
                .is_empty()
        );
        let without = judge(&tree(&[("crates/a/src/long.rs", 401)]), &[]).complaints;
        assert_eq!(without.len(), 1);
        assert!(
            without[0].contains("give a reason in xtask/sizes.toml"),
            "{without:?}"
        );
        let too_long = judge(&tree(&[("crates/a/src/long.rs", 601)]), &list).complaints;
        assert!(too_long[0].contains("600 is the end"), "{too_long:?}");
    }

    #[test]
    fn the_list_only_shrinks() {
        let list = [
            row("crates/a/src/1.rs", "it was long"),
            row("gone.rs", "it was here"),
        ];
        assert_eq!(judge(&tree(&[]), &list).complaints.len(), 2);
    }

    #[test]
    fn a_reason_of_spaces_is_none() {
        let list = [row("crates/a/src/long.rs", "  ")];
        let found = judge(&tree(&[("crates/a/src/long.rs", 500)]), &list).complaints;
        assert_eq!(
            found,
            ["xtask/sizes.toml gives no reason for crates/a/src/long.rs"]
        );
    }

    #[test]
    fn a_house_of_long_files_is_refused_by_its_median() {
        let all = (0..9)
            .map(|i| (format!("crates/a/src/{i}.rs"), 151))
            .collect();
        assert!(judge(&all, &[]).complaints[0].starts_with("the median is 151"));
    }

    #[test]
    fn percentiles_are_values_that_occur() {
        let twenty: Vec<usize> = (1..=20).collect();
        assert_eq!((percentile(&twenty, 50), percentile(&twenty, 95)), (10, 19));
        assert_eq!(percentile(&[], 50), 0);
    }

    #[test]
    fn only_source_is_measured() {
        assert!(
            is_source("crates/fleet/src/meter.rs") && is_source("crates/catalogue/build/main.rs")
        );
        assert!(is_source("xtask/src/main.rs"));
        assert!(!is_source("crates/fleet/tests/meter_numbers.rs"));
        assert!(!is_source("crates/fleet/src/table.toml"));
    }
}
