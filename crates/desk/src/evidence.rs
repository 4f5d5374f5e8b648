//! What is known of a meter becomes the evidence of a verdict. Ages decide what still counts.

use crate::heard::{ENERGY_MOVED, LOAD_SEEN, bits_of};
use crate::{CaseRules, heard};
use asking::Item;
use fleet::{DAY, MINUTE, Moment, PowerFactor, Watts};
use store::{Known, Latest};
use triage::{Evidence, Neighbours, Phases, Relay};

/// What the desk knows besides the meter's own rows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// Whether its gateway is online, where the head-end says it.
    pub(crate) gateway_online: Option<bool>,
    /// Its neighbours, once somebody has counted them.
    pub(crate) neighbours: Option<Neighbours>,
    /// Covers opened and overload trips over the time of the rules, once somebody has counted.
    pub(crate) cover_openings: Option<u32>,
    pub(crate) overload_trips: Option<u32>,
}

/// The newest value of an item.
pub(crate) fn latest<'a>(known: &'a Known, item: &str) -> Option<&'a Latest> {
    known.latest.iter().find(|latest| latest.item == item)
}

/// A relay by the word it is kept under.
pub(crate) fn relay_of(word: &str) -> Option<Relay> {
    match word {
        "closed" => Some(Relay::Closed),
        "open" => Some(Relay::Open),
        _ => None,
    }
}

/// Gathers the evidence as it stands at `now`.
pub(crate) fn gather(known: &Known, around: Around, rules: &CaseRules, now: Moment) -> Evidence {
    let status = latest(known, Item::OperatingStatus.word());
    let young =
        |item: &str, age: i64| latest(known, item).filter(|value| now.since(value.at) <= age);
    let number = |value: &Latest| value.value.parse::<f64>().ok().filter(|n| n.is_finite());
    let now_of = |item: Item| young(item.word(), rules.fresh);
    let relay = now_of(Item::Relay).and_then(|value| relay_of(&value.value));
    Evidence {
        power: now_of(Item::Power).and_then(number).map(Watts),
        load_before_trip: status.and_then(|status| before_trip(known, status)),
        load_limit: young(Item::LoadLimit.word(), rules.limit_fresh)
            .and_then(number)
            .map(Watts),
        power_factor: now_of(Item::PowerFactor).and_then(number).map(PowerFactor),
        relay,
        energy_moving: status.and_then(|status| moving(known, status)),
        occupied: known.meter.occupied,
        phases: match known.meter.phases {
            Some(1) => Some(Phases::Single),
            Some(3) => Some(Phases::Three),
            _ => None,
        },
        solar: known.meter.solar,
        neighbours: around.neighbours,
        cover_openings: around.cover_openings,
        overload_trips: around.overload_trips,
        lasts_min: status.map(|status| minutes(status.at.since(status.since))),
        age_min: status.map(|status| minutes(now.since(status.at))),
        gateway_online: around.gateway_online,
        bits: young(heard::BITS, rules.limit_fresh)
            .filter(|_| status.is_none())
            .or_else(|| young(heard::BITS, rules.fresh))
            .map(|value| bits_of(&value.value)),
        ..Evidence::default()
    }
}

/// The load that was seen last before the status changed; older than a day it explains nothing.
fn before_trip(known: &Known, status: &Latest) -> Option<Watts> {
    let load = latest(known, LOAD_SEEN)?;
    let before = status.since.since(load.at);
    (0..=DAY).contains(&before).then_some(())?;
    load.value.parse().ok().map(Watts)
}

/// Whether the register moved between two readings that were both taken while the meter said the
/// same.
fn moving(known: &Known, status: &Latest) -> Option<bool> {
    let moved = latest(known, ENERGY_MOVED)?;
    (moved.at > status.since).then_some(moved.value == "yes")
}

/// What a new register reading says of movement, given the one before: nothing unless both were
/// taken while the meter said the same.
pub(crate) fn moved(known: &Known, new: &str) -> Option<&'static str> {
    let status = latest(known, Item::OperatingStatus.word())?;
    let before = latest(known, Item::TotalEnergy.word()).filter(|old| old.at > status.since)?;
    let (old, new): (f64, f64) = (before.value.parse().ok()?, new.parse().ok()?);
    Some(if new > old { "yes" } else { "no" })
}

fn minutes(milliseconds: i64) -> u32 {
    u32::try_from(milliseconds.max(0) / MINUTE).unwrap_or(u32::MAX)
}
