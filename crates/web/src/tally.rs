//! The store's tally, by site.

use catalogue::{Decision, Severity};
use std::collections::BTreeMap;
use store::Tally;

/// Open cases of a site: how many and how many of them high or critical, by decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts(BTreeMap<String, (u64, u64)>);

/// Open cases by site, the busiest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tallied {
    pub(crate) sites: Vec<(Option<String>, Counts)>,
}

impl Counts {
    /// How many, and how many of them high or critical.
    pub(crate) fn of(&self, decision: Decision) -> (u64, u64) {
        self.0.get(decision.word()).copied().unwrap_or_default()
    }

    /// How many altogether.
    pub(crate) fn all(&self) -> u64 {
        self.0.values().map(|(count, _)| count).sum()
    }

    fn add(&mut self, decision: &str, count: u64, urgent: u64) {
        let sum = self.0.entry(decision.to_owned()).or_default();
        *sum = (sum.0 + count, sum.1 + urgent);
    }
}

impl Tallied {
    /// The tally by site.
    pub(crate) fn of(tally: &Tally) -> Self {
        let mut sites: BTreeMap<Option<String>, Counts> = BTreeMap::new();
        for (site, decision, severity, count) in &tally.open {
            let known = Severity::ALL.get(usize::from(*severity));
            let urgent = known.is_none_or(|it| *it >= Severity::High);
            sites.entry(site.clone()).or_default().add(
                decision,
                *count,
                if urgent { *count } else { 0 },
            );
        }
        let mut sites: Vec<_> = sites.into_iter().collect();
        sites.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.all()));
        Self { sites }
    }

    /// The counts of one site, or of all.
    pub(crate) fn at(&self, site: Option<&str>) -> Counts {
        let mut sum = Counts::default();
        for (id, counts) in &self.sites {
            if site.is_none() || id.as_deref() == site {
                for (decision, (count, urgent)) in &counts.0 {
                    sum.add(decision, *count, *urgent);
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::Tallied;
    use catalogue::Decision;
    use store::Tally;

    #[test]
    fn cases_are_counted_by_site_and_the_busiest_comes_first() {
        let open = |site: Option<&str>, decision: &str, severity, count| {
            (
                site.map(str::to_owned),
                decision.to_owned(),
                severity,
                count,
            )
        };
        let tally = Tally {
            open: vec![
                open(Some("a"), "visit", 4, 2),
                open(Some("a"), "visit", 1, 1),
                open(Some("b"), "office", 3, 9),
                open(None, "visit", 9, 1),
            ],
            ..Tally::default()
        };
        let tallied = Tallied::of(&tally);
        assert_eq!(tallied.sites[0].0.as_deref(), Some("b"));
        assert_eq!(tallied.at(None).of(Decision::Visit), (4, 3));
        assert_eq!(tallied.at(Some("a")).of(Decision::Visit), (3, 2));
        assert_eq!(tallied.at(Some("nowhere")).all(), 0);
    }
}
