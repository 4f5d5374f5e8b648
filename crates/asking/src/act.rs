//! What is asked of one meter.

use crate::{Item, Secret};
use fleet::{GatewayId, MeterNumber, SiteId, Watts};

/// What a task makes the meter do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Answer one value. May be repeated.
    Read(Item),
    /// Close the relay. A physical act: at most once for each intent.
    Reconnect,
    /// Open the relay. A physical act.
    Disconnect,
    /// Set the clock to this local time, `yyyy-MM-dd HH:mm:ss`.
    SetClock(String),
    /// Deliver the 20 digits of an STS token. A physical act.
    DeliverToken(Secret),
}

/// The sorts of task: each has its own paths in every dialect, so that only acts of one sort may be
/// created together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Reads.
    Reading,
    /// The relay.
    Control,
    /// The clock.
    Setting,
    /// Tokens.
    Token,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 4] = [Self::Reading, Self::Control, Self::Setting, Self::Token];
}

impl Act {
    /// With which others it may be created together.
    pub fn sort(&self) -> Sort {
        match self {
            Self::Read(_) => Sort::Reading,
            Self::Reconnect | Self::Disconnect => Sort::Control,
            Self::SetClock(_) => Sort::Setting,
            Self::DeliverToken(_) => Sort::Token,
        }
    }

    /// Whether it changes nothing at the meter, so that it may be sent again.
    pub fn may_repeat(&self) -> bool {
        matches!(self, Self::Read(_))
    }
}

/// One act for one meter, with what the dialects want to know besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The meter.
    pub meter: MeterNumber,
    /// What it shall do.
    pub act: Act,
    /// The customer's id at the head-end, where it is known.
    pub customer: Option<String>,
    /// The site (the station dialect names it in each task).
    pub site: Option<SiteId>,
    /// The gateway or concentrator.
    pub gateway: Option<GatewayId>,
}

/// What a token is minted for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Purpose {
    /// Clear the tamper latch.
    ClearTamper,
    /// Set the load limit.
    LoadLimit(Watts),
}

/// A token to be made by the head-end. Synchronous; it never touches the meter.
#[derive(Clone, Debug, PartialEq)]
pub struct Mint {
    /// The meter it will fit.
    pub meter: MeterNumber,
    /// What it does there.
    pub purpose: Purpose,
}
