//! What there is, and what will happen: the whole world as one document.
//!
//! The same document starts a simulation and is read back from a running one, so a state can be
//! kept, changed by hand and posted again.

mod demo;
mod fleet;
mod head;
mod progress;
mod timeline;

pub use fleet::FleetSpec;
pub(crate) use fleet::number as fleet_number;
pub use head::{HeadSpec, Heads, ItemName, Password, Quantity};
pub use progress::{Line, Progress, TaskKind, TaskPhase, TaskState};
pub use timeline::{Change, Step};

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::meter::MeterState;
use serde::{Deserialize, Serialize};

/// A site: a place with gateways (station calls it a station).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSpec {
    /// Its id, such as `SITE_A`.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A gateway (station) or concentrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySpec {
    /// Its id.
    pub id: String,
    /// The id of its site.
    pub site: String,
    /// The dialect whose heads have it; every head where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Dialect>,
    /// Since when it is offline, milliseconds UTC; nothing while it is online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline_since: Option<i64>,
}

/// How fast things go, in the scene's milliseconds. Sources: the facts' figures for the station
/// dialect (a reading 7 to 88 s, a token 3 to 77 s, a control 38 to 518 s, a failure 100 to 111 s).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// Tasks that progress at once for each gateway; more wait in line and count as breaches.
    pub in_flight: usize,
    /// How long a reading takes: at least, at most. Short ones are more frequent.
    pub reading_ms: [i64; 2],
    /// A setting.
    pub setting_ms: [i64; 2],
    /// A control.
    pub control_ms: [i64; 2],
    /// A token.
    pub token_ms: [i64; 2],
    /// When a task fails that nobody answers, after its start.
    pub failure_ms: [i64; 2],
    /// How many tasks are kept; the oldest are forgotten.
    pub keep_tasks: usize,
    /// How far daily and hourly data go back before the scene's start.
    pub history_days: u32,
    /// How many days in a thousand have hours that never arrived (`-1` in v1).
    pub gaps_permille: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            in_flight: 5,
            reading_ms: [7_000, 88_000],
            setting_ms: [7_000, 88_000],
            control_ms: [38_000, 183_000],
            token_ms: [3_000, 38_000],
            failure_ms: [100_000, 111_000],
            keep_tasks: 200_000,
            history_days: 400,
            gaps_permille: 50,
        }
    }
}

impl Pace {
    /// Every task takes exactly so long.
    pub fn fixed(ms: i64) -> Self {
        Self {
            reading_ms: [ms, ms],
            setting_ms: [ms, ms],
            control_ms: [ms, ms],
            token_ms: [ms, ms],
            ..Self::default()
        }
    }
}

/// A whole world. In JSON everything may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scene {
    /// Everything that is left to chance follows from it.
    pub seed: u64,
    /// When it begins, milliseconds UTC; the computer's time at the start where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_ms: Option<i64>,
    /// Minutes east of UTC in which head-ends and meters write local times.
    pub zone_minutes: i32,
    /// What commissions a meter at its keypad.
    pub commissioning_code: String,
    /// How fast things go.
    pub pace: Pace,
    /// What the heads of each dialect are like.
    pub heads: Heads,
    /// The secret, `whsec_` and base64, with which messages to `POST /sim/webhook` are signed;
    /// without one nothing is heard there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_secret: Option<Password>,
    /// Sites.
    pub sites: Vec<SiteSpec>,
    /// Gateways and concentrators.
    pub gateways: Vec<GatewaySpec>,
    /// Meters that are made at the start and not written out: the way to a million.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fleet: Option<FleetSpec>,
    /// Meters one by one.
    pub meters: Vec<MeterState>,
    /// What will happen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<Step>,
    /// Faults.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// How far it has got: in a state that was read back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

impl Default for Scene {
    /// An empty world three hours east of UTC.
    fn default() -> Self {
        Self {
            seed: 0,
            start_ms: None,
            zone_minutes: 180,
            commissioning_code: "12345".to_owned(),
            pace: Pace::default(),
            heads: Heads::default(),
            webhook_secret: None,
            sites: Vec::new(),
            gateways: Vec::new(),
            fleet: None,
            meters: Vec::new(),
            timeline: Vec::new(),
            faults: Vec::new(),
            progress: None,
        }
    }
}

impl Scene {
    /// This scene with its gateways dealt out to dialects, site by site, so that each dialect's head
    /// has a part of the fleet and no meter is behind two.
    #[must_use]
    pub fn dealt_to(mut self, dialects: &[Dialect]) -> Self {
        for (at, site) in self.sites.iter().enumerate() {
            let Some(&dialect) = dialects.get(at % dialects.len().max(1)) else {
                break;
            };
            for gateway in self.gateways.iter_mut().filter(|g| g.site == site.id) {
                gateway.head = Some(dialect);
            }
        }
        self
    }

    /// This scene with every task taking exactly so long, milliseconds.
    #[must_use]
    pub fn with_task_time(mut self, ms: i64) -> Self {
        let fixed = Pace::fixed(ms);
        self.pace.reading_ms = fixed.reading_ms;
        self.pace.setting_ms = fixed.setting_ms;
        self.pace.control_ms = fixed.control_ms;
        self.pace.token_ms = fixed.token_ms;
        self
    }
}

/// Why a scene cannot be played.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SceneError {
    /// A gateway names a site that is not there.
    #[error("gateway {gateway} stands at site {site}, which the scene does not have")]
    NoSuchSite {
        /// The gateway.
        gateway: String,
        /// The site it names.
        site: String,
    },
    /// A meter names a gateway that is not there.
    #[error("meter {meter} is behind gateway {gateway}, which the scene does not have")]
    NoSuchGateway {
        /// The meter.
        meter: String,
        /// The gateway it names.
        gateway: String,
    },
    /// A meter's number or firmware cannot be kept.
    #[error(
        "meter {0:?} cannot be kept: its number must be 1 to 19 digits and its firmware hexadecimal"
    )]
    BadMeter(String),
    /// Two meters have the same number.
    #[error("meter {0} is there twice")]
    Twice(String),
}
