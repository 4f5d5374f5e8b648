//! Which meter is asked for what now: the turn of a group, and turns between groups.

use super::book::{Index, Routine};
use super::flight::Flight;
use super::wish::{AFTER_COMMAND, EVIDENCE, Key, OPERATOR, Place, ROUTINE};
use super::{Create, Planner};
use asking::{Act, Ask, Item};
use fleet::Moment;
use std::cmp::Reverse;

/// The next thing a group wants to do.
enum Turn {
    Now(Key),
    At(Moment),
    Never,
}

impl Planner {
    /// What shall be created now, `most` at most; each counts against its group from here on.
    ///
    /// Groups that can create stand in a ring and create one task each in turn, so that a group with
    /// a long queue takes nothing from another.
    pub fn creates(&mut self, now: Moment, most: usize) -> Vec<Create> {
        self.tick(now);
        let mut creates = Vec::new();
        while creates.len() < most && self.may_create() {
            let Some(group) = self.ring.pop_front() else {
                break;
            };
            self.groups[group].ringed = false;
            if let Turn::Now(key) = self.turn(group, now) {
                creates.push(self.launch(group, key, now));
            }
            self.refresh(group, now);
        }
        creates
    }

    pub(super) fn may_create(&self) -> bool {
        let room = |wide| self.flights.creating < wide;
        self.health.speaks() && self.health.window().is_none_or(room)
    }

    /// Puts a group into the ring when it can create, else sets its timer.
    pub(super) fn refresh(&mut self, number: u32, now: Moment) {
        if self.groups[number].ringed {
            return;
        }
        match self.turn(number, now) {
            Turn::Now(_) => {
                self.groups[number].ringed = true;
                self.ring.push_back(number);
            }
            Turn::At(at) if at < self.groups[number].timer => {
                self.groups[number].timer = at;
                self.timers.push(Reverse((at, number)));
            }
            Turn::At(_) | Turn::Never => {}
        }
    }

    /// What the group wants next. Entries that no longer hold are dropped on the way.
    fn turn(&mut self, number: u32, now: Moment) -> Turn {
        let group = &self.groups[number];
        let full = group.in_flight >= self.limit;
        let probing = !group.online && group.in_flight > 0;
        if full || probing {
            return Turn::Never;
        }
        let gate = if group.online {
            group.not_before
        } else {
            group.not_before.max(group.probe_at)
        };
        let wish = self.top_wish(number, now);
        let routine = self.top_routine(number);
        let first = match (wish, routine) {
            (None, None) => return Turn::Never,
            (Some(_), _) => gate,
            (None, Some((due, _))) => gate.max(due),
        };
        if first > now {
            return Turn::At(first);
        }
        let due = routine.filter(|(due, _)| *due <= now);
        match (wish, due) {
            (Some((priority, at, key)), Some((due, meter))) => {
                let routine = (self.class(meter, now), Reverse(due));
                let wished = (priority, Reverse(at)) >= routine;
                Turn::Now(if wished { key } else { (meter, self.routine()) })
            }
            (Some((.., key)), None) => Turn::Now(key),
            (None, Some((_, meter))) => Turn::Now((meter, self.routine())),
            (None, None) => Turn::Never,
        }
    }

    /// The item of the routine. Without one no meter stands in a routine queue.
    fn routine(&self) -> Item {
        self.rules.routine.unwrap_or(Item::OperatingStatus)
    }

    /// A meter that answers but whose last answer is stale goes before routine.
    fn class(&self, meter: Index, now: Moment) -> u8 {
        let row = &self.book[meter];
        let stale = row.observed.plus(self.rules.stale_after) <= now;
        let heard = row.observed != Moment(i64::MIN);
        if stale && heard && row.silent == 0 {
            EVIDENCE
        } else {
            ROUTINE
        }
    }

    /// How many of a group's slots meters may hold that did not answer the last time: half, so that
    /// they never stand in the way of the others.
    fn quiet_share_is_used(&self, number: u32) -> bool {
        self.groups[number].quiet_in_flight >= (self.limit / 2).max(1)
    }

    fn top_wish(&mut self, number: u32, now: Moment) -> Option<(u8, Moment, Key)> {
        let quiet_full = self.quiet_share_is_used(number);
        while let Some(entry) = self.groups[number].wishes.peek().copied() {
            let key = entry.key.0;
            let row = &self.book[key.0];
            let holds = row.group == number && self.wishes.entry(key) == Some(entry);
            let waits = entry.priority < OPERATOR;
            let place = if !holds {
                None
            } else if let Some(until) = self.barred(key.1, now).filter(|_| waits) {
                self.later.push(Reverse((until, key)));
                Some(Place::Later)
            } else if row.flights > u8::from(entry.priority >= AFTER_COMMAND)
                || self.flights.of(key).is_some()
            {
                self.book[key.0].parked = true;
                Some(Place::Parked)
            } else if waits && row.silent > 0 && quiet_full {
                self.groups[number].stalled.push(key);
                Some(Place::Stalled)
            } else {
                return Some((entry.priority, entry.at.0, key));
            };
            self.groups[number].wishes.pop();
            if let Some(place) = place {
                self.wishes.place(key, place);
            }
        }
        None
    }

    /// The routine ask that is due first, be it now or later.
    fn top_routine(&mut self, number: u32) -> Option<(Moment, Index)> {
        let rests = self
            .rules
            .routine
            .and_then(|item| self.bars.get(&item))
            .map_or(Moment(i64::MIN), |bar| bar.until);
        let quiet_full = self.quiet_share_is_used(number);
        let live = self.top_of(number, false);
        let quiet = if quiet_full {
            None
        } else {
            self.top_of(number, true)
        };
        let first = live.into_iter().chain(quiet).min()?;
        Some((first.0.max(rests), first.1))
    }

    pub(super) fn top_of(&mut self, number: u32, quiet: bool) -> Option<(Moment, Index)> {
        let group = &mut self.groups[number];
        let queue = if quiet {
            &mut group.quiet
        } else {
            &mut group.live
        };
        while let Some(Reverse((due, meter))) = queue.peek().copied() {
            let row = &mut self.book[meter];
            let holds = row.routine == Routine::Queued
                && row.group == number
                && row.due == due
                && (row.silent > 0) == quiet;
            if holds && row.flights == 0 {
                return Some((due, meter));
            }
            if holds {
                row.routine = Routine::Parked;
            }
            queue.pop();
        }
        None
    }

    fn launch(&mut self, number: u32, key: Key, now: Moment) -> Create {
        let (meter, item) = key;
        let row = &mut self.book[meter];
        let quiet = row.silent > 0;
        let routine = self.rules.routine == Some(item);
        let company = row.flights;
        row.flights += 1;
        if routine && row.routine != Routine::Off {
            row.routine = Routine::Asking;
        }
        self.wishes.place(key, Place::Flying);
        let offline_probe = self.rules.offline_probe;
        let group = &mut self.groups[number];
        group.in_flight += 1;
        group.quiet_in_flight += u32::from(quiet);
        group.not_before = now.plus(self.spacing);
        if !group.online {
            group.probe_at = now.plus(self.dice.around(offline_probe, self.rules.jitter));
        }
        let horizon = now.plus(self.horizon);
        let flight = Flight {
            routine,
            quiet,
            floor: self.newest,
            ..Flight::new((meter, Some(item)), number, now, horizon)
        };
        let ticket = self.flights.put(flight, company);
        Create {
            ticket,
            ask: self.ask(meter, number, Act::Read(item)),
            item,
            group: self.groups[number].name.to_string(),
            request: self.wishes.get(key).and_then(|wish| wish.id),
            mark: self.newest,
            at: now,
            horizon,
        }
    }

    /// The ask in the head-end's terms.
    pub(super) fn ask(&self, meter: Index, group: u32, act: Act) -> Ask {
        Ask {
            meter: self.book.number(meter),
            act,
            customer: self.book[meter].customer.as_deref().map(str::to_owned),
            site: self.book.site(meter),
            gateway: self.groups[group].gateway.clone(),
        }
    }
}
