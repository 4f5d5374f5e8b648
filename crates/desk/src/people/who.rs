//! Somebody whose identity is known, and by which door.

use super::Denied;
use fleet::Moment;
use people::{NotAllowed, Person, PersonName, Role, Verb};
use store::NewAudit;

/// Somebody whose identity is known, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Who it is.
    pub person: Person,
    /// By which door: a session, a key and its number, the setting up.
    pub via: String,
}

impl Who {
    /// Whether this person may do this.
    pub fn may(&self, verb: Verb) -> Result<(), NotAllowed> {
        self.person.may(verb)
    }

    /// A line of the audit for what this person does. `detail` is a JSON value.
    pub fn did(
        &self,
        now: Moment,
        what: &str,
        site: String,
        subject: &str,
        detail: &serde_json::Value,
    ) -> NewAudit {
        NewAudit {
            site,
            at: now,
            who: self.person.name.to_string(),
            via: self.via.clone(),
            what: what.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_string(),
        }
    }

    /// A line about what belongs to no site.
    pub(super) fn did_here(
        &self,
        now: Moment,
        what: &str,
        subject: &str,
        detail: &serde_json::Value,
    ) -> NewAudit {
        self.did(now, what, String::new(), subject, detail)
    }
}

/// A person as kept, typed. What cannot be read is nobody who may do anything: a role of another
/// program's version counts as the least one.
pub(super) fn person(kept: &store::Person) -> Result<Person, Denied> {
    let name = PersonName::parse(&kept.name).ok_or_else(|| Denied::BadName(kept.name.clone()))?;
    Ok(Person {
        name,
        role: Role::from_word(&kept.role).unwrap_or(Role::Viewer),
        role_since: kept.role_since,
        revenue_protection: kept.revenue_protection,
        disabled: kept.disabled_at,
    })
}

/// A name that somebody typed.
pub(super) fn named(text: &str) -> Result<PersonName, Denied> {
    PersonName::parse(text).ok_or_else(|| Denied::BadName(text.to_owned()))
}
