//! What follows when the head-end or the store has ended something about commands.

use super::super::hand::{Leaving, Sent, Step, Then};
use super::super::local;
use super::super::work::{Done, Trouble};
use super::Round;
use crate::Arrived;
use crate::plan::{ActEnd, ActFate, How, Search, Sending, Ticket};
use asking::{Act, Polled, Refusal, RefusalKind, Secret, Seen, Sort, TaskId, Touches, Watched};
use commands::{Event, Kind, State};
use fleet::Moment;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use store::{CommandId, Left, NewAnswer, SlotChange, SlotId};

/// The wait before an act is tried again whose group was full, or whose head-end was away.
const SOON: i64 = fleet::SECOND;
const AWAY: i64 = 15 * fleet::SECOND;

impl Round {
    /// The store has written down that these are sent, or says why not.
    pub(super) fn departed(&mut self, batch: Vec<Leaving>, left: Vec<Left>, now: Moment) {
        let mut go: BTreeMap<Sort, Sent> = BTreeMap::new();
        for (one, left) in batch.into_iter().zip(left) {
            let ticket = one.send.ticket;
            let number = one.send.command;
            if let Left::Sent(slot) = left {
                if let Some(send) = self.left(one, slot, now) {
                    go.entry(send.ask.act.sort())
                        .or_default()
                        .push((send, slot));
                }
                continue;
            }
            self.creating -= 1;
            self.planner.not_sent(ticket, now);
            match left {
                Left::Sent(_) | Left::Full => {
                    self.recount_wanted();
                    self.hand.again_at(number, now.plus(SOON));
                }
                Left::TooMany(until) => self.hand.again_at(number, until),
                Left::Moved => self.anew(number),
                Left::Held(hold) => {
                    let (kind, who, why) = (hold.hold.kind, hold.hold.who, hold.hold.why);
                    let said = format!("{who} holds this meter ({kind}: {why}): have it released");
                    self.hear(number, Event::Forbid, &said, now);
                }
                Left::Stopped(stop) => {
                    let said = format!("all acts are stopped by {}: {}", stop.who, stop.why);
                    self.hear(number, Event::Forbid, &said, now);
                }
            }
        }
        let most = self.poller.head_end.offers().creates.max(1);
        for sends in go.into_values() {
            for call in together(sends, most) {
                self.calls.create_many(call);
            }
        }
    }

    /// One that is written down as sent leaves now; where it must not any more, it comes back.
    fn left(&mut self, one: Leaving, slot: SlotId, now: Moment) -> Option<Sending> {
        let Leaving {
            mut send, record, ..
        } = one;
        let number = send.command;
        if let Some(mark) = send.mark {
            self.planner.marked(send.ticket, mark);
        }
        let may_ask = !self.parting && self.lease.allows(Instant::now());
        let may_send = may_ask && self.planner.speaks() && !self.is_failing();
        let known = self.hand.get_mut(number).map(|held| {
            held.record = record;
            held.zone.clone()
        });
        let reserved = self.planner.reserved(send.ticket, slot);
        if let Some(zone) = known
            && may_send
            && reserved
        {
            if let Act::SetClock(at) = &mut send.ask.act {
                *at = local::text(now, zone.as_deref()).unwrap_or_default();
            }
            if let Some(held) = self.hand.get(number) {
                let record = held.record.clone();
                self.hand.due_of(&record);
            }
            return Some(send);
        }
        self.creating -= 1;
        let step = Step {
            change: Some(SlotChange::Free(slot)),
            then: vec![Then::Free(send.ticket)],
            ..Step::default()
        };
        self.hear_with(number, Event::NotSent, "", step, now);
        None
    }

    /// The head-end has made tasks of acts, or refused them.
    pub(super) fn created_many(
        &mut self,
        sent: Sent,
        result: Result<Vec<Result<TaskId, Refusal>>, Refusal>,
        began: Moment,
        now: Moment,
    ) {
        let each = match result {
            Ok(each) => each,
            Err(refusal) => vec![Err(refusal); sent.len()],
        };
        for ((send, slot), result) in sent.into_iter().zip(each) {
            self.creating -= 1;
            super::called::count("created", result.as_ref().err());
            match result {
                Ok(task) => {
                    self.planner.spoke(began, now);
                    self.accepted(&send, slot, &task, now);
                }
                Err(refusal) => self.not_accepted(&send, slot, &refusal, began, now),
            }
        }
    }

    fn accepted(&mut self, send: &Sending, slot: SlotId, task: &TaskId, now: Moment) {
        let number = send.command;
        let change = Some(SlotChange::Sent(slot, task.0.clone(), now));
        self.planner.knows(task);
        let state = self.hand.get(number).map(|held| held.record.state());
        let event = match state {
            Some(State::Unknown) => Event::Find,
            _ => Event::Accept,
        };
        // taken up again meanwhile, it is waited for under another ticket
        match self.planner.carries(number).filter(|it| *it != send.ticket) {
            Some(other) => drop(self.planner.found_act(other, task.clone(), now)),
            None => self.planner.created(send.ticket, task.clone(), now),
        }
        if let Some(held) = self.hand.get_mut(number) {
            held.record.command.task = Some(task.0.clone());
        }
        let step = Step {
            moves: vec![self.naming(number, task)]
                .into_iter()
                .flatten()
                .collect(),
            change,
            ..Step::default()
        };
        self.hear_with(number, event, "", step, now);
    }

    /// A move that only says which task it is; the event comes to it.
    fn naming(&self, number: i64, task: &TaskId) -> Option<store::Move> {
        let mut record = self.hand.get(number)?.record.clone();
        let rules = self.poller.commands.rules();
        let at = Moment(0);
        let mut step = record
            .hear(Event::Accept, at, rules)
            .or_else(|_| record.hear(Event::Find, at, rules))
            .ok()?;
        step.task = Some(task.0.clone());
        Some(step)
    }

    fn not_accepted(
        &mut self,
        send: &Sending,
        slot: SlotId,
        refusal: &Refusal,
        began: Moment,
        now: Moment,
    ) {
        let number = send.command;
        self.set_up(refusal, now);
        let said = refusal.to_string();
        let fate = self.planner.act_refused(send.ticket, refusal, began, now);
        let free = Step {
            change: Some(SlotChange::Free(slot)),
            then: vec![Then::Free(send.ticket)],
            ..Step::default()
        };
        match fate {
            Some(ActFate::Lost) => {
                let step = Step {
                    change: Some(SlotChange::Lost(slot)),
                    ..Step::default()
                };
                self.hear_with(number, Event::Lose, &said, step, now);
            }
            Some(ActFate::NotSent(_)) => {
                self.hand.again_at(number, now.plus(AWAY));
                self.not_sent(number, &said, free, now);
            }
            Some(ActFate::Refused(_)) => {
                self.hear_with(number, Event::Refuse, &said, free, now);
            }
            // given up meanwhile: what may have been carried out is unknown
            None => self.hear(number, Event::Lose, &said, now),
        }
    }

    /// It never left, and waits for its turn again; not at once.
    fn not_sent(&mut self, number: i64, said: &str, step: Step, now: Moment) {
        if self.hear_with(number, Event::NotSent, said, step, now) {
            self.hand.steps.amend(|step| {
                step.then.retain(|then| !matches!(then, Then::Go(_)));
            });
        }
    }

    /// An act has ended at the head-end.
    pub(super) fn act_ended(&mut self, end: ActEnd, polled: Polled, now: Moment) {
        super::called::count("ended", None);
        let number = end.command;
        let kind = self.hand.get(number).map(|held| held.wanted.kind);
        let free = vec![Then::Free(end.ticket)];
        if kind == Some(Kind::Read) && end.how == How::Done && !polled.raw.is_empty() {
            return self.read_ended(&end, polled, now);
        }
        let asked = kind.map_or("command", Kind::word);
        let answer = (!polled.raw.is_empty()).then(|| NewAnswer {
            at: now,
            source: self.poller.head_end.name().to_owned(),
            meter: Some(end.meter.clone()),
            asked: asked.to_owned(),
            body: polled.raw,
            slot: end.slot,
        });
        let change = match (&answer, end.slot) {
            (None, Some(slot)) => Some(SlotChange::Free(slot)),
            _ => None,
        };
        let step = Step {
            moves: Vec::new(),
            change,
            answer,
            then: free,
        };
        let (event, said) = match end.how {
            How::Done => (
                Event::Execute,
                "the head-end says that it was carried out".to_owned(),
            ),
            How::Failed(said) if said.is_empty() => (
                Event::Fail,
                "the head-end says that it was not carried out".to_owned(),
            ),
            How::Failed(said) => (Event::Fail, said),
            How::Gone => (
                Event::Lose,
                "the head-end no longer knows the task: it is looked for".to_owned(),
            ),
        };
        if event == Event::Fail
            && let Some(held) = self.hand.get_mut(number)
            && held.wanted.kind.is_physical()
        {
            // a meter may have done what the head-end gave up
            held.reads_from = Some(now);
        }
        self.hear_with(number, event, &said, step, now);
    }

    /// The answer of a read is kept and judged like any other, and proves the command.
    fn read_ended(&mut self, end: &ActEnd, polled: Polled, now: Moment) {
        let number = end.command;
        let item = self.hand.get(number).map(|held| held.wanted.item());
        let Some(item) = item else { return };
        let arrived = Arrived {
            answer: NewAnswer {
                at: now,
                source: self.poller.head_end.name().to_owned(),
                meter: Some(end.meter.clone()),
                asked: item.word().to_owned(),
                body: polled.raw,
                slot: end.slot,
            },
            request: None,
            asked_at: self
                .hand
                .get(number)
                .and_then(|held| held.record.command.stand.sent_at),
        };
        self.keep(end.ticket, arrived);
        self.hear(number, Event::Execute, "", now);
        self.hear(number, Event::Verify, "the meter answered", now);
    }

    /// A task that stands by is dispatched: written down first, once.
    pub(super) fn dispatch_act(&mut self, ticket: Ticket, watched: Watched, now: Moment) {
        let Some(number) = self.planner.command_of(ticket) else {
            return;
        };
        let rules = self.poller.commands.rules();
        let Some(held) = self.hand.get_mut(number) else {
            return;
        };
        let Ok(mut step) = held.record.hear_why(Event::Dispatch, "", now, rules) else {
            return;
        };
        step.dispatched_at = Some(now);
        held.record.command.dispatched_at = Some(now);
        self.hand.steps.push(Step {
            moves: vec![step],
            then: vec![Then::Dispatch(ticket, watched)],
            ..Step::default()
        });
    }

    /// The head-end's list was searched for an act.
    pub(super) fn searched_act(
        &mut self,
        search: &Search,
        number: i64,
        result: Result<Vec<Seen>, Refusal>,
        now: Moment,
    ) {
        let Ok(seen) = result else {
            return self.planner.not_looked(search.ticket, now);
        };
        let head_end = self.poller.head_end.clone();
        let fits = |one: &&Seen| search.fits(one, head_end.account());
        let found = seen.iter().rfind(fits).map(|one| one.polled.task.clone());
        self.planner.not_looked(search.ticket, now);
        match found {
            Some(task) => {
                if !self.planner.found_act(search.ticket, task.clone(), now) {
                    return;
                }
                if let Some(held) = self.hand.get_mut(number) {
                    held.record.command.task = Some(task.0.clone());
                }
                let change = self
                    .planner
                    .slot_of(search.ticket)
                    .map(|slot| SlotChange::Sent(slot, task.0.clone(), now));
                let step = Step {
                    moves: self.naming(number, &task).into_iter().collect(),
                    change,
                    ..Step::default()
                };
                let said = "found in the head-end's list";
                self.hear_with(number, Event::Find, said, step, now);
            }
            // without a mark an old task of the same kind cannot be told from this one
            None if search.floor.is_none() && !seen.is_empty() => {}
            None => {
                let said = "the head-end's list shows no task of it after its time: it was not \
                            carried out";
                self.none_found(number, said, now);
            }
        }
    }

    /// The newest task of a meter is known, before an act is sent to it.
    pub(super) fn marked(
        &mut self,
        mut send: Sending,
        result: Result<Vec<Seen>, Refusal>,
        now: Moment,
    ) {
        if let Ok(seen) = result {
            let numbers = seen.iter().filter_map(|one| one.polled.task.0.parse().ok());
            send.mark = Some(numbers.max().unwrap_or(0));
            return self.hand.departs.push(send);
        }
        self.creating -= 1;
        self.planner.not_sent(send.ticket, now);
        self.hand.again_at(send.command, now.plus(AWAY));
    }

    /// The head-end has made a token, or refused.
    pub(super) fn minted(&mut self, id: CommandId, result: Result<Secret, Refusal>, now: Moment) {
        let Some(held) = self.hand.get(id.number) else {
            return;
        };
        match result {
            Ok(token) => {
                let purpose = held.wanted.kind.word();
                let commands = &self.poller.commands;
                match commands.sealed(&token, &id.meter, purpose, true, now) {
                    Some(sealed) => self.hand.minted.push((id, sealed)),
                    None => self.hand.again_at(id.number, now.plus(AWAY)),
                }
            }
            // no meter was touched: it may be made again
            Err(refusal)
                if refusal.kind.touches() == Touches::HeadEnd
                    && refusal.kind != RefusalKind::Shape =>
            {
                self.hand.again_at(id.number, now.plus(AWAY));
            }
            Err(refusal) => {
                let said = format!("no token was made: {refusal}");
                self.hear(id.number, Event::Forbid, &said, now);
            }
        }
    }

    /// Steps were written down; those whose command somebody else has moved are looked at anew.
    pub(super) fn stepped(&mut self, batch: Vec<Step>, taken: Vec<bool>, now: Moment) {
        let mut taken = taken.into_iter();
        for step in batch {
            let whole = step
                .moves
                .iter()
                .fold(true, |whole, _| taken.next().unwrap_or(false) && whole);
            for then in step.then {
                match then {
                    Then::Free(ticket) => self.planner.freed(ticket, now),
                    Then::Over(ticket) => self.planner.slot_over(ticket, now),
                    Then::Go(number) if whole => self.go(number, now),
                    Then::Dispatch(ticket, watched) if whole => {
                        self.calls.dispatch(ticket, watched);
                    }
                    Then::Go(number) => self.anew(number),
                    Then::Dispatch(..) => {}
                }
            }
        }
    }

    /// Somebody else has moved a command: it is taken over again as it stands.
    fn anew(&mut self, number: i64) {
        self.planner.withdraw(number);
        if let Some(held) = self.hand.get(number) {
            let id = held.record.id().clone();
            self.bench.reread(vec![id]);
        }
        self.hand.drop(number);
    }

    /// Commands that somebody else has moved, as they stand.
    pub(super) fn reread(&mut self, done: Done<Vec<store::Command>>, now: Moment) {
        match done {
            Ok(commands) => {
                let open = commands.into_iter();
                let open = open.filter(|one| one.stand.deadline.is_some());
                self.claimed(open.collect(), now);
            }
            Err(trouble) => self.trouble_about(&trouble),
        }
    }

    fn trouble_about(&mut self, trouble: &Trouble) {
        self.trouble(trouble);
        // everything is taken over again, as it stands
        self.chores.soon_commands();
        self.renew_hand();
    }
}

/// Acts cut into calls: so many together, and none of a meter twice.
fn together(sends: Sent, most: usize) -> Vec<Sent> {
    let mut calls: Vec<Sent> = Vec::new();
    let mut left = sends;
    while !left.is_empty() {
        let (mut call, mut rest, mut meters) = (Sent::new(), Sent::new(), BTreeSet::new());
        for (send, slot) in left {
            if call.len() < most && meters.insert(send.ask.meter.clone()) {
                call.push((send, slot));
            } else {
                rest.push((send, slot));
            }
        }
        calls.push(call);
        left = rest;
    }
    calls
}
