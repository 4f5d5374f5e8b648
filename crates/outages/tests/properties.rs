//! Whatever the signs are: no dark home is lost or told twice, and no order of the rows matters.

mod support;

use fleet::{AmiCode, DAY, HOUR, MINUTE, Moment};
use outages::{
    Cause, Home, IndexTerms, Interruption, LocateTerms, Node, NodeKind, Phase, Sign, Slot, Tree,
    locate, of_slots, once_each, reliability,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

fn tree() -> impl Strategy<Value = Tree> {
    vec(any::<prop::sample::Index>(), 0..8).prop_map(|feeds| {
        let mut nodes = vec![support::node("0", NodeKind::Site, None)];
        for feed in feeds {
            let fed_by = feed.index(nodes.len());
            nodes.push(Node {
                name: nodes.len().to_string(),
                kind: NodeKind::Circuit,
                fed_by: Some(fed_by),
            });
        }
        Tree::new(nodes).expect("each is fed by one before it")
    })
}

fn home() -> impl Strategy<Value = Home> {
    let at = || prop_oneof![3 => 0..20 * MINUTE, 1 => 0..DAY].prop_map(Moment);
    let sign = prop_oneof![
        1 => Just(Sign::Unknown),
        3 => Just(Sign::Heard),
        4 => at().prop_map(Sign::Down),
        2 => at().prop_map(Sign::Silent),
    ];
    let phase = of(prop_oneof![Just(Phase::A), Just(Phase::B), Just(Phase::C)]);
    let code = of((995_u16..1_030).prop_map(AmiCode));
    (0_usize..8, of(0_usize..3), phase, sign, code).prop_map(
        |(node, gateway, phase, sign, code)| Home {
            node,
            gateway,
            phase,
            sign,
            code,
        },
    )
}

fn interruption() -> impl Strategy<Value = Interruption> {
    let cause = prop_oneof![
        Just(Cause::Supply),
        Just(Cause::Meter),
        Just(Cause::Ordered),
        Just(Cause::Unknown)
    ];
    (0..DAY, of(0..5 * HOUR), 1_u64..5, cause).prop_map(|(from, length, homes, cause)| {
        Interruption {
            from: Moment(from),
            to: length.map(|length| Moment(from + length)),
            homes,
            cause,
            resolution: MINUTE,
        }
    })
}

proptest! {
    #[test]
    fn each_dark_home_is_told_once(
        tree in tree(),
        homes in vec(home(), 0..40),
        gateways in vec(of(any::<bool>()), 0..3),
    ) {
        let nodes = tree.nodes().len();
        let homes: Vec<Home> = homes
            .into_iter()
            .map(|home| Home { node: home.node % nodes, ..home })
            .collect();
        let found = locate(&tree, &homes, &gateways, &LocateTerms::default());
        let mut told: Vec<usize> = found.iter().flat_map(|one| one.homes.clone()).collect();
        told.sort_unstable();
        let dark: Vec<usize> = (0..homes.len())
            .filter(|home| homes[*home].sign.dark_since().is_some())
            .collect();
        prop_assert_eq!(told, dark);
        for one in &found {
            prop_assert!(!one.homes.is_empty() && one.known >= one.homes.len());
            prop_assert!(one.homes.iter().all(|home| homes[*home].sign.dark_since() >= Some(one.from)));
        }
    }

    #[test]
    fn the_order_of_the_rows_changes_no_index(
        interruptions in vec(interruption(), 0..30),
        turn in any::<prop::sample::Index>(),
    ) {
        let mut turned = interruptions.clone();
        if !turned.is_empty() {
            turned.rotate_left(turn.index(interruptions.len()));
        }
        let of = |some: &[Interruption]| {
            reliability(some, 40, (Moment(0), Moment(DAY)), MINUTE, IndexTerms::default())
        };
        let (one, other) = (of(&interruptions), of(&turned));
        let supply = one.zip(other).map(|(one, other)| (one.supply, other.supply));
        let (one, other) = supply.expect("there are homes and time");
        prop_assert!(support::same(one.saidi_min, other.saidi_min));
        prop_assert_eq!((one.sustained, one.momentary, one.open), (other.sustained, other.momentary, other.open));
        prop_assert!(one.caidi_min.is_none_or(|caidi| support::same(caidi * one.saifi, one.saidi_min)));
        prop_assert!(one.asai <= 1.0);
    }

    #[test]
    fn once_each_overlaps_nowhere_and_covers_the_same(interruptions in vec(interruption(), 0..20)) {
        let merged = once_each(&interruptions);
        for two in merged.windows(2) {
            prop_assert!(two[0].to.is_some_and(|end| end <= two[1].from));
        }
        let covers = |some: &[Interruption], at: i64| {
            some.iter().any(|one| one.from.0 <= at && one.to.is_none_or(|end| at < end.0))
        };
        for at in (0..2 * DAY).step_by(7_777_777) {
            prop_assert_eq!(covers(&interruptions, at), covers(&merged, at));
        }
        let again = once_each(&merged);
        prop_assert_eq!(again, merged);
    }

    #[test]
    fn slots_keep_every_dark_sample_and_no_laying_has_fewer(lit in vec(0_u32..=4, 1..12)) {
        let slots: Vec<Slot> = (0..)
            .zip(&lit)
            .map(|(place, lit)| Slot { from: Moment(place * 4 * MINUTE), samples: 4, lit: *lit })
            .collect();
        let end = Moment(i64::try_from(lit.len()).expect("few") * 4 * MINUTE);
        let found = of_slots(&slots, MINUTE);
        let dark: i64 = found.iter().map(|one| one.length(end) / MINUTE).sum();
        prop_assert_eq!(dark, lit.iter().map(|lit| i64::from(4 - lit)).sum::<i64>());
        prop_assert!(found.windows(2).all(|two| two[0].to.is_some_and(|to| to < two[1].from)));
        prop_assert_eq!(found.len(), fewest(&lit));
    }
}

/// The least number of interruptions, by trying every laying of every slot of four samples.
fn fewest(lit: &[u32]) -> usize {
    let mut best: [Option<usize>; 2] = [Some(0), None];
    for lit in lit {
        let mut grown: [Option<usize>; 2] = [None, None];
        for shape in (0_u8..16).filter(|shape| shape.count_ones() == 4 - lit) {
            let dark = |place: u8| shape >> place & 1 == 1;
            let within = (1..4)
                .filter(|place| dark(*place) && !dark(place - 1))
                .count();
            for last in [false, true] {
                let Some(runs) = best[usize::from(last)] else {
                    continue;
                };
                let runs = runs + within + usize::from(dark(0) && !last);
                let place = &mut grown[usize::from(dark(3))];
                *place = Some(place.map_or(runs, |other| other.min(runs)));
            }
        }
        best = grown;
    }
    best.into_iter().flatten().min().unwrap_or(0)
}
