//! What the data items of a task are, and how their answers read.

use fleet::{PowerFactor, Watts};
use triage::{Evidence, Relay};

/// What a task was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// The operating status.
    OperatingStatus,
    /// The relay.
    Relay,
    /// Credit, whose tail says the relay: `12.5,ON` (v1), `000005.00,01,00` (station).
    Credit,
    /// Active power, W.
    Power,
    /// The load limit, W.
    LoadLimit,
    /// The power factor.
    PowerFactor,
    /// Cumulative energy, kWh.
    Energy,
    /// Voltage, clock, version, token and the like: nothing for triage.
    Other,
}

/// Names of the items, folded (letters and digits, lower case). Source: the facts' catalogues.
const NAMES: &[(&str, Asked)] = &[
    ("meteroperatingstatus", Asked::OperatingStatus),
    ("operatingstatus", Asked::OperatingStatus),
    ("specialstatusidentifier", Asked::OperatingStatus),
    ("specialstatus", Asked::OperatingStatus),
    ("relayonoff", Asked::Relay),
    ("relaystatus", Asked::Relay),
    ("currentcreditregister", Asked::Credit),
    ("currentcreditbalance", Asked::Credit),
    ("creditbalance", Asked::Credit),
    ("power", Asked::Power),
    ("maximumpowerthreshold", Asked::LoadLimit),
    ("powerfactor", Asked::PowerFactor),
    ("totalconsumption", Asked::Energy),
];

/// What an item is; `also` is a deployment's own name for the operating status.
pub(crate) fn asked(name: &str, also: Option<&str>) -> Asked {
    let folded = fold(name);
    if also.is_some_and(|also| fold(also) == folded) {
        return Asked::OperatingStatus;
    }
    NAMES
        .iter()
        .find(|(known, _)| *known == folded)
        .map_or(Asked::Other, |(_, asked)| *asked)
}

/// Letters and digits in lower case: `Relay On/Off ` and `relay_on_off` are one name.
pub(crate) fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Puts an item's answer into the evidence. What does not read stays unknown: the raw row is kept.
pub(crate) fn take(asked: Asked, data: &str, evidence: &mut Evidence) {
    let number = || {
        data.split([' ', ','])
            .next()?
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
    };
    match asked {
        Asked::Relay => evidence.relay = relay_word(data),
        Asked::Credit => {
            evidence.relay = data.rsplit_once(',').and_then(|(_, tail)| relay_tail(tail));
        }
        Asked::Power => evidence.power = number().map(Watts),
        Asked::LoadLimit => evidence.load_limit = number().map(Watts),
        Asked::PowerFactor => evidence.power_factor = number().map(PowerFactor),
        Asked::OperatingStatus | Asked::Energy | Asked::Other => {}
    }
}

/// `Connected`, `ON`, `Disconnected`, `OFF`. "OK" stands on failed tasks and says nothing.
pub(crate) fn relay_word(word: &str) -> Option<Relay> {
    match fold(word).as_str() {
        "connected" | "on" | "closed" | "switchon" => Some(Relay::Closed),
        "disconnected" | "off" | "open" | "switchoff" => Some(Relay::Open),
        _ => None,
    }
}

/// The relay at the end of a credit answer: a word, or the radio meter's byte (00 = closed).
fn relay_tail(tail: &str) -> Option<Relay> {
    match tail.trim() {
        "00" => Some(Relay::Closed),
        "01" => Some(Relay::Open),
        word => relay_word(word),
    }
}
