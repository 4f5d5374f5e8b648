//! The round of one poller: hear what ended, do what is due, wait.

mod called;
mod worked;

use super::calls::{Called, Calls};
use super::chores::Chores;
use super::lane::Lane;
use super::report::PollerStatus;
use super::work::{Bench, Change, Worked};
use super::{LEASE, Poller};
use crate::intake::Kept;
use crate::plan::{Create, News, Planner, Ticket};
use crate::{Arrived, Unanswered};
use asking::Item;
use fleet::Moment;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Creations that may be under way at once over HTTP: the vendor answers in 10 to 30 s.
const CREATING: usize = 2_000;
/// Looks that may be under way at once.
const LOOKING: usize = 256;
/// Searches that are begun in one round.
const SEARCHES: usize = 16;
/// Work of one batch for the store.
const BATCH: usize = 256;
/// What has ended is heard so much at a time, so that something is done in between.
const EARFUL: usize = 1_024;
/// The longest wait, of the computer's time.
const LONGEST: Duration = Duration::from_millis(250);
/// How long stopping waits for what is in hand, of the computer's time.
const PARTING: Duration = Duration::from_secs(10);

/// Everything one poller holds.
pub(super) struct Round {
    pub(super) poller: Poller,
    pub(super) planner: Planner,
    calls: Calls,
    bench: Bench,
    creating: usize,
    reserves: Lane<Create>,
    changes: Lane<Change>,
    keeps: Lane<(Ticket, Arrived)>,
    settles: Lane<(Ticket, Kept)>,
    unanswered: Lane<(Ticket, Unanswered)>,
    pub(super) status: PollerStatus,
    chores: Chores,
    /// What the worklist has not heard yet of the head-end.
    news: Vec<News>,
    pub(super) listing: bool,
    /// When a set-up case was last refreshed: every ask would refresh it.
    set_up_told: Moment,
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
    let mut round = Round::new(poller, ended, worked);
    loop {
        let now = clock.now();
        round.chores(now).await;
        round.act(now);
        round.tell_news().await;
        report.send_replace(round.status.clone());
        if *stopped.borrow() {
            break;
        }
        let wait = round
            .wake(now)
            .map_or(LONGEST, |at| clock.until(at).min(LONGEST));
        tokio::select! {
            biased;
            _ = stopped.changed() => {}
            Some(done) = works.recv() => round.worked(done, clock.now()),
            Some((began, called)) = calls.recv() => round.called(called, began, clock.now()),
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
                ended,
            },
            bench: Bench {
                intake: poller.intake.clone(),
                head_end: head_end.name().to_owned(),
                limit: head_end.pace().in_flight.clamp(1, 5),
                ended: worked,
            },
            status: PollerStatus::new(head_end.name()),
            planner,
            poller,
            creating: 0,
            reserves: Lane::default(),
            changes: Lane::default(),
            keeps: Lane::default(),
            settles: Lane::default(),
            unanswered: Lane::default(),
            chores: Chores::default(),
            news: Vec::new(),
            listing: false,
            set_up_told: Moment(i64::MIN),
        }
    }

    async fn chores(&mut self, now: Moment) {
        let mut chores = std::mem::take(&mut self.chores);
        chores.due(self, now).await;
        self.chores = chores;
    }

    /// Asks for the online state of all gateways.
    pub(super) fn list_gateways(&mut self) {
        self.listing = true;
        self.calls.gateways();
    }

    /// Everything that is due now is begun.
    fn act(&mut self, now: Moment) {
        self.status.heartbeat = Some(now);
        self.hand_over(now);
        if !self.status.leads {
            return;
        }
        if self.planner.probe(now) {
            self.calls.probe();
        }
        let fates = self.planner.expired(now);
        for fate in fates {
            self.fate(fate, true, "its horizon has passed");
        }
        for looks in self.planner.looks(now, LOOKING) {
            self.calls.look(looks);
        }
        for search in self.planner.searches(now, SEARCHES) {
            self.calls.search(search);
        }
        // a store that takes nothing in gets nothing new to remember
        if self.status.store_trouble.is_none() {
            let room = CREATING.saturating_sub(self.creating);
            let creates = self.planner.creates(now, room);
            self.creating += creates.len();
            self.reserves.extend(creates);
        }
        self.hand_over(now);
        self.news.extend(self.planner.news());
    }

    /// Hands the store what waits for it.
    fn hand_over(&mut self, now: Moment) {
        if let Some(batch) = self.settles.next(now, BATCH) {
            self.bench.settle(batch);
        }
        if let Some(batch) = self.keeps.next(now, BATCH) {
            self.bench.keep(batch);
        }
        if let Some(batch) = self.unanswered.next(now, BATCH) {
            self.bench.unanswered(batch);
        }
        if let Some(batch) = self.changes.next(now, BATCH) {
            self.bench.change(batch);
        }
        if let Some(batch) = self.reserves.next(now, BATCH) {
            self.bench.reserve(batch);
        }
    }

    fn is_idle(&self) -> bool {
        let lanes = [
            self.reserves.is_idle(),
            self.changes.is_idle(),
            self.keeps.is_idle(),
            self.settles.is_idle(),
            self.unanswered.is_idle(),
        ];
        self.creating == 0 && lanes.into_iter().all(|idle| idle)
    }

    fn wake(&mut self, now: Moment) -> Option<Moment> {
        let lanes = [
            self.reserves.wake(),
            self.changes.wake(),
            self.keeps.wake(),
            self.settles.wake(),
            self.unanswered.wake(),
        ];
        let planner = if self.status.leads {
            self.planner.wake(now)
        } else {
            None
        };
        let first = lanes.into_iter().flatten().chain(planner).min();
        // whatever is overdue because it is under way must not make this a busy loop
        first.map(|at| at.max(now.plus(1)))
    }

    async fn give_back(&mut self) {
        if !self.status.leads {
            return;
        }
        let store = self.poller.intake.store();
        let lease = lease_name(self.poller.head_end.name());
        if let Err(error) = store.release(&lease, &self.poller.holder).await {
            tracing::warn!(%error, "the lease was not given back and ends by itself");
        }
    }

    /// The worklist hears of the head-end: one case while it is in trouble.
    async fn tell_news(&mut self) {
        let name = self.poller.head_end.name().to_owned();
        for news in std::mem::take(&mut self.news) {
            let told = match &news {
                News::Down(refusal, since) => {
                    self.poller
                        .intake
                        .head_end(&name, Err(refusal), *since)
                        .await
                }
                News::Up(at) => self.poller.intake.head_end(&name, Ok(()), *at).await,
            };
            if let Err(error) = told {
                self.trouble(&error);
                self.news.push(news);
                break;
            }
        }
    }

    /// Renews the lease; without it nothing is asked.
    pub(super) async fn lead(&mut self, now: Moment) {
        let store = self.poller.intake.store();
        let lease = lease_name(self.poller.head_end.name());
        // a lease is a matter of the computer's time, however fast the desk's clock runs
        let ttl = LEASE.saturating_mul(i64::from(self.poller.clock().scale()));
        let held = store.lease(&lease, &self.poller.holder, now, ttl).await;
        match held {
            Ok(held) => {
                let had = std::mem::replace(&mut self.status.leads, held.is_some());
                self.status.store_trouble = None;
                if !had && self.status.leads {
                    self.take_up(now).await;
                }
            }
            Err(error) => self.trouble(&error.into()),
        }
    }

    /// What was under way before a restart, or at the node that had the lease before.
    pub(super) async fn take_up(&mut self, now: Moment) {
        self.planner.recount();
        let name = self.poller.head_end.name();
        match self.poller.intake.store().slots(name).await {
            Ok(slots) => self.planner.held(&slots, now),
            Err(error) => {
                self.status.leads = false;
                self.trouble(&error.into());
            }
        }
    }
}

fn lease_name(head_end: &str) -> String {
    format!("poller/{head_end}")
}

/// An error with its causes, in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line += &format!(": {cause}");
        next = cause.source();
    }
    line
}

impl Round {
    /// Whether the head-end offers the operating status at all; without it nobody is judged.
    pub(super) fn lacks_status(&self) -> bool {
        let offers = self.poller.head_end.offers();
        !offers.items.contains(&Item::OperatingStatus)
    }
}
