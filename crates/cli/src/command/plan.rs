//! What a wish for many meters would do, before it is done.

use super::part::Part;
use crate::grid::aligned;
use commands::State;
use desk::command::{Reach, SiteReach};
use serde_json::{Value, json};

/// How many meters are shown before the rest is counted.
const SHOWN: usize = 20;

/// What would happen, in the words of a person.
pub(super) fn text(kind: &str, parts: &[Part], reach: &Reach) -> String {
    let count = |holds: &dyn Fn(&Part) -> bool| parts.iter().filter(|part| holds(part)).count();
    let again = count(&|part| part.again);
    let bad = count(&|part| !part.is_done(false));
    let mut out = format!("{kind} at {} meter(s)\n", parts.len());
    for (many, words) in [
        (parts.len() - again - bad, "to be asked for"),
        (
            count(&|part| part.is(State::Proposed) && !part.again),
            "of them wait for a second person",
        ),
        (count(&|part| part.darkens.is_some()), "may darken a home"),
        (again, "asked for before"),
        (bad, "refused"),
    ] {
        if many > 0 {
            out += &format!("  {many:>5}  {words}\n");
        }
    }
    for site in &reach.sites {
        out += &of_site(site);
    }
    if reach.darkens > 0 {
        out += &format!(
            "All sites together: {} in a day; {}.\n",
            reach.fleet_day,
            takes(reach.hours)
        );
    }
    out + &bad_ones(parts, false)
}

fn of_site(site: &SiteReach) -> String {
    let name = match &site.site {
        Some(site) => format!("Site {site}"),
        None => "Meters without a site".to_owned(),
    };
    format!(
        "{name} ({} home(s)): {} may go dark; {} are allowed in an hour and {} in a day, {}.\n",
        site.homes,
        site.darkens,
        site.hour,
        site.day,
        takes(site.hours)
    )
}

fn takes(hours: u64) -> String {
    match hours {
        0 => "all may leave at once".to_owned(),
        u64::MAX => "the last one never leaves".to_owned(),
        hours => format!("the last one leaves after {hours} h at the earliest"),
    }
}

/// The meters at which it is not done, each with the reason.
pub(super) fn bad_ones(parts: &[Part], waited: bool) -> String {
    let bad: Vec<&Part> = parts.iter().filter(|part| !part.is_done(waited)).collect();
    if bad.is_empty() {
        return String::new();
    }
    table(&bad)
}

/// Parts as a table, the first ones only.
pub(super) fn table(parts: &[&Part]) -> String {
    let lines: Vec<Vec<String>> = parts.iter().take(SHOWN).map(|part| part.cells()).collect();
    let mut out = aligned(&["COMMAND", "STATE", "SAID"], &lines);
    if let Some(more) = parts.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        out += &format!("and {more} more\n");
    }
    out
}

/// What the limits make of it, for programs.
pub(super) fn reach(reach: &Reach) -> Value {
    let site = |one: &SiteReach| {
        json!({
            "site": one.site,
            "homes": one.homes,
            "darkens": one.darkens,
            "hour": one.hour,
            "day": one.day,
            "hours": hours(one.hours),
        })
    };
    json!({
        "darkens": reach.darkens,
        "fleet_day": reach.fleet_day,
        "hours": hours(reach.hours),
        "sites": reach.sites.iter().map(site).collect::<Vec<_>>(),
    })
}

/// Nothing where it never ends.
fn hours(hours: u64) -> Option<u64> {
    Some(hours).filter(|hours| *hours < u64::MAX)
}
