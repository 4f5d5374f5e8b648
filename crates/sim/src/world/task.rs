//! Tasks: kept by number, found by meter.

use super::Item;
use crate::scene::{TaskKind, TaskPhase};
use std::collections::{HashMap, VecDeque};

/// What a task makes the meter do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Answer an item.
    Read(Item),
    /// Set the whole clock; the argument is milliseconds UTC.
    Clock,
    /// Set the clock's date and leave its time; the argument is milliseconds UTC of that midnight.
    Date,
    /// Close the relay.
    On,
    /// Open it.
    Off,
    /// Take a token; the argument is its digits.
    Token,
}

impl Order {
    pub(crate) fn kind(self) -> TaskKind {
        match self {
            Self::Read(_) => TaskKind::Reading,
            Self::Clock | Self::Date => TaskKind::Setting,
            Self::On | Self::Off => TaskKind::Control,
            Self::Token => TaskKind::Token,
        }
    }
}

/// One task.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) id: u64,
    pub(crate) meter: u32,
    pub(crate) head: usize,
    pub(crate) order: Order,
    pub(crate) phase: TaskPhase,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) argument: Box<str>,
    pub(crate) data: Option<Box<str>>,
    /// The task before it for the same meter, 0 for none.
    older: u64,
}

/// The newest tasks, as many as are kept. Numbers are given without gaps.
#[derive(Debug)]
pub(crate) struct Tasks {
    rows: VecDeque<Task>,
    first: u64,
    newest_of: HashMap<u32, u64>,
    /// How many are kept, by head and kind: a list's total without counting it.
    many: HashMap<(usize, TaskKind), usize>,
    keep: usize,
}

/// The number of a scene's first task: that of the worked exchange.
pub(crate) const FIRST: u64 = 3800;

impl Tasks {
    pub(super) fn new(first: u64, keep: usize) -> Self {
        Self {
            rows: VecDeque::new(),
            first: first.max(FIRST),
            newest_of: HashMap::new(),
            many: HashMap::new(),
            keep: keep.max(1),
        }
    }

    /// The number of the next task.
    pub(crate) fn next(&self) -> u64 {
        self.first + u64::try_from(self.rows.len()).unwrap_or(0)
    }

    pub(super) fn push(
        &mut self,
        head: usize,
        meter: u32,
        order: Order,
        argument: &str,
        now: i64,
    ) -> u64 {
        let id = self.next();
        let before = self.newest_of.insert(meter, id).unwrap_or(0);
        self.rows.push_back(Task {
            id,
            meter,
            head,
            order,
            phase: TaskPhase::StandBy,
            created: now,
            updated: now,
            argument: argument.into(),
            data: None,
            older: before,
        });
        *self.many.entry((head, order.kind())).or_default() += 1;
        while self.rows.len() > self.keep && self.front_has_ended() {
            if let Some(oldest) = self.rows.pop_front() {
                self.first += 1;
                self.count_out(&oldest);
            }
        }
        id
    }

    /// Makes a task as if it had never been kept.
    pub(super) fn vanish(&mut self, id: u64) {
        let Some(index) = self.index(id) else { return };
        if let Some(row) = self.rows.get_mut(index) {
            row.phase = TaskPhase::Vanished;
            if let Some(many) = self.many.get_mut(&(row.head, row.order.kind())) {
                *many -= 1;
            }
        }
    }

    fn count_out(&mut self, row: &Task) {
        if row.phase != TaskPhase::Vanished
            && let Some(many) = self.many.get_mut(&(row.head, row.order.kind()))
        {
            *many -= 1;
        }
    }

    /// How many of a kind a head has.
    pub(crate) fn many(&self, head: usize, kind: TaskKind) -> usize {
        self.many.get(&(head, kind)).copied().unwrap_or(0)
    }

    /// A task that is kept and was not made to vanish.
    pub(crate) fn get(&self, id: u64) -> Option<&Task> {
        let row = self.rows.get(self.index(id)?)?;
        (row.phase != TaskPhase::Vanished).then_some(row)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Task> {
        let index = self.index(id)?;
        self.rows.get_mut(index)
    }

    /// All that are kept, oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Task> {
        self.rows.iter()
    }

    /// Those of one meter, newest first.
    pub(crate) fn of_meter(&self, meter: u32) -> impl Iterator<Item = &Task> {
        let mut next = self.newest_of.get(&meter).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let row = self.rows.get(self.index(next)?)?;
            next = row.older;
            Some(row)
        })
    }

    fn index(&self, id: u64) -> Option<usize> {
        usize::try_from(id.checked_sub(self.first)?).ok()
    }

    fn front_has_ended(&self) -> bool {
        self.rows
            .front()
            .is_some_and(|task| !matches!(task.phase, TaskPhase::Waiting | TaskPhase::Running))
    }
}
