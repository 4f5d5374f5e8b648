//! A home's change against its neighbours'.

use crate::bounds::Bounds;
use crate::rule::{Flag, When};
use crate::rules::RULES;
use fleet::Moment;

/// A home's days of a week, and the days it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// The mean day of the week, Wh.
    pub wh: i64,
    /// The home's usual day, Wh.
    pub usual_wh: i64,
}

/// One home among the others, in thousandths of its usual day.
pub(crate) struct Peers<'a> {
    pub(crate) own: i64,
    pub(crate) middle: i64,
    pub(crate) others: usize,
    pub(crate) week: Week,
    pub(crate) bounds: &'a Bounds,
}

/// The homes of a site whose week changed much more, or much less, than their neighbours' did. What
/// changes for all of them (a season, an outage, a feast) flags nobody. A home of which nothing is
/// known is `None` and says nothing.
pub fn stand_out(
    homes: &[Option<Week>],
    from: Moment,
    to: Moment,
    bounds: &Bounds,
) -> Vec<(usize, Flag)> {
    let shares: Vec<Option<i64>> = homes
        .iter()
        .map(|home| home.and_then(Week::share))
        .collect();
    let mut known: Vec<i64> = shares.iter().copied().flatten().collect();
    known.sort_unstable();
    let mut flags = Vec::new();
    for (place, week, own) in of_known(homes, &shares) {
        // the home's own share moves the middle by half a place at most
        let peers = Peers {
            own,
            middle: known[known.len() / 2],
            others: known.len() - 1,
            week,
            bounds,
        };
        let held = RULES.iter().filter_map(|rule| match rule.when {
            When::Peers(when) => when(&peers).map(|saw| (rule, saw)),
            _ => None,
        });
        flags.extend(held.map(|(rule, saw)| {
            let flag = Flag {
                rule,
                from,
                to,
                saw,
            };
            (place, flag)
        }));
    }
    flags
}

fn of_known(
    homes: &[Option<Week>],
    shares: &[Option<i64>],
) -> impl Iterator<Item = (usize, Week, i64)> {
    let both = homes.iter().zip(shares).enumerate();
    both.filter_map(|(place, (week, share))| Some((place, (*week)?, (*share)?)))
}

impl Week {
    /// The week in thousandths of the usual day.
    fn share(self) -> Option<i64> {
        (self.usual_wh > 0).then(|| self.wh.saturating_mul(1000) / self.usual_wh)
    }
}
