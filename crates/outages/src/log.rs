//! What was found, against a log that somebody else keeps.

use fleet::Moment;

/// An outage of a site, found or logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it began.
    pub from: Moment,
    /// When it ended; nothing while it lasts.
    pub to: Option<Moment>,
}

/// One of ours and one of the log that are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its place among those found.
    pub found: usize,
    /// Its place in the log.
    pub logged: usize,
    /// How much later it was found to begin than the log says, milliseconds; negative is earlier.
    pub begins_later: i64,
    /// How much later it was found to end; nothing where one of them has no end.
    pub ends_later: Option<i64>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// In both, in the order of those found.
    pub both: Vec<Match>,
    /// Found, and nobody logged it.
    pub only_found: Vec<usize>,
    /// Logged, and not found: shorter than the resolution, or elsewhere.
    pub only_logged: Vec<usize>,
}

/// Holds what was found against a log. Two are the same when they overlap, either of them made
/// longer by `slack` milliseconds at both ends; where several do, those that begin nearest to each
/// other. Each is matched once.
pub fn compare(found: &[Entry], log: &[Entry], slack: i64) -> Compared {
    let mut pairs: Vec<(u64, usize, usize)> = Vec::new();
    for (ours, one) in found.iter().enumerate() {
        for (theirs, other) in log.iter().enumerate() {
            if overlap(one, other, slack) {
                pairs.push((one.from.since(other.from).unsigned_abs(), ours, theirs));
            }
        }
    }
    pairs.sort_unstable();
    let (mut used, mut taken) = (vec![false; found.len()], vec![false; log.len()]);
    let mut both = Vec::new();
    for (_, ours, theirs) in pairs {
        if used[ours] || taken[theirs] {
            continue;
        }
        (used[ours], taken[theirs]) = (true, true);
        let (one, other) = (&found[ours], &log[theirs]);
        both.push(Match {
            found: ours,
            logged: theirs,
            begins_later: one.from.since(other.from),
            ends_later: one.to.zip(other.to).map(|(end, theirs)| end.since(theirs)),
        });
    }
    both.sort_by_key(|pair| pair.found);
    let left = |marks: &[bool]| (0..marks.len()).filter(|at| !marks[*at]).collect();
    Compared {
        both,
        only_found: left(&used),
        only_logged: left(&taken),
    }
}

fn overlap(one: &Entry, other: &Entry, slack: i64) -> bool {
    let begins_before_end_of = |one: &Entry, other: &Entry| {
        other
            .to
            .is_none_or(|end| one.from.plus(-slack) <= end.plus(slack))
    };
    begins_before_end_of(one, other) && begins_before_end_of(other, one)
}
