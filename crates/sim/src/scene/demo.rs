//! The fleet of a demonstration: three invented sites, with everything that can be the matter.

use super::{Change, GatewaySpec, Pace, Scene, SiteSpec, Step, fleet_number};
use crate::dice::{Dice, For};
use crate::meter::{Condition, Dark, Happened, MeterState};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::json;

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// The sites, the gateways of each, and how many meters are behind each of them.
const SITES: &[(&str, &str, &[usize])] = &[
    ("SITE_A", "Site A", &[28, 28]),
    ("SITE_B", "Site B", &[26, 24]),
    ("SITE_C", "Site C", &[26, 14, 6]),
];
/// The gateway that has gone dark, in the order of all gateways.
const DARK_GATEWAY: usize = 5;
/// The gateway whose meters see too little voltage, and how many of them.
const LOW_GATEWAY: usize = 3;
const LOW_METERS: usize = 8;

type Ailment = fn(&mut MeterState, i64);

/// Everything that can be the matter, each at one meter at least; the status it leads to beside it.
pub(super) const AILMENTS: &[(u16, Ailment)] = &[
    (1001, |m, _| is(m, &[Condition::Prepaid])),
    (1003, |m, now| {
        is(m, &[Condition::OverPower]);
        m.load_w = Some(640.0);
        m.overloads = at_times(3, now, 26 * HOUR);
    }),
    (1004, |m, _| is(m, &[Condition::RelayTest])),
    (1005, |m, now| opened(m, now, Condition::UpperTamper)),
    (1006, |m, now| opened(m, now, Condition::TerminalTamper)),
    (1007, |m, _| is(m, &[Condition::RemoteOff])),
    (1008, |m, now| {
        is(m, &[Condition::NotCommissioned]);
        m.kwh = 0.0;
        // it never had power
        let from = now - 1000 * 24 * HOUR;
        m.dark = Some(Dark { from, to: None });
    }),
    (1009, |m, _| is(m, &[Condition::OverCurrent])),
    (1011, |m, _| m.volts = 271.0),
    (1012, |m, _| m.volts = 168.0),
    (1013, |m, _| is(m, &[Condition::Reverse])),
    (1014, |m, now| opened(m, now, Condition::EnclosureTamper)),
    (1015, |m, _| is(m, &[Condition::MagneticTamper])),
    (1016, |m, _| is(m, &[Condition::Imbalance])),
    (1017, |m, _| is(m, &[Condition::Neutral])),
    (1018, |m, _| is(m, &[Condition::Bypass])),
    (1021, |m, _| {
        is(m, &[Condition::VoltageImbalance]);
        m.phases = 3;
        m.phase_downs = 2;
    }),
    (1022, |m, _| is(m, &[Condition::Thermal])),
    (1023, |m, _| {
        m.power_factor = 0.41;
        m.load_w = Some(900.0);
    }),
    (1024, |m, _| is(m, &[Condition::TariffError])),
    (1025, |m, now| {
        is(m, &[Condition::OverPower, Condition::ReconnectPending]);
        m.load_w = Some(6200.0);
        m.overloads = at_times(4, now, 5 * HOUR);
    }),
    // numbers the guide does not list
    (1002, |m, _| m.forced = Some(1002)),
    (1019, |m, _| m.forced = Some(1019)),
    (1031, |m, _| m.forced = Some(1031)),
    // what no code says
    (1016, |m, _| {
        is(m, &[Condition::Imbalance]);
        m.phases = 3;
    }),
    (1000, |m, _| is(m, &[Condition::Silent])),
    (1000, |m, _| is(m, &[Condition::Silent])),
    (1000, |m, _| is(m, &[Condition::Gprs])),
    (1000, |m, _| m.drift_s = 1260),
    (1000, |m, _| "2F6B4584".clone_into(&mut m.firmware)),
    (1000, |m, now| m.power_downs = at_times(4, now, 7 * HOUR)),
];

impl Scene {
    /// About 150 meters on three sites: each of the guide's 22 codes on at least one, unlisted ones,
    /// silent ones, a gateway that has gone dark, and neighbours with too little voltage. While it
    /// runs, a cover is opened, a load limit trips, and the dark gateway comes back.
    pub fn demo(seed: u64) -> Self {
        Self::demo_at(seed, crate::clock::wall_ms())
    }

    /// The same, beginning at a time of one's own, milliseconds UTC.
    pub fn demo_at(seed: u64, now: i64) -> Self {
        let mut chance = Dice(seed).throw(For::Fleet, 1);
        let mut scene = Self {
            seed,
            start_ms: Some(now),
            pace: Pace {
                reading_ms: [3_000, 20_000],
                setting_ms: [3_000, 20_000],
                control_ms: [8_000, 60_000],
                ..Pace::default()
            },
            ..Self::default()
        };
        scene.heads.tell_operating_status();
        for (id, name, gateways) in SITES {
            scene.sites.push(SiteSpec {
                id: (*id).to_owned(),
                name: (*name).to_owned(),
            });
            for meters in *gateways {
                scene.add_gateway(id, *meters, now, &mut chance);
            }
        }
        scene.make_ail(now);
        scene.timeline = happenings(&scene);
        scene
    }

    fn add_gateway(&mut self, site: &str, meters: usize, now: i64, chance: &mut StdRng) {
        let place = self.gateways.len();
        let gateway = GatewaySpec {
            id: format!("E4-38-19-FF-FE-00-00-{:02}", place + 1),
            site: site.to_owned(),
            head: None,
            offline_since: (place == DARK_GATEWAY).then_some(now - 2 * HOUR),
        };
        for of_gateway in 0..meters {
            let serial = u32::try_from(self.meters.len()).unwrap_or(0);
            let low = place == LOW_GATEWAY && of_gateway < LOW_METERS;
            self.meters.push(MeterState {
                number: fleet_number(300_000 + serial),
                gateway: gateway.id.clone(),
                customer: serial + 1,
                mean_w: chance.random_range(90.0..320.0_f32).round(),
                volts: if low {
                    chance.random_range(160.0..172.0_f32).round()
                } else {
                    chance.random_range(226.0..236.0_f32).round()
                },
                kwh: f64::from(chance.random_range(20_000_u32..400_000)) / 100.0,
                ..MeterState::default()
            });
        }
        self.gateways.push(gateway);
    }

    /// Gives each ailment to one of the meters that can be reached and are well, spread over them.
    fn make_ail(&mut self, now: i64) {
        let dark = self.gateways.get(DARK_GATEWAY).map(|g| g.id.clone());
        let mut well: Vec<&mut MeterState> = self
            .meters
            .iter_mut()
            .filter(|m| Some(&m.gateway) != dark.as_ref() && m.volts > 200.0)
            .collect();
        let stride = well.len() / AILMENTS.len();
        for (at, (_, ail)) in AILMENTS.iter().enumerate() {
            let Some(meter) = well.get_mut(at * stride) else {
                break;
            };
            ail(meter, now);
            if meter.dark.is_none() && meter.is_dark(now) {
                let from = now - 6 * HOUR;
                meter.dark = Some(Dark { from, to: None });
            }
        }
    }
}

impl MeterState {
    fn is_dark(&self, now: i64) -> bool {
        self.to_meter(0, now).is_some_and(|m| !m.is_supplied())
    }
}

/// What happens while somebody watches.
fn happenings(scene: &Scene) -> Vec<Step> {
    let healthy = |from: usize| {
        let found = scene.meters.iter().skip(from).find(|m| {
            m.conditions.is_empty() && m.forced.is_none() && m.dark.is_none() && m.volts > 200.0
        });
        found.map_or_else(String::new, |m| m.number.clone())
    };
    let dark = scene.gateways.get(DARK_GATEWAY);
    vec![
        Step {
            at_ms: 20 * MINUTE,
            change: Change::Meter {
                meter: healthy(2),
                set: json!({"conditions": {"terminal-open": true}}),
            },
        },
        Step {
            at_ms: 35 * MINUTE,
            change: Change::Meter {
                meter: healthy(60),
                set: json!({"load_w": 6400.0}),
            },
        },
        Step {
            at_ms: 60 * MINUTE,
            change: Change::Gateway {
                gateway: dark.map_or_else(String::new, |g| g.id.clone()),
                online: true,
            },
        },
    ]
}

fn is(meter: &mut MeterState, conditions: &[Condition]) {
    for &condition in conditions {
        meter.conditions.set(condition, true);
    }
}

fn opened(meter: &mut MeterState, now: i64, tamper: Condition) {
    is(meter, &[tamper]);
    meter.openings = at_times(1, now, 6 * HOUR);
}

/// So many times, the newest an hour and a bit ago, the others a good while apart.
fn at_times(count: u16, now: i64, apart: i64) -> Happened {
    Happened {
        count,
        last: (0..i64::from(count).min(5))
            .map(|back| now - 70 * MINUTE - back * apart)
            .collect(),
    }
}
