//! Tokens of both v2 dialects. They are made at once and never touch the meter.

use super::{QUERY_FAILED, Reply, signed};
use crate::call::{number, text, truth};
use crate::clock::whole;
use crate::dialect::Dialect;
use crate::door::Door;
use crate::mint::{Purpose, grouped};
use serde_json::{Value, json};

/// The price of a kWh in the pretend tariff.
const PRICE: f64 = 350.0;

/// `creditToken/generate`. That the wrong second password is answered like this is a guess.
pub(crate) fn credit(door: &mut Door<'_>, body: &Value) -> Reply {
    let Some(amount) = number(body, "amount").filter(|amount| *amount > 0.0) else {
        return QUERY_FAILED;
    };
    if let Some(said) = text(body, "authorizationPassword")
        && said != door.world.spec(door.head).authorization.0
    {
        return Reply::Code(1, "invalid authorization password");
    }
    let by_money = truth(body, "isVendByTotalPaid").unwrap_or(false);
    let tenths = tenths(if by_money { amount / PRICE } else { amount });
    let unit = f64::from(tenths) / 10.0;
    let paid = if by_money { amount } else { unit * PRICE };
    let preview = truth(body, "isPreview").unwrap_or(false);
    let extra = json!({"totalUnit": unit, "totalPaid": paid, "tax": 0, "tokenFirst": "", "tokenSecond": ""});
    record(
        door,
        body,
        (!preview).then_some(Purpose::Credit(tenths)),
        extra,
    )
}

/// Units are cut to tenths, not rounded.
pub(crate) fn tenths(units: f64) -> u32 {
    // a hair above, so that 5.7 does not become 5.6 because of its binary form
    u32::try_from(whole((units * 10.0 + 1e-6).floor())).unwrap_or(0)
}

/// `setMaximumPowerLimitToken/generate`.
pub(crate) fn load_limit(door: &mut Door<'_>, body: &Value) -> Reply {
    let watts = number(body, "maximumPower").map(whole);
    let Some(watts) = watts.and_then(|watts| u32::try_from(watts).ok()) else {
        return QUERY_FAILED;
    };
    let extra = json!({"maximumPower": watts});
    record(door, body, Some(Purpose::LoadLimit(watts)), extra)
}

/// `clearTamperToken/generate`.
pub(crate) fn clear_tamper(door: &mut Door<'_>, body: &Value) -> Reply {
    record(door, body, Some(Purpose::ClearTamper), json!({}))
}

/// `clearCreditToken/generate`.
pub(crate) fn clear_credit(door: &mut Door<'_>, body: &Value) -> Reply {
    record(door, body, Some(Purpose::ClearCredit), json!({}))
}

/// A token's record: in fours in the station dialect, in one piece in the other.
fn record(door: &mut Door<'_>, body: &Value, purpose: Option<Purpose>, extra: Value) -> Reply {
    let asked = text(body, "meterId").unwrap_or_default();
    let Some(place) = door.world.find(door.head, &asked) else {
        return QUERY_FAILED;
    };
    let token = purpose.map_or_else(String::new, |purpose| door.world.mint(place, purpose));
    let world = &*door.world;
    let meter = world.meter(place);
    let station = world.dialect(door.head) == Dialect::Station;
    let mut row = json!({
        "receiptId": world.calls,
        "customerId": meter.customer_id(),
        "customerName": meter.customer_name(),
        "meterId": meter.text(),
        "tariffId": "1",
        "token": if station { grouped(&token) } else { token },
        "stationId": world.gateway(meter.gateway).site,
    });
    if let (Some(row), Value::Object(extra)) = (row.as_object_mut(), extra) {
        row.extend(extra);
    }
    let now = world.around.text(door.now);
    signed(&mut row, &world.spec(door.head).user, &now, &now);
    Reply::Ok(row)
}
