//! A head-end's counter: one caller at a time, with the world behind it.

use crate::call::{Answer, Call};
use crate::dialect::Dialect;
use crate::fault::FaultName;
use crate::meter::Meter;
use crate::world::World;
use crate::{concentrator, station, v1};
use serde_json::json;

/// What a handler has at hand.
#[derive(Debug)]
pub(crate) struct Door<'a> {
    pub(crate) world: &'a mut World,
    /// The head's place.
    pub(crate) head: usize,
    /// The scene's time, milliseconds UTC.
    pub(crate) now: i64,
    /// The fault of this call, if it is one of those that change the answer.
    pub(crate) fault: Option<FaultName>,
}

/// Serves a call that meets this fault, or none. Nothing at all is answered where the connection is
/// to be reset.
pub(crate) fn serve(
    world: &mut World,
    head: usize,
    call: &Call,
    fault: Option<FaultName>,
) -> Option<Answer> {
    let now = world.tick();
    let dialect = world.dialect(head);
    if matches!(fault, Some(FaultName::Reset | FaultName::Refuse)) {
        return None;
    }
    if let Some(instead) = fault.and_then(|fault| instead(fault, dialect, &call.path)) {
        return Some(instead);
    }
    let lost = fault == Some(FaultName::LostAnswer);
    let mut door = Door {
        world,
        head,
        now,
        fault,
    };
    let answer = match dialect {
        Dialect::Station => station::serve(&mut door, call),
        Dialect::Concentrator => concentrator::serve(&mut door, call),
        Dialect::V1 => v1::serve(&mut door, call),
    };
    (!lost).then_some(answer)
}

/// What is answered instead of looking at the call.
fn instead(fault: FaultName, dialect: Dialect, path: &str) -> Option<Answer> {
    let answer = match fault {
        FaultName::Html503 => Answer::page(503, "Service Unavailable"),
        FaultName::EmptyBody => Answer::bare(200),
        FaultName::MessageJson => Answer::json(500, &json!({"Message": "An error has occurred."})),
        FaultName::Code99 => code_99(dialect, path),
        FaultName::ExpiredToken => Answer::bare(401),
        FaultName::WrongShape => Answer::json(200, &json!({"ok": true, "items": []})),
        FaultName::Reset
        | FaultName::Refuse
        | FaultName::Hang
        | FaultName::Slow
        | FaultName::LostAnswer
        | FaultName::TaskVanishes
        | FaultName::TrueWithEmptyData
        | FaultName::HalfPage
        | FaultName::HalfAnswer => return None,
    };
    Some(answer)
}

fn code_99(dialect: Dialect, path: &str) -> Answer {
    let body = match dialect {
        Dialect::V1 if path.contains("comm_") => {
            json!({"ResultCode": "99", "Reason": "other error"})
        }
        Dialect::V1 => json!({"result_code": 99, "reason": "other error"}),
        Dialect::Station | Dialect::Concentrator => {
            json!({"code": 99, "reason": "Query failed, please try again", "result": null})
        }
    };
    Answer::json(200, &body)
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) skip: usize,
    pub(crate) take: usize,
}

impl Door<'_> {
    /// How many meters of this head fit, and the places of those in this part.
    pub(crate) fn meters(
        &self,
        part: Part,
        fits: Option<&dyn Fn(&Meter) -> bool>,
    ) -> (usize, Vec<u32>) {
        let world = &*self.world;
        if fits.is_none() && world.is_shared() {
            let total = world.meters.len();
            let from = part.skip.min(total);
            let to = from.saturating_add(part.take).min(total);
            return (
                total,
                (from..to).filter_map(|at| u32::try_from(at).ok()).collect(),
            );
        }
        let mut total = 0;
        let mut places = Vec::new();
        for (meter, place) in world.meters.iter().zip(0_u32..) {
            if !world.has(self.head, meter) || fits.is_some_and(|fits| !fits(meter)) {
                continue;
            }
            if total >= part.skip && places.len() < part.take {
                places.push(place);
            }
            total += 1;
        }
        (total, places)
    }

    /// Whether a task that succeeded is to be shown without its data.
    pub(crate) fn empties(&self) -> bool {
        self.fault == Some(FaultName::TrueWithEmptyData)
    }

    /// Whether what is created is not kept.
    pub(crate) fn loses_tasks(&self) -> bool {
        self.fault == Some(FaultName::TaskVanishes)
    }

    /// How many of so many created tasks the answer speaks of.
    pub(crate) fn answered(&self, tasks: usize) -> usize {
        if self.fault == Some(FaultName::HalfAnswer) {
            tasks.div_ceil(2)
        } else {
            tasks
        }
    }

    /// How many rows of a page are brought.
    pub(crate) fn brought(&self, rows: usize) -> usize {
        if self.fault == Some(FaultName::HalfPage) {
            rows / 2
        } else {
            rows
        }
    }
}
