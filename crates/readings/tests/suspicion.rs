//! The score shows its parts, and the balance knows what is missing.

use catalogue::Lang;
use readings::{
    BalanceTerms, DayUse, Flows, Look, PARTS, Signs, fell_after, follows, residuals, score,
};

#[test]
fn a_score_is_the_sum_of_its_parts_and_shows_them() {
    let signs = Signs {
        tamper: Some(true),
        use_while_open: Some(true),
        own_visit: Some(false),
        ..Signs::default()
    };
    let found = score(&signs);
    assert_eq!((found.points, found.look()), (70, Look::Case));
    let said = found.say(Lang::En);
    assert_eq!(said[0], "+30 The meter reports a tamper condition.");
    assert_eq!(said.len(), 2);
    // what is not known is named and counts for nothing
    assert_eq!(found.unknown.len(), PARTS.len() - 3);
}

#[test]
fn the_limits_are_50_and_80_and_a_score_is_never_negative() {
    let looks = |signs: Signs| (score(&signs).points, score(&signs).look());
    let base = Signs {
        tamper: Some(true),
        ..Signs::default()
    };
    let zero = Signs {
        zero_while_occupied: Some(true),
        ..base
    };
    assert_eq!(looks(base), (30, Look::None));
    assert_eq!(looks(zero), (50, Look::Case));
    let dropped = Signs {
        drop_after_tamper: Some(true),
        ..zero
    };
    assert_eq!(looks(dropped), (80, Look::TwoPersons));
    let visited = Signs {
        own_visit: Some(true),
        ..dropped
    };
    assert_eq!(looks(visited), (50, Look::Case));
    let only_visit = Signs {
        own_visit: Some(true),
        vacant: Some(true),
        ..Signs::default()
    };
    assert_eq!(looks(only_visit), (0, Look::None));
}

#[test]
fn the_parts_are_the_ones_of_the_facts_in_words_of_suspicion() {
    let points: Vec<(&str, i32)> = PARTS.iter().map(|part| (part.slug, part.points)).collect();
    let facts = [
        ("tamper", 30),
        ("drop-after-tamper", 30),
        ("zero-while-occupied", 20),
        ("cover-without-order", 15),
        ("use-while-open", 40),
        ("residual-follows", 25),
        ("own-visit", -30),
        ("vacant", -20),
        ("solar-reverse", -10),
    ];
    assert_eq!(points, facts);
    for part in PARTS {
        for word in ["theft", "thief", "stole", "vol ", "voleur"] {
            let said = (part.says.en.to_lowercase(), part.says.fr.to_lowercase());
            assert!(
                !said.0.contains(word) && !said.1.contains(word),
                "{}",
                part.slug
            );
        }
    }
}

fn flows() -> Flows {
    Flows {
        grid_wh: Some(90_000),
        solar_wh: Some(20_000),
        battery_out_wh: Some(5_000),
        battery_in_wh: Some(15_000),
        homes_wh: Some(92_000),
        common_wh: Some(3_000),
    }
}

#[test]
fn a_balance_adds_up_and_a_missing_part_is_no_zero() {
    assert_eq!(
        (flows().in_wh(), flows().residual_wh()),
        (Some(100_000), Some(5_000))
    );
    assert_eq!(flows().residual_share(), Some(0.05));
    let without = Flows {
        solar_wh: None,
        ..flows()
    };
    assert_eq!(
        (without.residual_wh(), without.residual_share()),
        (None, None)
    );
    let homes = Flows {
        homes_wh: None,
        ..flows()
    };
    assert_eq!((homes.in_wh(), homes.residual_wh()), (Some(100_000), None));
}

#[test]
fn a_residual_is_above_when_each_of_seven_days_is() {
    let usual = |day: usize| Some(0.04 + if day.is_multiple_of(2) { 0.005 } else { -0.005 });
    let above = |last: [f64; 7]| {
        let shares: Vec<Option<f64>> = (0..21).map(usual).chain(last.map(Some)).collect();
        residuals(&shares, &BalanceTerms::default()).map(|found| found.above)
    };
    assert_eq!(above([0.08; 7]), Some(true));
    assert_eq!(
        above([0.08, 0.08, 0.08, 0.05, 0.08, 0.08, 0.08]),
        Some(false)
    );
    assert_eq!(above([0.05; 7]), Some(false));
    // with too few days before there is nothing to hold them against
    assert_eq!(residuals(&[Some(0.04); 27], &BalanceTerms::default()), None);
    assert_eq!(residuals(&[None; 40], &BalanceTerms::default()), None);
}

#[test]
fn a_fall_is_by_more_than_half_of_the_days_before() {
    let days = |after: i64, dark: bool| -> Vec<DayUse> {
        let of = |day: i32| DayUse {
            day,
            wh: if day > 30 { after } else { 4_000 },
            dark: dark && day > 33,
        };
        (0..60).map(of).collect()
    };
    assert_eq!(fell_after(&days(1_999, false), 30), Some(true));
    assert_eq!(fell_after(&days(2_000, false), 30), Some(false));
    // three days are left of the seven
    assert_eq!(fell_after(&days(1_000, true), 30), None);
    assert_eq!(fell_after(&days(1_000, false), 10), None);
    assert_eq!(fell_after(&[], 30), None);
}

#[test]
fn a_residual_that_follows_a_home_correlates_with_it() {
    let ordinary: Vec<Option<f64>> = (0..20).map(|day| Some(f64::from(day * day % 7))).collect();
    let beside = |share: f64| -> Vec<Option<f64>> {
        ordinary
            .iter()
            .map(|wh| wh.map(|wh| 3.0 + share * wh))
            .collect()
    };
    let near = |found: Option<f64>, value: f64| found.is_some_and(|one| (one - value).abs() < 1e-9);
    assert!(near(follows(&beside(0.8), &ordinary), 1.0));
    assert!(near(follows(&beside(-0.2), &ordinary), -1.0));
    // it never moves, or too few days are known
    assert_eq!(follows(&beside(0.0), &ordinary), None);
    assert_eq!(follows(&beside(0.8)[..13], &ordinary), None);
    let mut missing = ordinary.clone();
    missing[..7].fill(None);
    assert_eq!(follows(&missing, &ordinary), None);
}
