//! What a station server lists: meters, gateways, accounts, customers, stations, who is online.

use crate::call::{field, text};
use crate::door::Door;
use crate::meter::{Condition, Meter};
use crate::v2::page::{page, page_of, part};
use crate::v2::{Reply, signed};
use serde_json::{Value, json};

type MakesRow = fn(&Door<'_>, &Meter) -> Value;

/// `/api/meter/read`. The key data are those of no real supply group.
pub(crate) fn meters(door: &mut Door<'_>, body: &Value) -> Reply {
    rows(door, body, false, |door, meter| {
        json!({
            "meterId": meter.text(),
            "type": 0,
            "isThreePhase": u8::from(meter.phases == 3),
            "communicationWay": way(meter),
            "protocolVersion": "2.2",
            "lat": 0,
            "lng": 0,
            "baseYear": 2014,
            "sgc": "000000",
            "krn": 1,
            "ken": 255,
            "ti": 1,
            "kt": 0,
            "status": true,
            "stationId": door.world.gateway(meter.gateway).site,
        })
    })
}

/// `/api/account/read`.
pub(crate) fn accounts(door: &mut Door<'_>, body: &Value) -> Reply {
    rows(door, body, false, |door, meter| {
        json!({
            "customerId": meter.customer_id(),
            "status": true,
            "customerName": meter.customer_name(),
            "communicationWay": way(meter),
            "meterId": meter.text(),
            "meterType": 0,
            "protocolVersion": "2.2",
            "tariffId": "1",
            "ctRatio": "1",
            "stationId": door.world.gateway(meter.gateway).site,
        })
    })
}

/// `/api/customer/read`: one customer for each meter.
pub(crate) fn customers(door: &mut Door<'_>, body: &Value) -> Reply {
    rows(door, body, false, |door, meter| {
        json!({
            "customerId": meter.customer_id(),
            "customerName": meter.customer_name(),
            "type": 0,
            "phone": "",
            "address": "",
            "certifiName": "",
            "certifiNo": "",
            "stationId": door.world.gateway(meter.gateway).site,
        })
    })
}

/// `/API/GPRSOnlineStatus/Read`: the meters that speak by GPRS.
pub(crate) fn online(door: &mut Door<'_>, body: &Value) -> Reply {
    rows(door, body, true, |door, meter| {
        json!({
            "meterId": meter.text(),
            "isOnline": meter.answers(),
            "stationId": door.world.gateway(meter.gateway).site,
            "statusUpdateDate": door.world.around.text(door.now),
        })
    })
}

/// `/API/GPRSOnlineStatus/View`: the same for one meter, without pages.
pub(crate) fn online_of(door: &mut Door<'_>, body: &Value) -> Reply {
    match online(door, body) {
        Reply::Ok(page) => Reply::Ok(field(&page, "data").clone()),
        other => other,
    }
}

/// `/api/gateway/read`.
pub(crate) fn gateways(door: &mut Door<'_>, body: &Value) -> Reply {
    let station = text(body, "stationId");
    let gateway = text(body, "gatewayId");
    let world = &*door.world;
    let dialect = world.dialect(door.head);
    let wanted = world.scene.gateways.iter().filter(|g| {
        g.head.is_none_or(|only| only == dialect)
            && station.as_ref().is_none_or(|s| g.site == *s)
            && gateway.as_ref().is_none_or(|id| g.id == *id)
    });
    let rows = wanted.map(|g| {
        let mut row = json!({
            "gatewayId": g.id,
            "gatewayName": format!("Gateway {}", g.id),
            "successRate": 0,
            "stationId": g.site,
            "status": g.offline_since.is_none(),
        });
        sign(door, &mut row);
        row
    });
    let rows = rows.collect();
    page_of(door, body, rows)
}

/// `/api/station/read`.
pub(crate) fn stations(door: &mut Door<'_>, body: &Value) -> Reply {
    let sites = door.world.scene.sites.iter().map(|site| {
        let mut row = json!({"stationId": site.id, "name": site.name});
        sign(door, &mut row);
        row
    });
    let rows = sites.collect();
    page_of(door, body, rows)
}

/// Rows for the meters that a body asks for.
fn rows(door: &mut Door<'_>, body: &Value, gprs_only: bool, row: MakesRow) -> Reply {
    let part = part(body);
    let filters = ["meterId", "stationId", "customerId", "searchTerm"].map(|name| text(body, name));
    let [number, station, customer, search] = &filters;
    let fits = |meter: &Meter| {
        let site = || &door.world.gateway(meter.gateway).site;
        (!gprs_only || meter.has(Condition::Gprs))
            && number.as_ref().is_none_or(|n| meter.text() == *n)
            && station.as_ref().is_none_or(|s| site() == s)
            && customer.as_ref().is_none_or(|c| meter.customer_id() == *c)
            && search
                .as_ref()
                .is_none_or(|part| meter.text().contains(part))
    };
    let all = !gprs_only && filters.iter().all(Option::is_none);
    let (total, places) = door.meters(part, if all { None } else { Some(&fits) });
    let rows = places.into_iter().map(|place| {
        let mut row = row(door, door.world.meter(place));
        sign(door, &mut row);
        row
    });
    let rows = rows.collect();
    page(door, total, rows)
}

/// Who registered it: at the scene's start.
fn sign(door: &Door<'_>, row: &mut Value) {
    let since = door.world.around.text(door.world.start_ms);
    signed(row, &door.world.spec(door.head).user, &since, &since);
}

/// GPRS 0, LoRaWAN 1.
fn way(meter: &Meter) -> u8 {
    u8::from(!meter.has(Condition::Gprs))
}
