//! One rule: when it holds, what it changes, and the sentence it leaves.

use crate::evidence::Evidence;
use crate::verdict::Verdict;
use catalogue::{Class, Decision, Lang, Owner, Severity, Supply, Text};
use std::fmt::Write;

/// A small pure rule. The registry runs them in order; a later rule may overrule an earlier one.
pub struct Rule {
    /// Its name for ever; it stands in logs and tests.
    pub slug: &'static str,
    /// The AMI codes it looks at; empty for every code and for none.
    pub codes: &'static [u16],
    /// When it holds.
    pub(crate) when: fn(&Evidence, &Verdict) -> bool,
    /// What it changes.
    pub(crate) then: Effect,
    /// The sentence it leaves, with `{power}` and the like filled from the evidence; empty for a
    /// rule that only asks.
    pub says: Text,
}

/// What a rule changes; what is left out stays as it was.
pub(crate) struct Effect {
    pub(crate) supply: Option<Supply>,
    pub(crate) class: Option<Class>,
    pub(crate) severity: Option<Severity>,
    pub(crate) decision: Option<Decision>,
    pub(crate) owner: Option<Owner>,
    pub(crate) suspect: Option<bool>,
    pub(crate) conflict: bool,
    /// A step that comes before the row's own.
    pub(crate) first: Option<&'static str>,
    /// What would change the verdict.
    pub(crate) asks: Option<&'static str>,
}

/// Changes nothing: the start of every effect.
pub(crate) const NONE: Effect = Effect {
    supply: None,
    class: None,
    severity: None,
    decision: None,
    owner: None,
    suspect: None,
    conflict: false,
    first: None,
    asks: None,
};

/// A sentence that a rule left, ready in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// The rule's slug, or `guide` for the row itself.
    pub rule: &'static str,
    en: String,
    fr: String,
}

impl Because {
    /// Fills the places of a sentence from the evidence.
    pub(crate) fn of(rule: &'static str, says: Text, evidence: &Evidence) -> Self {
        Self {
            rule,
            en: fill(says.en, evidence),
            fr: fill(says.fr, evidence),
        }
    }

    /// A sentence that is already whole.
    pub(crate) fn whole(rule: &'static str, en: String, fr: String) -> Self {
        Self { rule, en, fr }
    }

    /// The sentence.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}

/// `{power}` and the like become values; an unknown value reads `?`, which no rule lets happen.
fn fill(says: &str, evidence: &Evidence) -> String {
    let mut out = String::with_capacity(says.len() + 16);
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if value(name, evidence, &mut out).is_err() {
            out.push('?');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn value(name: &str, e: &Evidence, out: &mut String) -> std::fmt::Result {
    fn put(out: &mut String, value: Option<impl std::fmt::Display>) -> std::fmt::Result {
        write!(out, "{}", value.ok_or(std::fmt::Error)?)
    }
    match name {
        "power" => put(out, e.power),
        "before" => put(out, e.load_before_trip),
        "limit" => put(out, e.load_limit),
        "pf" => put(out, e.power_factor),
        "known" => put(out, e.neighbours.map(|n| n.known)),
        "alike" => put(out, e.neighbours.map(|n| n.alike)),
        "openings" => put(out, e.cover_openings),
        "trips" => put(out, e.overload_trips),
        "visits" => put(out, e.repeat_visits),
        "lasts" => put(out, e.lasts_min),
        "hours" => put(out, e.age_min.map(|min| min / 60)),
        _ => Err(std::fmt::Error),
    }
}
