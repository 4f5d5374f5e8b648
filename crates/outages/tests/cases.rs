//! Counters, silence, phases, logs: each case and the one next to it.

mod support;

use catalogue::Lang;
use fleet::{AmiCode, DAY, HOUR, MINUTE, Moment};
use outages::{
    Cause, Compared, Counter, Entry, Home, IndexTerms, Interruption, LocateTerms, Match,
    NeutralFault, NodeKind, NotATree, Phase, PhaseSign, Sign, Tree, What, cause, compare,
    from_power_downs, locate, neutral_fault, once_each, phase_sign, reliability, silences, since,
};
use support::{home, node};

fn at(minutes: i64) -> Moment {
    Moment(minutes * MINUTE)
}

fn counter(read: i64, count: u32, times: &[i64]) -> Counter {
    Counter {
        read: at(read),
        count,
        times: times.iter().map(|minutes| at(*minutes)).collect(),
        clock_ahead: 0,
    }
}

#[test]
fn a_counter_tells_what_is_new_and_what_is_lost() {
    let before = counter(100, 7, &[10, 20, 30, 40, 50]);
    let of = |count, times: &[i64]| {
        let found = since(&before, &counter(1_000, count, times));
        let minutes: Vec<i64> = found.times.iter().map(|at| at.0 / MINUTE).collect();
        (minutes, found.lost, found.went_back)
    };
    assert_eq!(of(7, &[50, 40, 30, 20, 10]), (vec![], 0, false));
    assert_eq!(of(9, &[300, 200, 50, 40, 30]), (vec![200, 300], 0, false));
    // the same moment twice is one event, and the other one is lost
    assert_eq!(of(9, &[300, 300, 50, 40, 30]), (vec![300], 1, false));
    assert_eq!(
        of(20, &[500, 400, 300, 200, 150]),
        (vec![150, 200, 300, 400, 500], 8, false)
    );
    assert_eq!(of(9, &[]), (vec![], 2, false));
    assert_eq!(of(6, &[300, 50, 40, 30, 20]), (vec![], 0, true));
}

#[test]
fn a_clock_that_is_ahead_is_set_right_and_the_future_is_left_out() {
    let before = counter(100, 1, &[50]);
    let mut now = counter(1_000, 3, &[50, 900, 1_006]);
    let found = since(&before, &now);
    assert_eq!(
        (found.times, found.lost, found.odd),
        (vec![at(900)], 1, vec![at(1_006)])
    );
    now.times[2] = at(1_005);
    assert_eq!(since(&before, &now).times, [at(900), at(1_005)]);
    let ahead = |counter: &Counter| Counter {
        clock_ahead: 30 * MINUTE,
        ..counter.clone()
    };
    now.times[2] = at(1_006);
    let found = since(&ahead(&before), &ahead(&now));
    assert_eq!((found.times, found.lost), (vec![at(870), at(976)], 0));
}

#[test]
fn silence_is_longer_than_a_period_and_a_half() {
    let heard = [at(0), at(60), at(150), at(241), at(300)];
    let found = silences(&heard, HOUR, at(390));
    let ends: Vec<(Moment, Option<Moment>)> = found.iter().map(|one| (one.from, one.to)).collect();
    assert_eq!(ends, [(at(150), Some(at(241)))]);
    let lasting = silences(&heard, HOUR, at(391));
    assert_eq!(
        (lasting[1].from, lasting[1].to, lasting[1].resolution),
        (at(300), None, HOUR)
    );
    assert_eq!(silences(&[], HOUR, at(9_999)), []);
}

#[test]
fn a_power_down_ends_at_the_next_report_or_the_next_power_down() {
    let downs = [at(10), at(25), at(200), at(290)];
    let heard = [at(0), at(60), at(120), at(240)];
    let found = from_power_downs(&downs, &heard, HOUR);
    let ends: Vec<Option<Moment>> = found.iter().map(|one| one.to).collect();
    assert_eq!(ends, [Some(at(25)), Some(at(60)), Some(at(240)), None]);
    // they are counted one by one
    assert_eq!(once_each(&found).len(), 4);
}

fn interruption(from: i64, to: Option<i64>, cause: Cause) -> Interruption {
    Interruption {
        from: at(from),
        to: to.map(at),
        homes: 1,
        cause,
        resolution: MINUTE,
    }
}

#[test]
fn a_home_is_counted_once_whoever_told_of_it() {
    let found = once_each(&[
        interruption(100, None, Cause::Unknown),
        interruption(10, Some(30), Cause::Unknown),
        interruption(20, Some(40), Cause::Supply),
        interruption(300, Some(310), Cause::Meter),
    ]);
    let expected = [
        interruption(10, Some(40), Cause::Supply),
        interruption(100, None, Cause::Meter),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_grids_interruptions_are_apart_from_the_meters_and_ordered_ones_count_nowhere() {
    let all = [
        interruption(0, Some(60), Cause::Supply),
        interruption(100, Some(130), Cause::Unknown),
        interruption(200, Some(210), Cause::Meter),
        interruption(300, Some(900), Cause::Ordered),
        interruption(400, Some(405), Cause::Supply),
        interruption(-10, Some(50), Cause::Supply),
        interruption(1_440, Some(1_500), Cause::Supply),
    ];
    let day = (at(0), at(1_440));
    let found = reliability(&all, 10, day, MINUTE, IndexTerms::default()).unwrap();
    assert_eq!((found.supply.sustained, found.supply.momentary), (2, 1));
    assert_eq!(
        (found.supply.customer_minutes, found.supply.saidi_min),
        (90.0, 9.0)
    );
    assert_eq!(
        (found.supply.caidi_min, found.supply.maifi),
        (Some(45.0), Some(0.1))
    );
    assert_eq!((found.meter.sustained, found.meter.saidi_min), (1, 1.0));
    assert_eq!(found.ordered, 1);
    assert_eq!(
        reliability(&all, 0, day, MINUTE, IndexTerms::default()),
        None
    );
    assert_eq!(
        reliability(&all, 10, (at(0), at(0)), MINUTE, IndexTerms::default()),
        None
    );
}

#[test]
fn a_coarse_resolution_is_said_and_leaves_maifi_open() {
    let all = [interruption(0, Some(60), Cause::Supply)];
    let day = (at(0), at(1_440));
    let of = |resolution| {
        reliability(&all, 10, day, resolution, IndexTerms::default())
            .unwrap()
            .supply
    };
    assert_eq!(
        (of(5 * MINUTE).maifi, of(5 * MINUTE).resolution),
        (Some(0.0), 5 * MINUTE)
    );
    assert_eq!((of(HOUR).maifi, of(HOUR).resolution), (None, HOUR));
    // what lasts still counts until the period ends
    let lasting = [interruption(1_380, None, Cause::Supply)];
    let found = reliability(&lasting, 1, day, MINUTE, IndexTerms::default())
        .unwrap()
        .supply;
    assert_eq!((found.open, found.saidi_min), (1, 60.0));
}

#[test]
fn causes_are_the_catalogues() {
    let of = |wanted: Option<Cause>| -> Vec<u16> {
        let rows = catalogue::ami_rows().iter().map(|row| row.ami);
        rows.filter(|code| cause(*code) == wanted)
            .map(|code| code.0)
            .collect()
    };
    assert_eq!(of(None), [1000]);
    assert_eq!(of(Some(Cause::Supply)), [1011, 1012, 1021]);
    assert_eq!(of(Some(Cause::Ordered)), [1004, 1007, 1008, 1024]);
    assert_eq!(of(Some(Cause::Meter)).len(), 22 - 1 - 3 - 4);
    let unlisted = (0..=u16::MAX)
        .map(AmiCode)
        .filter(|code| catalogue::ami(*code).is_none());
    assert!(unlisted.into_iter().all(|code| cause(code).is_none()));
}

#[test]
fn phases() {
    let three = |a: f64, b: f64, c: f64| [Some(a), Some(b), Some(c)];
    let of = |volts, losses| phase_sign(volts, losses, false, 230.0);
    assert_eq!(of(three(231.0, 229.0, 230.0), Some(0)), None);
    assert_eq!(
        of(three(231.0, 60.0, 230.0), None),
        Some(PhaseSign::Lost(Phase::B))
    );
    assert_eq!(
        of(three(114.9, 230.0, 0.0), None),
        Some(PhaseSign::TwoLost(Phase::A, Phase::C))
    );
    assert_eq!(of(three(115.0, 230.0, 231.0), None), None);
    assert_eq!(
        of(three(231.0, 229.0, 230.0), Some(2)),
        Some(PhaseSign::CameBack(2))
    );
    // all three gone is an outage, not a phase; one value missing is no phase that came back
    assert_eq!(of(three(0.0, 0.0, 0.0), Some(1)), None);
    assert_eq!(of([Some(231.0), None, Some(230.0)], Some(2)), None);
    // one phase has no phases to lose
    let single = |losses| phase_sign([Some(231.0), None, None], losses, true, 230.0);
    assert_eq!(single(Some(3)), Some(PhaseSign::NotApplicable));
    assert_eq!((single(Some(0)), single(None)), (None, None));
}

#[test]
fn a_lost_neutral_is_high_here_and_low_there() {
    let of = |volts: &[Option<f64>]| neutral_fault(volts, 230.0, 0.10);
    let fault = [Some(231.0), Some(275.0), None, Some(180.0), Some(0.0)];
    assert_eq!(of(&fault), Some(NeutralFault { high: 1, low: 3 }));
    assert_eq!(of(&[Some(275.0), Some(231.0), Some(0.0)]), None);
    assert_eq!(of(&[Some(253.0), Some(180.0)]), None);
    assert_eq!(of(&[Some(253.1), Some(207.0)]), None);
    assert_eq!(of(&[]), None);
}

#[test]
fn homes_of_one_phase_are_a_phase_loss() {
    let tree = Tree::new(vec![
        node("Hill", NodeKind::Site, None),
        node("Mango Road", NodeKind::Circuit, Some(0)),
    ])
    .unwrap();
    let of = |place: usize, sign| Home {
        phase: Some([Phase::A, Phase::B, Phase::C][place % 3]),
        ..home(1, sign)
    };
    let sign = |place: usize| {
        if place % 3 == 1 {
            Sign::Down(at(3))
        } else {
            Sign::Heard
        }
    };
    let homes: Vec<Home> = (0..12).map(|place| of(place, sign(place))).collect();
    let found = locate(&tree, &homes, &[], &LocateTerms::default());
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].what, found[0].node),
        (What::PhaseLoss(Phase::B), 1)
    );
    assert_eq!(
        (found[0].homes.len(), found[0].known, found[0].cause),
        (4, 4, Cause::Supply)
    );
    assert!(
        found[0]
            .say(&tree, Lang::En)
            .starts_with("Phase B of Mango Road is gone: 4 of its 4")
    );
    // one home of another phase is dark too: then it is not the phase
    let mut with = homes.clone();
    with[0].sign = Sign::Down(at(4));
    let found = locate(&tree, &with, &[], &LocateTerms::default());
    assert!(
        found
            .iter()
            .all(|one| matches!(one.what, What::OneMeter(_))),
        "{found:?}"
    );
}

#[test]
fn every_finding_has_a_sentence() {
    let tree = Tree::new(vec![node("Hill", NodeKind::Site, None)]).unwrap();
    let dark = |sign, code| Home {
        gateway: Some(0),
        code,
        ..home(0, sign)
    };
    let heard = home(0, Sign::Heard);
    let cases = [
        (vec![dark(Sign::Down(at(0)), None); 3], "outage"),
        (vec![dark(Sign::Silent(at(0)), None); 3], "gateway-or-site"),
        (
            vec![dark(Sign::Down(at(0)), None), heard, heard],
            "one-meter-service-drop",
        ),
        (
            vec![dark(Sign::Silent(at(0)), None), heard, heard],
            "one-meter-silent",
        ),
        (
            vec![dark(Sign::Down(at(0)), Some(AmiCode(1003))), heard, heard],
            "one-meter-by-code",
        ),
        (
            vec![dark(Sign::Down(at(0)), Some(AmiCode(1000))), heard, heard],
            "one-meter-has-supply",
        ),
    ];
    for (homes, slug) in cases {
        let found = locate(&tree, &homes, &[], &LocateTerms::default());
        assert_eq!(found.len(), 1, "{slug}");
        assert_eq!(found[0].slug(), slug);
        for lang in [Lang::En, Lang::Fr] {
            let said = found[0].say(&tree, lang);
            assert!(said.contains("Hill") && said.ends_with('.'), "{said}");
        }
    }
}

#[test]
fn a_ring_is_no_tree() {
    let ring = vec![
        node("a", NodeKind::Site, Some(1)),
        node("b", NodeKind::Circuit, Some(0)),
    ];
    assert_eq!(Tree::new(ring), Err(NotATree { node: 0 }));
    let own = vec![node("a", NodeKind::Site, Some(0))];
    assert_eq!(
        Tree::new(own).unwrap_err().to_string(),
        "node 0 is fed by one that does not stand before it"
    );
}

#[test]
fn a_log_is_held_against_what_was_found() {
    let entry = |from: i64, to: Option<i64>| Entry {
        from: at(from),
        to: to.map(at),
    };
    let found = [
        entry(100, Some(160)),
        entry(500, Some(520)),
        entry(900, Some(910)),
        entry(2_000, None),
    ];
    let log = [
        entry(507, Some(519)),
        entry(95, Some(165)),
        entry(1_500, Some(1_600)),
        entry(2_010, Some(2_100)),
        entry(495, Some(498)),
    ];
    let compared = compare(&found, &log, 5 * MINUTE);
    let same = |found, logged, begins: i64, ends: Option<i64>| Match {
        found,
        logged,
        begins_later: begins * MINUTE,
        ends_later: ends.map(|ends| ends * MINUTE),
    };
    let expected = Compared {
        both: vec![
            same(0, 1, 5, Some(-5)),
            same(1, 4, 5, Some(22)),
            same(3, 3, -10, None),
        ],
        only_found: vec![2],
        only_logged: vec![0, 2],
    };
    assert_eq!(compared, expected);
    // without slack the short entry is another one
    assert_eq!(compare(&found, &log, 0).both[1], same(1, 0, -7, Some(1)));
    assert_eq!(compare(&[], &[entry(0, None)], DAY).only_logged, [0]);
}
