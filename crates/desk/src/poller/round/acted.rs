//! What follows when the head-end or the store has ended something about commands.

use super::super::calls::{Created, each, together};
use super::super::hand::{Leaving, Sent, Step, Then};
use super::super::local;
use super::super::work::{Done, Trouble};
use super::Round;
use crate::plan::{ActFate, Sending};
use asking::{Act, Reached, Refusal, Sort, TaskId};
use commands::{Event, State};
use fleet::Moment;
use std::collections::BTreeMap;
use store::{Left, SlotChange, SlotId};

/// The wait before an act is tried again whose group was full, or whose head-end was away.
const SOON: i64 = fleet::SECOND;
pub(super) const AWAY: i64 = 15 * fleet::SECOND;

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
        let most = self.poller.head_end.offers().creates;
        for sends in go.into_values() {
            for call in together(sends, most, |(send, _)| &send.ask.meter) {
                self.calls.create_acts(call);
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
        let may_ask = !self.parting && self.lease.allows(self.poller.clock().instant());
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
            if !send.ask.act.may_repeat() {
                self.proves_no_other(number);
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

    /// An act leaves for a meter: what is read there from now on may be its doing, and says nothing
    /// any more of one that failed before.
    fn proves_no_other(&mut self, number: i64) {
        let Some(meter) = self
            .hand
            .get(number)
            .map(|held| held.record.id().meter.clone())
        else {
            return;
        };
        for other in self.hand.of_meter(&meter) {
            let held = self.hand.get(other);
            if held.is_some_and(|held| held.record.state() == State::Failed) {
                self.hand.drop(other);
            }
        }
    }

    /// The head-end has made tasks of acts, or refused them.
    pub(super) fn created_acts(&mut self, sent: Sent, result: Created, began: Moment, now: Moment) {
        let each = each(result, sent.len());
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
            task: Some(task.clone()),
            change,
            ..Step::default()
        };
        self.hear_with(number, event, "", step, now);
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
            None if refusal.reached == Reached::Perhaps => {
                self.hear(number, Event::Lose, &said, now);
            }
            None => {}
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
                    Then::Free(_) | Then::Over(_) => self.free_of(&then, now),
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
