//! Which meters have a firmware that cannot answer an item: learned from their own answers, never
//! assumed.

use super::items::CANNOT;
use asking::Item;
use fleet::MeterNumber;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the meters have said of themselves since the start.
#[derive(Default)]
pub(super) struct Firmwares(Mutex<BTreeMap<MeterNumber, Limited>>);

/// A meter with a limited firmware.
struct Limited {
    version: &'static str,
    items: &'static [Item],
    failed: BTreeSet<Item>,
}

impl Firmwares {
    /// A meter has answered its version.
    pub(super) fn told(&self, meter: &MeterNumber, version: &str) {
        let mut meters = self.lock();
        let limited = CANNOT
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(version.trim()));
        match limited {
            None => drop(meters.remove(meter)),
            Some((version, items)) => {
                meters.entry(meter.clone()).or_insert_with(|| Limited {
                    version,
                    items,
                    failed: BTreeSet::new(),
                });
            }
        }
    }

    /// A task for this item has failed: the reason, where the firmware is known to be it.
    pub(super) fn failed(&self, meter: &MeterNumber, item: Item) -> Option<String> {
        let mut meters = self.lock();
        let limited = meters.get_mut(meter)?;
        if !limited.items.contains(&item) {
            return None;
        }
        limited.failed.insert(item);
        Some(limited.sentence(item))
    }

    /// Why this meter is not asked for the item again: it has failed, and its firmware is why.
    pub(super) fn cannot(&self, meter: &MeterNumber, item: Item) -> Option<String> {
        let meters = self.lock();
        let limited = meters.get(meter)?;
        limited
            .failed
            .contains(&item)
            .then(|| limited.sentence(item))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<MeterNumber, Limited>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limited {
    fn sentence(&self, item: Item) -> String {
        format!("firmware {} cannot answer {}", self.version, item.word())
    }
}
