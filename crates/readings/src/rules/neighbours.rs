//! R5: a home whose use changed otherwise than its neighbours'.

use crate::peers::Peers;
use crate::rule::{Level, Rule, RuleId, Saw, When};
use catalogue::Text;

pub(super) const ABOVE_NEIGHBOURS: Rule = Rule {
    id: RuleId::R5,
    slug: "above-neighbours",
    level: Level::Warn,
    says: Text {
        en: "The week's {0 kwh} a day are {1 percent} of the home's usual day, while its neighbours stand at {2 percent} of theirs.",
        fr: "Les {0 kwh} par jour de la semaine font {1 percent} du jour habituel du logement, alors que ses voisins sont à {2 percent} du leur.",
    },
    when: When::Peers(|peers| {
        let far = peers.week.wh >= peers.bounds.spike_wh;
        (far && many(peers) && times(peers.own, peers.middle) > peers.bounds.neighbours)
            .then_some(Saw([peers.week.wh, peers.own, peers.middle]))
    }),
};

pub(super) const BELOW_NEIGHBOURS: Rule = Rule {
    id: RuleId::R5,
    slug: "below-neighbours",
    level: Level::Warn,
    says: Text {
        en: "The week's {0 kwh} a day are {1 percent} of the home's usual day, while its neighbours stand at {2 percent} of theirs: ask whether somebody is away before anything is suspected.",
        fr: "Les {0 kwh} par jour de la semaine font {1 percent} du jour habituel du logement, alors que ses voisins sont à {2 percent} du leur\u{a0}: demandez si quelqu'un est absent avant tout soupçon.",
    },
    when: When::Peers(|peers| {
        let far = peers.week.usual_wh >= peers.bounds.low_wh;
        let least = peers.bounds.low * peers.bounds.neighbours;
        // far below the neighbours and, for its own past, on the way to "low"
        let below = times(peers.middle, peers.own.max(1)) > peers.bounds.neighbours
            && times(peers.own, 1000) < least;
        (far && many(peers) && below).then_some(Saw([peers.week.wh, peers.own, peers.middle]))
    }),
};

fn many(peers: &Peers<'_>) -> bool {
    peers.others >= peers.bounds.least_neighbours
}

#[expect(clippy::cast_precision_loss, reason = "shares are small numbers")]
fn times(one: i64, other: i64) -> f64 {
    if other <= 0 {
        return 0.0;
    }
    one as f64 / other as f64
}
