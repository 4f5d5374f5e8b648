//! Whether the head-end speaks at all: up, in doubt, down, coming back.

use super::rules::{Dice, Rules, doubled};
use asking::{Refusal, RefusalKind};
use fleet::Moment;

/// Doubts in a row, each dispelled by a login alone, after which the login is no longer believed.
const DOUBTS: u32 = 3;
/// A slow start is over when so many creations may be under way.
const WIDE: u32 = 1_024;

/// What others must hear of the head-end: one system case is opened or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// It is down since then, for this reason (or for another reason than before).
    Down(Refusal, Moment),
    /// It is up again.
    Up(Moment),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Up,
    /// A call was refused; a login decides.
    Doubt,
    Down,
    /// A login succeeded after an outage; nothing else has yet.
    Returning,
}

/// The state of one head-end, and when to try it again.
#[derive(Debug)]
pub(super) struct Health {
    state: State,
    since: Moment,
    refusal: Option<Refusal>,
    /// What others were told.
    told: Option<RefusalKind>,
    news: Option<News>,
    doubts: u32,
    tries: u32,
    probe_at: Moment,
    probing: bool,
    /// When the newest call began that was answered.
    spoke: Moment,
    window: Option<u32>,
    /// How long the outage took that has just ended.
    outage: Option<i64>,
}

/// Refusals that a second try will not change.
fn is_sure(kind: RefusalKind) -> bool {
    use RefusalKind as K;
    matches!(kind, K::Certificate | K::LoginRefused | K::LoggedOut)
}

/// Whether a second message is due because the reason has changed. A dead server is unreachable now
/// and hangs then: that is one outage. A password that is refused is something else to do.
fn tells_more(told: RefusalKind, now: RefusalKind) -> bool {
    told != now && (is_sure(told) || is_sure(now))
}

impl Health {
    /// Untested: a login comes before the first creation.
    pub(super) fn new(now: Moment) -> Self {
        Self {
            state: State::Doubt,
            since: now,
            refusal: None,
            told: None,
            news: None,
            doubts: 0,
            tries: 0,
            probe_at: now,
            probing: false,
            spoke: Moment(i64::MIN),
            window: None,
            outage: None,
        }
    }

    /// Whether anything may be created or looked at.
    pub(super) fn speaks(&self) -> bool {
        matches!(self.state, State::Up | State::Returning)
    }

    /// Whether it is up without any doubt.
    pub(super) fn is_up(&self) -> bool {
        self.state == State::Up
    }

    /// Since when it is down, and why.
    pub(super) fn down(&self) -> Option<(Moment, Option<&Refusal>)> {
        matches!(self.state, State::Down | State::Returning)
            .then(|| (self.since, self.refusal.as_ref()))
    }

    /// How many creations may be under way at once; nothing where only the groups' limits count.
    pub(super) fn window(&self) -> Option<u32> {
        self.window
    }

    /// A creation succeeded: after an outage one more may be under way.
    pub(super) fn widen(&mut self) {
        self.window = self.window.map(|wide| wide + 1).filter(|wide| *wide < WIDE);
    }

    /// A call that began then was refused in a way that speaks of the whole head-end.
    pub(super) fn refused(
        &mut self,
        refusal: &Refusal,
        began: Moment,
        now: Moment,
        rules: &Rules,
        dice: &mut Dice,
    ) {
        // One call that hung while later ones were answered says nothing of the head-end.
        if began < self.spoke {
            return;
        }
        match self.state {
            State::Up => {
                self.state = State::Doubt;
                self.since = now;
                self.probe_at = now;
                self.doubts += 1;
                self.tries = 0;
                self.refusal = Some(refusal.clone());
                if self.doubts >= DOUBTS {
                    self.fall(refusal, now, rules, dice);
                }
            }
            State::Returning => self.fall(refusal, now, rules, dice),
            State::Doubt | State::Down => {}
        }
    }

    /// A call that began then was answered, be it with a no to this one ask.
    pub(super) fn answered(&mut self, began: Moment, now: Moment) {
        self.spoke = self.spoke.max(began);
        let late = began < self.since;
        if late && self.state != State::Up {
            return;
        }
        self.doubts = 0;
        if self.state == State::Down {
            self.come_back(now);
        }
        self.rise(now);
    }

    /// The login that was asked for has ended.
    pub(super) fn probed(
        &mut self,
        result: Result<(), &Refusal>,
        now: Moment,
        rules: &Rules,
        dice: &mut Dice,
    ) {
        self.probing = false;
        match (self.state, result) {
            (State::Doubt, Ok(())) => {
                self.window = (self.doubts > 1).then_some(rules.slow_start.max(1));
                self.rise(now);
            }
            (State::Down, Ok(())) => {
                self.come_back(now);
                self.window = Some(rules.slow_start.max(1));
                self.probe_at = now.plus(rules.calm);
            }
            (State::Doubt, Err(refusal)) if self.tries == 0 && !is_sure(refusal.kind) => {
                self.try_later(now, rules, dice);
            }
            (State::Doubt | State::Down, Err(refusal)) => self.fall(refusal, now, rules, dice),
            (State::Up | State::Returning, _) => {}
        }
    }

    /// Whether a login shall be tried now. It is under way from then on.
    pub(super) fn probe(&mut self, now: Moment) -> bool {
        match self.state {
            State::Doubt | State::Down if !self.probing && self.probe_at <= now => {
                self.probing = true;
                true
            }
            State::Returning if self.probe_at <= now => {
                self.rise(now);
                false
            }
            _ => false,
        }
    }

    /// When to come here again.
    pub(super) fn wake(&self) -> Option<Moment> {
        match self.state {
            State::Up => None,
            State::Returning => Some(self.probe_at),
            State::Doubt | State::Down => (!self.probing).then_some(self.probe_at),
        }
    }

    pub(super) fn news(&mut self) -> Option<News> {
        self.news.take()
    }

    /// How long the outage took that has just ended; said once.
    pub(super) fn outage(&mut self) -> Option<i64> {
        self.outage.take()
    }

    fn fall(&mut self, refusal: &Refusal, now: Moment, rules: &Rules, dice: &mut Dice) {
        self.state = State::Down;
        self.try_later(now, rules, dice);
        self.refusal = Some(refusal.clone());
        if self.told.is_none_or(|told| tells_more(told, refusal.kind)) {
            self.told = Some(refusal.kind);
            self.news = Some(News::Down(refusal.clone(), self.since));
        }
    }

    /// The wait doubles up to its longest; chance is added after that, or the longest waits of many
    /// head-ends and nodes would stay in step.
    fn try_later(&mut self, now: Moment, rules: &Rules, dice: &mut Dice) {
        let wait = doubled(rules.down_first, rules.down_most, self.tries);
        self.tries = self.tries.saturating_add(1);
        self.probe_at = now.plus(dice.around(wait, 25));
    }

    fn come_back(&mut self, now: Moment) {
        self.state = State::Returning;
        self.outage = Some(now.since(self.since));
    }

    fn rise(&mut self, now: Moment) {
        self.state = State::Up;
        self.tries = 0;
        self.refusal = None;
        if self.told.take().is_some() {
            self.news = Some(News::Up(now));
        }
    }
}
