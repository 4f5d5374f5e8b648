//! Holding a meter, and letting go of it.

use super::who::named;
use super::{Denied, People, Who};
use fleet::{MeterNumber, Moment};
use people::{HoldKind, Verb, agreements_needed};
use serde_json::json;
use store::{Hold, HoldId, NewHold};

/// A hold that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The meter.
    pub meter: MeterNumber,
    /// What for.
    pub kind: HoldKind,
    /// Why, in the person's words.
    pub why: String,
}

/// What became of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Release {
    /// The hold is released.
    Released,
    /// A second person has to agree too; these have agreed.
    Waits(Vec<String>),
}

impl People {
    /// Holds a meter: nothing that may move its relay leaves us until the hold is released.
    pub async fn hold(&self, by: &Who, wanted: &Wanted, now: Moment) -> Result<HoldId, Denied> {
        by.may(Verb::Hold)?;
        if wanted.why.trim().is_empty() {
            return Err(Denied::NoReason);
        }
        let new = NewHold {
            meter: wanted.meter.clone(),
            kind: wanted.kind.word().to_owned(),
            who: by.person.name.to_string(),
            why: wanted.why.trim().to_owned(),
            at: now,
        };
        let site = self.site_of(&new.meter).await?;
        let detail = json!({ "kind": new.kind, "why": new.why });
        let audit = by.did(now, "held", site, new.meter.as_str(), &detail);
        Ok(self.store.put_hold(&new, &audit).await?)
    }

    /// The holds on a meter, oldest first.
    pub async fn holds(&self, meter: &MeterNumber) -> Result<Vec<Hold>, Denied> {
        Ok(self.store.holds(std::slice::from_ref(meter)).await?)
    }

    /// Every hold there is, oldest first.
    pub async fn all_holds(&self) -> Result<Vec<Hold>, Denied> {
        Ok(self.store.all_holds().await?)
    }

    /// Agrees to the release of a hold: its owner alone releases it, of all others two have to
    /// agree.
    pub async fn release(
        &self,
        by: &Who,
        meter: &MeterNumber,
        id: HoldId,
        now: Moment,
    ) -> Result<Release, Denied> {
        let holds = self.holds(meter).await?;
        let Some(hold) = holds.into_iter().find(|hold| hold.id == id) else {
            return Err(Denied::NoSuchHold(id.0));
        };
        let owner = named(&hold.hold.who)?;
        let needed = agreements_needed(&by.person, &owner, now)?;
        let site = self.site_of(meter).await?;
        let detail = json!({ "hold": id.0, "kind": hold.hold.kind, "owner": hold.hold.who });
        let audit = by.did(now, "hold-release", site, meter.as_str(), &detail);
        let who = by.person.name.as_str();
        let left = self
            .store
            .release_hold(meter, id, who, needed, &audit)
            .await?;
        match left {
            None => Err(Denied::NoSuchHold(id.0)),
            Some(hold) if hold.released_at.is_some() => Ok(Release::Released),
            Some(hold) => Ok(Release::Waits(hold.agreed)),
        }
    }
}
