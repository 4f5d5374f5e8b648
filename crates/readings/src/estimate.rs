//! What was probably consumed when, inside a gap: only on request, always marked.

use crate::around::Around;
use crate::interval::Interval;
use crate::reading::Quality;
use fleet::{DAY, HOUR, Moment};
use std::collections::BTreeMap;

/// Up to this length a gap is shared out evenly, milliseconds. 2 hours: the Californian rules of
/// estimation.
const EVENLY: i64 = 2 * HOUR;
/// How far back the same weekday is looked for. Four weeks: our choice.
const BACK: i64 = 28 * DAY;
/// Divisible by every number up to 16, so that means of a few values stay exact.
const EXACT: i128 = 720_720;

/// Shares the energy of a gap out over its periods. The parts add up to what the register says of
/// the whole gap, and are all marked [`Quality::Estimated`]; nothing that was read is replaced.
///
/// Up to 2 hours the parts are equal. Longer ones follow the mean of the same weekday and time in
/// the four weeks of `history` before the gap, days with an outage left out; where a part has no such
/// mean, all parts are equal. Time without supply gets nothing. Where the register does not say what
/// passed (an exchange with unknown ends), the means themselves are given, or nothing at all.
pub fn estimate(gap: &Interval, history: &[Interval], around: &Around<'_>) -> Vec<Interval> {
    let pieces = pieces(gap, around.bounds.period);
    let lit: Vec<i128> = pieces.iter().map(|piece| lit(*piece, around)).collect();
    let long = gap.length() > EVENLY || gap.wh.is_none();
    let means = long.then(|| means(&pieces, gap.from, history, around));
    let weights: Option<Vec<i128>> = means.flatten().map(|means| {
        let each = means.iter().zip(&lit).zip(&pieces);
        each.map(|((mean, lit), (from, to))| mean * lit / i128::from(to.since(*from).max(1)))
            .collect()
    });
    let usable = weights.filter(|weights| weights.iter().sum::<i128>() > 0);
    match (gap.wh, usable) {
        (Some(wh), weights) => shared(wh, &pieces, &weights.unwrap_or_else(|| evenly(lit))),
        (None, Some(weights)) => {
            let wh = weights.iter().sum::<i128>() / EXACT;
            shared(i64::try_from(wh).unwrap_or(0), &pieces, &weights)
        }
        (None, None) => Vec::new(),
    }
}

/// The periods of a gap; the last one ends where the gap does.
fn pieces(gap: &Interval, period: i64) -> Vec<(Moment, Moment)> {
    let count = i64::from(gap.missing) + 1;
    let end = |number: i64| {
        let regular = gap.from.plus(period.saturating_mul(number)).min(gap.to);
        if number == count { gap.to } else { regular }
    };
    (0..count)
        .map(|number| (end(number), end(number + 1)))
        .collect()
}

/// Milliseconds with supply.
fn lit((from, to): (Moment, Moment), around: &Around<'_>) -> i128 {
    (to.since(from) - around.facts.dark(from, to)).max(0).into()
}

/// By the time with supply; a gap that was dark throughout is shared out evenly.
fn evenly(lit: Vec<i128>) -> Vec<i128> {
    match lit.iter().sum::<i128>() {
        0 => vec![1; lit.len()],
        _ => lit,
    }
}

/// For each piece the mean of its weekday and time, times [`EXACT`]; nothing where one has none.
fn means(
    pieces: &[(Moment, Moment)],
    gap: Moment,
    history: &[Interval],
    around: &Around<'_>,
) -> Option<Vec<i128>> {
    let mut sums: BTreeMap<_, (i128, i128)> = BTreeMap::new();
    let usable = |one: &&Interval| {
        one.from >= gap.plus(-BACK)
            && one.from < gap
            && one.missing == 0
            && matches!(one.quality, Quality::Actual | Quality::Manual)
            && !on_dark_day(one.from, around)
    };
    for one in history.iter().filter(usable) {
        let (Some(wh), Some(slot)) = (one.wh, slot(one.from, around)) else {
            continue;
        };
        let (sum, count) = sums.entry(slot).or_default();
        *sum += i128::from(wh);
        *count += 1;
    }
    let mean = |(from, _): &(Moment, Moment)| {
        let (sum, count) = sums.get(&slot(*from, around)?)?;
        Some(sum * EXACT / count)
    };
    pieces.iter().map(mean).collect()
}

/// The weekday and the number of the period in the day, as the clocks show it.
fn slot(at: Moment, around: &Around<'_>) -> Option<(i8, i64)> {
    let (weekday, of_day) = around.calendar.weekday_and_time(at)?;
    Some((weekday, of_day / around.bounds.period.max(1)))
}

fn on_dark_day(at: Moment, around: &Around<'_>) -> bool {
    let dark = |day: crate::LocalDay| around.facts.dark(day.from, day.to) > 0;
    !around.facts.outages.is_empty() && around.calendar.day(at).is_some_and(dark)
}

/// Each piece ends at the whole Wh below its share.
fn shared(wh: i64, pieces: &[(Moment, Moment)], weights: &[i128]) -> Vec<Interval> {
    let whole: i128 = weights.iter().sum::<i128>().max(1);
    let (mut so_far, mut given) = (0, 0);
    let part = |(&(from, to), weight): (&(Moment, Moment), &i128)| {
        so_far += weight;
        let end = i128::from(wh) * so_far / whole;
        let wh = i64::try_from(end - given).unwrap_or(0);
        given = end;
        Interval {
            from,
            to,
            wh: Some(wh),
            quality: Quality::Estimated,
            missing: 0,
        }
    };
    pieces.iter().zip(weights).map(part).collect()
}
