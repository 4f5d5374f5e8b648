//! The concentrator dialect: `company`, `protocolId`, concentrators.

mod lists;
mod report;

use crate::call::{Answer, Call, field, text, whole};
use crate::door::Door;
use crate::local::{Around, seconds};
use crate::meter::Meter;
use crate::scene::{Quantity as Q, TaskKind};
use crate::v2::{self, Path, Wants};
use crate::world::{Order, Row};
use serde_json::Value;

/// Its protocol ids. Source: the facts' catalogue; 6, 7, 9 and 10 are its natural guess for the
/// other phases, and the names of 37, 42 and the formats of 37, 42, 47 are guesses of ours. 43
/// ("special status") is left out: a scene adds it.
pub(crate) const ITEMS: &[Row] = &[
    row("5", "Phase-A Voltage", "Phase-A Voltage(V)", Q::VoltageA),
    row("6", "Phase-B Voltage", "Phase-B Voltage(V)", Q::VoltageB),
    row("7", "Phase-C Voltage", "Phase-C Voltage(V)", Q::VoltageC),
    row("8", "Phase-A Current(A)", "Phase-A Current(A)", Q::CurrentA),
    row("9", "Phase-B Current(A)", "Phase-B Current(A)", Q::CurrentB),
    row(
        "10",
        "Phase-C Current(A)",
        "Phase-C Current(A)",
        Q::CurrentC,
    ),
    row("11", "Power", "Power", Q::Power),
    row("29", "Clock(time)", "Clock(time)", Q::Clock),
    row("37", "Relay Status", "Relay Status", Q::Relay),
    row(
        "39",
        "Current Credit Balance",
        "Current Credit Balance(kWh)",
        Q::Credit,
    ),
    row(
        "42",
        "Terminal Cover Last Opened",
        "Terminal Cover Last Opened",
        Q::CoverOpened,
    ),
    row(
        "45",
        "Meter Firmware Version",
        "Meter Firmware Version",
        Q::Firmware,
    ),
    row(
        "46",
        "Maximum power threshold",
        "Maximum power threshold",
        Q::LoadLimit,
    ),
    row(
        "47",
        "The Number Of Power Down",
        "The Number Of Power Down",
        Q::PowerDowns,
    ),
];

const fn row(asks: &'static str, name: &'static str, prefix: &'static str, quantity: Q) -> Row {
    Row {
        asks,
        name,
        prefix,
        quantity,
    }
}

const PATHS: &[Path] = &[
    ("/api/account/read", Wants::Any, lists::accounts),
    ("/api/concentrator/read", Wants::Any, lists::concentrators),
    (
        "/api/concentratoronlinestatus/read",
        Wants::Any,
        lists::online,
    ),
    ("/api/dailyreport/read", Wants::Any, report::read),
    ("/api/dlms/readdlmstree", Wants::Any, lists::tree),
];

/// Serves a call.
pub(crate) fn serve(door: &mut Door<'_>, call: &Call) -> Answer {
    v2::serve(door, call, PATHS)
}

/// What a row of `Create...Task` asks for.
pub(crate) fn order(door: &Door<'_>, row: &Value, kind: TaskKind) -> Option<(Order, String)> {
    let id = whole(row, "protocolId")?;
    let data = text(row, "data").unwrap_or_default();
    match (kind, id) {
        (TaskKind::Reading, id) => {
            let item = door.world.item(door.head, &id.to_string())?;
            Some((Order::Read(item), String::new()))
        }
        (TaskKind::Setting, 10_000) => {
            Some((Order::Clock, door.world.around.read(&data)?.to_string()))
        }
        (TaskKind::Control, 20_000) => Some((Order::On, String::new())),
        (TaskKind::Control, 20_001) => Some((Order::Off, String::new())),
        (TaskKind::Token, 30_000) => field(row, "data")
            .is_string()
            .then_some((Order::Token, data)),
        (TaskKind::Setting | TaskKind::Control | TaskKind::Token, _) => None,
    }
}

/// How this dialect writes what a meter answers: numbers without a unit.
pub(crate) fn say(quantity: Q, meter: &Meter, ms: i64, around: Around) -> Option<String> {
    let at = seconds(ms);
    let phase = |phase: u8| (phase < meter.phases).then_some(phase);
    let shown = || around.text(meter.clock_ms(ms));
    Some(match quantity {
        Q::OperatingStatus => meter.status().to_string(),
        Q::Reason87 => meter.reason87(),
        Q::TotalEnergy => format!("{:.2}", meter.kwh),
        Q::LoadLimit => meter.limit_w.to_string(),
        Q::Power => format!("{:.1}", meter.power_w(at, around)),
        Q::PowerFactor => format!("{:.3}", meter.power_factor),
        Q::CoverOpenings => meter.openings.count.to_string(),
        Q::CoverOpened => meter.time_shown(meter.openings.last[0], around),
        Q::OverloadTrips => meter.overloads.count.to_string(),
        Q::PowerDowns => meter.power_downs.count.to_string(),
        Q::PhaseDowns => meter.phase_downs.to_string(),
        Q::Relay if meter.is_closed() => "Connected".to_owned(),
        Q::Relay => "Disconnected".to_owned(),
        Q::VoltageA => format!("{:.1}", meter.voltage(0, around)),
        Q::VoltageB => format!("{:.1}", meter.voltage(phase(1)?, around)),
        Q::VoltageC => format!("{:.1}", meter.voltage(phase(2)?, around)),
        Q::CurrentA => format!("{:.2}", meter.current(0, at, around)),
        Q::CurrentB => format!("{:.2}", meter.current(phase(1)?, at, around)),
        Q::CurrentC => format!("{:.2}", meter.current(phase(2)?, at, around)),
        Q::Credit => format!("{:.1}", meter.credit_kwh),
        Q::Firmware => format!("{:08X}", meter.firmware),
        Q::Clock => shown(),
        Q::Date => shown().chars().take(10).collect(),
        Q::TimeOfDay => shown().chars().skip(11).collect(),
    })
}
