//! R12: a reading that does not fit and would with other digits. It only suggests.

use crate::rule::{Level, Rule, RuleId, Saw, When};
use crate::step::{Stand, Step};
use catalogue::Text;

pub(super) const TEN_TIMES: Rule = Rule {
    id: RuleId::R12,
    slug: "ten-times",
    level: Level::Suggest,
    says: Text {
        en: "{0 kwh} would fit as {1 kwh}: a digit too many, or the decimal point one place off?",
        fr: "{0 kwh} conviendrait comme {1 kwh}\u{a0}: un chiffre de trop, ou la virgule décalée\u{a0}?",
    },
    when: When::Step(|step| suggest(step, |wh| (wh % 10 == 0).then_some(wh / 10))),
};

pub(super) const TENTH: Rule = Rule {
    id: RuleId::R12,
    slug: "tenth",
    level: Level::Suggest,
    says: Text {
        en: "{0 kwh} would fit as {1 kwh}: a digit lost, or the decimal point one place off?",
        fr: "{0 kwh} conviendrait comme {1 kwh}\u{a0}: un chiffre perdu, ou la virgule décalée\u{a0}?",
    },
    when: When::Step(|step| {
        // the last digit was lost: any of ten may have stood there
        suggest(step, |wh| {
            let ten = wh.checked_mul(10)?;
            Some(
                step.before
                    .wh
                    .clamp(ten, ten.saturating_add(9 * step.bounds.unit_wh)),
            )
        })
    }),
};

pub(super) const SWAPPED: Rule = Rule {
    id: RuleId::R12,
    slug: "swapped",
    level: Level::Suggest,
    says: Text {
        en: "{0 kwh} would fit as {1 kwh}: two digits swapped?",
        fr: "{0 kwh} conviendrait comme {1 kwh}\u{a0}: deux chiffres intervertis\u{a0}?",
    },
    when: When::Step(|step| {
        let misfit = misfit(step)?;
        swaps(step.now.wh)
            .find(|wh| fits(step, *wh))
            .map(|wh| Saw([misfit, wh, 0]))
    }),
};

/// The value of a reading that does not go on from the one before.
fn misfit(step: &Step<'_>) -> Option<i64> {
    matches!(step.stand, Stand::Back | Stand::TooMuch).then_some(step.now.wh)
}

fn suggest(step: &Step<'_>, other: impl Fn(i64) -> Option<i64>) -> Option<Saw> {
    let wh = misfit(step)?;
    let other = other(wh).filter(|other| fits(step, *other))?;
    Some(Saw([wh, other, 0]))
}

/// Whether a value would go on from the one before, and not by much more than the home's usual days.
fn fits(step: &Step<'_>, wh: i64) -> bool {
    let most = step.bounds.most_wh(step.length(), step.facts.phases);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a bound, not an amount"
    )]
    let usual = step.usual_day_wh.map_or(most, |day| {
        let days = step.length() as f64 / fleet::DAY as f64;
        (day as f64 * (1.0 + step.bounds.spike * days)) as i64
    });
    (0..=most.min(usual)).contains(&wh.saturating_sub(step.before.wh))
}

/// The value with two neighbouring digits swapped, each in turn.
fn swaps(wh: i64) -> impl Iterator<Item = i64> {
    (0..17_u32).filter_map(move |place| {
        let (value, one) = (i128::from(wh), 10_i128.pow(place));
        let (low, high) = (value / one % 10, value / (one * 10) % 10);
        let swapped = value + (high - low) * one - (high - low) * one * 10;
        i64::try_from(swapped)
            .ok()
            .filter(|_| wh >= 0 && low != high)
    })
}
