//! Triage is total and keeps its promises for every number and any evidence.

use catalogue::{Decision, Lang, Owner, Severity, Supply, Travel};
use fleet::{AmiCode, PowerFactor, Reason87, Watts, WireStatus};
use proptest::option::of;
use proptest::prelude::*;
use triage::{Bits, Evidence, Neighbours, Phases, Relay, Said, judge};

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        4 => (995u16..1030).prop_map(|n| Said::Ami(AmiCode(n))),
        1 => any::<u16>().prop_map(|n| Said::Ami(AmiCode(n))),
        2 => any::<u8>().prop_map(|n| Said::Reason(Reason87(n))),
        1 => any::<u8>().prop_map(|n| Said::Wire(WireStatus(n))),
        1 => any::<u8>().prop_map(Said::TwoFamilies),
        1 => Just(Said::Nothing),
    ]
}

fn watts() -> impl Strategy<Value = Watts> {
    prop_oneof![Just(0.0), 0.0..400.0, any::<f64>()].prop_map(Watts)
}

fn bits() -> impl Strategy<Value = Bits> {
    any::<[bool; 7]>().prop_map(|b| Bits {
        battery_low: b[0],
        magnetic: b[1],
        terminal_cover: b[2],
        upper_cover: b[3],
        enclosure: b[4],
        current_reversed: b[5],
        current_unbalanced: b[6],
    })
}

prop_compose! {
    fn counts()(
        around in of(any::<(u32, u32)>()), openings in of(any::<u32>()), trips in of(0u32..5),
        visits in of(0u32..5), lasts in of(0u32..120), age in of(any::<u32>()),
    ) -> Evidence {
        Evidence {
            neighbours: around.map(|(known, alike)| Neighbours { known, alike }),
            cover_openings: openings, overload_trips: trips, repeat_visits: visits,
            lasts_min: lasts, age_min: age, ..Evidence::default()
        }
    }
}

prop_compose! {
    fn evidence()(
        rest in counts(), power in of(watts()), before in of(watts()), limit in of(watts()),
        pf in of(any::<f64>()), relay in of(prop_oneof![Just(Relay::Closed), Just(Relay::Open)]),
        phases in of(prop_oneof![Just(Phases::Single), Just(Phases::Three)]),
        flags in any::<[Option<bool>; 7]>(), bits in of(bits()),
    ) -> Evidence {
        Evidence {
            power, load_before_trip: before, load_limit: limit, power_factor: pf.map(PowerFactor),
            relay, phases, energy_moving: flags[0], occupied: flags[1], solar: flags[2],
            own_work_order: flags[3], own_disconnect: flags[4], gateway_online: flags[5],
            can_commission: flags[6], bits, ..rest
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn every_number_and_any_evidence_gives_a_verdict_with_reasons(said in said(), evidence in evidence()) {
        let verdict = judge(said, &evidence);
        for lang in [Lang::En, Lang::Fr] {
            let because = verdict.because(lang);
            prop_assert!(!because.is_empty());
            prop_assert!(because.iter().all(|s| !s.contains(['{', '}']) && s.ends_with('.')), "{because:?}");
        }
        prop_assert!(verdict.steps().next().is_some());
        prop_assert_eq!(verdict.travel() == Travel::Yes, verdict.decision == Decision::Visit);
    }

    #[test]
    fn an_unlisted_number_never_gets_a_row_and_always_a_person(number in any::<u16>(), evidence in evidence()) {
        prop_assume!(catalogue::ami(AmiCode(number)).is_none());
        let verdict = judge(Said::Ami(AmiCode(number)), &evidence);
        prop_assert!(verdict.row.is_none() && verdict.source.is_none());
        prop_assert_eq!((verdict.decision, verdict.owner), (Decision::Unlisted, Owner::AmiAdmin));
    }

    #[test]
    fn bypass_and_heat_are_never_talked_down(evidence in evidence()) {
        let bypass = judge(Said::Ami(AmiCode(1018)), &evidence);
        prop_assert_eq!((bypass.decision, bypass.owner, bypass.severity),
            (Decision::Visit, Owner::RevenueProtection, Severity::Critical));
        let heat = judge(Said::Ami(AmiCode(1022)), &evidence);
        prop_assert_eq!((heat.decision, heat.severity), (Decision::Visit, Severity::Critical));
    }

    #[test]
    fn a_dark_home_is_never_fine_nor_ignored(said in said(), evidence in evidence()) {
        let verdict = judge(said, &evidence);
        // a relay test is given its 15 minutes
        let testing = verdict.row.is_some_and(|row| row.ami.0 == 1004);
        if verdict.supply == Supply::Off && !testing {
            prop_assert!(!matches!(verdict.decision, Decision::Fine | Decision::Ignore), "{verdict:?}");
        }
    }

    #[test]
    fn the_ami_code_and_its_sub_code_are_judged_alike(number in 0u8..=25, evidence in evidence()) {
        let ami = judge(Said::Ami(AmiCode(1000 + u16::from(number))), &evidence);
        let reason = judge(Said::Reason(Reason87(number)), &evidence);
        prop_assert_eq!((ami.supply, ami.decision, ami.owner, ami.severity, ami.class),
            (reason.supply, reason.decision, reason.owner, reason.severity, reason.class));
    }
}

#[test]
fn wire_statuses_of_several_rows_have_one_advice() {
    for wire in catalogue::wire_rows() {
        let advice: Vec<_> = wire
            .ami
            .iter()
            .filter_map(|code| catalogue::ami(*code))
            .map(|row| {
                (
                    row.advice.class,
                    row.advice.decision,
                    row.advice.owner,
                    row.advice.steps,
                    row.advice.action,
                )
            })
            .collect();
        assert!(
            advice.windows(2).all(|pair| pair[0] == pair[1]),
            "{}",
            wire.wire
        );
    }
}
