//! One wish for many meters.

use super::reach::Reach;
use super::request::REASON;
use super::{Asked, Commands, Denied, Request};
use crate::people::Who;
use catalogue::Lang;
use commands::Kind;
use fleet::MeterNumber;
use people::Verb;
use remedies::Wanted;
use serde_json::Value;
use std::collections::BTreeSet;

/// The most meters of one wish.
pub const MOST: usize = 1_000;

/// One wish for many meters.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The meters, each once.
    pub meters: Vec<MeterNumber>,
    /// The kind's word, as it came.
    pub kind: String,
    /// What it carries, as it came.
    pub args: Value,
    /// Why; here a read needs a reason too.
    pub reason: String,
    /// Who asks.
    pub who: Who,
    /// The requester's own name for all of it. At each meter it names one command, so that whoever
    /// asks again under the same name asks for nothing twice.
    pub intent: String,
    /// Only the first so many are asked for now; 0 are all.
    pub canary: usize,
}

/// What came of it.
#[derive(Debug)]
pub struct BulkAsked {
    /// What came of each meter that was asked for now, in their order.
    pub items: Vec<(MeterNumber, Result<Asked, Denied>)>,
    /// How many meters were left for later.
    pub left: usize,
    /// What the limits make of those that may go dark.
    pub reach: Reach,
}

impl Commands {
    /// Asks for one wish at many meters; each stands on its own. What would be refused at every
    /// meter is refused as a whole. Where it is only tried, nothing is written down.
    pub async fn request_many(&self, bulk: Bulk, tried: bool) -> Result<BulkAsked, Denied> {
        bulk.check()?;
        let canary = match bulk.canary {
            0 => bulk.meters.len(),
            first => first.min(bulk.meters.len()),
        };
        let now = &bulk.meters[..canary];
        let requests: Vec<Request> = now.iter().map(|meter| bulk.at(meter)).collect();
        let came = self.request(requests, tried).await?;
        let items: Vec<_> = now.iter().cloned().zip(came).collect();
        let may_darken = items.iter().filter(|(_, came)| {
            let asked = came.as_ref().ok();
            asked.is_some_and(|asked| asked.darkens.is_some())
        });
        let dark: Vec<MeterNumber> = may_darken.map(|(meter, _)| meter.clone()).collect();
        Ok(BulkAsked {
            reach: self.reach(&dark).await?,
            left: bulk.meters.len() - canary,
            items,
        })
    }
}

impl Bulk {
    /// What would be wrong at every meter.
    fn check(&self) -> Result<(), Denied> {
        let wanted = Wanted::parse(&self.kind, &self.args)?;
        let verb = match wanted.kind {
            Kind::Read => Verb::Read,
            _ => Verb::Command,
        };
        self.who.may(verb)?;
        if !REASON.contains(&self.reason.trim().chars().count()) {
            return Err(Denied::NoReason);
        }
        if wanted.secret().is_some() {
            return Err(Denied::Never(ONE_METER.to_owned()));
        }
        if let Some(never) = remedies::refused_outright(&wanted) {
            return Err(Denied::Never(never.say(Lang::En).to_owned()));
        }
        if self.meters.len() > MOST {
            return Err(Denied::TooMany);
        }
        let mut seen = BTreeSet::new();
        match self.meters.iter().find(|meter| !seen.insert(*meter)) {
            Some(twice) => Err(Denied::Twice(twice.to_string())),
            None => Ok(()),
        }
    }

    fn at(&self, meter: &MeterNumber) -> Request {
        Request {
            meter: meter.clone(),
            kind: self.kind.clone(),
            args: self.args.clone(),
            reason: self.reason.clone(),
            who: self.who.clone(),
            // a single wish's name has no space, so the two never meet
            intent: Some(format!("bulk {}", self.intent)),
        }
    }
}

const ONE_METER: &str = "A token is for one meter: deliver it there, not to many at once.";
