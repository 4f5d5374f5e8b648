//! The round of one poller: hear what ended, do what is due, wait.

mod act_ended;
mod acted;
mod acting;
mod called;
mod handing;
mod leading;
mod passing;
mod proving;
#[cfg(test)]
mod simulated;
mod worked;
mod worked_at_acts;

use super::Poller;
use super::beside::Beside;
use super::calls::{Called, Calls};
use super::chores::Chores;
use super::hand::Hand;
use super::lane::Lane;
use super::lease::{Lease, Stand, lease_name};
use super::report::PollerStatus;
use super::work::{Bench, Change, Tale, Worked};
use crate::intake::Kept;
use crate::plan::{Create, News, Planner, Ticket};
use crate::{Arrived, Unanswered};
use asking::Touches;
use fleet::Moment;
use leading::Recount;
use std::collections::BTreeSet;
use std::time::Duration;
use store::{Gateway, RequestId, SlotChange, SlotId};
use tokio::sync::{mpsc, watch};

/// Creations that may be under way at once over HTTP: the vendor answers in 10 to 30 s.
const CREATING: usize = 2_000;
/// Looks that may be under way at once.
const LOOKING: usize = 256;
/// Searches that are begun in one round.
const SEARCHES: usize = 16;
/// Work of one batch for the store.
const BATCH: usize = 512;
/// Answers that may wait for the store before nothing new is created.
const BACKLOG: usize = 8 * BATCH;
/// What has ended is heard so much at a time, so that something is done in between.
const EARFUL: usize = 1_024;
/// The longest wait, of the computer's time.
const LONGEST: Duration = Duration::from_millis(250);
/// How long stopping waits for what is in hand, of the computer's time.
const PARTING: Duration = Duration::from_secs(10);

/// What a holder of the lease marks commands with: unlike any other's, and never 0.
fn stamp(seed: u64) -> i64 {
    i64::try_from(seed >> 1).unwrap_or(0).max(1)
}

/// Everything one poller holds.
pub(super) struct Round {
    pub(super) poller: Poller,
    pub(super) planner: Planner,
    pub(super) calls: Calls,
    pub(super) bench: Bench,
    lease: Lease,
    recount: Recount,
    /// Creations planned and not yet ended.
    creating: usize,
    reserves: Lane<Create>,
    changes: Lane<Change>,
    keeps: Lane<(Ticket, Arrived)>,
    settles: Lane<Kept>,
    unanswered: Lane<(Ticket, Unanswered)>,
    /// Requests for what is not offered, to be ended.
    pub(super) refusals: Lane<RequestId>,
    /// What the worklist has not heard yet of the head-end and of its gateways.
    pub(super) tales: Lane<Tale>,
    pub(super) gateways: Lane<(Gateway, bool)>,
    pub(super) status: PollerStatus,
    pub(super) chores: Chores,
    /// The commands of this head-end.
    pub(super) hand: Hand,
    /// What this holder of the lease marks the commands with that it works on.
    pub(super) stamp: i64,
    /// Rings when there is work about commands.
    bell: watch::Receiver<u64>,
    /// When a set-up case was last refreshed: every ask would refresh it.
    set_up_told: Moment,
    /// The head-end fell because it is another one than the settings say.
    fell_as_set_up: bool,
    /// Told to stop: nothing more is sent.
    parting: bool,
    /// What has ended and what leaves is being written down.
    passing: bool,
    /// Slots that were planned with as free, and that the store could not be told of.
    ended_unwritten: BTreeSet<SlotId>,
}

/// Runs a poller until it is told to stop.
pub(super) async fn run(
    poller: Poller,
    report: watch::Sender<PollerStatus>,
    mut stopped: watch::Receiver<bool>,
) {
    let clock = poller.clock();
    let (ended, mut calls) = mpsc::unbounded_channel();
    let (worked, mut works) = mpsc::unbounded_channel();
    let mut rings = poller.commands.bell();
    let mut round = Round::new(poller, Beside::Runtime, ended, worked);
    loop {
        let now = clock.now();
        round.act(now);
        report.send_replace(round.status.clone());
        if *stopped.borrow() {
            break;
        }
        let wait = round.wait(now);
        tokio::select! {
            biased;
            // a poller that nobody can stop any more stops by itself
            still = stopped.changed() => if still.is_err() { break },
            Some(done) = works.recv() => round.worked(done, clock.now()),
            Some((began, called)) = calls.recv() => round.called(called, began, clock.now()),
            _ = rings.changed() => {}
            () = tokio::time::sleep(wait) => {}
        }
        for _ in 0..EARFUL {
            if let Ok(done) = works.try_recv() {
                round.worked(done, clock.now());
            } else if let Ok((began, called)) = calls.try_recv() {
                round.called(called, began, clock.now());
            } else {
                break;
            }
        }
    }
    // what is in hand is kept; what is under way at the head-end stays in the store
    round.part();
    let parting = tokio::time::Instant::now() + PARTING;
    while !round.is_idle() && tokio::time::Instant::now() < parting {
        round.hand_over(clock.now());
        tokio::select! {
            Some(done) = works.recv() => round.worked(done, clock.now()),
            Some((began, called)) = calls.recv() => round.called(called, began, clock.now()),
            () = tokio::time::sleep(LONGEST) => {}
        }
    }
    round.give_back().await;
}

impl Round {
    fn new(
        poller: Poller,
        beside: Beside,
        ended: mpsc::UnboundedSender<(Moment, Called)>,
        worked: mpsc::UnboundedSender<Worked>,
    ) -> Self {
        let clock = poller.clock();
        let head_end = &poller.head_end;
        let offers = head_end.offers();
        let looks = (offers.looks, offers.task_list);
        let rules = poller.rules.clone();
        let planner = Planner::new(
            head_end.name(),
            head_end.pace(),
            looks,
            rules,
            poller.seed,
            clock.now(),
        );
        Self {
            calls: Calls {
                head_end: head_end.clone(),
                clock,
                beside: beside.clone(),
                ended,
            },
            bench: Bench {
                intake: poller.intake.clone(),
                commands: poller.commands.clone(),
                head_end: head_end.name().to_owned(),
                limit: head_end.pace().in_flight.clamp(1, 5),
                beside,
                ended: worked,
            },
            status: PollerStatus::new(head_end.name()),
            hand: Hand::default(),
            stamp: stamp(poller.seed),
            bell: poller.commands.bell(),
            lease: Lease::new(poller.holder.lease()),
            planner,
            poller,
            recount: Recount::default(),
            creating: 0,
            reserves: Lane::default(),
            changes: Lane::default(),
            keeps: Lane::default(),
            settles: Lane::default(),
            unanswered: Lane::default(),
            refusals: Lane::default(),
            tales: Lane::default(),
            gateways: Lane::default(),
            chores: Chores::default(),
            set_up_told: Moment(i64::MIN),
            fell_as_set_up: false,
            parting: false,
            passing: false,
            ended_unwritten: BTreeSet::new(),
        }
    }

    /// Everything that is due now is begun.
    fn act(&mut self, now: Moment) {
        self.status.heartbeat = Some(now);
        self.lead();
        if self.lease.stand() != Stand::Leads {
            return self.hand_over(now);
        }
        if self.bell.has_changed().unwrap_or(false) {
            self.bell.mark_unchanged();
            self.chores.soon_commands();
        }
        self.chores(now);
        self.acting(now);
        if self.planner.probe(now) {
            self.calls.probe();
        }
        let fates = self.planner.expired(now);
        if self.planner.has_forgotten() {
            let change = SlotChange::Forget(self.poller.head_end.name().to_owned());
            self.changes.push(Change {
                change,
                frees: None,
            });
        }
        for fate in fates {
            self.fate(fate, true, "its horizon has passed");
        }
        for looks in self.planner.looks(now, LOOKING) {
            self.calls.look(looks);
        }
        for search in self.planner.searches(now, SEARCHES) {
            self.calls.search(search);
        }
        let ended = self.ended_together(now);
        self.sends(now);
        let creates = self.planner.creates(now, self.room());
        self.creating += creates.len();
        self.reserves.extend(creates);
        while let Some(news) = self.planner.news() {
            self.tell(news);
        }
        match ended {
            Some(pass) => self.leave_together(pass, now),
            None => self.hand_over_apart(now),
        }
        self.hand_over_beside(now);
        self.tell_down();
    }

    /// An answer is to be kept; its slot is free then.
    pub(super) fn keep(&mut self, ticket: Ticket, arrived: Arrived) {
        self.keeps.push((ticket, arrived));
    }

    /// The store may hold something else than the planner thinks.
    pub(super) fn recount_wanted(&mut self) {
        self.recount.want();
    }

    /// Lets go of every command: they are taken over again as they stand.
    pub(super) fn renew_hand(&mut self) {
        self.hand.renew();
        self.stamp = self.stamp.wrapping_add(1).max(1);
    }

    /// The worklist hears that the head-end fell, or that it is back.
    fn tell(&mut self, news: News) {
        let head_end = self.poller.head_end.name();
        match news {
            News::Down(refusal, since) => {
                tracing::warn!(head_end, "{refusal}");
                self.fell_as_set_up |= refusal.kind.touches() == Touches::SetUp;
                self.tales.push(Tale::Troubled(refusal, since));
            }
            News::Up(at) => {
                tracing::warn!(head_end, "the head-end answers again");
                self.tales.push(Tale::Well(at));
                if std::mem::take(&mut self.fell_as_set_up) {
                    self.tell_set_up(at);
                }
            }
        }
    }

    /// How much may be created: a store that takes nothing in gets nothing new to remember.
    fn room(&self) -> usize {
        let backlog = self.keeps.len() + self.settles.len() + self.unanswered.len();
        if self.status.store_trouble.is_some() || backlog > BACKLOG {
            return 0;
        }
        CREATING.saturating_sub(self.creating)
    }

    /// How long to wait if nothing ends before.
    fn wait(&mut self, now: Moment) -> Duration {
        if self.lease.stand() == Stand::Leads && self.chores.has_more() {
            return Duration::ZERO;
        }
        let together = [
            self.reserves.wake().filter(|_| self.may_reserve()),
            self.hand.departs.wake().filter(|_| self.may_reserve()),
            self.changes.wake(),
            self.keeps.wake(),
            self.hand.steps.wake(),
        ];
        // what is under way ends with a ring of its own
        let together = together.into_iter().filter(|_| !self.passing);
        let lanes = [
            self.settles.wake(),
            self.unanswered.wake(),
            self.refusals.wake(),
            self.tales.wake(),
            self.gateways.wake(),
            self.hand.wake(),
        ];
        let planner = match self.lease.stand() {
            Stand::Leads => self.planner.wake(now),
            Stand::Follows | Stand::TakesUp => None,
        };
        let first = together.chain(lanes).flatten().chain(planner).min();
        // whatever is overdue because it is under way must not make this a busy loop
        let first = first.map(|at| at.max(now.plus(1)));
        first.map_or(LONGEST, |at| self.poller.clock().until(at).min(LONGEST))
    }

    /// Creates nothing more: what was planned and not yet sent is dropped.
    fn part(&mut self) {
        self.parting = true;
        self.creating -= self.reserves.clear().len();
        self.creating -= self.hand.departs.clear().len();
    }

    async fn give_back(&mut self) {
        if self.lease.stand() == Stand::Follows {
            return;
        }
        let store = self.poller.intake.store();
        let lease = lease_name(self.poller.head_end.name());
        if let Err(error) = store.release(&lease, self.poller.holder.name()).await {
            tracing::warn!(%error, "the lease was not given back and ends by itself");
        }
    }

    fn tell_down(&mut self) {
        self.status.down = self.planner.down().map(|(since, refusal)| {
            let why = refusal.map(ToString::to_string).unwrap_or_default();
            (Some(since), why)
        });
    }
}
