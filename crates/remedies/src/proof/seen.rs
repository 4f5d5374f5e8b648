//! What was known before an act and read back after it, as the signs look at it.

use crate::case::number;
use crate::{Facts, Wanted};
use catalogue::{AmiRow, Class, Lang, Supply};
use fleet::{AmiCode, Watts};
use triage::{Relay, Said};

/// "Relay closed".
pub(super) const CLOSED: AmiCode = AmiCode(1000);
/// "Remote disconnect".
pub(super) const DISCONNECTED: AmiCode = AmiCode(1007);
/// "Not commissioned".
pub(super) const NOT_IN_SERVICE: AmiCode = AmiCode(1008);
/// "Remote reconnect and local trip": after a reconnect, the meter waits for its button.
pub(super) const WAITS_AT_METER: AmiCode = AmiCode(1025);

pub(super) struct Seen<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) before: &'a Facts,
    pub(super) after: &'a Facts,
    pub(super) polarity_confirmed: bool,
}

impl Seen<'_> {
    pub(super) fn said_before(&self) -> Option<Said> {
        said(self.before)
    }

    pub(super) fn said_after(&self) -> Option<Said> {
        said(self.after)
    }

    pub(super) fn row_after(&self) -> Option<&'static AmiRow> {
        self.said_after()?.row()
    }

    pub(super) fn was(&self, code: AmiCode) -> bool {
        self.code_before() == Some(code)
    }

    pub(super) fn is(&self, code: AmiCode) -> bool {
        self.row_after().is_some_and(|row| row.ami == code)
    }

    /// It says this now, and is known to have said something else before.
    pub(super) fn became(&self, code: AmiCode) -> bool {
        self.is(code) && self.said_before().is_some() && !self.was(code)
    }

    /// It says the same as before, whatever the family of the number.
    pub(super) fn says_the_same(&self) -> bool {
        let after = self.row_after().map(|row| row.ami);
        let same_row = after.is_some() && after == self.code_before();
        same_row || self.said_after().is_some() && self.said_after() == self.said_before()
    }

    /// It says now that the home is dark, for another reason than before.
    pub(super) fn is_dark_otherwise(&self) -> bool {
        let dark = |row: &AmiRow| row.advice.supply == Supply::Off;
        self.row_after().is_some_and(dark) && !self.says_the_same()
    }

    pub(super) fn had_tamper(&self) -> bool {
        let row = self.said_before().and_then(Said::row);
        row.is_some_and(|row| row.advice.class == Class::Tamper)
    }

    pub(super) fn has_tamper(&self) -> bool {
        let row = self.row_after();
        row.is_some_and(|row| row.advice.class == Class::Tamper)
    }

    /// The relay, where its polarity was confirmed.
    pub(super) fn relay(&self) -> Option<Relay> {
        self.after.relay.filter(|_| self.polarity_confirmed)
    }

    pub(super) fn relay_is_unconfirmed(&self) -> bool {
        self.after.relay.is_some() && !self.polarity_confirmed
    }

    pub(super) fn flows(&self) -> bool {
        flows(self.after) == Some(true)
    }

    pub(super) fn power_appeared(&self) -> bool {
        self.flows() && flows(self.before) == Some(false)
    }

    pub(super) fn power_vanished(&self) -> bool {
        flows(self.after) == Some(false) && flows(self.before) == Some(true)
    }

    pub(super) fn value(&self, name: &str, _: Lang) -> Option<String> {
        let watts = |watts: Option<Watts>| watts.map(|watts| watts.to_string());
        match name {
            "number" => number(self.said_after()?),
            "power" => watts(self.after.power),
            "limit" => watts(self.after.load_limit),
            "was" => watts(self.before.load_limit),
            "set" => watts(self.wanted.watts().map(|set| Watts(f64::from(set)))),
            "meter" => Some(self.after.clock.as_ref()?.meter.clone()),
            "wall" => Some(self.after.clock.as_ref()?.wall.clone()),
            "item" => Some(self.wanted.item().word().to_owned()),
            _ => None,
        }
    }

    fn code_before(&self) -> Option<AmiCode> {
        Some(self.said_before()?.row()?.ami)
    }
}

fn said(facts: &Facts) -> Option<Said> {
    let said = facts.said.map(|heard| heard.value);
    said.filter(|said| *said != Said::Nothing)
}

/// Whether energy flows, where the power is known.
fn flows(facts: &Facts) -> Option<bool> {
    let power = facts.power.filter(|power| power.0.is_finite())?;
    Some(power.0 > 0.0)
}
