//! One command's life.

use crate::{Event, Kind, State, Terms, next};
use fleet::Moment;
use std::error::Error;
use std::fmt;

/// Where one command stands, and its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    kind: Kind,
    state: State,
    times: Times,
}

/// The times of a command: what is kept of a life beside its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Since when it stands where it stands.
    pub since: Moment,
    /// Until when it may stand there. Nothing where it has ended, or where it is carried out and no
    /// proof was to be had.
    pub deadline: Option<Moment>,
    /// Until when it may wait for its turn, however often it comes back there.
    pub queue_until: Option<Moment>,
    /// When it was written down that it is sent, the last time.
    pub sent_at: Option<Moment>,
}

/// What happened does not matter where the command stands, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNow {
    /// Where it stands.
    pub state: State,
    /// What happened.
    pub event: Event,
}

impl fmt::Display for NotNow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { state, event } = self;
        write!(
            f,
            "a command that is {} knows no {event:?} now",
            state.word()
        )
    }
}

impl Error for NotNow {}

impl Life {
    /// A new one: proposed where a second person has to agree, else approved.
    pub fn new(kind: Kind, needs_approval: bool, now: Moment, terms: &Terms) -> Self {
        let state = if needs_approval {
            State::Proposed
        } else {
            State::Approved
        };
        let times = Times {
            since: now,
            deadline: None,
            queue_until: None,
            sent_at: None,
        };
        let mut life = Self { kind, state, times };
        life.enter(state, now, terms);
        life
    }

    /// One that was kept.
    pub fn kept(kind: Kind, state: State, times: Times) -> Self {
        Self { kind, state, times }
    }

    /// What it does.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// Its times.
    pub fn times(&self) -> Times {
        self.times
    }

    /// Whether nothing more is done about it.
    pub fn is_settled(&self) -> bool {
        self.times.deadline.is_none()
    }

    /// Something happened. Gives where the command stands then.
    ///
    /// A read whose answer was lost is asked again. Anything else whose answer was lost is unknown,
    /// and no task in the head-end's list means nothing before the horizon has passed: lists lag,
    /// and a task may stand in a gateway's queue.
    pub fn hear(&mut self, event: Event, now: Moment, terms: &Terms) -> Result<State, NotNow> {
        let refused = NotNow {
            state: self.state,
            event,
        };
        let to = self.target(event, now, terms).ok_or(refused)?;
        if event == Event::Send {
            self.times.sent_at = Some(now);
        }
        if matches!(event, Event::Dispatch | Event::Arm) {
            // it stays where it stands, for no longer than before
            return Ok(to);
        }
        if (event, to) == (Event::Overdue, State::Executed) {
            // no proof was to be had: it stays so, and says so
            self.times.deadline = None;
            return Ok(to);
        }
        self.enter(to, now, terms);
        Ok(to)
    }

    /// Whether its time where it stands is over.
    pub fn is_overdue(&self, now: Moment) -> bool {
        let deadline = self.times.deadline;
        deadline.is_some_and(|deadline| deadline <= now)
    }

    /// Whether so much time had passed at that moment that what is not found, asked for then, was not
    /// carried out.
    pub fn is_past_horizon(&self, asked: Moment, terms: &Terms) -> bool {
        let sent = self.times.sent_at.unwrap_or(self.times.since);
        asked.since(sent) >= terms.horizon
    }

    fn target(&self, event: Event, now: Moment, terms: &Terms) -> Option<State> {
        let to = next(self.state, event)?;
        match event {
            Event::Overdue if !self.is_overdue(now) => None,
            Event::FindNone => self.is_past_horizon(now, terms).then_some(to),
            // a read may be repeated: nobody has to find out what became of it
            _ if to == State::Unknown && !self.kind.is_physical() => Some(State::Queued),
            _ => Some(to),
        }
    }

    fn enter(&mut self, state: State, now: Moment, terms: &Terms) {
        let until = |term| now.plus(term);
        self.state = state;
        self.times.since = now;
        self.times.deadline = match state {
            // however often it comes back, it does not wait for ever
            State::Queued => Some(*self.times.queue_until.get_or_insert(until(terms.queue))),
            _ => terms.of(state).map(until),
        };
    }
}
