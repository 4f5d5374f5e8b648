//! `[polling]`: how often the fleet is asked.

use crate::key::{Key, Slot};
use crate::reader::Section;
use fleet::{DAY, HOUR, MINUTE};

/// How often the fleet is asked. All times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// How often a meter without an open case is asked for its status.
    pub routine_every: i64,
    /// How often a meter with an open case is asked.
    pub abnormal_every: i64,
    /// A status older than this is shown as stale, and its meter comes before the routine.
    pub stale_after: i64,
    /// A value older than this is asked again before a verdict leans on it.
    pub evidence_after: i64,
    /// How often gateways and GPRS meters are asked for their online state.
    pub online_every: i64,
    /// How often the head-end's lists of meters, gateways and accounts are read.
    pub listings_every: i64,
    /// By how much of its interval an ask may be moved, in percent, so that not all come at once.
    pub jitter_percent: u32,
}

impl Default for Polling {
    fn default() -> Self {
        Self {
            routine_every: 6 * HOUR,
            abnormal_every: HOUR,
            stale_after: DAY,
            evidence_after: 15 * MINUTE,
            online_every: 5 * MINUTE,
            listings_every: DAY,
            jitter_percent: 10,
        }
    }
}

impl Section for Polling {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "routine_every",
            Slot::Duration(MINUTE, 30 * DAY, |polling| &mut polling.routine_every),
            "How often a meter without an open case is asked for its status.",
        ),
        Key::<Self>::new(
            "abnormal_every",
            Slot::Duration(MINUTE, 30 * DAY, |polling| &mut polling.abnormal_every),
            "How often a meter with an open case is asked: the case closes by itself when all is well.",
        ),
        Key::<Self>::new(
            "stale_after",
            Slot::Duration(MINUTE, 90 * DAY, |polling| &mut polling.stale_after),
            "An older status is shown as stale, and its meter is asked before the routine.",
        ),
        Key::<Self>::new(
            "evidence_after",
            Slot::Duration(MINUTE, DAY, |polling| &mut polling.evidence_after),
            "An older load, limit or counter is asked again before a verdict leans on it.",
        ),
        Key::<Self>::new(
            "online_every",
            Slot::Duration(MINUTE, DAY, |polling| &mut polling.online_every),
            "How often the head-end is asked which gateways are online.",
        ),
        Key::<Self>::new(
            "listings_every",
            Slot::Duration(HOUR, 30 * DAY, |polling| &mut polling.listings_every),
            "How often the head-end's lists of meters, gateways and accounts are read.",
        ),
        Key::<Self>::new(
            "jitter_percent",
            Slot::Count(0, 50, |polling| &mut polling.jitter_percent),
            "By how much of its interval an ask may be moved, so that not all come at once.",
        ),
    ];

    fn wrong(&self) -> Option<(&'static str, String)> {
        if self.stale_after < self.routine_every {
            let what =
                "shorter than routine_every, so that every status would be stale: make it longer";
            return Some(("stale_after", what.to_owned()));
        }
        if self.abnormal_every > self.routine_every {
            let what = "longer than routine_every, so that cases would be asked less than the rest: \
                        make it shorter";
            return Some(("abnormal_every", what.to_owned()));
        }
        None
    }
}
