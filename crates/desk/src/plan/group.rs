//! The meters behind one gateway: their queues and their common limit.

use super::book::Index;
use super::wish::{Entry, Key};
use fleet::{GatewayId, Moment};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Routine asks by the time they are due. Entries that no longer hold are dropped when they come up.
pub(super) type DueQueue = BinaryHeap<Reverse<(Moment, Index)>>;

/// One group: a gateway's meters, or those whose gateway is not known.
#[derive(Debug)]
pub(super) struct Group {
    /// The gateway's id, or the head-end's name.
    pub(super) name: Box<str>,
    pub(super) gateway: Option<GatewayId>,
    /// Meters that answer.
    pub(super) live: DueQueue,
    /// Meters that did not answer the last time.
    pub(super) quiet: DueQueue,
    pub(super) wishes: BinaryHeap<Entry>,
    /// Wishes for silent meters that wait until another silent meter's task has ended.
    pub(super) stalled: Vec<Key>,
    pub(super) members: usize,
    pub(super) in_flight: u32,
    /// Of these, tasks of meters that did not answer the last time.
    pub(super) quiet_in_flight: u32,
    /// Before this nothing is created: spacing, or somebody else holds the slots.
    pub(super) not_before: Moment,
    pub(super) online: bool,
    /// When a meter is asked although the gateway is offline.
    pub(super) probe_at: Moment,
    /// Whether it stands in the ring of groups that can create now.
    pub(super) ringed: bool,
    /// When a timer brings it up; `Moment(i64::MAX)` is never.
    pub(super) timer: Moment,
}

/// All groups, found by their names.
#[derive(Debug, Default)]
pub(super) struct Groups {
    index: HashMap<Box<str>, u32>,
    all: Vec<Group>,
}

impl Groups {
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// The group of this name, new where there was none.
    pub(super) fn put(&mut self, name: &str, gateway: Option<&str>) -> u32 {
        if let Some(known) = self.find(name) {
            return known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Group {
            name: name.into(),
            gateway: gateway.and_then(GatewayId::parse),
            live: DueQueue::new(),
            quiet: DueQueue::new(),
            wishes: BinaryHeap::new(),
            stalled: Vec::new(),
            members: 0,
            in_flight: 0,
            quiet_in_flight: 0,
            not_before: Moment(i64::MIN),
            online: true,
            probe_at: Moment(i64::MIN),
            ringed: false,
            timer: Moment(i64::MAX),
        });
        self.index.insert(name.into(), number);
        number
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + use<> {
        0..u32::try_from(self.all.len()).unwrap_or(u32::MAX)
    }
}

impl std::ops::Index<u32> for Groups {
    type Output = Group;
    fn index(&self, number: u32) -> &Group {
        &self.all[number as usize]
    }
}

impl std::ops::IndexMut<u32> for Groups {
    fn index_mut(&mut self, number: u32) -> &mut Group {
        &mut self.all[number as usize]
    }
}
