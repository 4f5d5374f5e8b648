//! A person, and why somebody may not.

use crate::{PersonName, Role, Verb};
use fleet::Moment;

/// A person, as far as it decides what he or she may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name, which is never given to anybody else.
    pub name: PersonName,
    /// The role.
    pub role: Role,
    /// Since when this person has this role and nobody else gave him or her a password or a key.
    /// Whoever hands these out could use them, so each of it begins the day anew.
    pub role_since: Moment,
    /// Whether this person also stands for revenue protection and may release a bypass.
    pub revenue_protection: bool,
    /// Since when this person may do nothing any more.
    pub disabled: Option<Moment>,
}

/// Why somebody may not. Not an error of ours: the sentence is for the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// The person is disabled.
    #[error("{0} is disabled: ask an admin")]
    Disabled(PersonName),
    /// The role does not do this.
    #[error(
        "{name} is {} and may not {}: ask somebody who may",
        role.word(),
        verb.words()
    )]
    Role {
        /// Who.
        name: PersonName,
        /// With which role.
        role: Role,
        /// What was to be done.
        verb: Verb,
    },
    /// Nobody approves what he or she asked for.
    #[error("nobody approves his or her own act: ask a second person")]
    Requester,
    /// The person, the role or the password is too new.
    #[error(
        "who was given the role, a password or a key less than a day ago cannot agree to other \
         people's acts yet: ask somebody else, or wait"
    )]
    TooYoung,
}

impl Person {
    /// A person who is here from now on.
    pub fn new(name: PersonName, role: Role, now: Moment) -> Self {
        Self {
            name,
            role,
            role_since: now,
            revenue_protection: false,
            disabled: None,
        }
    }

    /// Whether this person may do this.
    pub fn may(&self, verb: Verb) -> Result<(), NotAllowed> {
        if self.disabled.is_some() {
            return Err(NotAllowed::Disabled(self.name.clone()));
        }
        let by_duty = verb == Verb::ReleaseBypass && self.revenue_protection;
        if by_duty || verb.is_of(self.role) {
            return Ok(());
        }
        Err(NotAllowed::Role {
            name: self.name.clone(),
            role: self.role,
            verb,
        })
    }
}
