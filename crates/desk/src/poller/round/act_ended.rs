//! What follows when the head-end has ended an act, was searched for one, or has made a token.

use super::super::hand::{Step, Then};
use super::Round;
use super::acted::AWAY;
use crate::Arrived;
use crate::plan::{ActEnd, How, Search, Sending, Ticket};
use asking::{Polled, Refusal, RefusalKind, Secret, Seen, Touches, Watched};
use commands::{Event, Kind};
use fleet::Moment;
use store::{CommandId, NewAnswer, SlotChange};

impl Round {
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
            change,
            answer,
            then: free,
            ..Step::default()
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
    pub(super) fn read_ended(&mut self, end: &ActEnd, polled: Polled, now: Moment) {
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
    }

    /// The answer is kept; only now the read of a command has done what it was to do.
    pub(super) fn read_kept(&mut self, ticket: Ticket, now: Moment) {
        if let Some(number) = self.planner.command_of(ticket) {
            self.hear(number, Event::Execute, "", now);
            self.hear(number, Event::Verify, "the meter answered", now);
        }
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
        began: Moment,
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
                    task: Some(task),
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
                self.none_found(number, said, began, now);
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
}
