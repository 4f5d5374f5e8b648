//! What the simulator knows of its meters, to be compared with what the store says.

use crate::Head;
use ::fleet::AmiCode;
use catalogue::{Lang, Supply};
use std::collections::{BTreeMap, BTreeSet};
use store::{Case, Standing};
use triage::{Evidence, Said, judge};

/// The meters by what can be expected of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// The status of those that can answer, by their numbers.
    pub answering: BTreeMap<String, u16>,
    /// Those that cannot: silent ones, and firmware that does not know the item.
    pub mute: BTreeSet<String>,
    /// Those behind a gateway that is offline.
    pub dark: BTreeSet<String>,
}

impl Fleet {
    /// The meters of this simulation as they are now.
    pub fn of(head: &Head) -> Self {
        let handle = &head.sim.handle;
        let gateways = handle.state().gateways.into_iter();
        let offline: BTreeSet<String> = gateways
            .filter(|gateway| gateway.offline_since.is_some())
            .map(|gateway| gateway.id)
            .collect();
        let usual = sim::MeterState::default().firmware;
        let mut fleet = Self {
            answering: BTreeMap::new(),
            mute: BTreeSet::new(),
            dark: BTreeSet::new(),
        };
        for number in handle.numbers() {
            let meter = handle.meter(&number).expect("a meter");
            let silent = meter.state.conditions.has(sim::Condition::Silent);
            if offline.contains(&meter.state.gateway) {
                fleet.dark.insert(number);
            } else if silent || meter.state.firmware != usual {
                fleet.mute.insert(number);
            } else {
                fleet.answering.insert(number, meter.now.status);
            }
        }
        fleet
    }

    /// The fleet without these meters.
    #[must_use]
    pub fn without(&self, meters: &BTreeSet<String>) -> Self {
        let mut rest = self.clone();
        rest.answering.retain(|number, _| !meters.contains(number));
        rest
    }

    /// Whether each meter that can answer stands where its status says, or better informed. What is
    /// missing; a verdict that contradicts triage fails the test.
    pub fn judged(&self, standings: &BTreeMap<String, Standing>) -> Result<(), String> {
        for (number, status) in &self.answering {
            let standing = standings.get(number);
            let standing = standing.ok_or_else(|| format!("{number} was never heard"))?;
            if standing.ami_code != Some(*status) {
                return Err(format!("{number} says {status}: {standing:?}"));
            }
            as_triage_says(*status, standing);
        }
        Ok(())
    }

    /// Whether no meter has an open case that its state does not explain. One that is quiet and
    /// waits to be closed counts too.
    pub fn no_stray_case(&self, open: &[Case]) -> Result<(), String> {
        let explained = |case: &&Case| {
            let number = &case.subject.id;
            let mute = self.mute.contains(number) || self.dark.contains(number);
            let status = self.answering.get(number);
            let slug = status.and_then(|status| catalogue::ami(AmiCode(*status)));
            case.subject.kind != "meter"
                || (mute && case.cause == "silent")
                || slug.is_some_and(|row| row.slug == case.cause)
                || status.is_some_and(|status| case.cause == format!("unlisted-{status}"))
        };
        match open.iter().find(|case| !explained(case)) {
            None => Ok(()),
            Some(case) => Err(format!("{} has the case {}", case.subject.id, case.cause)),
        }
    }
}

/// The verdict of triage without any evidence, or one that evidence has changed and that says so.
fn as_triage_says(status: u16, standing: &Standing) {
    let plain = judge(Said::Ami(AmiCode(status)), &Evidence::default());
    let words = &standing.words;
    let supply = plain.supply == Supply::Unknown || words.supply == plain.supply.word();
    assert!(supply, "{status}: {words:?}");
    assert_eq!(words.slug, plain.slug().unwrap_or_default(), "{status}");
    let same = words.decision == plain.decision.word()
        && words.owner == plain.owner.word()
        && words.severity == ::desk::rank(plain.severity)
        && words.class == plain.class.word();
    // what is not known yet is no reason
    let reasons = |all: Vec<String>| {
        let own = all.into_iter().filter(|one| !one.starts_with("Not known"));
        own.count()
    };
    let before = reasons(plain.because(Lang::En));
    let more = reasons(::desk::sentences(&words.because, Lang::En)) > before;
    assert!(same || more, "{status}: {words:?} without a reason");
}
