//! R8: values that stand still.

use crate::held::Quantity;
use crate::rule::{Level, Rule, RuleId, Saw, When};
use crate::step::Stand;
use catalogue::Text;

pub(super) const FROZEN_VALUE: Rule = Rule {
    id: RuleId::R8,
    slug: "frozen-value",
    level: Level::Warn,
    says: Text {
        en: "The same value of the moment came {0 n} times in a row: the meter or the head-end repeats an old one.",
        fr: "La même valeur instantanée est venue {0 n} fois de suite\u{a0}: le compteur ou la tête de réseau en répète une ancienne.",
    },
    when: When::Held(9, |held| {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a threshold of a few watts"
        )]
        let least = match held.quantity {
            Quantity::Power => (held.bounds.frozen_w * 1000.0) as i64,
            Quantity::Voltage | Quantity::Amperes => 1,
        };
        let frozen = held.milli.saturating_abs() >= least && held.times >= held.bounds.frozen;
        frozen.then_some(Saw([held.times.into(), held.milli, 0]))
    }),
};

pub(super) const FROZEN_REGISTER: Rule = Rule {
    id: RuleId::R8,
    slug: "frozen-register",
    level: Level::Fail,
    says: Text {
        en: "The register stands at {0 kwh}, while by the power {1 kwh} were drawn since it last moved: find out before anything is billed.",
        fr: "L'index reste à {0 kwh}, alors que d'après la puissance {1 kwh} ont été pris depuis son dernier mouvement\u{a0}: cherchez pourquoi avant de facturer.",
    },
    when: When::Lasting(10, |step| {
        let stands = step.stand == Stand::Forward && step.wh == Some(0);
        let frozen = stands && step.flat_wh > step.bounds.frozen_wh;
        frozen.then_some(Saw([step.now.wh, step.flat_wh, 0]))
    }),
};
