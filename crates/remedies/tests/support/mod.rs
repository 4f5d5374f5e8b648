//! Facts and wishes as the tables write them.

use asking::Item;
use fleet::{AmiCode, MINUTE, Reason87, Watts, WireStatus};
use remedies::{Aged, Clocks, Facts, Unfit, Wanted};
use serde::Deserialize;
use triage::{Phases, Relay, Said};

/// What is known, in the units of people.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Known {
    ami: Option<u16>,
    reason87: Option<u8>,
    wire: Option<u8>,
    two_families: Option<u8>,
    /// A status row was heard, and held no code.
    nothing: bool,
    age_min: i64,
    relay: Option<String>,
    volts: Option<f64>,
    volts_age_min: i64,
    nominal_volts: Option<f64>,
    power_w: Option<f64>,
    load_before_trip_w: Option<f64>,
    load_limit_w: Option<f64>,
    recent_peak_w: Option<f64>,
    trips: Option<u32>,
    last_trip_min: Option<i64>,
    finding_days: Option<i64>,
    released: Option<bool>,
    own_order: Option<bool>,
    covers_closed: Option<bool>,
    minted_here: Option<bool>,
    phases: Option<u8>,
    clock: Option<[String; 2]>,
    answered: Option<String>,
}

impl Known {
    fn said(&self) -> Option<Said> {
        let ami = self.ami.map(|n| Said::Ami(AmiCode(n)));
        let reason = self.reason87.map(|n| Said::Reason(Reason87(n)));
        let wire = self.wire.map(|n| Said::Wire(WireStatus(n)));
        let two = self.two_families.map(Said::TwoFamilies);
        let nothing = self.nothing.then_some(Said::Nothing);
        ami.or(reason).or(wire).or(two).or(nothing)
    }

    pub(crate) fn facts(&self) -> Facts {
        let aged = |value| Aged {
            value,
            age: self.age_min * MINUTE,
        };
        Facts {
            said: self.said().map(aged),
            relay: self.relay.as_deref().map(|word| match word {
                "open" => Relay::Open,
                "closed" => Relay::Closed,
                other => panic!("{other} is no relay state"),
            }),
            voltage: self.volts.map(|value| Aged {
                value,
                age: self.volts_age_min * MINUTE,
            }),
            nominal_voltage: self.nominal_volts,
            power: self.power_w.map(Watts),
            load_before_trip: self.load_before_trip_w.map(Watts),
            load_limit: self.load_limit_w.map(Watts),
            recent_peak: self.recent_peak_w.map(Watts),
            overload_trips: self.trips,
            last_trip: self.last_trip_min.map(|min| min * MINUTE),
            finding: self.finding_days.map(|days| days * fleet::DAY),
            released: self.released,
            own_order: self.own_order,
            covers_closed: self.covers_closed,
            minted_here: self.minted_here,
            phases: self.phases.map(|n| match n {
                1 => Phases::Single,
                _ => Phases::Three,
            }),
            clock: self
                .clock
                .clone()
                .map(|[meter, wall]| Clocks { meter, wall }),
            answered: self
                .answered
                .as_deref()
                .map(|word| Item::from_word(word).expect("an item")),
        }
    }
}

/// A wish as the tables write it.
pub(crate) fn wanted(kind: &str, args: &toml::Table) -> Result<Wanted, Unfit> {
    let args = serde_json::to_value(args).expect("a table is an object");
    Wanted::parse(kind, &args)
}
