//! What people hold a meter for, and what they record at one.

use crate::Verb;

/// Why a meter is held. The words are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldKind {
    /// Somebody works on the line.
    LockOut,
    /// Somebody at home depends on the supply.
    Medical,
    /// It stays off until it is paid for.
    NonPayment,
    /// Something is being looked into.
    Investigation,
}

/// What is recorded at a meter. The words are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// What was found at a meter that reports tampering.
    Tamper,
    /// The covers are closed and sealed.
    CoversClosed,
    /// Revenue protection lets acts go on at a meter that reported a bypass.
    BypassReleased,
    /// Anything else.
    Other,
}

const HOLDS: &[(HoldKind, &str)] = &[
    (HoldKind::LockOut, "lock-out"),
    (HoldKind::Medical, "medical"),
    (HoldKind::NonPayment, "non-payment"),
    (HoldKind::Investigation, "investigation"),
];

/// Kind, word, what one has to be allowed to do to record it.
const FINDINGS: &[(FindingKind, &str, Verb)] = &[
    (FindingKind::Tamper, "tamper", Verb::Find),
    (FindingKind::CoversClosed, "covers-closed", Verb::Find),
    (
        FindingKind::BypassReleased,
        "bypass-released",
        Verb::ReleaseBypass,
    ),
    (FindingKind::Other, "other", Verb::Find),
];

impl HoldKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        HOLDS.iter().map(|(kind, _)| *kind)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        // a kind is its place in the table; a test holds them together
        HOLDS[self as usize].1
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|kind| kind.word() == word)
    }
}

impl FindingKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        FINDINGS.iter().map(|(kind, ..)| *kind)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        FINDINGS[self as usize].1
    }

    /// What one has to be allowed to do to record it.
    pub fn needs(self) -> Verb {
        FINDINGS[self as usize].2
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|kind| kind.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::{FINDINGS, FindingKind, HOLDS, HoldKind, Verb};

    #[test]
    fn every_kind_stands_at_its_place_and_has_a_word_of_its_own() {
        for (place, (kind, word)) in HOLDS.iter().enumerate() {
            assert_eq!(*kind as usize, place);
            assert_eq!(HoldKind::from_word(word), Some(*kind));
        }
        for (place, (kind, word, _)) in FINDINGS.iter().enumerate() {
            assert_eq!(*kind as usize, place);
            assert_eq!(FindingKind::from_word(word), Some(*kind));
        }
        assert_eq!(HoldKind::all().count(), 4);
        assert_eq!(FindingKind::all().count(), 4);
    }

    #[test]
    fn only_the_release_of_a_bypass_needs_the_duty() {
        let by_duty: Vec<FindingKind> = FindingKind::all()
            .filter(|kind| kind.needs() == Verb::ReleaseBypass)
            .collect();
        assert_eq!(by_duty, [FindingKind::BypassReleased]);
    }
}
