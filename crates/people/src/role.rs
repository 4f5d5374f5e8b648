//! What somebody is here for.

/// What a person is here for. One person has one role; a second duty is a second name, so that the
/// audit shows in which of them somebody acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks.
    Viewer,
    /// Works at meters: looks, records what was found, has a meter read.
    Technician,
    /// Commands.
    Operator,
    /// Everything an operator may, and agrees to another person's darkening acts.
    Approver,
    /// Looks, also into the audit.
    Auditor,
    /// Says who may do what. The duties are kept apart: an admin neither commands nor approves.
    Admin,
}

const ROLES: &[(Role, &str)] = &[
    (Role::Viewer, "viewer"),
    (Role::Technician, "technician"),
    (Role::Operator, "operator"),
    (Role::Approver, "approver"),
    (Role::Auditor, "auditor"),
    (Role::Admin, "admin"),
];

impl Role {
    /// Every role.
    pub fn all() -> impl Iterator<Item = Self> {
        ROLES.iter().map(|(role, _)| *role)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        // a role is its place in the table; a test holds them together
        ROLES[self as usize].1
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        let row = ROLES.iter().find(|(_, known)| *known == word)?;
        Some(row.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ROLES, Role};

    #[test]
    fn every_role_stands_at_its_place_and_has_a_word_of_its_own() {
        for (place, (role, word)) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, place);
            assert_eq!(Role::from_word(word), Some(*role), "{word}");
        }
        assert_eq!(Role::all().count(), 6);
        assert_eq!(Role::from_word("root"), None);
    }
}
