//! R10: the homes against the meter of their feeder.

use crate::rule::{Level, Rule, RuleId, Saw, When};
use catalogue::Text;

pub(super) const SUM_DIFFERS: Rule = Rule {
    id: RuleId::R10,
    slug: "sum-differs",
    level: Level::Warn,
    says: Text {
        en: "The feeder's meter counted {0 kwh} and its {2 n} homes {1 kwh}: more apart than technical loss and the meters' class.",
        fr: "Le compteur du départ a compté {0 kwh} et ses {2 n} logements {1 kwh}\u{a0}: un écart au-delà des pertes techniques et de la classe des compteurs.",
    },
    when: When::Sum(|sum| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a feeder's energy is far below 2^52 Wh"
        )]
        let (total, residual) = (sum.total_wh as f64, (sum.total_wh - sum.homes_wh) as f64);
        #[expect(clippy::cast_precision_loss, reason = "a few steps of each register")]
        let steps = ((sum.homes + 1) as f64) * sum.bounds.unit_wh as f64;
        let fits = residual <= total * sum.bounds.loss + steps
            && -residual <= total * sum.bounds.surplus + steps;
        let homes = i64::try_from(sum.homes).unwrap_or(i64::MAX);
        (!fits).then_some(Saw([sum.total_wh, sum.homes_wh, homes]))
    }),
};
