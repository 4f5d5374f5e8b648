//! `POS_*` and `Maintenance_*`: tokens, made at once.

use super::Reply;
use crate::call::{number, text, truth};
use crate::clock::whole;
use crate::door::Door;
use crate::mint::Purpose;
use crate::v2::tokens::tenths;
use serde_json::{Value, json};

/// The price of a kWh in the pretend tariff.
const PRICE: f64 = 350.0;

/// `POS_Purchase`. The vending password may be the plain one too, as it often is.
pub(super) fn purchase(door: &mut Door<'_>, body: &Value) -> Reply {
    let spec = door.world.spec(door.head);
    let said = text(body, "password_vend").unwrap_or_default();
    let knows = said == spec.authorization.0 || said == spec.password.0;
    let Some(amount) = number(body, "amount").filter(|amount| knows && *amount > 0.0) else {
        return Reply::Refused;
    };
    let by_unit = truth(body, "is_vend_by_unit").unwrap_or(true);
    let tenths = tenths(if by_unit { amount } else { amount / PRICE });
    let unit = f64::from(tenths) / 10.0;
    let Some(place) = meter(door, body) else {
        return Reply::Refused;
    };
    let token = door.world.mint(place, Purpose::Credit(tenths));
    let meter = door.world.meter(place);
    Reply::Ok(json!({
        "token": token,
        "total_paid": if by_unit { unit * PRICE } else { amount },
        "total_unit": unit,
        "customer_number": meter.customer_id(),
        "customer_name": meter.customer_name(),
        "customer_addr": "",
        "meter_number": meter.text(),
        "gen_datetime": door.world.around.text(door.now),
        "gen_user": door.world.spec(door.head).user,
        "company": door.world.spec(door.head).company,
        "price": PRICE,
        "vat": 0,
        "currency": "",
        "unit": "kWh",
    }))
}

/// `POS_Preview`: whose meter it is.
pub(super) fn preview(door: &mut Door<'_>, body: &Value) -> Reply {
    let Some(place) = meter(door, body) else {
        return Reply::Refused;
    };
    let meter = door.world.meter(place);
    Reply::Ok(json!({
        "customer_name": meter.customer_name(),
        "customer_number": meter.customer_id(),
        "customer_addr": "",
    }))
}

/// `Maintenance_SetMaxPower`: the result is the token.
pub(super) fn load_limit(door: &mut Door<'_>, body: &Value) -> Reply {
    let watts = number(body, "max_power").map(whole);
    match watts.and_then(|watts| u32::try_from(watts).ok()) {
        Some(watts) => token(door, body, Purpose::LoadLimit(watts)),
        None => Reply::Refused,
    }
}

/// `Maintenance_ClearTamper`.
pub(super) fn clear_tamper(door: &mut Door<'_>, body: &Value) -> Reply {
    token(door, body, Purpose::ClearTamper)
}

/// `Maintenance_ClearCredit`.
pub(super) fn clear_credit(door: &mut Door<'_>, body: &Value) -> Reply {
    token(door, body, Purpose::ClearCredit)
}

fn token(door: &mut Door<'_>, body: &Value, purpose: Purpose) -> Reply {
    match meter(door, body) {
        Some(place) => Reply::Ok(door.world.mint(place, purpose).into()),
        None => Reply::Refused,
    }
}

fn meter(door: &Door<'_>, body: &Value) -> Option<u32> {
    door.world.find(door.head, &text(body, "meter_number")?)
}
