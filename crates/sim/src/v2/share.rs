//! Lists with several rows a meter: days, hours. A page takes a share of some meters' rows.

use super::page::range;
use crate::call::text;
use crate::door::{Door, Part};
use crate::local::day_after;
use crate::meter::Meter;
use jiff::civil::Date;
use serde_json::Value;

/// How many days back a list goes that names no range.
const USUAL_DAYS: i64 = 31;

/// A meter on a page: its place, how many of its rows belong to earlier pages, how many it has.
pub(crate) type Share = (u32, usize, usize);

/// How a list falls on a page: the total, and the meters that have rows on it.
pub(crate) fn shares(
    door: &Door<'_>,
    body: &Value,
    part: Part,
    rows_of: impl Fn(&Meter) -> usize,
) -> (usize, Vec<Share>) {
    let either = |one: &str, other: &str| text(body, one).or_else(|| text(body, other));
    let site = either("stationId", "SITE_ID");
    let gateway = either("gatewayId", "concentratorId");
    let world = &*door.world;
    let places = match text(body, "meterId") {
        None => 0..u32::try_from(world.meters.len()).unwrap_or(u32::MAX),
        Some(number) => match world.find(door.head, &number) {
            Some(place) => place..place + 1,
            None => 0..0,
        },
    };
    let (mut total, mut found) = (0_usize, Vec::new());
    for place in places {
        let meter = world.meter(place);
        let behind = world.gateway(meter.gateway);
        let fits = world.has(door.head, meter)
            && site.as_ref().is_none_or(|site| behind.site == *site)
            && gateway.as_ref().is_none_or(|id| behind.id == *id);
        let many = if fits { rows_of(meter) } else { 0 };
        if total + many > part.skip && total < part.skip.saturating_add(part.take) {
            found.push((place, part.skip.saturating_sub(total), many));
        }
        total += many;
    }
    (total, found)
}

/// The days a body asks for: those of its range, else the last month.
pub(crate) fn days_asked(door: &Door<'_>, body: &Value, name: &str) -> [Date; 2] {
    let around = door.world.around;
    let today = around.civil(door.now).date();
    let [from, to] = range(body, name, around);
    let first = match from {
        i64::MIN => day_after(today, -USUAL_DAYS),
        from => around.civil(from).date(),
    };
    let last = match to {
        i64::MAX => today,
        to => around.civil(to).date(),
    };
    [first, last]
}
