//! What v1 knows of the past, its concentrators and its meters.

use super::Reply;
use crate::call::{field, text, whole};
use crate::door::{Door, Part};
use crate::local::day_after;
use crate::world::Day;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Meters in one query, as the vendor has it.
const MOST_METERS: usize = 30;

/// `COMM_HourlyDataNew`: one row for each meter and day that there is; null when there is none.
pub(super) fn hourly(door: &mut Door<'_>, body: &Value) -> Reply {
    rows(door, body, |number, day| {
        let mut row = day_row(number, day);
        for (hour, from) in day.hours.iter().zip(0..) {
            // hours that never arrived are -1
            row[format!("HourlyConsumption_{from}to{}", from + 1)] =
                hour.map_or(-1.0, cents).into();
        }
        row
    })
}

/// `COMM_DailyData`: without a day, the whole month.
pub(super) fn daily(door: &mut Door<'_>, body: &Value) -> Reply {
    rows(door, body, day_row)
}

/// `COMM_MonthlyData`: the register at the month's end, or as far as the month has got.
pub(super) fn monthly(door: &mut Door<'_>, body: &Value) -> Reply {
    let Reply::Ok(Value::Array(days)) = daily(door, body) else {
        return Reply::Ok(Value::Null);
    };
    let mut months: Vec<Value> = Vec::new();
    for day in days {
        let same = |month: &Value| {
            ["MeterNo", "Year", "Month"]
                .iter()
                .all(|key| month[key] == day[key])
        };
        months.retain(|month| !same(month));
        let mut month = day;
        if let Some(month) = month.as_object_mut() {
            month.shift_remove("Day");
            month.shift_remove("RelayStatus");
        }
        months.push(month);
    }
    Reply::Ok(Value::Array(months))
}

fn rows(door: &mut Door<'_>, body: &Value, row: fn(&str, &Day) -> Value) -> Reply {
    let Some(asked) = field(body, "QueryList").as_array() else {
        return Reply::Refused;
    };
    if asked.len() > MOST_METERS {
        return Reply::Refused;
    }
    let mut found = Vec::new();
    for query in asked {
        let number = text(query, "MeterNo").unwrap_or_default();
        let (Some(place), Some(span)) = (door.world.find(door.head, &number), span(query)) else {
            continue;
        };
        door.world.meter_at(place, door.now);
        let meter = door.world.meter(place);
        let (first, many) = door.world.days_of(meter, span, door.now);
        for at in 0..i64::try_from(many).unwrap_or(0) {
            let day = door.world.day(meter, day_after(first, at));
            let mut row = row(&number, &day);
            row["CurrentCreditRegister"] = cents(meter.credit_kwh).into();
            found.push(row);
        }
    }
    found.truncate(door.brought(found.len()));
    Reply::Ok(if found.is_empty() {
        Value::Null
    } else {
        Value::Array(found)
    })
}

/// The days a query asks for: one, or a whole month.
fn span(query: &Value) -> Option<[Date; 2]> {
    let part = |name: &str| whole(query, name);
    let first_or = |day: i64| {
        let year = i16::try_from(part("Year")?).ok()?;
        let month = i8::try_from(part("Month")?).ok()?;
        Date::new(year, month, i8::try_from(day).ok()?).ok()
    };
    match part("Day") {
        Some(day) => first_or(day).map(|day| [day, day]),
        None => first_or(1).map(|first| [first, first.last_of_month()]),
    }
}

/// 0 is a closed relay: so it was in a real row with consumption in it.
fn day_row(number: &str, day: &Day) -> Value {
    json!({
        "MeterNo": number,
        "Year": day.date.year(),
        "Month": day.date.month(),
        "Day": day.date.day(),
        "TotalUnitsCounter": cents(day.total),
        "CurrentCreditRegister": 0,
        "RelayStatus": u8::from(day.dark),
    })
}

/// `COMM_OnlineStatus`: every concentrator of the company.
pub(super) fn online(door: &mut Door<'_>, _: &Value) -> Reply {
    let dialect = door.world.dialect(door.head);
    let all = door.world.scene.gateways.iter();
    let rows = all
        .filter(|gateway| gateway.head.is_none_or(|only| only == dialect))
        .map(|gateway| json!({"ConcentratorNo": gateway.id, "Status": gateway.offline_since.is_none()}));
    let mut rows: Vec<Value> = rows.collect();
    rows.truncate(door.brought(rows.len()));
    Reply::Ok(Value::Array(rows))
}

/// `COMM_CustomerMeterList`. Whether it counts from 0 or from 1 is not known: 0 and 1 are the first.
pub(super) fn meters(door: &mut Door<'_>, body: &Value) -> Reply {
    let number = |name: &str| whole(body, name).and_then(|n| usize::try_from(n).ok());
    let part = Part {
        skip: number("StartIndex").unwrap_or(0).saturating_sub(1),
        take: number("Count").unwrap_or(100).min(1000),
    };
    let (_, places) = door.meters(part, None);
    let rows = places.into_iter().map(|place| {
        let meter = door.world.meter(place);
        json!({
            "MeterNumber": meter.text(),
            "CustomerNumber": meter.customer_id(),
            "CustomerName": meter.customer_name(),
        })
    });
    let mut rows: Vec<Value> = rows.collect();
    rows.truncate(door.brought(rows.len()));
    Reply::Ok(Value::Array(rows))
}

fn cents(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}
