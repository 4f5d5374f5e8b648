//! The commands of this head-end go on: each from where it stands.

use super::super::hand::{Leaving, Step, Then};
use super::super::local;
use super::Round;
use crate::command::{Checkup, Record, over};
use crate::plan::{AFTER_COMMAND, Errand, Watch};
use asking::{Act, Item, Mint, Purpose, TaskId};
use commands::{Event, Kind, State};
use fleet::{MINUTE, MeterNumber, Moment, SECOND, Watts};
use remedies::Outcome;
use store::{Command, CommandId};

/// The wait before what was read back is read again; it doubles.
pub(super) const AGAIN: i64 = 15 * SECOND;
/// The wait before an act that could not leave is tried again.
const SOON: i64 = SECOND;

impl Round {
    /// Commands were taken over: each goes on from where it stands.
    pub(super) fn claimed(&mut self, commands: Vec<Command>, now: Moment) {
        for record in commands.into_iter().filter_map(Record::of) {
            let number = record.number();
            self.planner.withdraw(number);
            self.hand.take(record);
            self.go(number, now);
        }
    }

    /// What is due by time alone.
    pub(super) fn acting(&mut self, now: Moment) {
        while let Some(number) = self.hand.next_due(now) {
            let state = self.hand.get(number).map(|held| held.record.state());
            let said = state.map_or("", over);
            self.planner.withdraw(number);
            self.hear(number, Event::Overdue, said, now);
        }
        while let Some(number) = self.hand.next_again(now) {
            self.go(number, now);
        }
    }

    /// A command goes on from where it stands.
    pub(super) fn go(&mut self, number: i64, now: Moment) {
        let Some(held) = self.hand.get(number) else {
            return;
        };
        let (settled, reads) = (held.record.life().is_settled(), held.reads_from.is_some());
        let state = held.record.state();
        // of one that was sent before a restart, the zone of its site says what its clock is to show
        let clock = held.wanted.kind == Kind::SetClock && !held.studied;
        if state == State::Approved || clock && state == State::Executed {
            let record = held.record.clone();
            self.hand.checks.push(record);
        }
        match state {
            State::Approved => {}
            State::Queued => self.queue(number, now),
            State::Sending => {
                // whoever sent it is gone, and so is the answer
                let said = "the program ended while it was being sent: it is looked for";
                self.hear(number, Event::Lose, said, now);
            }
            State::Accepted | State::Unknown => {
                self.watch(number, now);
                self.read_back(number, now);
            }
            State::Executed if !settled => self.read_back(number, now),
            State::Failed if reads => self.read_back(number, now),
            _ => self.hand.drop(number),
        }
    }

    /// Something happened to a command: it is written down, and goes on from there.
    pub(super) fn hear(&mut self, number: i64, event: Event, said: &str, now: Moment) {
        let step = Step::default();
        self.hear_with(number, event, said, step, now);
    }

    /// Something happened to a command, with what else is to be written down. Whether it mattered:
    /// where it did not, the rest is written down all the same.
    pub(super) fn hear_with(
        &mut self,
        number: i64,
        event: Event,
        said: &str,
        mut step: Step,
        now: Moment,
    ) -> bool {
        let rules = self.poller.commands.rules();
        let heard = self
            .hand
            .get_mut(number)
            .and_then(|held| held.record.hear_why(event, said, now, rules).ok());
        let mattered = heard.is_some();
        if let Some(mut one) = heard {
            one.task = step.task.take().map(|task| task.0);
            step.moves.push(one);
            step.then.push(Then::Go(number));
            if let Some(record) = self.hand.get(number).map(|held| held.record.clone()) {
                self.hand.due_of(&record);
            }
        }
        self.hand.steps.push(step);
        mattered
    }

    /// A command that may be sent: its act is made ready, and takes its turn.
    fn queue(&mut self, number: i64, now: Moment) {
        let Some(held) = self.hand.get(number) else {
            return;
        };
        let meter = held.record.id().meter.clone();
        let act = match held.wanted.kind {
            Kind::Read => Act::Read(held.wanted.item()),
            Kind::Reconnect => Act::Reconnect,
            Kind::Disconnect => Act::Disconnect,
            // the time is put in when it leaves
            Kind::SetClock => Act::SetClock(String::new()),
            Kind::ClearTamper | Kind::SetLoadLimit | Kind::DeliverToken => match &held.token {
                Some(token) => Act::DeliverToken(token.clone()),
                None => return self.hand.tokens.push(held.record.id().clone()),
            },
            Kind::Commission => {
                let said = "this head-end offers nothing that commissions a meter: type the \
                            commissioning code at the keypad";
                return self.hear(number, Event::Forbid, said, now);
            }
        };
        if matches!(act, Act::SetClock(_)) && local::text(now, held.zone.as_deref()).is_none() {
            if !held.studied {
                let record = held.record.clone();
                return self.hand.checks.push(record);
            }
            let said = "the time zone of its site is not known: name it, such as Africa/Kampala, in \
                        an import of the sites";
            return self.hear(number, Event::Forbid, said, now);
        }
        if let Act::Read(item) = act
            && !self.poller.head_end.offers().items.contains(&item)
        {
            let said = format!("this head-end does not offer {}", item.word());
            return self.hear(number, Event::Forbid, &said, now);
        }
        let errand = Errand {
            command: number,
            meter,
            act,
            priority: held.record.command.priority,
            at: held.record.command.at,
        };
        if !self.planner.errand(errand, now) {
            // it was registered after the fleet was read
            self.chores.soon_fleet();
            self.hand.again_at(number, now.plus(SOON));
        }
    }

    /// A token that was asked for is here, or none is.
    pub(super) fn token(&mut self, id: &CommandId, token: Option<asking::Secret>, now: Moment) {
        let Some(held) = self.hand.get_mut(id.number) else {
            return;
        };
        if token.is_some() {
            held.token = token;
            return self.queue(id.number, now);
        }
        let purpose = match (held.wanted.kind, held.wanted.watts()) {
            (Kind::ClearTamper, _) => Purpose::ClearTamper,
            (Kind::SetLoadLimit, Some(watts)) => Purpose::LoadLimit(Watts(f64::from(watts))),
            _ => {
                let said = "the token cannot be opened: it was sealed with another key";
                return self.hear(id.number, Event::Forbid, said, now);
            }
        };
        if !self.poller.head_end.offers().tokens {
            let said = "this head-end makes no tokens";
            return self.hear(id.number, Event::Forbid, said, now);
        }
        if !self.planner.speaks() {
            return self.hand.again_at(id.number, now.plus(AGAIN));
        }
        let mint = Mint {
            meter: id.meter.clone(),
            purpose,
        };
        self.calls.mint(id.clone(), mint);
    }

    /// What is known says whether a command may be sent.
    pub(super) fn checked(&mut self, checkup: Checkup, now: Moment) {
        let number = checkup.command;
        let Some(held) = self.hand.get_mut(number) else {
            return;
        };
        held.zone = checkup.zone;
        held.studied = true;
        let state = held.record.state();
        let meter = held.record.id().meter.clone();
        match (checkup.outcome, state) {
            (Outcome::Pass, State::Approved) => {
                held.record.command.before = Some(checkup.before.clone());
                let rules = self.poller.commands.rules();
                let Ok(mut pass) = held.record.hear_why(Event::Pass, "", now, rules) else {
                    return;
                };
                pass.before = Some(checkup.before);
                let record = held.record.clone();
                self.hand.due_of(&record);
                self.hand.steps.push(Step {
                    moves: vec![pass],
                    then: vec![Then::Go(number)],
                    ..Step::default()
                });
            }
            (Outcome::No, State::Approved | State::Queued) => {
                self.planner.withdraw(number);
                let said = checkup.said.unwrap_or_default();
                self.hear(number, Event::Forbid, &said, now);
            }
            (_, State::Queued) if held.wanted.kind == Kind::SetClock => self.queue(number, now),
            (Outcome::Wants(items), State::Approved) => self.wants(number, &meter, &items, now),
            _ => {}
        }
    }

    /// What has to be known before a command is sent is read.
    fn wants(&mut self, number: i64, meter: &MeterNumber, items: &[Item], now: Moment) {
        let offers = &self.poller.head_end.offers().items;
        let missing = items.iter().find(|item| !offers.contains(item));
        if let Some(missing) = missing {
            let word = missing.word();
            let said = format!(
                "{word} has to be known first and this head-end does not offer it: have it read at \
                 the keypad and typed in"
            );
            return self.hear(number, Event::Forbid, &said, now);
        }
        let mut known = true;
        for item in items {
            known &= self
                .planner
                .want(meter, *item, AFTER_COMMAND, now, None, now);
        }
        if !known {
            self.chores.soon_fleet();
        }
        self.hand.again_at(number, now.plus(2 * MINUTE));
    }

    /// A command that was sent is waited for.
    fn watch(&mut self, number: i64, now: Moment) {
        let Some(held) = self.hand.get(number) else {
            return;
        };
        if self.planner.carries(number).is_some() {
            return;
        }
        let command = &held.record.command;
        let act = match held.wanted.kind {
            Kind::Read => Act::Read(held.wanted.item()),
            Kind::Reconnect => Act::Reconnect,
            Kind::Disconnect | Kind::Commission => Act::Disconnect,
            Kind::SetClock => Act::SetClock(String::new()),
            Kind::ClearTamper | Kind::SetLoadLimit | Kind::DeliverToken => {
                Act::DeliverToken(asking::Secret::new(String::new()))
            }
        };
        let watch = Watch {
            command: number,
            meter: command.id.meter.clone(),
            act,
            task: command.task.clone().map(TaskId),
            mark: command.mark.as_ref().and_then(|mark| mark.parse().ok()),
            sent_at: command.stand.sent_at.unwrap_or(command.stand.since),
            dispatched: command.dispatched_at.is_some(),
        };
        self.planner.watch(watch, now);
    }

    /// The acts that are to be sent now.
    pub(super) fn sends(&mut self, now: Moment) {
        let sends = self.planner.sends(now, self.room());
        self.creating += sends.len();
        for send in sends {
            if send.unmarked && !send.ask.act.may_repeat() {
                self.calls.mark(send);
            } else {
                self.hand.departs.push(send);
            }
        }
    }

    /// What leaves, as it is to be written down; what must not leave any more is dropped.
    pub(super) fn leaving(
        &mut self,
        sends: Vec<crate::plan::Sending>,
        now: Moment,
    ) -> Vec<Leaving> {
        let mut leaving = Vec::new();
        for send in sends {
            let rules = self.poller.commands.rules();
            let held = self.hand.get(send.command);
            let written = held.and_then(|held| {
                let mut record = held.record.clone();
                let mut step = record.hear(Event::Send, now, rules).ok()?;
                step.mark = send.mark.map(|mark| mark.to_string());
                record.command.mark.clone_from(&step.mark);
                Some((record, step))
            });
            if let Some((record, step)) = written {
                leaving.push(Leaving { send, record, step });
            } else {
                self.creating -= 1;
                self.planner.not_sent(send.ticket, now);
            }
        }
        leaving
    }
}
