//! The station dialect ("AMR API v1"): paths, items, and how it writes what a meter answers.

mod data;
mod lists;

use crate::call::{Answer, Call, field, text};
use crate::door::Door;
use crate::local::{Around, seconds};
use crate::meter::Meter;
use crate::scene::{Quantity as Q, TaskKind};
use crate::v2::{self, Path, Wants};
use crate::world::{Order, Row};
use serde_json::Value;

/// Its data identifiers. Sources: the facts' table of flags and of radio registers; names that no
/// capture shows are guesses.
pub(crate) const ITEMS: &[Row] = &[
    row("E421", "Credit balance", "Credit balance,,", Q::Credit),
    row(
        "901F",
        "Total Consumption",
        "Total Consumption(kWh)",
        Q::TotalEnergy,
    ),
    row(
        "9010",
        "Total Consumption",
        "Total Consumption(kWh)",
        Q::TotalEnergy,
    ),
    row("B630", "Power", "Power(W)", Q::Power),
    row("EFF5", "Relay Status", "Relay Status", Q::Relay),
    row("B611", "Voltage A", "Voltage A(V)", Q::VoltageA),
    row("B612", "Voltage B", "Voltage B(V)", Q::VoltageB),
    row("B613", "Voltage C", "Voltage C(V)", Q::VoltageC),
    row("B621", "Current A", "Current A(A)", Q::CurrentA),
    row("B622", "Current B", "Current B(A)", Q::CurrentB),
    row("B623", "Current C", "Current C(A)", Q::CurrentC),
    row("C010", "Date", "Date", Q::Date),
    row("C011", "Time", "Time", Q::TimeOfDay),
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
    ("/api/meter/read", Wants::Any, lists::meters),
    ("/api/gateway/read", Wants::Any, lists::gateways),
    ("/api/account/read", Wants::Any, lists::accounts),
    ("/api/customer/read", Wants::Any, lists::customers),
    ("/api/station/read", Wants::Any, lists::stations),
    ("/api/gprsonlinestatus/read", Wants::Any, lists::online),
    ("/api/gprsonlinestatus/view", Wants::Any, lists::online_of),
    ("/api/dailydatameter/read", Wants::Lang, data::daily),
    ("/api/dailydatameter/readhourly", Wants::Query, data::hourly),
    ("/api/eventnotification/read", Wants::Lang, data::events),
];

/// Serves a call.
pub(crate) fn serve(door: &mut Door<'_>, call: &Call) -> Answer {
    v2::serve(door, call, PATHS)
}

/// What a row of `Create...Task` asks for.
pub(crate) fn order(door: &Door<'_>, row: &Value, kind: TaskKind) -> Option<(Order, String)> {
    let flag = text(row, "flag").unwrap_or_default();
    let data = text(row, "data").unwrap_or_default();
    let is = |known: &str| flag.eq_ignore_ascii_case(known);
    let plain = |order| Some((order, String::new()));
    match kind {
        TaskKind::Reading => plain(Order::Read(door.world.item(door.head, &flag)?)),
        TaskKind::Control if is("C03D") => plain(Order::On),
        TaskKind::Control if is("C03C") => plain(Order::Off),
        TaskKind::Setting if names_the_clock(door, &flag) => {
            Some((Order::Clock, door.world.around.read(&data)?.to_string()))
        }
        TaskKind::Control | TaskKind::Setting => None,
        TaskKind::Token => field(row, "data")
            .is_string()
            .then_some((Order::Token, data)),
    }
}

/// Which flag sets the clock is not published: any that reads it will do.
fn names_the_clock(door: &Door<'_>, flag: &str) -> bool {
    let item = door.world.item(door.head, flag);
    let row = item.and_then(|item| door.world.written(door.head, item));
    row.is_some_and(|row| matches!(row.quantity, Q::Clock | Q::Date | Q::TimeOfDay))
}

/// How this dialect writes what a meter answers. Digits follow the scaling of the radio registers.
pub(crate) fn say(quantity: Q, meter: &Meter, ms: i64, around: Around) -> Option<String> {
    let at = seconds(ms);
    let phase = |phase: u8| (phase < meter.phases).then_some(phase);
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
        Q::Relay => running_status(meter),
        Q::VoltageA => format!("{:.2}", meter.voltage(0, around)),
        Q::VoltageB => format!("{:.2}", meter.voltage(phase(1)?, around)),
        Q::VoltageC => format!("{:.2}", meter.voltage(phase(2)?, around)),
        Q::CurrentA => format!("{:.2}", meter.current(0, at, around)),
        Q::CurrentB => format!("{:.2}", meter.current(phase(1)?, at, around)),
        Q::CurrentC => format!("{:.2}", meter.current(phase(2)?, at, around)),
        Q::Credit => {
            let level = u8::from(meter.credit_kwh >= 1.0);
            let relay = u8::from(!meter.is_closed());
            format!("{:09.2},{level:02},{relay:02}", meter.credit_kwh)
        }
        Q::Firmware => format!("{:08X}", meter.firmware),
        Q::Clock => around.text(meter.clock_ms(ms)),
        Q::Date => {
            let shown = around.civil(meter.clock_ms(ms));
            shown.strftime("%Y-%m-%d").to_string()
        }
        Q::TimeOfDay => {
            let shown = around.civil(meter.clock_ms(ms));
            shown.strftime("%H:%M:%S").to_string()
        }
    })
}

/// The two bytes of the running status: bit 3 of the first says that the relay is open, bit 0 of the
/// second prepaid, bit 3 credit used up. That they are written as hexadecimal digits is a guess.
fn running_status(meter: &Meter) -> String {
    use crate::meter::Condition::Prepaid;
    let prepaid = meter.has(Prepaid);
    let first = u8::from(!meter.is_closed()) << 3;
    let second = u8::from(prepaid) | u8::from(prepaid && meter.credit_kwh <= 0.0) << 3;
    format!("{first:02X}{second:02X}")
}
