//! R4 to R6: a day that is over, against the days before it.

use crate::rule::{Level, Rule, RuleId, Saw, When};
use catalogue::Text;

pub(super) const SPIKE: Rule = Rule {
    id: RuleId::R4,
    slug: "spike",
    level: Level::Warn,
    says: Text {
        en: "{0 kwh} in one day is {2 times} times the usual {1 kwh}: look at the hours, then ask the customer.",
        fr: "{0 kwh} en un jour, c'est {2 times} fois l'habituel {1 kwh}\u{a0}: regardez les heures, puis demandez au client.",
    },
    when: When::Day(5, |day| {
        let (wh, usual) = (day.used_wh()?, day.usual_wh?);
        let times = ratio(wh, usual.max(1))?;
        let over_third = ratio(wh, day.third_wh?.max(1))? > day.bounds.spike_third;
        let spike = wh >= day.bounds.spike_wh && times > day.bounds.spike && over_third;
        spike.then_some(Saw([wh, usual, tenths(times)]))
    }),
};

pub(super) const HIGH: Rule = Rule {
    id: RuleId::R5,
    slug: "high",
    level: Level::Warn,
    says: Text {
        en: "The last week's {0 kwh} a day are {2 times} times the {1 kwh} a day it is held against.",
        fr: "Les {0 kwh} par jour de la dernière semaine font {2 times} fois les {1 kwh} par jour de comparaison.",
    },
    when: When::Day(6, |day| {
        let (week, usual) = day.week_against_usual()?;
        let times = ratio(week, usual.max(1))?;
        let high = week >= day.bounds.spike_wh && times > day.bounds.high;
        high.then_some(Saw([week, usual, tenths(times)]))
    }),
};

pub(super) const LOW: Rule = Rule {
    id: RuleId::R5,
    slug: "low",
    level: Level::Warn,
    says: Text {
        en: "The last week's {0 kwh} a day are {2 times} times the {1 kwh} a day it is held against: ask whether somebody is away before anything is suspected.",
        fr: "Les {0 kwh} par jour de la dernière semaine font {2 times} fois les {1 kwh} par jour de comparaison\u{a0}: demandez si quelqu'un est absent avant tout soupçon.",
    },
    when: When::Day(7, |day| {
        let (week, usual) = day.week_against_usual()?;
        let times = ratio(week, usual.max(1))?;
        let low = usual >= day.bounds.low_wh && week > 0 && times < day.bounds.low;
        low.then_some(Saw([week, usual, tenths(times)]))
    }),
};

pub(super) const NOTHING_USED: Rule = Rule {
    id: RuleId::R6,
    slug: "nothing-used",
    level: Level::Warn,
    says: Text {
        en: "Nothing was consumed for {0 n} days with supply and without an open relay: somebody away, or energy that passes beside the meter.",
        fr: "Rien n'a été consommé pendant {0 n} jours, avec alimentation et relais fermé\u{a0}: absence, ou énergie qui passe à côté du compteur.",
    },
    when: When::Day(8, |day| {
        let days = day.zero_days;
        (days >= day.bounds.zero_days).then_some(Saw([days.into(), 0, 0]))
    }),
};

#[expect(
    clippy::cast_precision_loss,
    reason = "days of a home are far below 2^52 Wh"
)]
fn ratio(wh: i64, usual: i64) -> Option<f64> {
    (usual > 0).then(|| wh as f64 / usual as f64)
}

#[expect(clippy::cast_possible_truncation, reason = "shown with one decimal")]
fn tenths(times: f64) -> i64 {
    (times * 10.0) as i64
}
