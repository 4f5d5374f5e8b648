//! What a command does at its meter.

/// What a command does. The words are part of the contract of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Asks the meter for a value.
    Read,
    /// Closes the relay.
    Reconnect,
    /// Opens the relay.
    Disconnect,
    /// Clears the tamper latch, by a token that the head-end mints.
    ClearTamper,
    /// Sets the load limit, by a token that the head-end mints.
    SetLoadLimit,
    /// Puts the meter into service where the head-end can.
    Commission,
    /// Sets the clock.
    SetClock,
    /// Delivers a token that somebody brings.
    DeliverToken,
}

/// What a command may do to the supply of a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Touch {
    /// Nothing: it may be repeated.
    Nothing,
    /// The meter, not the supply.
    Meter,
    /// The home may get supply.
    MayClose,
    /// The home may lose its supply.
    MayOpen,
    /// Either, depending on what it carries.
    Either,
}

impl Touch {
    /// Whether the supply of the home may come or go by it.
    pub fn moves_supply(self) -> bool {
        matches!(self, Self::MayClose | Self::MayOpen | Self::Either)
    }
}

const KINDS: &[(Kind, &str, Touch)] = &[
    (Kind::Read, "read", Touch::Nothing),
    (Kind::Reconnect, "reconnect", Touch::MayClose),
    (Kind::Disconnect, "disconnect", Touch::MayOpen),
    (Kind::ClearTamper, "clear-tamper", Touch::MayClose),
    (Kind::SetLoadLimit, "set-load-limit", Touch::Either),
    (Kind::Commission, "commission", Touch::MayClose),
    (Kind::SetClock, "set-clock", Touch::Meter),
    (Kind::DeliverToken, "deliver-token", Touch::Either),
];

impl Kind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        let row = KINDS.iter().find(|(_, known, _)| *known == word)?;
        Some(row.0)
    }

    /// What it may do to the supply.
    pub fn touch(self) -> Touch {
        self.row().2
    }

    /// Whether it changes something at the meter: then it is sent at most once for each intent.
    pub fn is_physical(self) -> bool {
        self.touch() != Touch::Nothing
    }

    /// Whether it may give the home supply: the pre-checks stand before it.
    pub fn may_close(self) -> bool {
        matches!(self.touch(), Touch::MayClose | Touch::Either)
    }

    /// Whether the newest wish of the two wins over the older one while that is not sent: both move
    /// the relay, or both are the same.
    pub fn supersedes(self, older: Self) -> bool {
        let moves_relay = |kind| matches!(kind, Self::Reconnect | Self::Disconnect);
        self.is_physical() && (self == older || moves_relay(self) && moves_relay(older))
    }

    fn row(self) -> &'static (Self, &'static str, Touch) {
        // a kind is its place in the table; a test holds them together
        &KINDS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{KINDS, Kind};

    #[test]
    fn every_kind_stands_at_its_place_and_has_a_word_of_its_own() {
        for (place, (kind, word, _)) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, place);
            assert_eq!(Kind::from_word(word), Some(*kind), "{word}");
        }
    }

    #[test]
    fn an_opposite_wish_for_the_relay_wins_and_a_token_takes_no_other_wishs_place() {
        assert!(Kind::Reconnect.supersedes(Kind::Disconnect));
        assert!(Kind::Disconnect.supersedes(Kind::Reconnect));
        assert!(!Kind::DeliverToken.supersedes(Kind::Reconnect));
        assert!(!Kind::Read.supersedes(Kind::Read), "equal reads merge");
    }
}
