//! Whether supply is back, and for whom not.

use fleet::Moment;

/// How far the homes of an outage have supply again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// When enough of them were seen with supply: the outage is over.
    pub over: Option<Moment>,
    /// When the first one was.
    pub first: Option<Moment>,
    /// The homes that were, with their moments, in the order of the outage's homes.
    pub back: Vec<(usize, Moment)>,
    /// The homes that were not. When the outage is over, each is a matter of its own.
    pub dark: Vec<usize>,
}

/// Looks which of an outage's homes were seen with supply after it began: `seen` gives the first
/// such moment of a home, a report, a power-up, energy that moves. It is over when the share of the
/// homes is back that made it an outage.
pub fn restored(homes: &[usize], share: f64, seen: impl Fn(usize) -> Option<Moment>) -> Restored {
    let mut found = Restored::default();
    for home in homes {
        match seen(*home) {
            Some(at) => found.back.push((*home, at)),
            None => found.dark.push(*home),
        }
    }
    let mut times: Vec<Moment> = found.back.iter().map(|(_, at)| *at).collect();
    times.sort_unstable();
    found.first = times.first().copied();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of homes"
    )]
    let enough = (homes.len() as f64 * share).ceil() as usize;
    found.over = times.get(enough.max(1) - 1).copied();
    found
}
