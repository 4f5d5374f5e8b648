//! Saying who may do what.

use super::who::{named, person};
use super::{Denied, People, Who};
use fleet::Moment;
use people::{Password, Person, Role, Verb};
use serde_json::json;
use store::NewAudit;

/// What changes about a person; what is `None` stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    role: Option<Role>,
    revenue_protection: Option<bool>,
    disabled: Option<bool>,
}

impl People {
    /// Adds a person. Nobody has to say who he or she is while there is nobody: then it has to be
    /// an admin. Without a password the person can only be given keys.
    pub async fn add(
        &self,
        by: Option<&Who>,
        name: &str,
        role: Role,
        password: Option<Password>,
        now: Moment,
    ) -> Result<(), Denied> {
        let name = named(name)?;
        let by = match by {
            Some(by) => by.clone(),
            None if self.store.has_people().await? => return Err(Denied::Nobody),
            None if role != Role::Admin => return Err(Denied::FirstIsAdmin),
            // he or she sets it up, and the audit says so
            None => Who {
                person: Person::new(name.clone(), role, now),
                via: "set-up".to_owned(),
            },
        };
        by.may(Verb::Administer)?;
        let hash = match password {
            Some(password) => Some(self.hashed(password).await?),
            None => None,
        };
        let new = store::Person {
            name: name.to_string(),
            role: role.word().to_owned(),
            role_since: now,
            revenue_protection: false,
            since: now,
            disabled_at: None,
        };
        let detail = json!({ "role": role.word() });
        let audit = by.did_here(now, "person-added", name.as_str(), &detail);
        let hash = hash.as_ref().map(people::PasswordHash::as_str);
        if !self.store.add_person(&new, hash, &audit).await? {
            return Err(Denied::NameTaken(name.to_string()));
        }
        Ok(())
    }

    /// Everybody, by name.
    pub async fn everybody(&self) -> Result<Vec<store::Person>, Denied> {
        Ok(self.store.people().await?)
    }

    /// Gives a person another role, which begins now.
    pub async fn set_role(
        &self,
        by: &Who,
        name: &str,
        role: Role,
        now: Moment,
    ) -> Result<(), Denied> {
        let change = Change {
            role: Some(role),
            ..Change::default()
        };
        self.change(by, name, change, now).await
    }

    /// Gives a person the duty of revenue protection, or takes it away.
    pub async fn set_revenue_protection(
        &self,
        by: &Who,
        name: &str,
        stands: bool,
        now: Moment,
    ) -> Result<(), Denied> {
        let change = Change {
            revenue_protection: Some(stands),
            ..Change::default()
        };
        self.change(by, name, change, now).await
    }

    /// Disables a person at once, or lets the person in again.
    pub async fn disable(
        &self,
        by: &Who,
        name: &str,
        disabled: bool,
        now: Moment,
    ) -> Result<(), Denied> {
        let change = Change {
            disabled: Some(disabled),
            ..Change::default()
        };
        self.change(by, name, change, now).await
    }

    async fn change(
        &self,
        by: &Who,
        name: &str,
        change: Change,
        now: Moment,
    ) -> Result<(), Denied> {
        by.may(Verb::Administer)?;
        let mut kept = self.known(name).await?;
        let before = person(&kept)?;
        let stays = change.role.unwrap_or(before.role) == Role::Admin
            && !change.disabled.unwrap_or(before.disabled.is_some());
        if !stays && is_admin(&kept) && self.admins().await? == 1 {
            return Err(Denied::LastAdmin(kept.name));
        }
        if let Some(role) = change.role.filter(|role| *role != before.role) {
            role.word().clone_into(&mut kept.role);
            kept.role_since = now;
        }
        kept.revenue_protection = change.revenue_protection.unwrap_or(kept.revenue_protection);
        match change.disabled {
            Some(true) => kept.disabled_at = kept.disabled_at.or(Some(now)),
            Some(false) if kept.disabled_at.is_some() => {
                // whoever was away begins anew
                (kept.disabled_at, kept.role_since) = (None, now);
            }
            _ => {}
        }
        let detail = json!({
            "role": kept.role,
            "revenue_protection": kept.revenue_protection,
            "disabled": kept.disabled_at.is_some(),
        });
        let audit = by.did_here(now, "person-changed", &kept.name, &detail);
        self.store.change_person(&kept, &audit).await?;
        self.doors.forget();
        Ok(())
    }

    /// Gives a person another password: one's own, or as an admin anybody's. Who is given one by
    /// somebody else cannot approve for a day: the other knows it too.
    pub async fn set_password(
        &self,
        by: &Who,
        name: &str,
        password: Password,
        now: Moment,
    ) -> Result<(), Denied> {
        let (kept, since) = self.as_own_or_admin(by, name, now).await?;
        let hash = self.hashed(password).await?;
        let audit: NewAudit = by.did_here(now, "password-set", &kept.name, &json!({}));
        let set = self
            .store
            .set_password(&kept.name, hash.as_str(), since, &audit);
        set.await?;
        self.doors.forget();
        Ok(())
    }

    /// A person whom `by` may give a password or a key, and from when the role then counts.
    pub(super) async fn as_own_or_admin(
        &self,
        by: &Who,
        name: &str,
        now: Moment,
    ) -> Result<(store::Person, Moment), Denied> {
        let own = by.person.name == named(name)?;
        by.may(if own { Verb::See } else { Verb::Administer })?;
        let kept = self.known(name).await?;
        let since = if own { kept.role_since } else { now };
        Ok((kept, since))
    }

    async fn known(&self, name: &str) -> Result<store::Person, Denied> {
        let name = named(name)?;
        let found = self.store.person(name.as_str()).await?;
        found.ok_or_else(|| Denied::NoSuchPerson(name.to_string()))
    }

    async fn admins(&self) -> Result<usize, Denied> {
        let everybody = self.store.people().await?;
        Ok(everybody.iter().filter(|one| is_admin(one)).count())
    }
}

fn is_admin(kept: &store::Person) -> bool {
    kept.role == Role::Admin.word() && kept.disabled_at.is_none()
}
