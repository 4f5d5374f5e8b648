//! A reading against the one before: where it stands to it, before any rule speaks.

use crate::bounds::Bounds;
use crate::facts::{Exchange, Facts};
use crate::reading::Reading;
use fleet::Moment;
use serde::{Deserialize, Serialize};

/// A register's value at a moment, as far as the next reading is held against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// Milliseconds since 1970 UTC.
    at: i64,
    /// Wh.
    pub(crate) wh: i64,
    /// Whether a person typed it.
    pub(crate) manual: bool,
}

/// Where a reading stands to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Later and not less, and not more than a meter can measure.
    Forward,
    /// The register began anew at its end.
    RolledOver,
    /// Another register took over and both ends are known.
    Exchanged,
    /// Another register took over, and what passed in between nobody knows.
    ExchangedBlind,
    /// The same moment and value once more.
    Same,
    /// The same moment with another value.
    Contradicts,
    /// An earlier moment that fits: it was delivered late.
    Late,
    /// An earlier moment with a greater value: one of the two moments is wrong.
    ClockBack,
    /// Later and less.
    Back,
    /// Later, and more than a meter can measure.
    TooMuch,
}

/// A reading, the one before, and what is known beside them.
pub(crate) struct Step<'a> {
    pub(crate) before: Mark,
    pub(crate) now: Mark,
    pub(crate) stand: Stand,
    /// What was consumed, Wh, where the step goes on.
    pub(crate) wh: Option<i64>,
    /// The median of the last days, Wh; worked out only where a step does not go on.
    pub(crate) usual_day_wh: Option<i64>,
    /// What the power of the moments since the register last moved adds up to, Wh.
    pub(crate) flat_wh: i64,
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) bounds: &'a Bounds,
}

impl Mark {
    pub(crate) fn of(reading: &Reading) -> Self {
        Self {
            at: reading.at.0,
            wh: reading.wh,
            manual: reading.quality != crate::Quality::Actual,
        }
    }

    pub(crate) fn at(&self) -> Moment {
        Moment(self.at)
    }
}

impl Stand {
    /// Whether the register is read on from here.
    pub(crate) fn goes_on(self) -> bool {
        matches!(
            self,
            Self::Forward | Self::RolledOver | Self::Exchanged | Self::ExchangedBlind
        )
    }

    /// Where a reading stands, and what was consumed in between.
    pub(crate) fn of(
        before: Mark,
        now: Mark,
        facts: &Facts<'_>,
        bounds: &Bounds,
    ) -> (Self, Option<i64>) {
        let length = now.at - before.at;
        if length <= 0 {
            return (Self::of_earlier(before, now), None);
        }
        let most = bounds.most_wh(length, facts.phases);
        let exchange = facts.exchanges.iter().find(|exchange| {
            let at = exchange.at.0;
            before.at < at && at <= now.at
        });
        if let Some(exchange) = exchange {
            return exchanged(before, now, exchange, most);
        }
        let wh = now.wh.saturating_sub(before.wh);
        match (wh >= 0, wh <= most) {
            (true, true) => (Self::Forward, Some(wh)),
            (true, false) => (Self::TooMuch, None),
            (false, _) => rolled_over(before, now, most, bounds)
                .map_or((Self::Back, None), |wh| (Self::RolledOver, Some(wh))),
        }
    }

    fn of_earlier(before: Mark, now: Mark) -> Self {
        match (now.at == before.at, now.wh.cmp(&before.wh)) {
            (true, std::cmp::Ordering::Equal) => Self::Same,
            (true, _) => Self::Contradicts,
            (false, std::cmp::Ordering::Greater) => Self::ClockBack,
            (false, _) => Self::Late,
        }
    }
}

/// What was consumed across the end of the register, where that is what happened.
fn rolled_over(before: Mark, now: Mark, most: i64, bounds: &Bounds) -> Option<i64> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a register ends far below 2^52 Wh"
    )]
    let near = (bounds.end_wh as f64 * bounds.near_end) as i64;
    let may = before.wh > near && before.wh < bounds.end_wh && now.wh >= 0;
    let wh = (bounds.end_wh.saturating_sub(before.wh)).saturating_add(now.wh);
    (may && wh <= most).then_some(wh)
}

fn exchanged(before: Mark, now: Mark, exchange: &Exchange, most: i64) -> (Stand, Option<i64>) {
    let (Some(last), Some(first)) = (exchange.last_wh, exchange.first_wh) else {
        return (Stand::ExchangedBlind, None);
    };
    let old = last.saturating_sub(before.wh);
    let new = now.wh.saturating_sub(first);
    let wh = old.saturating_add(new);
    if old < 0 || new < 0 || wh > most {
        return (Stand::ExchangedBlind, None);
    }
    (Stand::Exchanged, Some(wh))
}

impl Step<'_> {
    /// Milliseconds between the two readings.
    pub(crate) fn length(&self) -> i64 {
        self.now.at - self.before.at
    }

    /// How far the register moved, Wh, whatever that means.
    pub(crate) fn moved_wh(&self) -> i64 {
        self.now.wh.saturating_sub(self.before.wh)
    }

    /// Milliseconds of it with supply, as far as is known.
    pub(crate) fn lit(&self) -> i64 {
        self.length() - self.facts.dark(self.before.at(), self.now.at())
    }
}
