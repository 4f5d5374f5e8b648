//! Simultaneous power-downs planted in a measured grid of 118 homes are each one outage at the right
//! node, and single ones are single meters.

mod support;

use fleet::{AmiCode, HOUR, MINUTE, Moment};
use outages::{Alone, Cause, Finding, Home, LocateTerms, Sign, Tree, What, locate, restored};
use support::simbench;

fn down(minute: i64) -> Sign {
    Sign::Down(Moment(minute * MINUTE))
}

fn found(tree: &Tree, homes: &[Home]) -> Vec<Finding> {
    locate(tree, homes, &[], &LocateTerms::default())
}

fn feeders(tree: &Tree) -> std::ops::Range<usize> {
    2..tree.nodes().len()
}

fn of(homes: &[Home], node: usize) -> Vec<usize> {
    (0..homes.len())
        .filter(|home| homes[*home].node == node)
        .collect()
}

#[test]
fn homes_that_are_heard_are_no_outage() {
    let (tree, homes) = simbench();
    assert_eq!(found(&tree, &homes), []);
}

#[test]
fn a_feeder_that_goes_dark_is_one_outage_at_that_feeder() {
    let (tree, homes) = simbench();
    for feeder in feeders(&tree) {
        let under = of(&homes, feeder);
        // all of them, and so few that it is just enough
        for dark in [under.len(), (under.len() * 6).div_ceil(10)] {
            let mut with = homes.clone();
            for (turn, home) in under.iter().take(dark).enumerate() {
                with[*home].sign = down(i64::try_from(turn).unwrap() % 10);
            }
            let findings = found(&tree, &with);
            assert_eq!(findings.len(), 1, "{findings:?}");
            let finding = &findings[0];
            assert_eq!((finding.node, finding.homes.len()), (feeder, dark));
            assert_eq!(finding.from, Moment(0));
            // a feeder with one home cannot be told from the home
            let what = if dark >= 2 {
                What::Outage
            } else {
                What::OneMeter(Alone::ServiceDrop)
            };
            assert_eq!(finding.what, what, "{under:?}");
        }
    }
}

#[test]
fn too_few_of_a_feeder_are_single_meters() {
    let (tree, homes) = simbench();
    let large = feeders(&tree).filter(|feeder| of(&homes, *feeder).len() >= 5);
    for feeder in large {
        let under = of(&homes, feeder);
        let mut with = homes.clone();
        let few = (under.len() * 6).div_ceil(10) - 1;
        for home in under.iter().take(few) {
            with[*home].sign = down(1);
        }
        let findings = found(&tree, &with);
        assert_eq!(findings.len(), few);
        let alone = |finding: &Finding| finding.what == What::OneMeter(Alone::ServiceDrop);
        assert!(findings.iter().all(alone), "{findings:?}");
    }
}

#[test]
fn the_transformer_that_goes_dark_is_one_outage_of_118_homes() {
    let (tree, mut homes) = simbench();
    for (turn, home) in homes.iter_mut().enumerate() {
        home.sign = down(i64::try_from(turn).unwrap() % 11);
    }
    let findings = found(&tree, &homes);
    // nothing tells the transformer from the grid above it: the nearer one is named
    assert_eq!(
        (findings.len(), findings[0].node, findings[0].homes.len()),
        (1, 1, 118)
    );
    assert_eq!(
        (findings[0].cause, findings[0].resolution),
        (Cause::Supply, MINUTE)
    );
    // one large feeder that has supply, and it is not the transformer
    for home in of(&homes, 2) {
        homes[home].sign = Sign::Heard;
    }
    let findings = found(&tree, &homes);
    assert!(
        findings.iter().all(|finding| finding.node != 1),
        "{findings:?}"
    );
    let dark: usize = findings.iter().map(|finding| finding.homes.len()).sum();
    assert_eq!(dark, 118 - of(&homes, 2).len());
}

#[test]
fn two_feeders_at_different_times_are_two_outages() {
    let (tree, mut homes) = simbench();
    let (first, second) = (2, 8);
    for home in of(&homes, first) {
        homes[home].sign = down(0);
    }
    for home in of(&homes, second) {
        homes[home].sign = down(120);
    }
    let findings = found(&tree, &homes);
    let named: Vec<(usize, Moment)> = findings.iter().map(|one| (one.node, one.from)).collect();
    assert_eq!(named, [(first, Moment(0)), (second, Moment(120 * MINUTE))]);
}

#[test]
fn a_home_alone_is_judged_by_what_its_meter_says() {
    let (tree, homes) = simbench();
    for (code, alone, cause) in [
        (Some(1009), Alone::ByCode(AmiCode(1009)), Cause::Meter),
        (Some(1012), Alone::ByCode(AmiCode(1012)), Cause::Supply),
        (Some(1007), Alone::ByCode(AmiCode(1007)), Cause::Ordered),
        (Some(1000), Alone::HasSupply, Cause::Unknown),
        // nobody listed it: it says nothing
        (Some(1002), Alone::ServiceDrop, Cause::Unknown),
        (None, Alone::ServiceDrop, Cause::Unknown),
    ] {
        let mut with = homes.clone();
        with[40].sign = down(7);
        with[40].code = code.map(AmiCode);
        let findings = found(&tree, &with);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].what, findings[0].cause),
            (What::OneMeter(alone), cause),
            "{code:?}"
        );
    }
}

#[test]
fn silence_and_a_gateway_that_may_be_dark_are_no_outage_yet() {
    let (tree, mut homes) = simbench();
    let feeder = of(&homes, 2);
    for home in &mut homes {
        home.gateway = Some(usize::from(home.node == 2));
    }
    for home in &feeder {
        homes[*home].sign = Sign::Silent(Moment(0));
    }
    let what = |homes: &[Home], gateways: &[Option<bool>]| {
        let findings = locate(&tree, homes, gateways, &LocateTerms::hourly());
        assert_eq!(findings.len(), 1);
        (findings[0].what, findings[0].resolution)
    };
    for gateway in [None, Some(false)] {
        assert_eq!(
            what(&homes, &[Some(true), gateway]),
            (What::GatewayOrSite, HOUR)
        );
    }
    // the gateway is online, so the homes are not
    assert_eq!(
        what(&homes, &[Some(true), Some(true)]),
        (What::Outage, HOUR)
    );
    // another home of the gateway is heard, so it works
    let mut with = homes.clone();
    with[of(&homes, 3)[0]].gateway = Some(1);
    assert_eq!(what(&with, &[Some(true), Some(false)]).0, What::Outage);
    // one meter's own log is enough
    homes[feeder[3]].sign = Sign::Down(Moment(5 * MINUTE));
    assert_eq!(what(&homes, &[Some(true), Some(false)]).0, What::Outage);
}

#[test]
fn an_outage_is_over_when_enough_homes_are_back() {
    let dark: Vec<usize> = (0..10).collect();
    let at = |home: usize| Moment(i64::try_from(home).unwrap() * MINUTE);
    let back = |homes: usize| restored(&dark, 0.6, |home| (home < homes).then(|| at(home)));
    assert_eq!((back(5).over, back(5).first), (None, Some(at(0))));
    assert_eq!(back(6).over, Some(at(5)));
    // those that are not back are a matter of their own
    assert_eq!(back(8).dark, [8, 9]);
    assert_eq!(back(0), restored(&dark, 0.6, |_| None));
    assert_eq!(restored(&[], 0.6, |_| None).over, None);
}
