//! The decision tables of `decisions.toml`, row by row, and that no rule goes without a row.

use catalogue::Lang;
use fleet::{AmiCode, PowerFactor, Reason87, Watts, WireStatus};
use serde::Deserialize;
use std::collections::BTreeSet;
use triage::{Bits, Evidence, Neighbours, Phases, RULES, Relay, Said, Verdict, judge};

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    ami: Option<u16>,
    reason87: Option<u8>,
    wire: Option<u8>,
    two_families: Option<u8>,
    relay: Option<String>,
    power_w: Option<f64>,
    load_before_trip_w: Option<f64>,
    load_limit_w: Option<f64>,
    power_factor: Option<f64>,
    energy_moving: Option<bool>,
    occupied: Option<bool>,
    phases: Option<u8>,
    solar: Option<bool>,
    neighbours: Option<Around>,
    own_work_order: Option<bool>,
    own_disconnect: Option<bool>,
    cover_openings: Option<u32>,
    overload_trips: Option<u32>,
    repeat_visits: Option<u32>,
    lasts_min: Option<u32>,
    age_min: Option<u32>,
    gateway_online: Option<bool>,
    can_commission: Option<bool>,
    bits: Option<BitRow>,
    expect: Expect,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    asks: Vec<String>,
}

#[derive(Deserialize)]
struct Around {
    known: u32,
    alike: u32,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct BitRow {
    battery_low: bool,
    magnetic: bool,
    terminal_cover: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    class: Option<String>,
    supply: Option<String>,
    severity: Option<String>,
    decision: Option<String>,
    owner: Option<String>,
    source: Option<String>,
    suspect: Option<bool>,
    conflict: Option<bool>,
}

impl Row {
    fn said(&self) -> Said {
        let ami = self.ami.map(|n| Said::Ami(AmiCode(n)));
        let reason = self.reason87.map(|n| Said::Reason(Reason87(n)));
        let wire = self.wire.map(|n| Said::Wire(WireStatus(n)));
        ami.or(reason)
            .or(wire)
            .or(self.two_families.map(Said::TwoFamilies))
            .unwrap_or(Said::Nothing)
    }

    fn evidence(&self) -> Evidence {
        Evidence {
            power: self.power_w.map(Watts),
            load_before_trip: self.load_before_trip_w.map(Watts),
            load_limit: self.load_limit_w.map(Watts),
            power_factor: self.power_factor.map(PowerFactor),
            relay: self.relay.as_deref().map(|word| match word {
                "open" => Relay::Open,
                "closed" => Relay::Closed,
                other => panic!("{other} is no relay state"),
            }),
            energy_moving: self.energy_moving,
            occupied: self.occupied,
            phases: self.phases.map(|n| {
                if n == 1 {
                    Phases::Single
                } else {
                    Phases::Three
                }
            }),
            solar: self.solar,
            neighbours: self.neighbours.as_ref().map(|n| Neighbours {
                known: n.known,
                alike: n.alike,
            }),
            own_work_order: self.own_work_order,
            own_disconnect: self.own_disconnect,
            cover_openings: self.cover_openings,
            overload_trips: self.overload_trips,
            repeat_visits: self.repeat_visits,
            lasts_min: self.lasts_min,
            age_min: self.age_min,
            gateway_online: self.gateway_online,
            can_commission: self.can_commission,
            bits: self.bits.as_ref().map(|b| Bits {
                battery_low: b.battery_low,
                magnetic: b.magnetic,
                terminal_cover: b.terminal_cover,
                ..Bits::default()
            }),
        }
    }
}

fn table() -> Vec<Row> {
    let table: Table = toml::from_str(include_str!("decisions.toml")).expect("the table reads");
    table.row
}

fn check(row: &Row, verdict: &Verdict) {
    let name = &row.name;
    let same = |what: &str, found: &str, expected: &Option<String>| {
        if let Some(expected) = expected {
            assert_eq!(found, expected, "{name}: {what}");
        }
    };
    same("class", verdict.class.word(), &row.expect.class);
    same("supply", verdict.supply.word(), &row.expect.supply);
    same("severity", verdict.severity.word(), &row.expect.severity);
    same("decision", verdict.decision.word(), &row.expect.decision);
    same("owner", verdict.owner.word(), &row.expect.owner);
    same(
        "source",
        verdict.source.map_or("", |s| s.word()),
        &row.expect.source,
    );
    assert_eq!(
        verdict.suspect,
        row.expect.suspect.unwrap_or(verdict.suspect),
        "{name}: suspect"
    );
    assert_eq!(
        verdict.conflict,
        row.expect.conflict.unwrap_or(verdict.conflict),
        "{name}: conflict"
    );
    assert_eq!(
        verdict.rules().collect::<Vec<_>>(),
        row.rules,
        "{name}: rules"
    );
    let asks: Vec<_> = verdict.asks.iter().map(|ask| ask.slug).collect();
    assert_eq!(asks, row.asks, "{name}: asks");
}

#[test]
fn every_row_of_the_decision_tables_holds() {
    for row in table() {
        check(&row, &judge(row.said(), &row.evidence()));
    }
}

#[test]
fn every_rule_that_speaks_or_asks_has_a_row() {
    let mut seen = BTreeSet::new();
    let mut asked = BTreeSet::new();
    for row in table() {
        let verdict = judge(row.said(), &row.evidence());
        seen.extend(verdict.rules().map(str::to_owned));
        asked.extend(verdict.asks.iter().map(|ask| ask.slug));
    }
    let silent: Vec<_> = RULES
        .iter()
        .filter(|r| !r.says.en.is_empty() && !seen.contains(r.slug))
        .map(|r| r.slug)
        .collect();
    assert_eq!(silent, Vec::<&str>::new(), "rules without a row");
    let never: Vec<_> = triage::ASKS
        .iter()
        .map(|a| a.slug)
        .filter(|a| !asked.contains(a))
        .collect();
    assert_eq!(never, Vec::<&str>::new(), "asks that no row raises");
}

#[test]
fn sentences_carry_their_values() {
    let row = table()
        .into_iter()
        .find(|row| row.name == "1003 above its limit")
        .expect("row");
    let verdict = judge(row.said(), &row.evidence());
    assert_eq!(
        verdict.because(Lang::En),
        [
            "The guide's row 1003: Over Power (load exceeded threshold).",
            "Before the trip the home drew 2600 W against a limit of 2000 W."
        ]
    );
    assert_eq!(
        verdict.because(Lang::Fr)[1],
        "Avant le déclenchement, le logement prenait 2600 W pour une limite de 2000 W."
    );
}

#[test]
fn a_step_that_the_evidence_puts_first_comes_first() {
    let row = table()
        .into_iter()
        .find(|row| row.name == "1008 where the head-end can commission")
        .expect("row");
    let verdict = judge(row.said(), &row.evidence());
    assert_eq!(
        verdict.steps().next().map(|step| step.slug),
        Some("commission-remotely")
    );
}
