//! The concentrator's daily report: one row a day with 24 hours, all bits true when all is well.

use super::lists::of_company;
use crate::door::Door;
use crate::local::day_after;
use crate::meter::{Condition, Meter};
use crate::v2::Reply;
use crate::v2::page::{page, part};
use crate::v2::share::{days_asked, shares};
use crate::world::Day;
use serde_json::{Value, json};

/// `/API/DailyReport/Read`. A report is updated half an hour after its day, so a range of updates is
/// a day ahead of its days.
pub(crate) fn read(door: &mut Door<'_>, body: &Value) -> Reply {
    let days = days_asked(door, body, "updateDateRange").map(|day| day_after(day, -1));
    let part = part(body);
    let world = &*door.world;
    let (total, meters) = shares(door, body, part, |meter| {
        world.days_of(meter, days, door.now).1
    });
    let mut rows = Vec::new();
    for (place, skip, many) in meters {
        door.world.meter_at(place, door.now);
        let (first, _) = door.world.days_of(door.world.meter(place), days, door.now);
        for at in (skip..many).take(part.take - rows.len()) {
            let date = day_after(first, i64::try_from(at).unwrap_or(0));
            let meter = door.world.meter(place);
            rows.push(row(door, meter, &door.world.day(meter, date)));
        }
    }
    page(door, total, rows)
}

fn row(door: &Door<'_>, meter: &Meter, day: &Day) -> Value {
    let around = door.world.around;
    let newest = door.now - day.written < 24 * 3_600_000;
    let fine = |bad: &[Condition]| !newest || !bad.iter().any(|c| meter.has(*c));
    let mut row = json!({
        "currentDate": format!("{} 23:59:59", day.date),
        "customerId": meter.customer_id(),
        "customerName": meter.customer_name(),
        "concentratorId": door.world.gateway(meter.gateway).id,
        "meterId": meter.text(),
        "totalT1": thousandths(day.total),
        "remainT1": thousandths(meter.credit_kwh),
        "totalT2": 0,
        "remainT2": 0,
        "demand": thousandths(day.hours.iter().flatten().fold(0.0, |most: f64, hour| most.max(*hour))),
        "status_Relay": !day.dark,
        "status_Battery": true,
        "status_Magnetic": fine(&[Condition::Magnet, Condition::MagneticTamper]),
        "status_Cover_Terminal": fine(&[Condition::TerminalOpen, Condition::TerminalTamper]),
        "status_Cover_Upper": fine(&[Condition::UpperOpen, Condition::UpperTamper]),
        "status_Cover_Box": fine(&[Condition::EnclosureOpen, Condition::EnclosureTamper]),
        "status_Current_Direction": fine(&[Condition::Reverse]),
        "status_Current_Unbalance": fine(&[Condition::Imbalance]),
    });
    for (hour, of_day) in day.hours.iter().zip(1..) {
        row[format!("hourT1_{of_day:02}")] =
            hour.map_or(Value::Null, |kwh| thousandths(kwh).into());
        row[format!("hourT2_{of_day:02}")] = 0.into();
    }
    let mut row = of_company(door, row);
    let written = around.text(day.written);
    for (name, value) in [
        ("createId", "System"),
        ("createDate", &written),
        ("updateId", "System"),
        ("updateDate", &written),
    ] {
        row[name] = value.into();
    }
    row
}

fn thousandths(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}
