//! Comparing rows, anchors, and the anchors outside.

use crate::{Anchor, Digest, Finding, PublicKey, Row, link};
use std::collections::{BTreeMap, BTreeSet};

/// A check under way: it is handed the rows one by one, each chain from its first row on, and needs
/// little memory however many there are.
#[derive(Debug)]
pub struct Check {
    /// What the anchors saw and is not yet come by: site and row, the hash, the anchor.
    seen: BTreeMap<String, BTreeMap<i64, Vec<(Digest, i64)>>>,
    at: Option<Chain>,
    findings: BTreeSet<Finding>,
    rows: u64,
}

/// The chain whose rows are being handed in.
#[derive(Debug)]
struct Chain {
    site: String,
    last: i64,
    hash: Digest,
}

/// Checks everything at once; [`Check`] does the same row by row.
pub fn verify<'e>(
    rows: impl IntoIterator<Item = Row<'e>>,
    anchors: &[Anchor],
    outside: &[Anchor],
    trusted: &[PublicKey],
) -> Vec<Finding> {
    let mut check = Check::new(anchors, outside, trusted);
    for row in rows {
        check.row(&row);
    }
    check.finish()
}

impl Check {
    /// Begins with the anchors of the store and those outside, each in any order, and the keys that
    /// may have signed them. Without a key, any that fits its own signature will do: then only the
    /// anchors outside stand against a store that was written anew.
    pub fn new(anchors: &[Anchor], outside: &[Anchor], trusted: &[PublicKey]) -> Self {
        let mut check = Self {
            seen: BTreeMap::new(),
            at: None,
            findings: BTreeSet::new(),
            rows: 0,
        };
        let inside = check.by_place(anchors);
        let outer = check.by_place(outside);
        // a copy outside may begin late, the store's own anchors may not
        if inside.keys().next().is_some_and(|first| *first != 1) {
            check.findings.insert(Finding::AnchorMissing { n: 1 });
        }
        for (n, anchor) in &outer {
            match inside.get(n) {
                None => drop(check.findings.insert(Finding::AnchorMissing { n: *n })),
                Some(ours) if ours != anchor => {
                    check.findings.insert(Finding::AnchorDiffers { n: *n });
                }
                Some(_) => {}
            }
        }
        check.follow(&inside, trusted);
        check.follow(&outer, trusted);
        check
    }

    /// Anchors by their place. Two of them at one place cannot both be true.
    fn by_place<'a>(&mut self, anchors: &'a [Anchor]) -> BTreeMap<i64, &'a Anchor> {
        let mut places = BTreeMap::new();
        for anchor in anchors {
            let n = anchor.n;
            if places
                .insert(n, anchor)
                .is_some_and(|other| other != anchor)
            {
                self.findings.insert(Finding::AnchorDiffers { n });
            }
        }
        places
    }

    /// Looks at one file of anchors and remembers what they saw.
    fn follow(&mut self, anchors: &BTreeMap<i64, &Anchor>, trusted: &[PublicKey]) {
        let mut before: Option<&Anchor> = None;
        for (n, anchor) in anchors {
            let n = *n;
            match before {
                Some(last) if last.n + 1 != n => {
                    self.findings
                        .insert(Finding::AnchorMissing { n: last.n + 1 });
                }
                Some(last) if last.digest() != anchor.previous => {
                    self.findings.insert(Finding::AnchorLoose { n });
                }
                None if n == 1 && anchor.previous != Digest::START => {
                    self.findings.insert(Finding::AnchorLoose { n });
                }
                _ => {}
            }
            if !anchor.is_signed() {
                self.findings.insert(Finding::AnchorUnsigned { n });
            } else if !trusted.is_empty() && !trusted.contains(&anchor.key) {
                self.findings.insert(Finding::AnchorForeign { n });
            }
            for head in &anchor.heads {
                let chain = self.seen.entry(head.site.clone()).or_default();
                chain.entry(head.n).or_default().push((head.hash, n));
            }
            before = Some(anchor);
        }
    }

    /// The next row: of the same chain, or the first one of the next chain.
    pub fn row(&mut self, row: &Row<'_>) {
        self.rows += 1;
        let entry = &row.entry;
        if self.at.as_ref().is_none_or(|at| at.site != entry.site) {
            self.end();
            self.at = Some(Chain {
                site: entry.site.to_owned(),
                last: 0,
                hash: Digest::START,
            });
        }
        let Some(at) = &mut self.at else { return };
        let (site, n) = (entry.site.to_owned(), entry.n);
        if n <= at.last {
            self.findings.insert(Finding::RowInserted { site, n });
            return;
        }
        let follows = n == at.last + 1;
        if !follows {
            let (first, last) = (at.last + 1, n - 1);
            let site = site.clone();
            self.findings
                .insert(Finding::RowsMissing { site, first, last });
        }
        // behind a gap nothing is known of the row before: the row itself is taken as it is
        if row.hash.is_none() || follows && Some(link(at.hash, entry)) != row.hash {
            let site = site.clone();
            self.findings.insert(Finding::RowChanged { site, n });
        }
        at.last = n;
        // the next row is judged by what was written, so that one change is one finding
        at.hash = row.hash.unwrap_or_else(|| link(at.hash, entry));
        let hash = at.hash;
        if let Some(seen) = self.seen.get_mut(&site).and_then(|seen| seen.remove(&n)) {
            for (saw, anchor) in seen {
                if saw != hash {
                    let site = site.clone();
                    self.findings.insert(Finding::Rewritten { site, n, anchor });
                }
            }
        }
    }

    /// The chain at hand has no more rows.
    fn end(&mut self) {
        let Some(Chain { site, last, .. }) = self.at.take() else {
            return;
        };
        let Some(seen) = self.seen.remove(&site) else {
            return;
        };
        // what is left below the end stood in a gap, which is a finding already
        let beyond = seen.range(last + 1..).next_back();
        if let Some((saw, anchors)) = beyond {
            let anchor = anchors.first().map_or(0, |(_, anchor)| *anchor);
            self.findings.insert(Finding::TailCut {
                site,
                ends: last,
                saw: *saw,
                anchor,
            });
        }
    }

    /// How many rows were looked at.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// All chains have been handed in: what was found, sorted.
    pub fn finish(mut self) -> Vec<Finding> {
        self.end();
        for (site, seen) in std::mem::take(&mut self.seen) {
            if let Some((saw, anchors)) = seen.last_key_value() {
                let anchor = anchors.first().map_or(0, |(_, anchor)| *anchor);
                self.findings.insert(Finding::ChainMissing {
                    site,
                    saw: *saw,
                    anchor,
                });
            }
        }
        self.findings.into_iter().collect()
    }
}
