//! Leading: the lease, and what is under way when it is taken up or is no longer sure.

use super::super::lease::{Stand, lease_name};
use super::super::work::Done;
use super::Round;
use fleet::Moment;
use std::time::{Duration, Instant};
use store::Slot;

/// What others hold is counted again so often while they hold anything.
const OTHERS: Duration = Duration::from_secs(3);
/// The least time between two counts: a group that is full stays full for a while.
const LEAST: Duration = Duration::from_secs(1);

/// How far a recount has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Rests,
    /// Slots that are being taken are to be taken first.
    Waits,
    Reads,
    /// It reads what does not matter any more: the lease was lost meanwhile.
    ReadsInVain,
}

/// Reads which slots the store holds. Meanwhile none is taken, and what is freed is remembered, so
/// that the list is the truth when it comes.
#[derive(Debug, Default)]
pub(super) struct Recount {
    /// The store holds something else than the planner thinks.
    wanted: bool,
    stage: Stage,
    ended: Option<Instant>,
}

impl Recount {
    /// The store holds something else than the planner thinks.
    pub(super) fn want(&mut self) {
        self.wanted = true;
    }

    /// Whether no slot may be taken.
    pub(super) fn bars(&self) -> bool {
        self.stage != Stage::Rests
    }

    /// Whether it is time to begin, should `others` hold slots too.
    fn is_due(&self, now: Instant, others: impl FnOnce() -> bool) -> bool {
        let passed = |time| self.ended.is_none_or(|end| now.duration_since(end) >= time);
        let reads = matches!(self.stage, Stage::Reads | Stage::ReadsInVain);
        !reads && passed(LEAST) && (self.wanted || passed(OTHERS) && others())
    }

    fn begin(&mut self) {
        (self.wanted, self.stage) = (false, Stage::Reads);
    }

    /// The lease is lost: whatever was read before, it is to be read again.
    fn lose(&mut self) {
        self.wanted = true;
        self.stage = match self.stage {
            Stage::Rests | Stage::Waits => Stage::Rests,
            Stage::Reads | Stage::ReadsInVain => Stage::ReadsInVain,
        };
    }

    /// It has ended; whether what was read still holds.
    fn end(&mut self, whole: bool, now: Instant) -> bool {
        let holds = whole && self.stage == Stage::Reads;
        self.stage = Stage::Rests;
        self.wanted |= !holds;
        self.ended = Some(now);
        holds
    }
}

impl Round {
    /// Keeps the lease; takes up what is under way when it is won, and lets go when it is lost.
    pub(super) fn lead(&mut self) {
        let now = self.poller.clock().instant();
        if self.lease.has_ended(now) {
            self.let_go();
        }
        if self.lease.is_due(now) {
            // a lease is a matter of the computer's time, however fast the desk's clock runs
            let scale = i64::from(self.poller.clock().scale());
            let ttl = self.poller.holder.lease().saturating_mul(scale);
            let holder = self.poller.holder.name().to_owned();
            let name = lease_name(self.poller.head_end.name());
            self.bench.lease(name, holder, ttl);
        }
        match self.lease.stand() {
            Stand::Follows => {}
            // what has ended here is written down before the slots are read
            Stand::TakesUp => {
                if self.is_written() && self.recount.is_due(now, || true) {
                    self.planner.renew();
                    self.renew_hand();
                    self.chores.soon();
                    self.begin_recount();
                    self.bench.take_up();
                }
            }
            Stand::Leads => {
                let due = self.recount.is_due(now, || self.planner.has_foreign());
                if due && (self.reserves.is_busy() || self.passing) {
                    self.recount.stage = Stage::Waits;
                } else if due {
                    self.read_slots();
                }
            }
        }
        self.status.leads = self.lease.stand() == Stand::Leads;
    }

    fn read_slots(&mut self) {
        self.begin_recount();
        self.bench.slots();
    }

    fn begin_recount(&mut self) {
        if self.is_written() {
            self.ended_unwritten.clear();
        }
        self.planner.recount(self.ended_unwritten.iter().copied());
        self.recount.begin();
    }

    /// What the store holds for this head-end: from before a restart, of the node that had the lease
    /// before, or taken although the store did not say so.
    pub(super) fn slots(&mut self, slots: Done<(Vec<Slot>, Option<u64>)>, now: Moment) {
        let holds = self
            .recount
            .end(slots.is_ok(), self.poller.clock().instant());
        match slots {
            Err(trouble) => self.trouble(&trouble),
            Ok((slots, newest)) if holds => {
                if self.lease.stand() == Stand::TakesUp {
                    self.planner.newest_is(newest);
                }
                self.planner.held(&slots, now);
                self.lease.taken_up();
            }
            Ok(_) => {}
        }
    }

    /// Nothing more is asked. What was planned and not sent is dropped; what was received is kept
    /// all the same.
    fn let_go(&mut self) {
        let head_end = self.poller.head_end.name();
        tracing::warn!(
            head_end,
            "the lease is lost: nothing is asked until it is ours again"
        );
        self.recount.lose();
        self.creating -= self.reserves.clear().len();
        self.creating -= self.hand.departs.clear().len();
    }
}
