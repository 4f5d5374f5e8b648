//! Which of the vendor's dialects a head-end speaks.

use serde::{Deserialize, Serialize};

/// The vendor's live dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// "AMR API v1": JWT, integer tasks, data identifiers, LoRaWAN gateways.
    Station,
    /// `company` and `protocolId`: JWT, integer tasks, concentrators.
    Concentrator,
    /// `COMM_*`, `POS_*`, `Maintenance_*`: credentials in each body, UUID tasks.
    V1,
}

impl Dialect {
    /// All three, in the order of their age, youngest first.
    pub const ALL: [Self; 3] = [Self::Station, Self::Concentrator, Self::V1];
}
