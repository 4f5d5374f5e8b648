//! A head-end and a store played in the planner's own time: no clock, no threads.

use asking::{Item, Pace, Reached, Refusal, RefusalKind, TaskId, TaskState};
use desk::plan::{Create, End, Fate, Next, Planner, Rules, Ticket};
use fleet::{HOUR, MeterNumber, Moment, SECOND};
use std::collections::{BTreeMap, BTreeSet};
use store::{Due, SlotId};

/// Where the tests begin: well after zero, so that ages can be told.
pub(crate) const START: Moment = Moment(1_000 * HOUR);

/// A meter's number.
pub(crate) fn number(n: usize) -> MeterNumber {
    MeterNumber::parse(&format!("47{n:09}")).expect("a meter number")
}

/// A meter that was never asked, behind this gateway.
pub(crate) fn due(n: usize, gateway: &str) -> Due {
    Due {
        meter: number(n),
        head_end: Some("main".to_owned()),
        gateway: Some(gateway.to_owned()),
        site: None,
        customer: None,
        asked_at: None,
        observed_at: None,
        silent: 0,
        open_case: false,
    }
}

/// A refusal.
pub(crate) fn refusal(kind: RefusalKind, reached: Reached) -> Refusal {
    Refusal {
        kind,
        reached,
        said: String::new(),
    }
}

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) at: Moment,
    pub(crate) meter: MeterNumber,
    pub(crate) item: Item,
    pub(crate) group: String,
}

/// The planner and everything it is told.
pub(crate) struct World {
    pub(crate) planner: Planner,
    pub(crate) now: Moment,
    /// How long a task takes.
    pub(crate) takes: i64,
    /// Meters that never answer: their tasks fail after 100 s.
    pub(crate) dead: BTreeSet<MeterNumber>,
    /// Whether the head-end refuses everything.
    pub(crate) down: bool,
    pub(crate) asked: Vec<Asked>,
    pub(crate) ends: Vec<End>,
    pub(crate) probes: Vec<Moment>,
    /// The most that any group had in flight.
    pub(crate) peak: usize,
    pub(crate) looks: usize,
    tasks: BTreeMap<Ticket, (Create, Moment)>,
    groups: BTreeMap<String, usize>,
    next: i64,
}

impl World {
    pub(crate) fn new(pace: &Pace, rules: Rules) -> Self {
        Self {
            planner: Planner::new("main", pace, (100, true), rules, 42, START),
            now: START,
            takes: SECOND,
            dead: BTreeSet::new(),
            down: false,
            asked: Vec::new(),
            ends: Vec::new(),
            probes: Vec::new(),
            peak: 0,
            looks: 0,
            tasks: BTreeMap::new(),
            groups: BTreeMap::new(),
            next: 1,
        }
    }

    /// With these meters.
    pub(crate) fn with(pace: &Pace, rules: Rules, meters: &[Due]) -> Self {
        let mut world = Self::new(pace, rules);
        world.planner.fleet(meters, START);
        world
    }

    /// Lets the time pass, from one thing to do to the next.
    pub(crate) fn run(&mut self, milliseconds: i64) {
        let end = self.now.plus(milliseconds);
        while self.now < end {
            self.turn();
            let wake = self.planner.wake(self.now).unwrap_or(end);
            self.now = wake.clamp(self.now.plus(1), end);
        }
        self.turn();
    }

    /// Does everything that is to be done now.
    pub(crate) fn turn(&mut self) {
        let now = self.now;
        if self.planner.probe(now) {
            self.probes.push(now);
            let refused = refusal(RefusalKind::Unreachable, Reached::No);
            let result = if self.down { Err(&refused) } else { Ok(()) };
            self.planner.probed(result, now);
        }
        for look in self.planner.looks(now, 64).into_iter().flatten() {
            self.looks += 1;
            self.look(look.ticket);
        }
        let fates = self.planner.expired(now);
        self.suffer(fates);
        for create in self.planner.creates(now, usize::MAX) {
            self.create(create);
        }
    }

    fn create(&mut self, create: Create) {
        let (now, ticket, slot) = (self.now, create.ticket, self.next);
        self.next += 1;
        self.planner.reserved(ticket, SlotId(slot));
        self.asked.push(Asked {
            at: now,
            meter: create.ask.meter.clone(),
            item: create.item,
            group: create.group.clone(),
        });
        if self.down {
            let refused = refusal(RefusalKind::Unreachable, Reached::No);
            let fate = self.planner.refused(ticket, &refused, now, now);
            self.suffer(fate);
            return;
        }
        self.planner.created(ticket, TaskId(slot.to_string()), now);
        self.planner.spoke(now, now);
        let held = self.groups.entry(create.group.clone()).or_default();
        *held += 1;
        self.peak = self.peak.max(*held);
        self.tasks.insert(ticket, (create, now));
    }

    fn look(&mut self, ticket: Ticket) {
        self.planner.look_ended();
        let now = self.now;
        if self.down {
            let refused = refusal(RefusalKind::Unreachable, Reached::No);
            self.planner.refused_call(&refused, now, now);
            self.planner.not_looked(ticket, now);
            return;
        }
        self.planner.spoke(now, now);
        let (create, began) = &self.tasks[&ticket];
        let age = now.since(*began);
        let state = match self.dead.contains(&create.ask.meter) {
            true if age >= 100 * SECOND => TaskState::Failed(String::new()),
            false if age >= self.takes => TaskState::Done,
            _ => TaskState::Waiting,
        };
        if let Next::End(end) = self.planner.looked(ticket, &state, now) {
            self.free(ticket);
            self.ends.push(end);
        }
    }

    fn suffer(&mut self, fates: impl IntoIterator<Item = Fate>) {
        for fate in fates {
            let ticket = match fate {
                Fate::Lost(_) => continue,
                Fate::Again(ticket, _) | Fate::Over(ticket, _) => ticket,
                Fate::Unanswered(end) => {
                    self.ends.push(end.clone());
                    end.ticket
                }
            };
            self.free(ticket);
        }
    }

    fn free(&mut self, ticket: Ticket) {
        if let Some((create, _)) = self.tasks.remove(&ticket)
            && let Some(held) = self.groups.get_mut(&create.group)
        {
            *held -= 1;
        }
        self.planner.freed(ticket, self.now);
    }

    /// When this meter was asked for anything.
    pub(crate) fn times(&self, n: usize) -> Vec<i64> {
        let meter = number(n);
        let asked = self.asked.iter().filter(|asked| asked.meter == meter);
        asked.map(|asked| asked.at.since(START)).collect()
    }
}
