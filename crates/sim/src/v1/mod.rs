//! The v1 dialect: credentials in each body, JSON or a form, UUID tasks, statuses in words.

mod data;
mod form;
mod tasks;
mod uuid;
mod vend;

use crate::call::{Answer, Call, text};
use crate::door::Door;
use crate::local::{Around, seconds};
use crate::meter::Meter;
use crate::scene::{Quantity as Q, TaskKind};
use crate::world::Row;
use serde_json::{Value, json};

/// Its data items, matched in any case. Source: the facts' catalogue; the unit words after power and
/// current and the format of the power-down count are guesses. `Special status identifier` is left
/// out: a scene adds it.
pub(crate) const ITEMS: &[Row] = &[
    row("Current Credit Register", Q::Credit),
    row("Voltage", Q::VoltageA),
    row("VoltageA", Q::VoltageA),
    row("VoltageB", Q::VoltageB),
    row("VoltageC", Q::VoltageC),
    row("Power", Q::Power),
    row("Current", Q::CurrentA),
    row("CurrentA", Q::CurrentA),
    row("CurrentB", Q::CurrentB),
    row("CurrentC", Q::CurrentC),
    row("Maximum power threshold", Q::LoadLimit),
    row("Version", Q::Firmware),
    row("Date", Q::Date),
    row("The number of power down", Q::PowerDowns),
];

const fn row(name: &'static str, quantity: Q) -> Row {
    Row {
        asks: name,
        name,
        prefix: "",
        quantity,
    }
}

/// What a handler answers, in either casing family.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Success, with this result; null is shown.
    Ok(Value),
    /// A failure without a result.
    Refused,
}

/// Serves what came to a path.
type Serves = fn(&mut Door<'_>, &Value) -> Reply;

/// Tasks: `/api/comm_remote<name>` creates one, the same with `task` looks at it.
const TASKS: &[(&str, TaskKind)] = &[
    ("reading", TaskKind::Reading),
    ("control", TaskKind::Control),
    ("write", TaskKind::Setting),
    ("token", TaskKind::Token),
];

const PATHS: &[(&str, Serves)] = &[
    ("/api/comm_hourlydatanew", data::hourly),
    ("/api/comm_hourlydata", data::hourly),
    ("/api/comm_dailydata", data::daily),
    ("/api/comm_monthlydata", data::monthly),
    ("/api/comm_onlinestatus", data::online),
    ("/api/comm_customermeterlist", data::meters),
    ("/api/pos_purchase", vend::purchase),
    ("/api/pos_preview", vend::preview),
    ("/api/maintenance_setmaxpower", vend::load_limit),
    ("/api/maintenance_cleartamper", vend::clear_tamper),
    ("/api/maintenance_clearcredit", vend::clear_credit),
];

/// Paths that exist at the vendor's and are not played here.
const KNOWN: &[&str] = &[
    "pos_purchasehistory",
    "pos_customer",
    "pos_meter",
    "tokennew",
    "token",
];

/// Who serves a path.
#[derive(Clone, Copy)]
enum Served {
    By(Serves),
    Creates(TaskKind),
    Looks(TaskKind),
}

fn find(path: &str) -> Option<Served> {
    if let Some(rest) = path.strip_prefix("/api/comm_remote") {
        let name = rest.strip_suffix("task").unwrap_or(rest);
        let (known, kind) = TASKS.iter().find(|(known, _)| *known == name)?;
        let creates = known.len() == rest.len();
        return Some(if creates {
            Served::Creates(*kind)
        } else {
            Served::Looks(*kind)
        });
    }
    let (_, serves) = PATHS.iter().find(|(known, _)| *known == path)?;
    Some(Served::By(*serves))
}

/// Serves a call.
pub(crate) fn serve(door: &mut Door<'_>, call: &Call) -> Answer {
    let Some(served) = find(&call.path) else {
        let name = call.path.rsplit('/').next().unwrap_or_default();
        return Answer::bare(if KNOWN.contains(&name) { 501 } else { 404 });
    };
    if call.get {
        let body = json!({"Message": "The requested resource does not support http method 'GET'."});
        return Answer::json(405, &body);
    }
    let body = if call.form {
        form::read(&String::from_utf8_lossy(&call.body))
    } else {
        serde_json::from_slice(&call.body).unwrap_or(Value::Null)
    };
    let comm = call.path.contains("/comm_");
    let reply = if knows(door, &body, comm) {
        match served {
            Served::By(by) => by(door, &body),
            Served::Creates(kind) => tasks::create(door, &body, kind),
            Served::Looks(kind) => tasks::look(door, &body, kind),
        }
    } else if comm {
        Reply::Refused
    } else {
        return Answer::json(
            200,
            &json!({"result_code": 2, "reason": "authentication error"}),
        );
    };
    let body = match (reply, comm) {
        (Reply::Ok(result), true) => json!({"ResultCode": "00", "Reason": "OK", "Result": result}),
        (Reply::Ok(result), false) => json!({"result_code": 0, "reason": "OK", "result": result}),
        (Reply::Refused, true) => json!({"ResultCode": "99", "Reason": "other error"}),
        (Reply::Refused, false) => json!({"result_code": 3, "reason": "meter not found"}),
    };
    Answer::json(200, &body)
}

/// Whether the credentials are right. What the real server says when they are not is not known: this
/// one says 99 and `other error` in one family, 2 in the other.
fn knows(door: &Door<'_>, body: &Value, comm: bool) -> bool {
    let spec = door.world.spec(door.head);
    let names = if comm {
        ["CompanyName", "UserName", "Password"]
    } else {
        ["company_name", "user_name", "password"]
    };
    let right = [&spec.company, &spec.user, &spec.password.0];
    names
        .iter()
        .zip(right)
        .all(|(name, right)| text(body, name).as_ref() == Some(right))
}

/// How this dialect writes what a meter answers: a number, a blank, its unit.
pub(crate) fn say(quantity: Q, meter: &Meter, ms: i64, around: Around) -> Option<String> {
    let at = seconds(ms);
    let phase = |phase: u8| (phase < meter.phases).then_some(phase);
    let volts = |phase: u8| format!("{:.1} V", meter.voltage(phase, around));
    let amps = |phase: u8| format!("{:.2} A", meter.current(phase, at, around));
    let shown = around.civil(meter.clock_ms(ms));
    Some(match quantity {
        Q::OperatingStatus => meter.status().to_string(),
        Q::Reason87 => meter.reason87(),
        Q::TotalEnergy => format!("{:.2} kWh", meter.kwh),
        Q::LoadLimit => format!("{} W", meter.limit_w),
        Q::Power => format!("{:.1} W", meter.power_w(at, around)),
        Q::PowerFactor => format!("{:.3}", meter.power_factor),
        Q::CoverOpenings => meter.openings.count.to_string(),
        Q::CoverOpened => meter.time_shown(meter.openings.last[0], around),
        Q::OverloadTrips => meter.overloads.count.to_string(),
        Q::PowerDowns => meter.power_downs.count.to_string(),
        Q::PhaseDowns => meter.phase_downs.to_string(),
        Q::Relay if meter.is_closed() => "ON".to_owned(),
        Q::Relay => "OFF".to_owned(),
        Q::VoltageA => volts(0),
        Q::VoltageB => volts(phase(1)?),
        Q::VoltageC => volts(phase(2)?),
        Q::CurrentA => amps(0),
        Q::CurrentB => amps(phase(1)?),
        Q::CurrentC => amps(phase(2)?),
        Q::Credit => {
            let relay = if meter.is_closed() { "ON" } else { "OFF" };
            format!("{:.1},{relay}", meter.credit_kwh)
        }
        Q::Firmware => format!("{:08X}", meter.firmware),
        Q::Clock => shown.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        // `ww` is the weekday, 00 for Sunday
        Q::Date => shown.strftime("%y-%m-%d 0%w").to_string(),
        Q::TimeOfDay => shown.strftime("%H:%M:%S").to_string(),
    })
}
