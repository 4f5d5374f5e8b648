//! What a station server knows of the past: days, hours, events.

use crate::call::{number, text, whole};
use crate::clock;
use crate::door::{Door, Part};
use crate::local::{day_after, millis, seconds, zulu};
use crate::meter::{Condition, Meter};
use crate::v2::page::{newest_first, page, page_of, part, range};
use crate::v2::share::{days_asked, shares};
use crate::v2::{Reply, signed};
use crate::world::Day;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

/// `/api/DailyDataMeter/read`: one row for each meter and day.
pub(crate) fn daily(door: &mut Door<'_>, body: &Value) -> Reply {
    let days = days_asked(door, body, "currentDateRange");
    let (wanted, newest) = (part(body), newest_first(body));
    let world = &*door.world;
    let (total, meters) = shares(door, body, wanted, |meter| {
        world.days_of(meter, days, door.now).1
    });
    let mut rows = Vec::new();
    for (place, skip, many) in meters {
        door.world.meter_at(place, door.now);
        let (begin, _) = door.world.days_of(door.world.meter(place), days, door.now);
        for at in (0..many).skip(skip).take(wanted.take - rows.len()) {
            let of_range = if newest { many - 1 - at } else { at };
            let date = day_after(begin, i64::try_from(of_range).unwrap_or(0));
            let meter = door.world.meter(place);
            let day = door.world.day(meter, date);
            rows.push(day_row(door, meter, &day));
        }
    }
    page(door, total, rows)
}

/// The eight bits are those of the radio's hourly report; for days gone by only the relay is known.
fn day_row(door: &Door<'_>, meter: &Meter, day: &Day) -> Value {
    let world = &*door.world;
    let around = world.around;
    let gateway = world.gateway(meter.gateway);
    let newest = door.now - day.written < 24 * HOUR;
    let so = |condition| newest && meter.has(condition);
    let at = seconds(day.written - HOUR);
    let power = if day.dark {
        0.0
    } else {
        meter.demand_w(at, around)
    };
    let used: f64 = day.hours.iter().flatten().sum();
    let mut row = json!({
        "currentDate": format!("{} 23:59:59", day.date),
        "customerId": meter.customer_id(),
        "customerName": meter.customer_name(),
        "meterId": meter.text(),
        "usage1": format!("{used:.2}"),
        "usage2": "0",
        "total1": cents(day.total),
        "total2": 0,
        "remain1": cents(meter.credit_kwh),
        "remain2": 0,
        "intervalDemand": cents(power / 1000.0),
        "power": cents(power),
        "voltageA": cents(meter.voltage(0, around)),
        "voltageB": cents(meter.voltage(1, around)),
        "voltageC": cents(meter.voltage(2, around)),
        "currentA": cents(meter.current(0, at, around)),
        "currentB": cents(meter.current(1, at, around)),
        "currentC": cents(meter.current(2, at, around)),
        "relayOpen": day.dark,
        "batteryLow": false,
        "magneticInterference": so(Condition::Magnet) || so(Condition::MagneticTamper),
        "terminalCoverOpen": so(Condition::TerminalOpen) || so(Condition::TerminalTamper),
        "coverOpen": so(Condition::UpperOpen) || so(Condition::UpperTamper),
        "source2Activated": false,
        "currentReverse": so(Condition::Reverse),
        "currentUnbalance": so(Condition::Imbalance),
        "status": true,
        "stationId": gateway.site,
        "gatewayId": gateway.id,
    });
    let written = around.text(day.written);
    signed(&mut row, "System", &written, &written);
    row
}

/// `GET /api/DailyDataMeter/readHourly`: no envelope.
pub(crate) fn hourly(door: &mut Door<'_>, query: &Value) -> Reply {
    let read = |name: &str, whole_day: i64| {
        let text = text(query, name)?;
        let at = door.world.around.read(&text)?;
        // a day without a time is meant as a whole
        Some(if text.len() == 10 { at + whole_day } else { at })
    };
    let span = [
        read("FROM", 0).unwrap_or(door.now - 24 * HOUR),
        read("TO", 24 * HOUR).unwrap_or(door.now),
    ];
    let count = |name: &str| whole(query, name).and_then(|n| usize::try_from(n).ok());
    let wanted = Part {
        skip: count("offset").unwrap_or(0),
        take: count("pageLimit").unwrap_or(100).clamp(1, 1000),
    };
    let world = &*door.world;
    let (total, meters) = shares(door, query, wanted, |meter| {
        world.hours_of(meter, span, door.now).1
    });
    let mut rows = Vec::new();
    for (place, skip, many) in meters {
        let around = door.world.around;
        let meter = door.world.meter_at(place, door.now).clone();
        let (first, _) = door.world.hours_of(&meter, span, door.now);
        for at in (0..many).skip(skip).take(wanted.take - rows.len()) {
            let end = first + i64::try_from(at).unwrap_or(0) * HOUR;
            let used = meter.used_kwh(seconds(end - HOUR), seconds(end), around);
            rows.push(json!({
                "timestamp": zulu(end),
                "meterId": meter.text(),
                "energyBalanceKwh": cents(meter.credit_kwh),
                "energyConsumptionKwh": cents(used),
                "energyReadingKwh": cents(meter.kwh_at(seconds(end), around)),
                "timeIntervalMinutes": 60,
                "customerAccountId": "N/A",
            }));
        }
    }
    rows.truncate(door.brought(rows.len()));
    Reply::Bare(json!({
        "total": total,
        "offset": wanted.skip,
        "pageLimit": wanted.take,
        "readings": rows,
        "errors": [],
    }))
}

/// `/API/EventNotification/Read`.
pub(crate) fn events(door: &mut Door<'_>, body: &Value) -> Reply {
    let asked = text(body, "meterId");
    let code = number(body, "eventCode").map(clock::whole);
    let world = &*door.world;
    let [from, to] = range(body, "currentDateRange", world.around);
    let fits = |place: u32, at: u32, event: i64| {
        let meter = world.meter(place);
        world.has(door.head, meter)
            && asked.as_ref().is_none_or(|n| meter.text() == *n)
            && code.is_none_or(|code| code == event)
            && (from..=to).contains(&millis(at))
    };
    let wanted = world.events.iter().rev();
    let wanted = wanted.filter(|event| fits(event.meter, event.at, event.code));
    let rows = wanted.map(|event| {
        let meter = world.meter(event.meter);
        let at = world.around.text(millis(event.at));
        let mut row = json!({
            "meterId": meter.text(),
            "currentDate": at,
            "eventCode": event.code,
            "eventContent": match event.code {
                1 => "Power Failure Start",
                _ => "Current Reverse End",
            },
            "stationId": world.gateway(meter.gateway).site,
        });
        signed(&mut row, "System", &at, &at);
        row
    });
    let mut rows: Vec<Value> = rows.collect();
    if !newest_first(body) {
        rows.reverse();
    }
    page_of(door, body, rows)
}

/// To two decimals, as the registers have them.
fn cents(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}
