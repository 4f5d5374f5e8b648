//! How many homes under each node are known, and how many of them are dark.

use crate::locate::{Event, LocateTerms};
use crate::phases::Phase;
use crate::sign::Sign;
use crate::tree::Tree;

/// Counts of one event.
pub(crate) struct Tally<'a> {
    tree: &'a Tree,
    terms: &'a LocateTerms,
    /// Of each node and all below it: known homes, dark homes.
    counts: Vec<(usize, usize)>,
}

impl<'a> Tally<'a> {
    /// Counts the homes of an event, those whose phase counts. Homes that have told their tale before
    /// say nothing.
    pub(crate) fn of(
        event: &Event<'a>,
        dark: &[usize],
        told: &[bool],
        counts_for: impl Fn(Option<Phase>) -> bool,
    ) -> Self {
        let mut is_dark = vec![false; event.homes.len()];
        for home in dark {
            is_dark[*home] = true;
        }
        let mut counts = vec![(0, 0); event.tree.nodes().len()];
        for (place, home) in event.homes.iter().enumerate() {
            if home.sign == Sign::Unknown || told[place] || !counts_for(home.phase) {
                continue;
            }
            for node in event.tree.upwards(home.node) {
                counts[node].0 += 1;
                counts[node].1 += usize::from(is_dark[place]);
            }
        }
        Self {
            tree: event.tree,
            terms: event.terms,
            counts,
        }
    }

    pub(crate) fn known(&self, node: usize) -> usize {
        self.counts[node].0
    }

    pub(crate) fn dark(&self, node: usize) -> usize {
        self.counts[node].1
    }

    /// The nodes that are out, none below another: of each the highest, or the one below it that has
    /// the very same homes.
    pub(crate) fn nodes_out(&self) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for node in 0..self.counts.len() {
            let below_one = self.tree.upwards(node).any(|above| out.contains(&above));
            if !below_one && self.is_out(node) {
                out.push(node);
            }
        }
        out.into_iter().map(|node| self.nearest(node)).collect()
    }

    fn branches(&self, node: usize) -> impl Iterator<Item = usize> {
        let nodes = self.tree.nodes().iter().enumerate();
        nodes
            .filter(move |(_, one)| one.fed_by == Some(node))
            .map(|(place, _)| place)
    }

    #[expect(clippy::cast_precision_loss, reason = "homes of a site")]
    fn is_dark(&self, node: usize) -> bool {
        let (known, dark) = self.counts[node];
        dark as f64 >= known as f64 * self.terms.share && dark > 0
    }

    /// Enough dark homes, and every branch is out as well. A branch of one home says too little.
    fn is_out(&self, node: usize) -> bool {
        let enough = self.dark(node) >= self.terms.least && self.is_dark(node);
        let too_few = |branch: usize| self.known(branch) < self.terms.least;
        enough
            && self
                .branches(node)
                .all(|branch| too_few(branch) || self.is_out(branch))
    }

    /// The node below with the very same homes, as far down as there is one.
    fn nearest(&self, node: usize) -> usize {
        let same = |branch: &usize| self.counts[*branch] == self.counts[node];
        self.branches(node)
            .find(same)
            .map_or(node, |branch| self.nearest(branch))
    }
}
