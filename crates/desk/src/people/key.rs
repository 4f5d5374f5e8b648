//! Keys of the API and the command line.

use super::{Denied, People, Who, bits};
use fleet::{DAY, Moment};
use people::{Secret, Verb};
use serde_json::json;
use store::{ApiKey, KeyId, NewKey};

impl People {
    /// Makes a key for oneself, or as an admin for anybody; it is shown once. A key can do whatever
    /// its owner may. Who is given one by somebody else cannot approve for a day.
    pub async fn add_key(
        &self,
        by: &Who,
        name: &str,
        label: &str,
        days: Option<u32>,
        now: Moment,
    ) -> Result<(KeyId, Secret), Denied> {
        let (owner, since) = self.as_own_or_admin(by, name, now).await?;
        if label.trim().is_empty() {
            return Err(Denied::NoReason);
        }
        let secret = Secret::of(bits());
        let new = NewKey {
            fingerprint: secret.fingerprint().as_str().to_owned(),
            person: owner.name.clone(),
            label: label.trim().to_owned(),
            made_by: by.person.name.to_string(),
            at: now,
            until: days.map(|days| now.plus(i64::from(days) * DAY)),
            role_since: (since != owner.role_since).then_some(since),
        };
        let detail = json!({ "label": new.label, "days": days });
        let audit = by.did_here(now, "key-added", &owner.name, &detail);
        let id = self.store.add_key(&new, &audit).await?;
        self.doors.forget();
        Ok((id, secret))
    }

    /// The keys of everybody for an admin, else one's own.
    pub async fn keys(&self, by: &Who) -> Result<Vec<ApiKey>, Denied> {
        by.may(Verb::See)?;
        let own = by.person.name.as_str();
        let whose = by.may(Verb::Administer).is_err().then_some(own);
        Ok(self.store.keys(whose).await?)
    }

    /// Revokes a key: one's own, or as an admin anybody's.
    pub async fn revoke_key(&self, by: &Who, id: KeyId, now: Moment) -> Result<(), Denied> {
        let keys = self.keys(by).await?;
        let Some(key) = keys.iter().find(|key| key.id == id) else {
            return Err(Denied::NoSuchKey(id.0));
        };
        let detail = json!({ "key": id.0, "label": key.label });
        let audit = by.did_here(now, "key-revoked", &key.person, &detail);
        if !self.store.revoke_key(id, now, &audit).await? {
            return Err(Denied::NoSuchKey(id.0));
        }
        self.doors.forget();
        Ok(())
    }
}
