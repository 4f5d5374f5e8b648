//! What the meter's keypad answers: the codes of the guide, the commissioning code, tokens.

use super::{Meter, Ring};
use crate::local::{Around, millis};
use serde::Serialize;

/// What came of typing something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Typed {
    /// The display shows a value.
    Shows(String),
    /// The commissioning code: the meter is commissioned.
    Commissioned,
    /// A token: taken.
    Accepted,
    /// A token: used before, or not for this meter.
    Rejected,
    /// The keypad does not know it.
    Unknown,
}

type Answers = fn(&Meter, u32, Around) -> String;

/// Codes that stand alone. The others are the five last times of a counter.
const CODES: &[(u8, Answers)] = &[
    (1, |m, _, _| format!("{:.2}", m.kwh)),
    (14, |m, _, _| m.limit_w.to_string()),
    (31, |m, at, around| format!("{:.1}", m.power_w(at, around))),
    (35, |m, _, _| format!("{:.3}", m.power_factor)),
    (40, |m, _, _| m.openings.count.to_string()),
    (46, |m, _, _| m.overloads.count.to_string()),
    (52, |m, _, _| m.power_downs.count.to_string()),
    (58, |m, _, _| m.phase_downs.to_string()),
    (87, |m, _, _| reason(m.status())),
];

type Times = fn(&Meter) -> &Ring;

/// Each counter's last times: the code of the newest, and the four that follow it.
const TIMES: &[(u8, Times)] = &[
    (41, |m| &m.openings),
    (47, |m| &m.overloads),
    (53, |m| &m.power_downs),
];

/// The sub-code as code 87 displays it: `00` for a closed relay, else without a leading zero.
fn reason(status: u16) -> String {
    match status.checked_sub(1000) {
        Some(0) => "00".to_owned(),
        Some(sub) => sub.to_string(),
        None => status.to_string(),
    }
}

impl Meter {
    /// What code 87 shows.
    pub(crate) fn reason87(&self) -> String {
        reason(self.status())
    }

    /// What the keypad shows for one of the guide's codes, typed with two digits.
    pub(crate) fn shows(&self, code: &str, at: u32, around: Around) -> Option<String> {
        if code.len() != 2 {
            return None;
        }
        let code: u8 = code.parse().ok()?;
        if let Some((_, answers)) = CODES.iter().find(|(known, _)| *known == code) {
            return Some(answers(self, at, around));
        }
        TIMES.iter().find_map(|(first, ring)| {
            let back = usize::from(code.checked_sub(*first)?);
            let seconds = *ring(self).last.get(back)?;
            Some(self.time_shown(seconds, around))
        })
    }

    /// A time as the meter's own clock had it; empty where there is none.
    pub(crate) fn time_shown(&self, seconds: u32, around: Around) -> String {
        match seconds {
            0 => String::new(),
            _ => around.text(self.clock_ms(millis(seconds))),
        }
    }

    /// Types something that is not a token: a code of the guide, or the commissioning code.
    pub(crate) fn type_in(
        &mut self,
        typed: &str,
        commissioning: &str,
        at: u32,
        around: Around,
    ) -> Typed {
        if typed == commissioning {
            self.commission(at);
            return Typed::Commissioned;
        }
        self.shows(typed, at, around)
            .map_or(Typed::Unknown, Typed::Shows)
    }
}
