//! Fleets by the thousand, and the numbers of their meters.

use super::{GatewaySpec, Scene, SiteSpec};
use crate::dice::{Dice, For};
use crate::meter::{Condition, MeterState, Profile};
use rand::RngExt;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};

/// A fleet that is made at the start: meters dealt evenly to gateways, a few of them ailing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FleetSpec {
    /// How many meters, up to 9,900,000.
    pub meters: u32,
    /// How many in a thousand have something the matter.
    #[serde(default = "few")]
    pub ailing_permille: u32,
}

fn few() -> u32 {
    30
}

/// Gateways for each site of a fleet.
const GATEWAYS_A_SITE: u32 = 20;
/// The serial of a fleet's first meter.
const FIRST_SERIAL: u32 = 100_000;

/// What the ailing ones of a fleet have, one after the other.
const AILMENTS: &[&[Condition]] = &[
    &[Condition::TerminalTamper],
    &[Condition::NotCommissioned],
    &[Condition::RemoteOff],
    &[Condition::OverPower],
    &[Condition::Silent],
    &[Condition::Reverse],
    &[Condition::Thermal],
    &[Condition::Neutral],
    &[Condition::Bypass],
];

impl Scene {
    /// A fleet of so many meters behind so many gateways, and an operating status that every head
    /// tells ([`super::ItemName::operating_status`]).
    pub fn fleet(meters: u32, gateways: u32, seed: u64) -> Self {
        let gateways = gateways.max(1);
        let mut scene = Self {
            seed,
            sites: (0..gateways.div_ceil(GATEWAYS_A_SITE))
                .map(|at| SiteSpec {
                    id: format!("SITE_{:04}", at + 1),
                    name: format!("Site {}", at + 1),
                })
                .collect(),
            gateways: (0..gateways)
                .map(|at| GatewaySpec {
                    id: format!("{}", 230_400_001 + at),
                    site: format!("SITE_{:04}", at / GATEWAYS_A_SITE + 1),
                    head: None,
                    offline_since: None,
                })
                .collect(),
            fleet: Some(FleetSpec {
                meters,
                ailing_permille: few(),
            }),
            ..Self::default()
        };
        scene.heads.tell_operating_status();
        scene
    }
}

impl FleetSpec {
    /// Its meters, in the order of their numbers; the gateway's place comes beside each.
    pub(crate) fn meters(
        self,
        seed: u64,
        gateways: usize,
    ) -> impl Iterator<Item = (MeterState, usize)> {
        let mut chance = Dice(seed).throw(For::Fleet, 0);
        (0..self.meters).map(move |at| {
            let mut meter = MeterState {
                number: number(FIRST_SERIAL + at),
                customer: at + 1,
                profile: profile(&mut chance),
                mean_w: chance.random_range(60.0..380.0_f32).round(),
                kwh: f64::from(chance.random_range(500_u32..600_000)) / 100.0,
                volts: chance.random_range(222.0..238.0_f32).round(),
                phases: if chance.random_range(0..20) == 0 {
                    3
                } else {
                    1
                },
                ..MeterState::default()
            };
            if chance.random_range(0..1000) < self.ailing_permille {
                let one = chance.random_range(0..AILMENTS.len());
                meter = meter.with(AILMENTS[one]);
            }
            let place =
                u64::from(at) * u64::try_from(gateways).unwrap_or(1) / u64::from(self.meters);
            (meter, usize::try_from(place).unwrap_or(0))
        })
    }
}

fn profile(chance: &mut StdRng) -> Profile {
    match chance.random_range(0..20) {
        0..17 => Profile::Home,
        17..19 => Profile::Shop,
        _ => Profile::Pump,
    }
}

/// A meter number: manufacturer code 47, eight digits of serial, Luhn check digit.
pub(crate) fn number(serial: u32) -> String {
    let body = format!("47{serial:08}");
    let sum: u32 = body
        .bytes()
        .rev()
        .zip([true, false].into_iter().cycle())
        .map(|(byte, doubled)| match (u32::from(byte - b'0'), doubled) {
            (digit, false) => digit,
            (digit, true) if digit > 4 => digit * 2 - 9,
            (digit, true) => digit * 2,
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn check_digits_are_those_of_numbers_seen() {
        assert_eq!(number(158_254), "47001582544");
        assert_eq!(number(310_432), "47003104321");
        assert_eq!(number(189_134), "47001891341");
    }
}
