//! Who is asked for what, and when. Pure: the time is handed in, and a seed instead of chance.
//!
//! A [`Planner`] knows one head-end: its meters, what somebody wants to know, and what is in flight.
//! It is asked for [`Planner::creates`], [`Planner::looks`] and [`Planner::searches`], and is told
//! how each ended. By construction no group has more in flight than the pace allows: a slot counts
//! from the plan until [`Planner::freed`].
//!
//! The order of calls for one ask: `creates`, then `reserved` (or `not_reserved`) once the store has
//! answered, then `created` or `refused`, then `looks` and `looked` until it ends, then `freed` once
//! the store has freed the slot. `expired` says which are given up. A call that was answered is also
//! told to `spoke`, a look or a list that was refused to `refused_call`.
//!
//! Priorities: an operator, a command's read-back, evidence and stale answers, routine. Meters that
//! do not answer wait twice as long each time and hold half of their group's slots at most.

mod book;
mod choose;
mod errands;
mod fleet;
mod flight;
mod group;
mod health;
mod learn;
mod looks;
mod outcome;
mod rules;
mod wish;

pub use errands::{ActEnd, ActFate, Errand, How, Sending, Watch};
pub use flight::Ticket;
pub use health::News;
pub use looks::{Look, Next, Search};
pub use outcome::{End, Fate};
#[cfg(test)]
pub(crate) use rules::Dice as Chance;
pub use rules::Rules;
pub use wish::{AFTER_COMMAND, EVIDENCE, OPERATOR, ROUTINE};

use ::fleet::{MeterNumber, Moment};
use asking::{Ask, Item, Pace, Refusal};
use book::Book;
use errands::Errands;
use flight::{Flights, State};
use group::Groups;
use health::Health;
use learn::Delays;
use rules::Dice;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, VecDeque};
use store::{Request, RequestId, SlotId};
use wish::{Key, Place, Wish, Wishes};

/// The vendor's limit for one gateway, whatever the settings say.
const MOST_IN_FLIGHT: u32 = 5;

/// One task to be created: its slot is taken in the store first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// Its name here.
    pub ticket: Ticket,
    /// What the head-end is asked.
    pub ask: Ask,
    /// The item.
    pub item: Item,
    /// The group whose limit counts it.
    pub group: String,
    /// The request it serves.
    pub request: Option<RequestId>,
    /// The newest task known, where the head-end numbers them: its own has a higher number.
    pub mark: Option<u64>,
    /// When it was planned.
    pub at: Moment,
    /// When its slot is given up whatever happens.
    pub horizon: Moment,
}

/// How much there is of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Meters in the book.
    pub meters: usize,
    /// Slots held, others' too.
    pub in_flight: usize,
    /// Of these, slots whose creation was lost.
    pub unknown: usize,
    /// Requests and evidence that wait to be asked.
    pub waiting: usize,
    /// Since how long the meter waits whose routine is most overdue, milliseconds; meters that do not
    /// answer are left out.
    pub overdue: i64,
}

/// An item that is refused to everybody rests.
#[derive(Clone, Copy, Debug)]
struct Bar {
    refusals: u8,
    until: Moment,
}

/// The plan for one head-end.
#[derive(Debug)]
pub struct Planner {
    head_end: String,
    rules: Rules,
    pace: Pace,
    /// Slots of one group: the pace's, never above the vendor's.
    limit: u32,
    spacing: i64,
    horizon: i64,
    /// How many tasks one look covers, and whether the task list can be searched.
    batch: usize,
    task_list: bool,
    dice: Dice,
    book: Book,
    groups: Groups,
    wishes: Wishes,
    flights: Flights,
    health: Health,
    delays: Delays,
    bars: BTreeMap<Item, Bar>,
    /// Acts that wait to be sent.
    errands: Errands,
    /// How many acts are under way at a meter.
    acting: HashMap<book::Index, i32>,
    /// Groups that can create now, in turn.
    ring: VecDeque<u32>,
    /// When groups come up that cannot create yet.
    timers: BinaryHeap<Reverse<(Moment, u32)>>,
    /// Wishes that wait for a moment.
    later: BinaryHeap<Reverse<(Moment, Key)>>,
    /// Looks that are due, since when.
    due_looks: VecDeque<(Moment, Ticket)>,
    /// Searches that are due.
    due_searches: VecDeque<Ticket>,
    /// Looks under way.
    open_looks: usize,
    /// The highest task number that the head-end has given.
    newest: Option<u64>,
    /// A task may have been made whose number nobody learned, and the store does not know it yet.
    forgot: bool,
    /// Slots freed since the store was last asked what it holds.
    freed: HashSet<SlotId>,
}

impl Planner {
    /// An empty plan. `looks` and `task_list` are what the head-end offers; the seed decides what
    /// chance decides.
    pub fn new(
        head_end: &str,
        pace: &Pace,
        (looks, task_list): (usize, bool),
        rules: Rules,
        seed: u64,
        now: Moment,
    ) -> Self {
        Self {
            head_end: head_end.to_owned(),
            limit: pace.in_flight.clamp(1, MOST_IN_FLIGHT),
            spacing: pace.spacing.max(0),
            horizon: pace.horizon.max(1),
            batch: looks.max(1),
            task_list,
            dice: Dice::new(seed),
            book: Book::default(),
            groups: Groups::default(),
            wishes: Wishes::default(),
            flights: Flights::default(),
            health: Health::new(now),
            delays: Delays::new(pace.first_poll),
            bars: BTreeMap::new(),
            errands: Errands::default(),
            acting: HashMap::new(),
            ring: VecDeque::new(),
            timers: BinaryHeap::new(),
            later: BinaryHeap::new(),
            due_looks: VecDeque::new(),
            due_searches: VecDeque::new(),
            open_looks: 0,
            newest: None,
            forgot: false,
            freed: HashSet::new(),
            pace: pace.clone(),
            rules,
        }
    }

    /// Somebody wants to know this. Equal wishes merge, also with an ask in flight, unless that one
    /// began too early for a command's read-back. Whether the meter is one of ours.
    pub fn want(
        &mut self,
        meter: &MeterNumber,
        item: Item,
        priority: u8,
        at: Moment,
        id: Option<RequestId>,
        now: Moment,
    ) -> bool {
        let Some(index) = self.ours(meter) else {
            return false;
        };
        self.want_at(
            (index, item),
            &Wish::new(priority.min(OPERATOR), at, id),
            now,
        );
        true
    }

    fn want_at(&mut self, key: Key, new: &Wish, now: Moment) {
        let asked = self.flights.of(key).map(|f| (f.state, f.at));
        let mut wish = self.wishes.get(key).copied().unwrap_or(*new);
        let is_new = self.wishes.get(key).is_none();
        let old = wish;
        wish.merge(new);
        match asked {
            Some((State::Ended, _)) if is_new => {
                wish.place = Place::Parked;
                self.book[key.0].parked = true;
            }
            Some((State::Ended, _)) => {}
            None if new.priority == OPERATOR => wish.place = Place::Queued,
            Some((_, at)) => {
                wish.place = Place::Flying;
                wish.again |= new.priority == AFTER_COMMAND && at < new.at;
            }
            None => {}
        }
        self.wishes.put(key, wish);
        if wish.place == Place::Queued && (is_new || old != wish) {
            self.queue(key, now);
        }
    }

    /// Puts a queued wish into the queue of its meter's group.
    fn queue(&mut self, key: Key, now: Moment) {
        let group = self.book[key.0].group;
        if let Some(entry) = self.wishes.entry(key) {
            self.groups[group].wishes.push(entry);
            self.refresh(group, now);
        }
    }

    /// The requests that are open in the store, all of them: new ones are taken in, those that are no
    /// longer there are forgotten.
    pub fn requests(&mut self, open: &[Request], now: Moment) {
        for request in open {
            let item = Item::from_word(&request.item);
            let known = self.wishes.has_ended(request.id);
            if let Some(item) = item.filter(|_| !known) {
                let (priority, at, id) = (request.priority, request.at, Some(request.id));
                self.want(&request.meter, item, priority, at, id, now);
            }
        }
        let ids = open.iter().map(|request| request.id).collect();
        self.wishes.withdraw_all_but(&ids);
    }

    /// What the head-end says of a gateway. Nothing is created for one that is offline, but for a
    /// rare probe.
    pub fn gateway(&mut self, id: &str, online: bool, now: Moment) {
        let Some(number) = self.groups.find(id) else {
            return;
        };
        let wait = self
            .dice
            .around(self.rules.offline_probe, self.rules.jitter);
        let group = &mut self.groups[number];
        if group.online && !online {
            group.probe_at = now.plus(wait);
        }
        group.online = online;
        self.refresh(number, now);
    }

    /// Whether a login shall be tried now; its end is told to [`Self::probed`].
    pub fn probe(&mut self, now: Moment) -> bool {
        self.health.probe(now)
    }

    /// The login has ended.
    pub fn probed(&mut self, result: Result<(), &Refusal>, now: Moment) {
        self.health.probed(result, now, &self.rules, &mut self.dice);
        self.after_outage(now);
    }

    /// A call that began then was answered: the head-end speaks.
    pub fn spoke(&mut self, began: Moment, now: Moment) {
        self.health.answered(began, now);
        self.after_outage(now);
    }

    /// A call that began then, other than a creation, was refused.
    pub fn refused_call(&mut self, refusal: &Refusal, began: Moment, now: Moment) {
        if refusal.kind.touches() == asking::Touches::HeadEnd {
            self.health
                .refused(refusal, began, now, &self.rules, &mut self.dice);
        } else {
            self.spoke(began, now);
        }
    }

    /// What others must hear of the head-end, once.
    pub fn news(&mut self) -> Option<News> {
        self.health.news()
    }

    /// Since when the head-end is down and why; nothing while it is up.
    pub fn down(&self) -> Option<(Moment, Option<&Refusal>)> {
        self.health.down()
    }

    /// Whether the head-end answers: looks and lists are worth sending.
    pub fn speaks(&self) -> bool {
        self.health.speaks()
    }

    fn barred(&self, item: Item, now: Moment) -> Option<Moment> {
        let bar = self.bars.get(&item)?;
        (bar.until > now).then_some(bar.until)
    }

    /// Brings up what waited for a moment that has come.
    fn tick(&mut self, now: Moment) {
        while let Some(Reverse((at, key))) = self.later.peek().copied() {
            if at > now {
                break;
            }
            self.later.pop();
            if self
                .wishes
                .get(key)
                .is_some_and(|w| w.place == Place::Later)
            {
                self.wishes.place(key, Place::Queued);
                self.queue(key, now);
            }
        }
        while let Some(Reverse((at, number))) = self.timers.peek().copied() {
            if at > now {
                break;
            }
            self.timers.pop();
            if self.groups[number].timer == at {
                self.groups[number].timer = Moment(i64::MAX);
                self.refresh(number, now);
            }
        }
    }

    /// When to come here again if nothing happens before.
    pub fn wake(&mut self, now: Moment) -> Option<Moment> {
        self.tick(now);
        let speaks = self.health.speaks();
        let timer = self.timers.peek().map(|top| top.0.0).filter(|_| speaks);
        let later = self.later.peek().map(|top| top.0.0).filter(|_| speaks);
        let flights = if speaks {
            self.flights.wake()
        } else {
            self.flights.wake_without_looks()
        };
        let patience = self.patience_ends().filter(|_| speaks);
        let errands = self.errands_wake(now).filter(|_| speaks);
        [errands, timer, later, flights, patience, self.health.wake()]
            .into_iter()
            .flatten()
            .min()
    }

    /// How much there is of what. Costs a look at every group and every slot.
    pub fn counts(&mut self, now: Moment) -> Counts {
        let numbers = self.groups.numbers();
        let oldest = numbers
            .filter_map(|number| self.top_of(number, false))
            .min();
        let unknown = |state| matches!(state, State::Unknown);
        Counts {
            meters: self.book.len(),
            in_flight: self.flights.len(),
            unknown: self
                .flights
                .iter()
                .filter(|(_, f)| unknown(f.state))
                .count(),
            waiting: self.wishes.waiting() + self.errands.len(),
            overdue: oldest.map_or(0, |(due, _)| now.since(due).max(0)),
        }
    }
}

/// The number of a task, where the head-end numbers them.
fn task_number(task: &str) -> Option<u64> {
    task.parse().ok()
}

/// Never.
const NEVER: Moment = Moment(i64::MIN);
