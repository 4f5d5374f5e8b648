//! What people found at a meter.

use super::{Denied, People, Who};
use fleet::{MeterNumber, Moment};
use people::FindingKind;
use serde_json::json;
use store::{Finding, FindingId, NewFinding};

/// What somebody found at a meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The meter.
    pub meter: MeterNumber,
    /// What kind of finding.
    pub kind: FindingKind,
    /// What was found, in the person's words.
    pub said: String,
    /// The seal that was there.
    pub seal_before: Option<String>,
    /// The seal that is there now.
    pub seal_after: Option<String>,
    /// The SHA-256 of a photograph that is kept elsewhere.
    pub photo: Option<String>,
}

impl Found {
    /// What is kept of a photograph: enough to prove later that it is this one.
    pub fn photo(bytes: &[u8]) -> String {
        ledger::Digest::of(bytes).to_string()
    }
}

impl People {
    /// Records a finding; it is never changed. Revenue protection releases a bypass by one.
    pub async fn record(&self, by: &Who, found: &Found, now: Moment) -> Result<FindingId, Denied> {
        by.may(found.kind.needs())?;
        if found.said.trim().is_empty() {
            return Err(Denied::NoReason);
        }
        let new = NewFinding {
            meter: found.meter.clone(),
            at: now,
            who: by.person.name.to_string(),
            kind: found.kind.word().to_owned(),
            said: found.said.trim().to_owned(),
            seal_before: found.seal_before.clone(),
            seal_after: found.seal_after.clone(),
            photo: found.photo.clone(),
        };
        let site = self.site_of(&new.meter).await?;
        let detail = json!({
            "kind": new.kind,
            "said": new.said,
            "seal_before": new.seal_before,
            "seal_after": new.seal_after,
            "photo": new.photo,
        });
        let audit = by.did(now, "finding", site, new.meter.as_str(), &detail);
        Ok(self.store.put_finding(&new, &audit).await?)
    }

    /// What was found at a meter, newest first.
    pub async fn findings(
        &self,
        meter: &MeterNumber,
        limit: usize,
    ) -> Result<Vec<Finding>, Denied> {
        Ok(self.store.findings(meter, limit).await?)
    }
}
