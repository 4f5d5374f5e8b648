//! Load against limit, power factor, voltage: what is advised, and the case next to it.

use catalogue::Lang;
use fleet::{PowerFactor, Watts};
use readings::{
    Bands, Load, LoadTerms, PowerFactorTerms, PowerFactors, Voltages, Volts, load_advice,
    power_factor,
};

fn load(limit: Option<f64>, peak: Option<f64>, trips: Option<u32>, allowed: Option<f64>) -> Load {
    Load {
        limit: limit.map(Watts),
        peak: peak.map(Watts),
        trips,
        allowed: allowed.map(Watts),
    }
}

#[test]
fn load_against_limit() {
    let cases = [
        (load(Some(3_000.0), Some(2_600.0), Some(0), None), None),
        (
            load(Some(3_000.0), Some(2_700.0), Some(0), None),
            Some("near-limit"),
        ),
        (
            load(Some(3_000.0), Some(2_700.0), None, None),
            Some("near-limit"),
        ),
        (
            load(Some(3_000.0), Some(3_400.0), Some(0), None),
            Some("limit-not-kept"),
        ),
        (
            load(Some(3_000.0), Some(2_000.0), Some(2), Some(5_000.0)),
            None,
        ),
        (
            load(Some(3_000.0), Some(3_050.0), Some(3), Some(3_700.0)),
            Some("raise-limit"),
        ),
        (
            load(Some(3_000.0), Some(3_100.0), Some(3), Some(3_700.0)),
            Some("upgrade"),
        ),
        (
            load(Some(3_000.0), Some(3_050.0), Some(3), None),
            Some("raise-or-upgrade"),
        ),
        (
            load(Some(3_000.0), None, Some(3), None),
            Some("peak-unknown"),
        ),
        (load(None, None, Some(3), None), Some("limit-unknown")),
        (load(None, Some(9_000.0), Some(2), None), None),
    ];
    for (load, slug) in cases {
        let advice = load_advice(&load, &LoadTerms::default());
        assert_eq!(advice.map(|advice| advice.slug), slug, "{load:?}");
        for lang in [Lang::En, Lang::Fr] {
            let said = advice.map_or(String::new(), |advice| advice.say(lang));
            assert!(!said.contains(['?', '{']), "{said}");
        }
    }
}

#[test]
fn a_new_limit_leaves_room_and_is_whole_hundreds() {
    let one = load(Some(3_000.0), Some(3_050.0), Some(4), Some(4_000.0));
    let said = load_advice(&one, &LoadTerms::default()).map(|advice| advice.say(Lang::En));
    let expected = "4 overload trips in 30 days at 3000 W: raise the limit to 3700 W, which contract \
                    and breaker allow, and read 14 back.";
    assert_eq!(said.as_deref(), Some(expected));
}

#[test]
fn a_power_factor_counts_above_200_w_whatever_its_sign() {
    let terms = PowerFactorTerms::default();
    let mut factors = PowerFactors::default();
    for (watts, factor) in [(200.0, 0.1), (200.1, 0.79), (500.0, -0.79), (500.0, 0.80)] {
        factors.hear(Watts(watts), PowerFactor(factor), &terms);
    }
    assert_eq!((factors.loaded, factors.low, factors.idle), (3, 2, 1));
    assert_eq!(factors.is_low(&terms), None);
    for _ in 0..9 {
        factors.hear(Watts(900.0), PowerFactor(0.5), &terms);
    }
    assert_eq!(factors.is_low(&terms), Some(true));
    for _ in 0..11 {
        factors.hear(Watts(900.0), PowerFactor(0.95), &terms);
    }
    assert_eq!(factors.is_low(&terms), Some(false));
    assert_eq!(power_factor(0.0, 0.0), None);
    assert_eq!(power_factor(300.0, -400.0), Some(PowerFactor(0.6)));
}

fn heard(bands: &Bands, values: &[(f64, Option<f64>)]) -> Voltages {
    let mut voltages = Voltages::default();
    for (mean, hz) in values {
        voltages.hear(
            &Volts {
                mean: *mean,
                hz: *hz,
            },
            bands,
        );
    }
    voltages
}

#[test]
fn a_part_of_an_hour_without_supply_is_no_sag() {
    let bands = Bands::default();
    let part = heard(
        &bands,
        &[(196.8, Some(40.1)), (241.0, Some(50.0)), (0.0, Some(0.0))],
    );
    assert_eq!((part.lit, part.dark, part.low), (1, 2, 0));
    assert_eq!(part.advice(&bands), None);
    // the same value with the whole frequency is one
    let sag = heard(&bands, &[(194.0, Some(50.0)), (241.0, Some(50.0))]);
    assert_eq!(
        sag.advice(&bands).map(|advice| advice.slug),
        Some("voltage-below-floor")
    );
}

#[test]
fn more_than_5_percent_outside_the_band_is_too_many() {
    let bands = Bands::default();
    let slug = |outside: usize, volts: f64| {
        let values: Vec<(f64, Option<f64>)> = (0..100)
            .map(|at| (if at < outside { volts } else { 230.0 }, None))
            .collect();
        let advice = heard(&bands, &values).advice(&bands);
        for lang in [Lang::En, Lang::Fr] {
            let said = advice.map_or(String::new(), |advice| advice.say(lang));
            assert!(!said.contains(['?', '{']), "{said}");
        }
        advice.map(|advice| advice.slug)
    };
    assert_eq!(
        (slug(5, 254.0), slug(6, 254.0)),
        (None, Some("voltage-high"))
    );
    assert_eq!(
        (slug(5, 206.0), slug(6, 206.0)),
        (None, Some("voltage-low"))
    );
    // a band around Uganda's 240 V lets 254 V through
    let kampala = Bands::around(240.0);
    let values = [(254.0, None); 10];
    assert_eq!(heard(&kampala, &values).advice(&kampala), None);
    assert_eq!(Voltages::default().advice(&bands), None);
}
