//! What is known of a meter becomes the facts of a check, with their ages. Pure but for the last
//! function, which gathers for many meters at once.

use crate::evidence::{gather, latest, relay_of};
use crate::heard::bits_of;
use crate::{CaseRules, DeskError, Intake, evidence::Around, heard};
use answers::Settings;
use asking::Item;
use fleet::{MeterNumber, Moment, Watts};
use people::FindingKind;
use remedies::{Aged, Facts};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Finding, Known, Latest};
use triage::{Relay, Said};

/// What is known of one meter, its facts and what is kept of them.
pub(crate) struct Known1 {
    pub(crate) known: Known,
    pub(crate) facts: Facts,
}

/// The facts as they stand at `now`.
fn of_known(known: &Known, reading: &Settings, rules: &CaseRules, now: Moment) -> Facts {
    let evidence = gather(known, Around::default(), rules, now);
    let status = latest(known, Item::OperatingStatus.word());
    Facts {
        said: status.map(|status| Aged {
            value: said(&status.value, reading),
            age: now.since(status.at),
        }),
        relay: evidence.relay,
        voltage: latest(known, Item::Voltage.word()).and_then(|value| {
            Some(Aged {
                value: number(value)?,
                age: now.since(value.at),
            })
        }),
        power: evidence.power,
        load_before_trip: evidence.load_before_trip,
        load_limit: evidence.load_limit,
        recent_peak: latest(known, heard::LOAD_SEEN).and_then(number).map(Watts),
        phases: evidence.phases,
        covers_closed: latest(known, heard::BITS).map(|bits| {
            let bits = bits_of(&bits.value);
            !(bits.terminal_cover || bits.upper_cover || bits.enclosure)
        }),
        ..Facts::default()
    }
}

/// Only what one answer says: the facts after an act.
pub(crate) fn after(known: &Known, item: Item, reading: &Settings, now: Moment) -> Facts {
    let Some(value) = latest(known, item.word()) else {
        return Facts::default();
    };
    let mut facts = Facts {
        answered: Some(item),
        ..Facts::default()
    };
    let watts = number(value).map(Watts);
    match item {
        Item::OperatingStatus => {
            facts.said = Some(Aged {
                value: said(&value.value, reading),
                age: now.since(value.at),
            });
        }
        Item::Relay | Item::Credit => {
            let relay = latest(known, Item::Relay.word());
            facts.relay = relay.and_then(|relay| relay_of(&relay.value));
        }
        Item::Power => facts.power = watts,
        Item::LoadLimit => facts.load_limit = watts,
        _ => {}
    }
    facts
}

/// What was known before an act, as it is kept with the command.
pub(crate) fn kept(facts: &Facts, status: Option<&Latest>) -> String {
    let body = json!({
        "status": status.map(|status| status.value.as_str()),
        "status_age_ms": facts.said.map(|said| said.age),
        "relay": facts.relay.map(relay_word),
        "power_w": facts.power.map(|power| power.0),
        "load_limit_w": facts.load_limit.map(|limit| limit.0),
    });
    body.to_string()
}

/// What was kept before an act, read again.
pub(crate) fn before(kept: Option<&str>, reading: &Settings) -> Facts {
    let body: Value = kept
        .and_then(|kept| serde_json::from_str(kept).ok())
        .unwrap_or_default();
    let watts = |name: &str| body.get(name).and_then(Value::as_f64).map(Watts);
    let status = body.get("status").and_then(Value::as_str);
    Facts {
        said: status.map(|status| Aged {
            value: said(status, reading),
            age: body
                .get("status_age_ms")
                .and_then(Value::as_i64)
                .unwrap_or(0),
        }),
        relay: body.get("relay").and_then(Value::as_str).and_then(relay_of),
        power: watts("power_w"),
        load_limit: watts("load_limit_w"),
        ..Facts::default()
    }
}

fn relay_word(relay: Relay) -> &'static str {
    match relay {
        Relay::Closed => "closed",
        Relay::Open => "open",
    }
}

/// A status that cannot be read says nothing.
fn said(status: &str, reading: &Settings) -> Said {
    answers::read_status(status, reading.family).unwrap_or(Said::Nothing)
}

fn number(value: &Latest) -> Option<f64> {
    value.value.parse().ok().filter(|n: &f64| n.is_finite())
}

impl Intake {
    /// The facts of these meters, as they stand at `now`.
    pub(crate) async fn facts(
        &self,
        meters: &[MeterNumber],
        now: Moment,
    ) -> Result<BTreeMap<MeterNumber, Known1>, DeskError> {
        let store = self.store();
        let known = store.known(meters).await?;
        let acts = store.last_relay_acts(meters).await?;
        let findings = store.newest_findings(meters).await?;
        let mut all = BTreeMap::new();
        for known in known {
            let number = known.meter.number.clone();
            let head_end = known.meter.head_end.as_deref().unwrap_or_default();
            let mut facts = of_known(&known, &self.reading(head_end), self.rules(), now);
            let own = acts.get(&number).map(String::as_str);
            facts.own_order = own.map(|kind| kind == "disconnect");
            let opened = tamper_since(&known);
            let found = |kind: FindingKind| {
                let of =
                    |one: &&Finding| one.found.meter == number && one.found.kind == kind.word();
                findings.iter().find(of).map(|one| one.found.at)
            };
            let about =
                found(FindingKind::Tamper).filter(|at| opened.is_none_or(|since| *at >= since));
            facts.finding = about.map(|at| now.since(at));
            facts.released =
                found(FindingKind::BypassReleased).map(|at| opened.is_none_or(|since| at >= since));
            let closed = found(FindingKind::CoversClosed);
            if closed.is_some_and(|at| opened.is_none_or(|since| at >= since)) {
                facts.covers_closed = Some(true);
            }
            all.insert(number, Known1 { known, facts });
        }
        Ok(all)
    }
}

/// Since when the meter has said what it says: a finding from before is about something else.
fn tamper_since(known: &Known) -> Option<Moment> {
    latest(known, Item::OperatingStatus.word()).map(|status| status.since)
}
