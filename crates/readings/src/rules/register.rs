//! R1 to R3: the register itself.

use crate::rule::{Level, Rule, RuleId, Saw, When};
use crate::step::Stand;
use catalogue::Text;

pub(super) const SAME_MOMENT: Rule = Rule {
    id: RuleId::R1,
    slug: "same-moment",
    level: Level::Reject,
    says: Text {
        en: "Two values for the same moment: {0 kwh} was first and stays, {1 kwh} is not used.",
        fr: "Deux valeurs pour le même instant\u{a0}: {0 kwh} était là d'abord et reste, {1 kwh} n'est pas utilisé.",
    },
    when: When::Step(|step| {
        (step.stand == Stand::Contradicts).then_some(Saw([step.before.wh, step.now.wh, 0]))
    }),
};

pub(super) const RAN_BACK: Rule = Rule {
    id: RuleId::R2,
    slug: "ran-back",
    level: Level::Fail,
    says: Text {
        en: "The register went from {0 kwh} back to {1 kwh}, and neither a roll-over nor a recorded exchange explains it: find out before anything is billed.",
        fr: "L'index est revenu de {0 kwh} à {1 kwh}, et ni un passage par zéro ni un échange enregistré ne l'explique\u{a0}: cherchez pourquoi avant de facturer.",
    },
    when: When::Step(|step| {
        (step.stand == Stand::Back).then_some(Saw([step.before.wh, step.now.wh, 0]))
    }),
};

pub(super) const ROLLED_OVER: Rule = Rule {
    id: RuleId::R2,
    slug: "rolled-over",
    level: Level::Note,
    says: Text {
        en: "The register reached its end of {2 kwh} and began anew: {0 kwh}, then {1 kwh}.",
        fr: "L'index a atteint sa fin de {2 kwh} et est reparti de zéro\u{a0}: {0 kwh}, puis {1 kwh}.",
    },
    when: When::Step(|step| {
        let saw = Saw([step.before.wh, step.now.wh, step.bounds.end_wh]);
        (step.stand == Stand::RolledOver).then_some(saw)
    }),
};

pub(super) const EXCHANGED: Rule = Rule {
    id: RuleId::R2,
    slug: "exchanged",
    level: Level::Note,
    says: Text {
        en: "The meter was exchanged between {0 kwh} and {1 kwh}: with both registers' ends, {2 kwh} were consumed.",
        fr: "Le compteur a été échangé entre {0 kwh} et {1 kwh}\u{a0}: d'après les deux index, {2 kwh} ont été consommés.",
    },
    when: When::Step(|step| {
        let wh = step.wh.filter(|_| step.stand == Stand::Exchanged)?;
        Some(Saw([step.before.wh, step.now.wh, wh]))
    }),
};

pub(super) const EXCHANGED_BLIND: Rule = Rule {
    id: RuleId::R2,
    slug: "exchanged-blind",
    level: Level::Fail,
    says: Text {
        en: "The meter was exchanged between {0 kwh} and {1 kwh}, and the last value of the old one or the first of the new one is missing or does not fit: record both.",
        fr: "Le compteur a été échangé entre {0 kwh} et {1 kwh}, et le dernier index de l'ancien ou le premier du nouveau manque ou ne convient pas\u{a0}: enregistrez les deux.",
    },
    when: When::Step(|step| {
        (step.stand == Stand::ExchangedBlind).then_some(Saw([step.before.wh, step.now.wh, 0]))
    }),
};

pub(super) const BEYOND_METER: Rule = Rule {
    id: RuleId::R3,
    slug: "beyond-meter",
    level: Level::Fail,
    says: Text {
        en: "The register went up by {0 kwh} in {1 hours}, and a meter can measure {2 kwh} at most: a mistype, another meter, or a wrong unit.",
        fr: "L'index a monté de {0 kwh} en {1 hours}, et un compteur peut mesurer {2 kwh} au plus\u{a0}: faute de frappe, autre compteur ou mauvaise unité.",
    },
    when: When::Step(|step| {
        let most = step.bounds.most_wh(step.length(), step.facts.phases);
        let saw = Saw([step.moved_wh(), step.length(), most]);
        (step.stand == Stand::TooMuch).then_some(saw)
    }),
};

pub(super) const BEYOND_LIMIT: Rule = Rule {
    id: RuleId::R3,
    slug: "beyond-limit",
    level: Level::Warn,
    says: Text {
        en: "{0 kwh} in {1 hours} is more than the load limit of {2 w} lets through: read the limit again, or the register is not this meter's.",
        fr: "{0 kwh} en {1 hours}, c'est plus que ne laisse passer la limite de charge de {2 w}\u{a0}: relisez la limite, ou l'index n'est pas celui de ce compteur.",
    },
    when: When::Lasting(1, |step| {
        let limit = step.facts.load_limit?;
        let wh = step.wh.filter(|_| step.stand == Stand::Forward)?;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "a bound, not an amount"
        )]
        let most =
            (limit.0 * step.bounds.margin * step.length() as f64 / fleet::HOUR as f64) as i64;
        #[expect(clippy::cast_possible_truncation, reason = "shown as whole watts")]
        let saw = Saw([wh, step.length(), limit.0 as i64]);
        (wh > most + step.bounds.unit_wh).then_some(saw)
    }),
};
