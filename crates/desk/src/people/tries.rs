//! Wrong passwords, counted by name.

use fleet::{Moment, SECOND};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many wrong passwords in a row a name may have before each further try has to wait.
pub const TRIES: u32 = 5;
/// How long it then waits, in milliseconds. Long enough against guessing, short enough that nobody
/// can keep the owner of a name out for good.
pub const PAUSE: i64 = 30 * SECOND;
/// How many names are counted at once; beyond it the oldest counts are forgotten.
const MOST: usize = 10_000;

/// The wrong passwords of late, of this process.
#[derive(Debug, Default)]
pub(super) struct Tries {
    wrong: Mutex<BTreeMap<String, (u32, Moment)>>,
}

impl Tries {
    /// Begins a try: whether this name may be tried now. It counts as wrong until
    /// [`Tries::forgive`], so that many tries at once count as many.
    pub(super) fn begin(&self, name: &str, now: Moment) -> bool {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.len() >= MOST {
            wrong.retain(|_, (_, at)| now.since(*at) < PAUSE);
        }
        let (count, at) = wrong.entry(name.to_owned()).or_insert((0, now));
        if *count >= TRIES && now.since(*at) < PAUSE {
            return false;
        }
        *count = count.saturating_add(1);
        *at = now;
        true
    }

    /// The password was right.
    pub(super) fn forgive(&self, name: &str) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.remove(name);
    }
}
