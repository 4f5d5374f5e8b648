//! How many homes an intent may darken, and how long it takes within the limits.

use super::{Commands, Denied};
use commands::Span;
use fleet::MeterNumber;
use std::collections::{BTreeMap, BTreeSet};

/// What the limits make of many darkening acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Each site with such acts, by its id; those of no site count as one.
    pub sites: Vec<SiteReach>,
    /// How many such acts there are.
    pub darkens: u32,
    /// How many the whole fleet allows in a day.
    pub fleet_day: u32,
    /// How many hours pass at least until the last one may leave, counted from the first. Acts of
    /// the last day count too and are not known here.
    pub hours: u64,
}

/// One site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteReach {
    /// The site; nothing where the meters have none.
    pub site: Option<String>,
    /// How many homes it has.
    pub homes: u32,
    /// How many of them may be darkened by this.
    pub darkens: u32,
    /// How many the site allows in an hour.
    pub hour: u32,
    /// How many it allows in a day.
    pub day: u32,
    /// How many hours pass at least until the last one of this site may leave.
    pub hours: u64,
}

impl Commands {
    /// What the limits make of darkening acts at these meters.
    pub(super) async fn reach(&self, meters: &[MeterNumber]) -> Result<Reach, Denied> {
        let blast = &self.rules().blast;
        let mut reach = Reach {
            fleet_day: blast.fleet_day,
            ..Reach::default()
        };
        if meters.is_empty() {
            return Ok(reach);
        }
        let mut dark: BTreeMap<Option<String>, u32> = BTreeMap::new();
        for known in self.store().known(meters).await? {
            let site = known.meter.site.map(|site| site.to_string());
            *dark.entry(site).or_default() += 1;
        }
        let sites: BTreeSet<String> = dark.keys().flatten().cloned().collect();
        let homes = self.store().homes(&sites).await?;
        for (site, darkens) in dark {
            let homes = site.as_ref().and_then(|site| homes.get(site));
            let homes = homes.copied().unwrap_or(0);
            let hour = blast.of_site(homes, Span::Hour);
            let day = blast.of_site(homes, Span::Day);
            reach.darkens += darkens;
            reach.sites.push(SiteReach {
                hours: hours(darkens, hour, day),
                site,
                homes,
                darkens,
                hour,
                day,
            });
        }
        let fleet = hours(reach.darkens, reach.fleet_day, reach.fleet_day);
        let slowest = reach.sites.iter().map(|site| site.hours).max();
        reach.hours = slowest.unwrap_or(0).max(fleet);
        Ok(reach)
    }
}

/// How many hours pass until the last of so many acts may leave, with so many an hour and a day. A
/// limit of nothing is one that never comes: the figure is then the greatest there is.
fn hours(acts: u32, hour: u32, day: u32) -> u64 {
    let (acts, hour, day) = (u64::from(acts), u64::from(hour), u64::from(day));
    let Some(before) = acts.checked_sub(1) else {
        return 0;
    };
    let (Some(days), Some(hours)) = (
        before.checked_div(day),
        before
            .checked_rem(day)
            .and_then(|rest| rest.checked_div(hour)),
    ) else {
        return u64::MAX;
    };
    days * 24 + hours
}

#[cfg(test)]
mod tests {
    use super::hours;

    #[test]
    fn the_last_act_leaves_when_hours_and_days_allow_it() {
        // acts, an hour, a day, hours until the last one
        let rows = [
            (0, 1, 2, 0),
            (1, 1, 2, 0),
            (2, 1, 2, 1),
            (3, 1, 2, 24),
            (4, 1, 2, 25),
            (500, 500, 1_000, 0),
            (501, 500, 1_000, 1),
            (1_000, 500, 1_000, 1),
            (1_001, 500, 1_000, 24),
            (101, 100, 100, 24),
            (1, 0, 0, u64::MAX),
        ];
        for (acts, hour, day, takes) in rows {
            assert_eq!(hours(acts, hour, day), takes, "{acts} at {hour} and {day}");
        }
    }
}
