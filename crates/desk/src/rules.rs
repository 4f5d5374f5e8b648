//! How patient the desk is. Every figure is a setting with a default and a reason.

use fleet::{DAY, HOUR, MINUTE};

/// The desk's patience. Milliseconds and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseRules {
    /// A cause must be gone for so long, and a second answer must say so, before its case closes:
    /// what comes and goes stays one case.
    pub settle: i64,
    /// A case that came back so often while it was quiet is flapping.
    pub flaps_at_most: u32,
    /// A flapping case must be quiet for so long before it closes.
    pub flap_window: i64,
    /// A meter that was not heard for so long is silent...
    pub silent_after: i64,
    /// ...once so many asks in a row have ended without its answer.
    pub silent_asks: u32,
    /// So many meters of one site with the same supply fault are one job for the utility.
    pub neighbours_at_least: u32,
    /// Power, relay and power factor older than this say nothing of now.
    pub fresh: i64,
    /// The load limit older than this is asked again.
    pub limit_fresh: i64,
    /// Evidence is asked for at most so often for one meter and item.
    pub evidence_every: i64,
    /// Counters are compared over this time.
    pub counters_over: i64,
}

impl Default for CaseRules {
    fn default() -> Self {
        Self {
            settle: 5 * MINUTE,
            flaps_at_most: 3,
            flap_window: 6 * HOUR,
            silent_after: DAY,
            silent_asks: 3,
            neighbours_at_least: 3,
            fresh: 30 * MINUTE,
            limit_fresh: 30 * DAY,
            evidence_every: HOUR,
            counters_over: 30 * DAY,
        }
    }
}
