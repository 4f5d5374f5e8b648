//! Faults by name: what a head-end does when it does not do what it should.

use crate::dialect::Dialect;
use crate::dice::{Dice, For};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// The faults there are. The first ten come before the call is looked at; the others change what
/// comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultName {
    /// HTTP 503 with a page for people.
    #[serde(rename = "html-503")]
    Html503,
    /// The connection is reset; nothing was done.
    Reset,
    /// The door is shut while its probability is above 0: nothing listens, open connections are reset.
    Refuse,
    /// No answer ever comes.
    Hang,
    /// The answer takes `ms` longer (up to `up_to_ms`), in the computer's time, not the scene's.
    Slow,
    /// HTTP 200 and no body.
    EmptyBody,
    /// HTTP 500 and `{"Message": ...}`.
    MessageJson,
    /// HTTP 200 and a business failure: code 99 (`ResultCode` `"99"`, `result_code` 99).
    #[serde(rename = "code-99")]
    Code99,
    /// HTTP 401 with an empty body, as when the login has expired. v1 has no login and ignores it.
    ExpiredToken,
    /// JSON that belongs to no dialect.
    WrongShape,
    /// It is done, and the connection is reset instead of the answer.
    LostAnswer,
    /// A created task is answered with its id, and is not there when it is asked for.
    TaskVanishes,
    /// A task that succeeded is answered with its success and without its data.
    TrueWithEmptyData,
    /// A list brings half of the rows it should, with the whole total.
    HalfPage,
    /// A creation of several tasks is carried out and answered for the first half of them only.
    HalfAnswer,
}

/// One fault, where it happens, and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which.
    pub name: FaultName,
    /// At one dialect's doors only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Dialect>,
    /// On paths only that contain this, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How likely it is for each call, 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
    /// `slow`: how long, milliseconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub ms: u64,
    /// `slow`: at most how long; drawn between the two.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub up_to_ms: u64,
    /// How often it may still happen; without it, for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

fn always() -> f64 {
    1.0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a reference over"
)]
fn is_zero(ms: &u64) -> bool {
    *ms == 0
}

impl Fault {
    /// A fault that happens to every call.
    pub fn always(name: FaultName) -> Self {
        Self {
            name,
            head: None,
            path: None,
            probability: 1.0,
            ms: 0,
            up_to_ms: 0,
            times: None,
        }
    }

    /// A fault that happens to the next call only.
    pub fn once(name: FaultName) -> Self {
        Self {
            times: Some(1),
            ..Self::always(name)
        }
    }

    /// This fault on paths only that contain `path`.
    #[must_use]
    pub fn on(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// This fault at one dialect's doors only.
    #[must_use]
    pub fn at(mut self, head: Dialect) -> Self {
        self.head = Some(head);
        self
    }

    /// Whether it shuts this dialect's door.
    pub(crate) fn shuts(&self, head: Dialect) -> bool {
        self.name == FaultName::Refuse
            && self.probability > 0.0
            && self.times != Some(0)
            && self.head.is_none_or(|only| only == head)
    }

    /// Whether it may happen at this path of a head, or of the receiver of webhooks: there only
    /// where its path says so.
    fn is_for(&self, head: Option<Dialect>, path: &str) -> bool {
        let within = |part: &String| path.contains(&part.to_lowercase());
        let there = match head {
            Some(head) => {
                self.head.is_none_or(|only| only == head) && self.path.as_ref().is_none_or(within)
            }
            None => self.head.is_none() && self.path.as_ref().is_some_and(within),
        };
        self.times != Some(0) && there
    }
}

/// What a call will meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met {
    /// Wait so long first, milliseconds.
    pub(crate) slow_ms: u64,
    /// Then this.
    pub(crate) fault: Option<FaultName>,
}

/// Draws what the `n`th call of a scene meets. Delays add up; of the others the first that happens
/// is the only one.
pub(crate) fn draw(
    faults: &mut [Fault],
    dice: Dice,
    n: u64,
    head: Option<Dialect>,
    path: &str,
) -> Met {
    let mut met = Met::default();
    if faults.is_empty() {
        return met;
    }
    let mut chance = dice.throw(For::Call, n);
    for fault in faults {
        let (hit, how_long): (f64, f64) = (chance.random(), chance.random());
        let taken = met.fault.is_some() && fault.name != FaultName::Slow;
        // a door that is shut is shut for every call that is still inside
        let happens = hit < fault.probability || head.is_some_and(|head| fault.shuts(head));
        if taken || !happens || !fault.is_for(head, path) {
            continue;
        }
        if fault.name == FaultName::ExpiredToken && head == Some(Dialect::V1) {
            continue;
        }
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        match fault.name {
            FaultName::Slow => met.slow_ms += between(fault.ms, fault.up_to_ms, how_long),
            name => met.fault = Some(name),
        }
    }
    met
}

fn between(low: u64, high: u64, at: f64) -> u64 {
    let span = u32::try_from(high.saturating_sub(low)).unwrap_or(u32::MAX);
    low + u64::try_from(crate::clock::whole(f64::from(span) * at)).unwrap_or(0)
}
