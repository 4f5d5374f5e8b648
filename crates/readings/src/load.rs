//! The load against the limit set in the meter.

use crate::advice::Advice;
use crate::rule::Saw;
use catalogue::Text;
use fleet::Watts;

/// What is known of a home's load.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// The load limit (keypad code 14), W.
    pub limit: Option<Watts>,
    /// The greatest load of the last 30 days, W: the mean of an interval, or keypad code 31.
    pub peak: Option<Watts>,
    /// Overload trips in the last 30 days (keypad code 46 now less then).
    pub trips: Option<u32>,
    /// What contract and breaker allow, W.
    pub allowed: Option<Watts>,
}

/// From when on advice is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadTerms {
    /// So many trips in 30 days are often. 3: as triage counts them.
    pub often: u32,
    /// From this share of the limit on the load is near to it. 0.9: our choice.
    pub near: f64,
    /// A new limit leaves so much room above the peak. 1.2: our choice.
    pub room: f64,
    /// A limit is set in steps of so many watts. 100: our choice.
    pub step_w: f64,
    /// A peak above so many times the limit shows that the limit does not hold. 1.1: as rule R3.
    pub margin: f64,
}

impl Default for LoadTerms {
    fn default() -> Self {
        Self {
            often: 3,
            near: 0.9,
            room: 1.2,
            step_w: 100.0,
            margin: 1.1,
        }
    }
}

/// What to do about a home's load limit; nothing where all is in order. A limit is raised by a person
/// who may, and read back; this only advises.
pub fn load_advice(load: &Load, terms: &LoadTerms) -> Option<Advice> {
    let often = load.trips.is_some_and(|trips| trips >= terms.often);
    let trips = i64::from(load.trips.unwrap_or(0));
    let Some(limit) = load.limit else {
        return often.then(|| advice("limit-unknown", LIMIT_UNKNOWN, [trips, 0, 0]));
    };
    let Some(peak) = load.peak else {
        let saw = [trips, watts(limit.0), 0];
        return often.then(|| advice("peak-unknown", PEAK_UNKNOWN, saw));
    };
    let wanted = (peak.0.max(limit.0) * terms.room / terms.step_w).ceil() * terms.step_w;
    let saw = [trips, watts(limit.0), watts(wanted)];
    if !often && peak.0 > limit.0 * terms.margin {
        let saw = [watts(peak.0), watts(limit.0), 0];
        return Some(advice("limit-not-kept", LIMIT_NOT_KEPT, saw));
    }
    if !often {
        let near = peak.0 >= limit.0 * terms.near;
        let saw = [watts(peak.0), watts(limit.0), 0];
        return near.then(|| advice("near-limit", NEAR_LIMIT, saw));
    }
    Some(match load.allowed {
        None => advice("raise-or-upgrade", RAISE_OR_UPGRADE, saw),
        Some(allowed) if wanted <= allowed.0 => advice("raise-limit", RAISE_LIMIT, saw),
        Some(allowed) => advice("upgrade", UPGRADE, [trips, watts(allowed.0), watts(wanted)]),
    })
}

fn advice(slug: &'static str, says: Text, saw: [i64; 3]) -> Advice {
    Advice {
        slug,
        says,
        saw: Saw(saw),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "shown as whole watts")]
fn watts(watts: f64) -> i64 {
    watts.round() as i64
}

const LIMIT_UNKNOWN: Text = Text {
    en: "{0 n} overload trips in 30 days and nobody knows the limit: read 14.",
    fr: "{0 n} déclenchements en 30 jours et limite inconnue\u{a0}: lisez 14.",
};
const PEAK_UNKNOWN: Text = Text {
    en: "{0 n} overload trips in 30 days at a limit of {1 w}, and nobody knows the load before them: read 31 when the home is in use, or the hourly data.",
    fr: "{0 n} déclenchements en 30 jours à une limite de {1 w}, et charge inconnue avant eux\u{a0}: lisez 31 quand le logement consomme, ou les données horaires.",
};
const LIMIT_NOT_KEPT: Text = Text {
    en: "The home drew {0 w} and its limit is {1 w}, without a trip: read 14 again, the limit may not be what was set.",
    fr: "Le logement a pris {0 w} pour une limite de {1 w}, sans déclencher\u{a0}: relisez 14, la limite n'est peut-être pas celle qui fut réglée.",
};
const NEAR_LIMIT: Text = Text {
    en: "The home drew up to {0 w} of its {1 w}: it will trip before long, tell the customer.",
    fr: "Le logement a pris jusqu'à {0 w} de ses {1 w}\u{a0}: il déclenchera bientôt, prévenez le client.",
};
const RAISE_OR_UPGRADE: Text = Text {
    en: "{0 n} overload trips in 30 days at {1 w}: {2 w} would hold. Find out whether contract and breaker allow it; otherwise a larger supply.",
    fr: "{0 n} déclenchements en 30 jours à {1 w}\u{a0}: {2 w} suffiraient. Vérifiez si contrat et disjoncteur le permettent\u{a0}; sinon, une puissance supérieure.",
};
const RAISE_LIMIT: Text = Text {
    en: "{0 n} overload trips in 30 days at {1 w}: raise the limit to {2 w}, which contract and breaker allow, and read 14 back.",
    fr: "{0 n} déclenchements en 30 jours à {1 w}\u{a0}: relevez la limite à {2 w}, que contrat et disjoncteur permettent, et relisez 14.",
};
const UPGRADE: Text = Text {
    en: "{0 n} overload trips in 30 days, and the {2 w} the home needs are above the {1 w} that contract and breaker allow: propose a larger supply, or fewer appliances at once.",
    fr: "{0 n} déclenchements en 30 jours, et les {2 w} nécessaires dépassent les {1 w} que contrat et disjoncteur permettent\u{a0}: proposez une puissance supérieure, ou moins d'appareils à la fois.",
};
