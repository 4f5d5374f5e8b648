//! A wish and all that is known, as the checks look at it.

use crate::{Args, Facts, Rules, Sentence, Wanted, refused_outright};
use catalogue::{AmiRow, Class, Closing, Lang, May, Text};
use commands::Kind;
use fleet::{MINUTE, Watts};
use triage::{Phases, Said};

/// What the meter's status is worth.
#[derive(Clone, Copy)]
pub(crate) enum Status {
    /// Nobody has heard one.
    Unheard,
    /// It is too old to act on.
    Old,
    /// Two families list the number.
    TwoFamilies,
    /// Nobody listed the number.
    Unlisted,
    /// Fresh and listed.
    Listed(&'static AmiRow, &'static Closing),
}

/// A wish, what is known, and by which rules it is judged.
pub(crate) struct Case<'a> {
    wanted: &'a Wanted,
    facts: &'a Facts,
    rules: &'a Rules,
    status: Status,
    refused: Option<Sentence>,
}

impl<'a> Case<'a> {
    pub(crate) fn of(wanted: &'a Wanted, facts: &'a Facts, rules: &'a Rules) -> Self {
        Self {
            wanted,
            facts,
            rules,
            status: status(facts, rules),
            refused: refused_outright(wanted),
        }
    }

    pub(crate) fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Whether it may close the relay, so that everything below has to be known.
    pub(crate) fn closes(&self) -> bool {
        self.wanted.kind.may_close() && !self.is_refused()
    }

    /// The status, where it matters.
    pub(crate) fn status(&self) -> Option<Status> {
        self.closes().then_some(self.status)
    }

    /// The row of closing, where the status is fresh and listed and matters.
    fn closing(&self) -> Option<&'static Closing> {
        match self.status()? {
            Status::Listed(_, closing) => Some(closing),
            _ => None,
        }
    }

    pub(crate) fn is_listed(&self) -> bool {
        self.closing().is_some()
    }

    /// Whether the code's row says this.
    pub(crate) fn may(&self, may: May) -> bool {
        self.closing().is_some_and(|row| row.may == may)
    }

    /// Whether this kind of act may although the row says no.
    pub(crate) fn is_excepted(&self) -> bool {
        let kind = self.wanted.amounts_to().word();
        self.closing().is_some_and(|row| row.only.contains(&kind))
    }

    /// Whether the relay opened on the customer's load, and may close again.
    pub(crate) fn is_load(&self) -> bool {
        let load =
            |status| matches!(status, Status::Listed(row, _) if row.advice.class == Class::Load);
        self.may(May::Yes) && self.status().is_some_and(load)
    }

    pub(crate) fn commissions(&self) -> bool {
        self.is_listed() && self.wanted.amounts_to() == Kind::Commission
    }

    pub(crate) fn covers_closed(&self) -> Option<bool> {
        self.facts.covers_closed
    }

    pub(crate) fn is_released(&self) -> bool {
        self.facts.released == Some(true)
    }

    pub(crate) fn order_is_ours(&self) -> bool {
        self.facts.own_order == Some(true)
    }

    pub(crate) fn order_is_told(&self) -> bool {
        self.wanted.args == Args::Order { known: true }
    }

    /// The age of the finding, and whether it is young enough.
    pub(crate) fn finding(&self) -> Option<bool> {
        let age = self.facts.finding?;
        Some(age <= self.rules.finding)
    }

    /// The load before the trip, W.
    pub(crate) fn before(&self) -> Option<f64> {
        finite(self.facts.load_before_trip)
    }

    /// The limit that will stand once it is carried out, W: that which is set, or that in the meter.
    pub(crate) fn limit(&self) -> Option<f64> {
        let set = self.wanted.watts().map(f64::from);
        set.or_else(|| finite(self.facts.load_limit))
    }

    /// Whether the load before the trip is below the limit; nothing where either is not known.
    pub(crate) fn load_fits(&self) -> Option<bool> {
        Some(self.before()? < self.limit()?)
    }

    /// Whether it tripped too often in the last day.
    pub(crate) fn trips_often(&self) -> bool {
        let often = |trips| trips >= self.rules.trips;
        self.is_listed() && self.facts.overload_trips.is_some_and(often)
    }

    /// Whether it has rested long enough after its last trip.
    pub(crate) fn has_rested(&self) -> Option<bool> {
        Some(self.facts.last_trip? >= self.rules.hold_off)
    }

    /// Whether the voltage is in order; nothing where it is not known, or too old.
    pub(crate) fn voltage_is_sane(&self) -> Option<bool> {
        let (least, greatest) = self.band();
        Some((least..=greatest).contains(&self.voltage()?))
    }

    pub(crate) fn three_phases(&self) -> bool {
        self.facts.phases == Some(Phases::Three)
    }

    fn voltage(&self) -> Option<f64> {
        let read = self.facts.voltage?;
        (read.value.is_finite() && is_young(read.age, self.rules.voltage)).then_some(read.value)
    }

    fn band(&self) -> (f64, f64) {
        let told = self.facts.nominal_voltage;
        let nominal = told.filter(|volts| volts.is_finite() && *volts > 0.0);
        let nominal = nominal.unwrap_or(self.rules.nominal_voltage);
        (nominal * self.rules.least, nominal * self.rules.greatest)
    }

    /// The sentence of a check, its places filled.
    pub(crate) fn sentence(&self, slug: &'static str, text: Text) -> Sentence {
        Sentence::filled(slug, text, |name, lang| self.value(name, lang))
    }

    fn value(&self, name: &str, lang: Lang) -> Option<String> {
        let volts = |volts: f64| format!("{volts:.1} V");
        let watts = |watts: f64| Watts(watts).to_string();
        let minutes = |milliseconds: i64| (milliseconds / MINUTE).to_string();
        let (least, greatest) = self.band();
        match name {
            "refused" => Some(self.refused.as_ref()?.say(lang).to_owned()),
            "why" => Some(self.closing()?.why.get(lang).to_owned()),
            "number" => number(self.facts.said?.value),
            "age" => Some(minutes(self.facts.said?.age)),
            "fresh" => Some(minutes(self.rules.status)),
            "days" => Some((self.facts.finding? / fleet::DAY).to_string()),
            "volts" => self.voltage().map(volts),
            "least" => Some(volts(least)),
            "greatest" => Some(volts(greatest)),
            "before" => self.before().map(watts),
            "limit" => self.limit().map(watts),
            "trips" => self.facts.overload_trips.map(|trips| trips.to_string()),
            "rest" => Some(minutes(self.rules.hold_off)),
            _ => None,
        }
    }
}

fn status(facts: &Facts, rules: &Rules) -> Status {
    let Some(heard) = facts.said.filter(|heard| heard.value != Said::Nothing) else {
        return Status::Unheard;
    };
    if !is_young(heard.age, rules.status) {
        return Status::Old;
    }
    if matches!(heard.value, Said::TwoFamilies(_)) {
        return Status::TwoFamilies;
    }
    let row = heard.value.row();
    match row.and_then(|row| Some((row, catalogue::closing(row.ami)?))) {
        Some((row, closing)) => Status::Listed(row, closing),
        None => Status::Unlisted,
    }
}

/// The number as it was said, in its family.
pub(crate) fn number(said: Said) -> Option<String> {
    match said {
        Said::Ami(code) => Some(code.to_string()),
        Said::Reason(reason) => Some(format!("87-{}", reason.0)),
        Said::Wire(status) => Some(status.to_string()),
        Said::TwoFamilies(number) => Some(number.to_string()),
        Said::Nothing => None,
    }
}

/// Whether something is young enough. What comes from a clock ahead of ours is no younger than what
/// is as far behind.
fn is_young(age: i64, within: i64) -> bool {
    age.unsigned_abs() <= within.unsigned_abs()
}

fn finite(watts: Option<Watts>) -> Option<f64> {
    watts.map(|watts| watts.0).filter(|watts| watts.is_finite())
}
