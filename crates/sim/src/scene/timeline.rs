//! What will happen, and when.

use crate::fault::Fault;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One change at its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Milliseconds of the scene's time after its start.
    pub at_ms: i64,
    /// What happens.
    #[serde(flatten)]
    pub change: Change,
}

/// What can happen. `set` is a part of a meter's document ([`crate::MeterState`]) that is laid over
/// what there is; what it brings about (a counter, a latch, a trip) follows by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// To one meter.
    Meter {
        /// Its number.
        meter: String,
        /// What changes.
        set: Value,
    },
    /// To every meter behind a gateway.
    Behind {
        /// The gateway's id.
        gateway: String,
        /// What changes.
        set: Value,
    },
    /// To every meter of a site.
    Site {
        /// The site's id.
        site: String,
        /// What changes.
        set: Value,
    },
    /// A gateway goes or comes.
    Gateway {
        /// Its id.
        gateway: String,
        /// Whether it is online from now on.
        online: bool,
    },
    /// Something is typed at a meter's keypad.
    Keypad {
        /// The meter's number.
        meter: String,
        /// What is typed.
        typed: String,
    },
    /// The faults become these.
    Faults {
        /// All of them.
        faults: Vec<Fault>,
    },
}
