//! What comes round again: the fleet, requests, gateways, figures. None of it is waited for.

use super::round::Round;
use super::work::Tale;
use asking::{GatewayRow, Item, Reached, Refusal, RefusalKind};
use fleet::{GatewayId, Moment, SECOND, SiteId};
use std::collections::{BTreeMap, BTreeSet};
use store::{Due, Gateway, Request, RequestId};

/// How often each chore comes round, of the computer's time.
const REQUESTS: i64 = SECOND / 2;
const FIGURES: i64 = SECOND;
/// Commands of other nodes; those of this one ring.
const COMMANDS: i64 = SECOND;
/// So many commands are taken over at a time.
pub(super) const CLAIM: usize = 1_000;

/// The fleet is read again after so long, and for each meter a little more.
const FLEET: i64 = 30 * SECOND;
const FLEET_METER: i64 = 3;
/// So many meters of a fleet are taken in at a time, so that something is done in between.
const MOUTHFUL: usize = 4_096;

/// One chore: when it was last begun, and whether it is under way.
#[derive(Debug)]
struct Chore {
    begun: Moment,
    busy: bool,
}

impl Default for Chore {
    fn default() -> Self {
        Self {
            begun: Moment(i64::MIN),
            busy: false,
        }
    }
}

impl Chore {
    fn is_due(&mut self, now: Moment, every: i64) -> bool {
        let due = !self.busy && now.since(self.begun) >= every;
        if due {
            *self = Self {
                begun: now,
                busy: true,
            };
        }
        due
    }

    fn done(&mut self) {
        self.busy = false;
    }

    /// It is due as soon as it is not under way.
    fn soon(&mut self) {
        self.begun = Moment(i64::MIN);
    }
}

/// Where each chore stands, and what it found last.
#[derive(Debug, Default)]
pub(super) struct Chores {
    fleet: Chore,
    requests: Chore,
    commands: Chore,
    gateways: Chore,
    figures: Chore,
    /// What is left of a fleet that is being taken in.
    arriving: Option<std::vec::IntoIter<Due>>,
    /// What the worklist was last told of each gateway.
    online: BTreeMap<GatewayId, bool>,
    /// Requests for what is not offered that are being ended.
    refused: BTreeSet<RequestId>,
    /// The newest request that was seen.
    newest: Option<RequestId>,
    told_set_up: bool,
}

impl Chores {
    /// Everything is read again at once: the planner knows nothing.
    pub(super) fn soon(&mut self) {
        if self.arriving.take().is_some() {
            self.fleet.done();
        }
        let all = [
            &mut self.fleet,
            &mut self.requests,
            &mut self.commands,
            &mut self.gateways,
        ];
        all.into_iter().for_each(Chore::soon);
    }

    /// Whether there is more of a fleet to be taken in at once.
    pub(super) fn has_more(&self) -> bool {
        self.arriving.is_some()
    }

    /// The chore that read the fleet has ended, without success.
    pub(super) fn no_fleet(&mut self) {
        self.fleet.done();
    }

    /// The chore that read the requests has ended.
    pub(super) fn requests_read(&mut self) {
        self.requests.done();
    }

    /// The fleet is read again at once: somebody was registered.
    pub(super) fn soon_fleet(&mut self) {
        self.fleet.soon();
    }

    /// Commands are looked for at once.
    pub(super) fn soon_commands(&mut self) {
        self.commands.soon();
    }

    /// The chore that looks for commands has ended; whether there may be more of them.
    pub(super) fn commands_claimed(&mut self, more: bool) {
        self.commands.done();
        if more {
            self.commands.soon();
        }
    }

    /// The chore that lists the gateways has ended.
    pub(super) fn gateways_listed(&mut self) {
        self.gateways.done();
    }
}

impl Round {
    /// Begins what is due.
    pub(super) fn chores(&mut self, now: Moment) {
        if !std::mem::replace(&mut self.chores.told_set_up, true) {
            self.tell_set_up(now);
        }
        self.take_in_some(now);
        let scale = i64::from(self.poller.clock().scale());
        let meters = i64::try_from(self.status.meters).unwrap_or(0);
        let chores = &mut self.chores;
        if chores
            .fleet
            .is_due(now, (FLEET + FLEET_METER * meters) * scale)
        {
            self.bench.fleet();
        }
        if chores.requests.is_due(now, REQUESTS * scale) {
            self.bench.requests();
        }
        if chores.commands.is_due(now, COMMANDS * scale) {
            self.bench.claim(self.stamp, CLAIM);
        }
        let listed = self.poller.head_end.offers().gateways && self.planner.speaks();
        if listed && chores.gateways.is_due(now, self.poller.online_every) {
            self.calls.gateways();
        }
        if chores.figures.is_due(now, FIGURES * scale) {
            chores.figures.done();
            self.figures(now);
        }
    }

    /// The fleet was read: the meters of this head-end, as they are registered now.
    pub(super) fn fleet(&mut self, all: Vec<Due>) {
        let name = self.poller.head_end.name();
        let adopts = self.poller.adopts;
        let mine = |due: &Due| match &due.head_end {
            Some(head_end) => *head_end == name,
            None => adopts,
        };
        let mine: Vec<Due> = all.into_iter().filter(mine).collect();
        self.chores.arriving = Some(mine.into_iter());
    }

    /// Takes in a part of the fleet that was read.
    fn take_in_some(&mut self, now: Moment) {
        let Some(arriving) = &mut self.chores.arriving else {
            return;
        };
        for due in arriving.by_ref().take(MOUTHFUL) {
            self.planner.met(&due, now);
        }
        if arriving.as_slice().is_empty() {
            self.planner.fleet_met();
            self.chores.arriving = None;
            self.chores.fleet.done();
            self.status.meters = self.planner.counts(now).meters;
        }
    }

    /// These requests are open: those that this head-end can serve are planned, those for an item
    /// that it does not offer end at once.
    pub(super) fn requests(&mut self, open: Vec<Request>, now: Moment) {
        self.chores.requests.done();
        let offers = &self.poller.head_end.offers().items;
        let offered = |request: &Request| {
            let item = Item::from_word(&request.item);
            item.is_some_and(|item| offers.contains(&item))
        };
        let planner = &self.planner;
        let not_served = |request: &Request| !offered(request) && planner.has(&request.meter);
        let newest = open.iter().map(|request| request.id).max();
        let is_new = |request: &&Request| Some(request.id) > self.chores.newest;
        // somebody was registered and asked for before the fleet was read again
        if open
            .iter()
            .filter(is_new)
            .any(|request| !planner.has(&request.meter))
        {
            self.chores.fleet.soon();
        }
        self.chores.newest = newest.max(self.chores.newest);
        let (refused, open): (Vec<Request>, Vec<Request>) = open.into_iter().partition(not_served);
        let refused: BTreeSet<RequestId> = refused.iter().map(|request| request.id).collect();
        let new = refused.difference(&self.chores.refused).copied();
        self.refusals.extend(new);
        self.chores.refused = refused;
        self.planner.requests(&open, now);
    }

    /// The list of gateways has come.
    pub(super) fn gateways(&mut self, rows: Vec<GatewayRow>, now: Moment) {
        for row in rows {
            let (Some(id), Some(online)) = (GatewayId::parse(&row.gateway), row.online) else {
                continue;
            };
            self.planner.gateway(id.as_str(), online, now);
            if self.chores.online.insert(id.clone(), online) == Some(online) {
                continue;
            }
            let gateway = Gateway {
                id,
                head_end: Some(self.poller.head_end.name().to_owned()),
                name: row.name,
                site: row.site.as_deref().and_then(SiteId::parse),
                online: Some(online),
                online_at: Some(now),
            };
            self.gateways.push((gateway, online));
        }
    }

    /// Says whether the one thing that matters is set up here: without the operating status nobody
    /// is judged.
    pub(super) fn tell_set_up(&mut self, now: Moment) {
        let offers = self.poller.head_end.offers();
        if offers.items.contains(&Item::OperatingStatus) {
            return self.tales.push(Tale::SetUp(now));
        }
        let refusal = Refusal {
            kind: RefusalKind::NotOffered,
            reached: Reached::No,
            said: Item::OperatingStatus.word().to_owned(),
        };
        self.tales.push(Tale::Troubled(refusal, now));
    }

    fn figures(&mut self, now: Moment) {
        let counts = self.planner.counts(now);
        let status = &mut self.status;
        status.meters = counts.meters;
        status.in_flight = counts.in_flight;
        status.waiting = counts.waiting;
        status.overdue = counts.overdue;
        let gauge = |name: &'static str, value: usize| {
            let value = u32::try_from(value).unwrap_or(u32::MAX);
            metrics::gauge!(name, "head_end" => status.head_end.clone()).set(f64::from(value));
        };
        gauge("calinmeter_slots", counts.in_flight);
        gauge("calinmeter_waiting", counts.waiting);
        gauge("calinmeter_head_end_up", usize::from(status.down.is_none()));
        let seconds = usize::try_from(counts.overdue / SECOND).unwrap_or(0);
        gauge("calinmeter_oldest_overdue_seconds", seconds);
    }
}
