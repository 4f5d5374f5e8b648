//! What a deployment says of one head-end. What is inferred of the dialects is a setting here.

use crate::{Item, Secret};
use fleet::{HOUR, MINUTE, SECOND};
use std::collections::BTreeMap;

/// The vendor's live dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// "AMR API v1", LoRaWAN and GPRS: JWT, integer tasks, data identifiers.
    Station,
    /// `company`, `protocolId`: JWT, integer tasks, concentrators.
    Concentrator,
    /// `COMM_*`, `POS_*`, `Maintenance_*`: credentials in each body, UUID tasks.
    V1,
}

impl Dialect {
    /// Every dialect, with its word in settings.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("station", Self::Station),
        ("concentrator", Self::Concentrator),
        ("v1", Self::V1),
    ];

    /// Its word in settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Station => "station",
            Self::Concentrator => "concentrator",
            Self::V1 => "v1",
        }
    }
}

/// How a head-end names an item: a data item's text (v1), a protocol id (concentrator), a data
/// identifier in hexadecimal (station). A text that is empty says "not offered here".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemName {
    /// What goes into the request.
    pub asks: String,
    /// What its answers are called, where that differs.
    pub answers: Option<String>,
}

/// What task status 3 means. Station's own pages say running, two clients of the concentrator
/// dialect say rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Third {
    /// Not ended.
    Running,
    /// Ended: refused, and not to be sent again.
    Rejected,
}

/// The pace of asking. All milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Tasks in flight for each gateway or concentrator, 1 to 5 (the vendor's limit is 5).
    pub in_flight: u32,
    /// The least time between two creations for one gateway, for radio networks that answer one
    /// meter after another.
    pub spacing: i64,
    /// The first look at a task after its creation, until a better one is learned.
    pub first_poll: i64,
    /// The following looks: (while the task is younger than this, wait so long).
    pub steps: Vec<(i64, i64)>,
    /// The wait when it is older than all of them.
    pub last_step: i64,
    /// Tasks that one creation may hold, 1 to 200; 1 creates them one by one. That an array of
    /// several works is concluded from its being one: nobody was seen to send more than one row.
    /// v1 has no arrays.
    pub batch: u32,
    /// How long one HTTP call may take.
    pub call: i64,
    /// How long a task or an unknown creation may hold its slot.
    pub horizon: i64,
}

impl Default for Pace {
    /// The facts' figures: first look after 10 s, then 10/15/20/30 s at an age under 20/50/90 s and
    /// beyond; a call took up to 37 s. A silent meter makes the task fail after 100 s to 111 s, and
    /// its place is then wanted by another: about that age it is looked at every 5 s.
    fn default() -> Self {
        Self {
            in_flight: 5,
            spacing: 0,
            first_poll: 10 * SECOND,
            steps: vec![
                (20 * SECOND, 10 * SECOND),
                (50 * SECOND, 15 * SECOND),
                (90 * SECOND, 20 * SECOND),
                (120 * SECOND, 5 * SECOND),
            ],
            last_step: 30 * SECOND,
            batch: 20,
            call: 60 * SECOND,
            horizon: 15 * MINUTE,
        }
    }
}

/// The horizon after which a physical act without a task counts as not done: station 15 minutes,
/// concentrator and v1 48 hours. Source: failures seen (station), clients' give-up (the others).
pub(crate) const fn physical_horizon(dialect: Dialect) -> i64 {
    match dialect {
        Dialect::Station => 15 * MINUTE,
        Dialect::Concentrator | Dialect::V1 => 48 * HOUR,
    }
}

/// One head-end as this deployment has it.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Our name for it.
    pub name: String,
    /// Its dialect.
    pub dialect: Dialect,
    /// Where it is, without a path: `http://host:port`.
    pub url: String,
    /// Our account there.
    pub user: String,
    /// Its password.
    pub password: Secret,
    /// The company (concentrator, v1).
    pub company: Option<String>,
    /// The second password for vending and sensitive tokens, where there is one.
    pub authorization: Option<Secret>,
    /// Names that differ from the dialect's own table.
    pub items: BTreeMap<Item, ItemName>,
    /// The protocol version of the meters (station's `version`).
    pub protocol_version: String,
    /// What task status 3 means here.
    pub third: Third,
    /// The pace.
    pub pace: Pace,
}

impl Deployment {
    /// A head-end with the dialect's stated defaults.
    pub fn new(name: &str, dialect: Dialect, url: &str, user: &str, password: Secret) -> Self {
        Self {
            name: name.to_owned(),
            dialect,
            url: url.trim_end_matches('/').to_owned(),
            user: user.to_owned(),
            password,
            company: None,
            authorization: None,
            items: BTreeMap::new(),
            protocol_version: "2.2".to_owned(),
            third: match dialect {
                Dialect::Station => Third::Running,
                Dialect::Concentrator | Dialect::V1 => Third::Rejected,
            },
            pace: Pace::default(),
        }
    }

    /// After how many milliseconds a physical act without a task counts as not done.
    pub fn physical_horizon(&self) -> i64 {
        physical_horizon(self.dialect)
    }
}
