//! The local day that is not over, and how it ends.

use crate::around::Around;
use crate::calendar::{LocalDay, month, number};
use crate::heard::Heard;
use crate::interval::{Interval, Span};
use crate::memory::Memory;
use crate::recent::DayUse;
use crate::rule::{Flag, When};
use crate::rules::RULES;
use crate::whole_day::{Day, WholeDay};
use fleet::Moment;
use serde::{Deserialize, Serialize};

/// A day that is not over. Moments are milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenDay {
    from: i64,
    to: i64,
    /// Until where readings were heard.
    upto: i64,
    /// Of the stretches that readings cover.
    wh: i64,
    covered: i64,
    /// Of every stretch of the day.
    total: i64,
    /// Whether a reading stands at its begin, and every stretch since is known.
    known: bool,
}

impl OpenDay {
    /// The day of a moment, with nothing heard of it but that a reading stands there.
    pub(crate) fn begin(at: Moment, around: &Around<'_>) -> Option<Self> {
        let day = around.calendar.day(at)?;
        let near = |midnight: Moment| (at.since(midnight)).abs() <= around.bounds.midnight;
        if near(day.to) {
            return Some(Self::of(around.calendar.day(day.to)?, day.to, true));
        }
        let upto = if near(day.from) { day.from } else { at };
        Some(Self::of(day, upto, near(day.from)))
    }

    fn of(day: LocalDay, upto: Moment, known: bool) -> Self {
        Self {
            from: day.from.0,
            to: day.to.0,
            upto: upto.0,
            wh: 0,
            covered: 0,
            total: 0,
            known,
        }
    }

    /// A stretch that readings cover, as far as it lies in this day.
    fn cover(&mut self, upto: i64, wh: i64) {
        self.covered += upto - self.upto;
        self.upto = upto;
        self.wh += wh;
        self.total += wh;
    }
}

impl Memory {
    /// Counts what was consumed into its days, and ends the days that are over.
    pub(crate) fn advance(&mut self, interval: &Interval, around: &Around<'_>, heard: &mut Heard) {
        let Some(mut day) = self.day else {
            self.day = OpenDay::begin(interval.to, around);
            return;
        };
        let near = (interval.to.0 - day.to).abs() <= around.bounds.midnight;
        let to = if near { day.to } else { interval.to.0 };
        match interval.wh.filter(|_| interval.missing == 0) {
            Some(wh) => self.cover(&mut day, to, wh, around, heard),
            None => self.leap(&mut day, to, interval.wh, around, heard),
        }
    }

    /// A stretch without a gap: what lies over midnight is shared out by time.
    fn cover(
        &mut self,
        day: &mut OpenDay,
        to: i64,
        wh: i64,
        around: &Around<'_>,
        heard: &mut Heard,
    ) {
        let (from, mut given) = (day.upto, 0);
        while day.to <= to {
            let share = share(wh, day.to - from, to - from) - given;
            given += share;
            day.cover(day.to, share);
            let at_end = day.to == to;
            self.end(day, at_end, around, heard);
            // each day begins where the one before ended; were one not to, this would never end
            let next = around.calendar.day(Moment(day.to));
            let next = next.filter(|next| next.from.0 == day.to);
            let Some(next) = next.map(|next| OpenDay::of(next, next.from, at_end)) else {
                self.day = None;
                return;
            };
            *day = next;
        }
        day.cover(to.max(day.upto), wh - given);
        self.day = Some(*day);
    }

    /// A gap, or a stretch of which nobody knows the energy.
    fn leap(
        &mut self,
        day: &mut OpenDay,
        to: i64,
        wh: Option<i64>,
        around: &Around<'_>,
        heard: &mut Heard,
    ) {
        day.known &= wh.is_some();
        if to < day.to {
            day.total += wh.unwrap_or(0);
            day.upto = to.max(day.upto);
            self.day = Some(*day);
            return;
        }
        let at_end = to == day.to;
        day.total += wh.filter(|_| at_end).unwrap_or(0);
        self.end(day, at_end, around, heard);
        self.day = OpenDay::begin(Moment(to), around);
    }

    /// A day is over.
    fn end(&mut self, open: &OpenDay, at_end: bool, around: &Around<'_>, heard: &mut Heard) {
        let Some(local) = around.calendar.day(Moment(open.from)) else {
            return;
        };
        let day = Day {
            local,
            wh: open.wh,
            covered: open.covered,
            known_wh: (open.known && at_end).then_some(open.total),
        };
        if day.covered == 0 && day.known_wh.is_none() {
            return; // nothing is known of it, and missing is never zero
        }
        heard.days.push(day);
        let Some(wh) = day.used_wh(around.bounds) else {
            return;
        };
        let dark = around.facts.dark(local.from, local.to) > 0;
        let open_relay = shares(around.facts.relay_open, &local);
        self.zero_days = match wh {
            0 if !dark && !open_relay => self.zero_days.saturating_add(1),
            _ => 0,
        };
        self.judge(&day, wh, dark, around, heard);
    }

    fn judge(&mut self, day: &Day, wh: i64, dark: bool, around: &Around<'_>, heard: &mut Heard) {
        let (number, month) = (number(day.local.date), month(day.local.date));
        let usual_wh = self
            .recent
            .median(around.bounds.median_days, around.bounds.least_days);
        let third_wh = self.recent.third();
        self.recent.push(
            DayUse {
                day: number,
                wh,
                dark,
            },
            month,
        );
        for rule in RULES {
            let When::Day(bit, when) = rule.when else {
                continue;
            };
            let saw = when(&WholeDay {
                day,
                number,
                month,
                usual_wh,
                third_wh,
                recent: &self.recent,
                zero_days: self.zero_days,
                bounds: around.bounds,
            });
            if self.is_new(bit, saw.is_some()) {
                heard.flags.extend(saw.map(|saw| Flag {
                    rule,
                    from: day.local.from,
                    to: day.local.to,
                    saw,
                }));
            }
        }
    }
}

fn shares(spans: &[Span], day: &LocalDay) -> bool {
    spans.iter().any(|span| span.shared(day.from, day.to) > 0)
}

/// `wh * part / whole`, down to whole Wh.
fn share(wh: i64, part: i64, whole: i64) -> i64 {
    let share = i128::from(wh) * i128::from(part) / i128::from(whole.max(1));
    i64::try_from(share).unwrap_or(wh)
}
