//! Where supply is gone: one outage, or one meter.

use crate::finding::{Alone, Finding, What};
use crate::sign::{Home, Sign};
use crate::tally::Tally;
use crate::tree::Tree;
use crate::{Cause, Phase, cause};
use fleet::{HOUR, MINUTE, Moment};
use std::collections::BTreeSet;

/// When many dark homes are one outage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocateTerms {
    /// So large a share of the homes under a node is dark. 0.6: the domain's facts.
    pub share: f64,
    /// At least so many of them. 2: the domain's facts.
    pub least: usize,
    /// They went dark within so many milliseconds. 10 minutes; 65 where meters report once an hour
    /// and silence is all there is.
    pub window: i64,
    /// How exact a meter's own log is, milliseconds. A minute: our choice.
    pub log: i64,
    /// How exact silence is, milliseconds: the time between reports.
    pub silence: i64,
}

impl Default for LocateTerms {
    fn default() -> Self {
        Self {
            share: 0.6,
            least: 2,
            window: 10 * MINUTE,
            log: MINUTE,
            silence: HOUR,
        }
    }
}

impl LocateTerms {
    /// For meters that report once an hour and have no last gasp.
    pub fn hourly() -> Self {
        Self {
            window: 65 * MINUTE,
            ..Self::default()
        }
    }
}

/// The homes of one event, and all that is known around it.
pub(crate) struct Event<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) homes: &'a [Home],
    pub(crate) terms: &'a LocateTerms,
    /// Gateways that work: known to be online, or a home is heard through them.
    working: BTreeSet<usize>,
}

/// Finds outages and single meters among the signs of homes, in the order in which they began.
///
/// Homes that went dark within a window are one event. A node is out when enough of its homes are
/// dark and no branch of it is fine; the highest such node is named, or the one below it where
/// nothing tells the two apart. Where nothing but silence speaks and a gateway may be the cause, the
/// finding says so. `gateways` says of each gateway whether it is online, as far as is known.
pub fn locate(
    tree: &Tree,
    homes: &[Home],
    gateways: &[Option<bool>],
    terms: &LocateTerms,
) -> Vec<Finding> {
    let online = (0..gateways.len()).filter(|gateway| gateways[*gateway] == Some(true));
    let heard = homes.iter().filter(|home| home.sign == Sign::Heard);
    let event = Event {
        tree,
        homes,
        terms,
        working: online
            .chain(heard.filter_map(|home| home.gateway))
            .collect(),
    };
    let mut dark: Vec<(Moment, usize)> = homes
        .iter()
        .enumerate()
        .filter_map(|(place, home)| Some((home.sign.dark_since()?, place)))
        .collect();
    dark.sort_unstable();
    let mut before = vec![false; homes.len()];
    let mut findings = Vec::new();
    let mut rest = &dark[..];
    while let Some((begun, _)) = rest.first() {
        let end = rest.partition_point(|(at, _)| at.since(*begun) <= terms.window);
        let (now, later) = rest.split_at(end);
        let homes: Vec<usize> = now.iter().map(|(_, home)| *home).collect();
        event.judge(&homes, &before, &mut findings);
        for home in homes {
            before[home] = true;
        }
        rest = later;
    }
    findings
}

impl Event<'_> {
    /// One event: nodes first, then phases, then what is left of single homes.
    fn judge(&self, dark: &[usize], before: &[bool], findings: &mut Vec<Finding>) {
        let (mut left, mut told) = (dark.to_vec(), before.to_vec());
        let tally = Tally::of(self, &left, &told, |_| true);
        for node in tally.nodes_out() {
            let under = self.take(node, |_| true, &mut left, &mut told);
            let what = if self.may_be_gateway(&under) {
                What::GatewayOrSite
            } else {
                What::Outage
            };
            findings.push(self.finding(what, node, under, tally.known(node)));
        }
        for phase in [Phase::A, Phase::B, Phase::C] {
            let tally = Tally::of(self, &left, &told, |of| of == Some(phase));
            let others = Tally::of(self, &left, &told, |of| of.is_some_and(|of| of != phase));
            for node in tally.nodes_out() {
                // the other phases have supply, so it is not the whole node
                if others.known(node) >= self.terms.least && others.dark(node) == 0 {
                    let on_it = |of: Option<Phase>| of == Some(phase);
                    let under = self.take(node, on_it, &mut left, &mut told);
                    let what = What::PhaseLoss(phase);
                    findings.push(self.finding(what, node, under, tally.known(node)));
                }
            }
        }
        for home in left {
            let what = What::OneMeter(self.alone(home));
            findings.push(self.finding(what, self.homes[home].node, vec![home], 1));
        }
    }

    /// Takes those under a node, and of the phases that count, out of those that are left; they say
    /// nothing more.
    fn take(
        &self,
        node: usize,
        counts: impl Fn(Option<Phase>) -> bool,
        left: &mut Vec<usize>,
        told: &mut [bool],
    ) -> Vec<usize> {
        let under = |place: &usize| {
            let home = &self.homes[*place];
            let mut above = self.tree.upwards(home.node);
            counts(home.phase) && above.any(|place| place == node)
        };
        let (under, others) = left.iter().partition(|home| under(home));
        *left = others;
        for home in &under {
            let home: &usize = home;
            told[*home] = true;
        }
        under
    }

    /// Whether nothing speaks but silence, and a gateway that may be dark itself explains it.
    fn may_be_gateway(&self, dark: &[usize]) -> bool {
        dark.iter().all(|place| {
            let home = &self.homes[*place];
            let idle = |gateway: usize| !self.working.contains(&gateway);
            matches!(home.sign, Sign::Silent(_)) && home.gateway.is_some_and(idle)
        })
    }

    fn alone(&self, home: usize) -> Alone {
        let Home { sign, code, .. } = self.homes[home];
        let listed = code.filter(|code| catalogue::ami(*code).is_some());
        match (listed.map(|code| (code, cause(code))), sign) {
            (Some((code, Some(_))), _) => Alone::ByCode(code),
            (Some((_, None)), _) => Alone::HasSupply,
            (None, Sign::Silent(_)) => Alone::Silent,
            (None, _) => Alone::ServiceDrop,
        }
    }

    fn finding(&self, what: What, node: usize, homes: Vec<usize>, known: usize) -> Finding {
        let signs = || homes.iter().map(|home| self.homes[*home].sign);
        let silent = signs().any(|sign| matches!(sign, Sign::Silent(_)));
        Finding {
            what,
            node,
            known,
            from: signs()
                .filter_map(Sign::dark_since)
                .min()
                .unwrap_or_default(),
            cause: match what {
                What::Outage | What::PhaseLoss(_) => Cause::Supply,
                What::OneMeter(Alone::ByCode(code)) => cause(code).unwrap_or_default(),
                What::GatewayOrSite | What::OneMeter(_) => Cause::Unknown,
            },
            resolution: if silent {
                self.terms.silence
            } else {
                self.terms.log
            },
            homes,
        }
    }
}
