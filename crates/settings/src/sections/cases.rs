//! `[cases]`: when cases open, close and are put together.

use crate::key::{Key, Slot};
use crate::reader::Section;
use fleet::{DAY, HOUR, MINUTE};

/// When cases open, close and are put together. All times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cases {
    /// How long a cause must be gone before its case closes.
    pub settle: i64,
    /// A case that comes back this often while it is quiet is flapping.
    pub flaps_at_most: u32,
    /// Flaps are counted within this time; a flapping case closes only after it is quiet for so
    /// long.
    pub flap_window: i64,
    /// So many meters of one gateway or site with one cause are one case with children.
    pub neighbours_at_least: u32,
    /// A meter that nobody has heard for so long is silent.
    pub silent_after: i64,
}

impl Default for Cases {
    fn default() -> Self {
        Self {
            settle: 5 * MINUTE,
            flaps_at_most: 3,
            flap_window: 6 * HOUR,
            neighbours_at_least: 3,
            silent_after: DAY,
        }
    }
}

impl Section for Cases {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "settle",
            Slot::Duration(0, DAY, |cases| &mut cases.settle),
            "How long a cause must be gone before its case closes.",
        ),
        Key::<Self>::new(
            "flaps_at_most",
            Slot::Count(1, 100, |cases| &mut cases.flaps_at_most),
            "A case that comes back more often than this within flap_window is held open as flapping.",
        ),
        Key::<Self>::new(
            "flap_window",
            Slot::Duration(MINUTE, 30 * DAY, |cases| &mut cases.flap_window),
            "How long a flapping case must be quiet before it closes.",
        ),
        Key::<Self>::new(
            "neighbours_at_least",
            Slot::Count(2, 1_000, |cases| &mut cases.neighbours_at_least),
            "So many meters of one site or gateway with one cause are one job, not many.",
        ),
        Key::<Self>::new(
            "silent_after",
            Slot::Duration(MINUTE, 90 * DAY, |cases| &mut cases.silent_after),
            "A meter that nobody has heard for so long is silent: a case of its own.",
        ),
    ];

    fn wrong(&self) -> Option<(&'static str, String)> {
        (self.flap_window < self.settle).then(|| {
            let what = "shorter than settle, so that no case could flap: make it longer";
            ("flap_window", what.to_owned())
        })
    }
}
