//! R11: the meter's clock.

use crate::rule::{Level, Rule, RuleId, Saw, When};
use crate::step::Stand;
use catalogue::Text;

pub(super) const CLOCK_OFF: Rule = Rule {
    id: RuleId::R11,
    slug: "clock-off",
    level: Level::Warn,
    says: Text {
        en: "The meter's clock is off by {0 minutes}: set it; readings and events of that time are moved or left out.",
        fr: "L'horloge du compteur est décalée de {0 minutes}\u{a0}: réglez-la\u{a0}; les relevés et événements de ce temps sont redatés ou écartés.",
    },
    when: When::Stamp(4, |stamp| {
        let off = stamp.off();
        (off.saturating_abs() > stamp.bounds.clock).then_some(Saw([off, 0, 0]))
    }),
};

pub(super) const CLOCK_JUMPED: Rule = Rule {
    id: RuleId::R11,
    slug: "clock-jumped",
    level: Level::Warn,
    says: Text {
        en: "The register went on from {1 kwh} to {2 kwh}, but the clock went back by {0 hours}: one of the two moments is wrong, and what was consumed when is not known.",
        fr: "L'index a continué de {1 kwh} à {2 kwh}, mais l'horloge a reculé de {0 hours}\u{a0}: un des deux instants est faux, et la répartition n'est pas connue.",
    },
    when: When::Step(|step| {
        let saw = Saw([-step.length(), step.before.wh, step.now.wh]);
        (step.stand == Stand::ClockBack).then_some(saw)
    }),
};
