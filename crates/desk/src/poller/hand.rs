//! The commands that this poller works on, and what waits for the store about them.

use super::lane::Lane;
use crate::command::{Record, Reread};
use crate::plan::{Sending, Ticket};
use asking::{Secret, TaskId, Watched};
use fleet::{MeterNumber, Moment};
use remedies::Wanted;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use store::{CommandId, Move, NewAnswer, SlotChange, SlotId};

/// A command in hand.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) record: Record,
    pub(super) wanted: Wanted,
    /// The time zone of its site.
    pub(super) zone: Option<String>,
    /// Whether what is known of its meter was looked at since it was taken in hand.
    pub(super) studied: bool,
    /// The token that it delivers, once it is known.
    pub(super) token: Option<Secret>,
    /// From when on what is read back counts; nothing while nothing is to be read.
    pub(super) reads_from: Option<Moment>,
    /// How often it was read back.
    pub(super) reads: u32,
}

/// Work for the store about one command: everything in it stands or falls together.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    pub(super) moves: Vec<Move>,
    /// The task that becomes known by the move.
    pub(super) task: Option<TaskId>,
    pub(super) change: Option<SlotChange>,
    pub(super) answer: Option<NewAnswer>,
    /// What follows once it is written down.
    pub(super) then: Vec<Then>,
}

/// What follows once a step is written down.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// The slot of this ask is free.
    Free(Ticket),
    /// The slot is free, and the act is waited for without it.
    Over(Ticket),
    /// The command goes on from where it stands.
    Go(i64),
    /// The task that stands by is dispatched.
    Dispatch(Ticket, Watched),
}

/// A command that is about to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Leaving {
    pub(crate) send: Sending,
    /// How it stands once it is written down.
    pub(crate) record: Record,
    pub(crate) step: Move,
}

/// The commands in hand.
#[derive(Debug, Default)]
pub(super) struct Hand {
    held: BTreeMap<i64, Held>,
    meters: HashMap<MeterNumber, BTreeSet<i64>>,
    /// When the time of each is over where it stands.
    due: BinaryHeap<Reverse<(Moment, i64)>>,
    /// When each is to be looked at again.
    again: BinaryHeap<Reverse<(Moment, i64)>>,
    pub(super) steps: Lane<Step>,
    pub(super) departs: Lane<Sending>,
    pub(super) checks: Lane<Record>,
    pub(super) proofs: Lane<Reread>,
    pub(super) tokens: Lane<CommandId>,
    pub(super) minted: Lane<(CommandId, store::NewToken)>,
}

impl Hand {
    pub(super) fn get(&self, number: i64) -> Option<&Held> {
        self.held.get(&number)
    }

    pub(super) fn get_mut(&mut self, number: i64) -> Option<&mut Held> {
        self.held.get_mut(&number)
    }

    /// Takes a command in hand, as it stands in the store.
    pub(super) fn take(&mut self, record: Record) {
        let number = record.number();
        let meter = record.id().meter.clone();
        self.meters.entry(meter).or_default().insert(number);
        self.due_of(&record);
        let held = Held {
            wanted: record.wanted(),
            record,
            zone: None,
            studied: false,
            token: None,
            reads_from: None,
            reads: 0,
        };
        self.held.insert(number, held);
    }

    /// Remembers when the time of a command is over.
    pub(super) fn due_of(&mut self, record: &Record) {
        if let Some(deadline) = record.life().times().deadline {
            self.due.push(Reverse((deadline, record.number())));
        }
    }

    /// Looks at a command again then.
    pub(super) fn again_at(&mut self, number: i64, at: Moment) {
        self.again.push(Reverse((at, number)));
    }

    /// Lets go of a command.
    pub(super) fn drop(&mut self, number: i64) {
        let Some(held) = self.held.remove(&number) else {
            return;
        };
        let meter = &held.record.id().meter;
        if let Some(numbers) = self.meters.get_mut(meter) {
            numbers.remove(&number);
            if numbers.is_empty() {
                self.meters.remove(meter);
            }
        }
    }

    /// Lets go of everything: another node has worked on it meanwhile.
    pub(super) fn renew(&mut self) {
        self.held.clear();
        self.meters.clear();
        self.due.clear();
        self.again.clear();
    }

    /// The commands in hand for this meter.
    pub(super) fn of_meter(&self, meter: &MeterNumber) -> Vec<i64> {
        let numbers = self.meters.get(meter);
        numbers.map_or_else(Vec::new, |numbers| numbers.iter().copied().collect())
    }

    /// The next command whose time is over.
    pub(super) fn next_due(&mut self, now: Moment) -> Option<i64> {
        while let Some(Reverse((at, number))) = self.due.peek().copied() {
            if at > now {
                return None;
            }
            self.due.pop();
            let life = self.held.get(&number).map(|held| held.record.life());
            if life.is_some_and(|life| life.is_overdue(now)) {
                return Some(number);
            }
        }
        None
    }

    /// The next command that is to be looked at again.
    pub(super) fn next_again(&mut self, now: Moment) -> Option<i64> {
        let Reverse((at, number)) = self.again.peek().copied()?;
        (at <= now).then_some(())?;
        self.again.pop();
        Some(number)
    }

    /// When to come here again if nothing happens before, but for steps and departures.
    pub(super) fn wake(&self) -> Option<Moment> {
        let first = |heap: &BinaryHeap<Reverse<(Moment, i64)>>| heap.peek().map(|top| top.0.0);
        let lanes = [
            self.checks.wake(),
            self.proofs.wake(),
            self.tokens.wake(),
            self.minted.wake(),
        ];
        let times = [first(&self.due), first(&self.again)];
        times.into_iter().chain(lanes).flatten().min()
    }

    /// Whether the store knows everything that has happened.
    pub(super) fn is_written(&self) -> bool {
        self.steps.is_idle() && self.departs.is_idle() && self.minted.is_idle()
    }

    /// Whether the last work of a kind has failed, but for sending.
    pub(super) fn fails(&self) -> bool {
        let tries = [
            self.steps.tries(),
            self.checks.tries(),
            self.proofs.tries(),
            self.tokens.tries(),
            self.minted.tries(),
        ];
        tries.into_iter().any(|tries| tries > 0)
    }

    pub(super) fn len(&self) -> usize {
        self.held.len()
    }
}

/// What the head-end was asked to create together.
pub(super) type Sent = Vec<(Sending, SlotId)>;
