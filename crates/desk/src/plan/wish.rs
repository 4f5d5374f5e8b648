//! What somebody wants to know: requests of people and commands, and evidence for verdicts.

use super::book::Index;
use asking::Item;
use fleet::Moment;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use store::RequestId;

/// An operator waits.
pub const OPERATOR: u8 = 3;
/// A command was carried out and is being verified: an ask that was sent before does not count.
pub const AFTER_COMMAND: u8 = 2;
/// A verdict wants it, or the last answer is stale.
pub const EVIDENCE: u8 = 1;
/// Nobody waits.
pub const ROUTINE: u8 = 0;

/// Which meter, which item.
pub(super) type Key = (Index, Item);

/// Where a wish waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In its group's queue.
    Queued,
    /// Until the meter's other task has ended.
    Parked,
    /// Until a task of another silent meter of the group has ended.
    Stalled,
    /// Until a moment.
    Later,
    /// It is being asked.
    Flying,
}

/// One wish; equal ones are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) priority: u8,
    pub(super) at: Moment,
    pub(super) id: Option<RequestId>,
    pub(super) attempts: u8,
    pub(super) place: Place,
    /// The ask in flight began too early for it: it will be asked again.
    pub(super) again: bool,
}

impl Wish {
    pub(super) fn new(priority: u8, at: Moment, id: Option<RequestId>) -> Self {
        Self {
            priority,
            at,
            id,
            attempts: 0,
            place: Place::Queued,
            again: false,
        }
    }

    /// An equal wish comes in: the higher priority wins, the older stays the age.
    pub(super) fn merge(&mut self, other: &Self) {
        self.priority = self.priority.max(other.priority);
        self.at = self.at.min(other.at);
        self.id = other.id.or(self.id);
    }
}

/// A wish's entry in the queue of a group: the highest priority first, of these the oldest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) priority: u8,
    pub(super) at: Reverse<Moment>,
    pub(super) key: Reverse<Key>,
}

/// All wishes.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    all: HashMap<Key, Wish>,
    flying: usize,
    /// Requests that ended here but may still be open in a list read before that.
    ended: HashSet<RequestId>,
}

impl Wishes {
    pub(super) fn get(&self, key: Key) -> Option<&Wish> {
        self.all.get(&key)
    }

    /// Puts a wish there, new or changed.
    pub(super) fn put(&mut self, key: Key, wish: Wish) {
        self.flying += usize::from(wish.place == Place::Flying);
        let old = self.all.insert(key, wish);
        self.flying -= usize::from(old.is_some_and(|old| old.place == Place::Flying));
    }

    pub(super) fn remove(&mut self, key: Key) -> Option<Wish> {
        let old = self.all.remove(&key)?;
        self.flying -= usize::from(old.place == Place::Flying);
        Some(old)
    }

    /// The wish moves to another place.
    pub(super) fn place(&mut self, key: Key, place: Place) {
        if let Some(wish) = self.all.get(&key) {
            self.put(key, Wish { place, ..*wish });
        }
    }

    /// The entry under which a queued wish stands in its group's queue.
    pub(super) fn entry(&self, key: Key) -> Option<Entry> {
        let wish = self.all.get(&key)?;
        (wish.place == Place::Queued).then_some(Entry {
            priority: wish.priority,
            at: Reverse(wish.at),
            key: Reverse(key),
        })
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.all.len() - self.flying
    }

    /// A request ended here.
    pub(super) fn end(&mut self, id: RequestId) {
        self.ended.insert(id);
    }

    pub(super) fn has_ended(&self, id: RequestId) -> bool {
        self.ended.contains(&id)
    }

    /// These requests are open in the store: others that waited here were withdrawn there, and those
    /// that ended here need not be remembered once the store knows it too.
    pub(super) fn withdraw_all_but(&mut self, open: &HashSet<RequestId>) {
        self.ended.retain(|id| open.contains(id));
        self.all.retain(|_, wish| {
            wish.place == Place::Flying || wish.id.is_none_or(|id| open.contains(&id))
        });
    }
}
