//! What a verdict would like to know, as items that a head-end may be asked for.

use crate::CaseRules;
use crate::evidence::latest;
use asking::Item;
use fleet::{MeterNumber, Moment};
use store::Known;
use triage::Verdict;

/// One item that somebody would like to know of a meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// The meter.
    pub meter: MeterNumber,
    /// The item.
    pub item: Item,
    /// 3 an operator waits, 2 after a command, 1 a verdict wants it.
    pub priority: u8,
}

/// What answers each ask of a verdict; asks that only people or the store can answer are missing.
const BY_ASK: &[(&str, &[Item])] = &[
    ("supply", &[Item::Relay, Item::Power]),
    ("load-before-trip", &[Item::LoadLimit, Item::Power]),
    ("power-factor", &[Item::PowerFactor, Item::Power]),
    ("reason", &[Item::OperatingStatus]),
    ("fresh-answer", &[Item::OperatingStatus]),
];

/// What a class of conditions needs besides: the counters tell once from often.
const BY_CLASS: &[(&str, &[Item])] = &[
    ("tamper", &[Item::CoverOpenings, Item::CoverOpened]),
    ("load", &[Item::OverloadTrips, Item::LoadLimit, Item::Power]),
    ("local", &[Item::OverloadTrips, Item::LoadLimit]),
];

/// The items wanted for this verdict that are not known well enough.
pub(crate) fn of(verdict: &Verdict, known: &Known, rules: &CaseRules, now: Moment) -> Vec<Want> {
    let asks = verdict.asks.iter().map(|ask| ask.slug);
    let by_ask = asks.filter_map(|slug| BY_ASK.iter().find(|(known, _)| *known == slug));
    let by_class = BY_CLASS
        .iter()
        .filter(|(class, _)| *class == verdict.class.word());
    let mut items: Vec<Item> = Vec::new();
    for item in by_ask.chain(by_class).flat_map(|(_, items)| *items) {
        let fresh = |value: &store::Latest| now.since(value.at) <= age_of(*item, rules);
        if !items.contains(item) && !latest(known, item.word()).is_some_and(fresh) {
            items.push(*item);
        }
    }
    let want = |item| Want {
        meter: known.meter.number.clone(),
        item,
        priority: 1,
    };
    items.into_iter().map(want).collect()
}

/// How old a value may be before it is asked again. The limit hardly changes.
fn age_of(item: Item, rules: &CaseRules) -> i64 {
    match item {
        Item::LoadLimit => rules.limit_fresh,
        _ => rules.evidence_every,
    }
}
