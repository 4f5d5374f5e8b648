//! When a meter that should have been heard was not.

use crate::cause::Cause;
use crate::interruption::Interruption;
use fleet::Moment;

/// The silences of a meter that reports once a period: from the last report before to the first one
/// after. A silence is weak evidence: a radio that fails is silent too, and what the ends of an
/// interruption were between two reports nobody knows, so its resolution is the period.
///
/// `heard` is in order; a silence that lasts until `now` has no end.
pub fn silences(heard: &[Moment], period: i64, now: Moment) -> Vec<Interruption> {
    let silent = |from: Moment, to: Moment| to.since(from) > period + period / 2;
    let between = |from: Moment, to: Option<Moment>| Interruption {
        from,
        to,
        homes: 1,
        cause: Cause::Unknown,
        resolution: period,
    };
    let over = heard.windows(2).filter(|two| silent(two[0], two[1]));
    let mut found: Vec<Interruption> = over.map(|two| between(two[0], Some(two[1]))).collect();
    let last = heard.last().filter(|last| silent(**last, now));
    found.extend(last.map(|last| between(*last, None)));
    found
}

/// The interruptions that begin at power-downs of a meter's own log, both lists in order. The log has
/// no ends: supply was back at the first report after it at the latest, and before the next power-down.
/// The resolution is the period between reports.
pub fn from_power_downs(downs: &[Moment], heard: &[Moment], period: i64) -> Vec<Interruption> {
    let interruption = |(place, down): (usize, &Moment)| {
        let after = heard.partition_point(|at| at <= down);
        let ends = [heard.get(after), downs.get(place + 1)];
        Interruption {
            from: *down,
            to: ends.into_iter().flatten().min().copied(),
            homes: 1,
            cause: Cause::Unknown,
            resolution: period,
        }
    };
    downs.iter().enumerate().map(interruption).collect()
}
