//! R7 and R9: what the stretch between two readings says.

use crate::interval::Span;
use crate::rule::{Level, Rule, RuleId, Saw, When};
use crate::step::Step;
use catalogue::Text;

pub(super) const USE_WHILE_OPEN: Rule = Rule {
    id: RuleId::R7,
    slug: "use-while-open",
    level: Level::Fail,
    says: Text {
        en: "{0 kwh} were counted in {1 hours} while the relay was reported open: a bypass is suspected, or the meter is not the one of this home.",
        fr: "{0 kwh} ont été comptés en {1 hours} pendant que le relais était signalé ouvert\u{a0}: contournement soupçonné, ou compteur d'un autre logement.",
    },
    when: When::Lasting(2, |step| used_within(step, step.facts.relay_open)),
};

pub(super) const USE_WHILE_VACANT: Rule = Rule {
    id: RuleId::R7,
    slug: "use-while-vacant",
    level: Level::Fail,
    says: Text {
        en: "{0 kwh} were counted in {1 hours} while nobody is said to live there: ask who does, or whose meter it is.",
        fr: "{0 kwh} ont été comptés en {1 hours} alors que le logement est dit vacant\u{a0}: demandez qui y vit, ou à qui est le compteur.",
    },
    when: When::Lasting(3, |step| used_within(step, step.facts.vacant)),
};

pub(super) const GAP: Rule = Rule {
    id: RuleId::R9,
    slug: "gap",
    level: Level::Warn,
    says: Text {
        en: "{0 n} readings are missing in {1 hours}. What was consumed in all is known; what was consumed when is not, and is estimated only on request.",
        fr: "Il manque {0 n} relevés en {1 hours}. Le total consommé est connu\u{a0}; la répartition ne l'est pas, et n'est estimée que sur demande.",
    },
    when: When::Step(|step| {
        let missing = step.bounds.missing(step.length());
        let unexplained = step.stand.goes_on() && step.bounds.is_gap(step.lit());
        unexplained.then_some(Saw([missing.into(), step.length(), 0]))
    }),
};

/// More than one step of the register, which may stem from before, while a span holds it all.
fn used_within(step: &Step<'_>, spans: &[Span]) -> Option<Saw> {
    let wh = step.wh.filter(|wh| *wh > step.bounds.unit_wh)?;
    let within = |span: &Span| span.holds(step.before.at(), step.now.at());
    spans
        .iter()
        .any(within)
        .then_some(Saw([wh, step.length(), 0]))
}
