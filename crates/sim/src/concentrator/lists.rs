//! What a concentrator server lists: accounts, concentrators, who is online, its protocol ids.

use super::ITEMS;
use crate::call::text;
use crate::door::Door;
use crate::meter::Meter;
use crate::scene::GatewaySpec;
use crate::v2::page::{page, page_of, part};
use crate::v2::{Reply, signed};
use serde_json::{Value, json};

/// `/api/account/read`.
pub(crate) fn accounts(door: &mut Door<'_>, body: &Value) -> Reply {
    let part = part(body);
    let filters = ["meterId", "concentratorId", "customerId"].map(|name| text(body, name));
    let [number, concentrator, customer] = &filters;
    let fits = |meter: &Meter| {
        let gateway = || &door.world.gateway(meter.gateway).id;
        number.as_ref().is_none_or(|n| meter.text() == *n)
            && concentrator.as_ref().is_none_or(|id| gateway() == id)
            && customer.as_ref().is_none_or(|c| meter.customer_id() == *c)
    };
    let all = filters.iter().all(Option::is_none);
    let (total, places) = door.meters(part, if all { None } else { Some(&fits) });
    let rows = places.into_iter().map(|place| {
        let meter = door.world.meter(place);
        let gateway = door.world.gateway(meter.gateway);
        let row = json!({
            "customerId": meter.customer_id(),
            "customerName": meter.customer_name(),
            "meterId": meter.text(),
            "concentratorId": gateway.id,
            "site": gateway.site,
            "tariffId": "1",
        });
        of_company(door, row)
    });
    let rows = rows.collect();
    page(door, total, rows)
}

/// `/api/concentrator/read`.
pub(crate) fn concentrators(door: &mut Door<'_>, body: &Value) -> Reply {
    let rows = seen(door, body).map(|gateway| {
        let row = json!({
            "concentratorId": gateway.id,
            "name": format!("Concentrator {}", gateway.id),
            "lat": 0,
            "lng": 0,
        });
        of_company(door, row)
    });
    let rows = rows.collect();
    page_of(door, body, rows)
}

/// `/API/ConcentratorOnlineStatus/Read`.
pub(crate) fn online(door: &mut Door<'_>, body: &Value) -> Reply {
    let world = &*door.world;
    let rows = seen(door, body).map(|gateway| {
        let since = gateway.offline_since.unwrap_or(world.start_ms);
        json!({
            "concentratorId": gateway.id,
            "status": gateway.offline_since.is_none(),
            "statusUpdateDate": world.around.text(since),
        })
    });
    let rows = rows.collect();
    page_of(door, body, rows)
}

/// `/api/dlms/readDlmsTree`: the leaves of what can be read.
pub(crate) fn tree(door: &mut Door<'_>, _: &Value) -> Reply {
    let own = ITEMS
        .iter()
        .map(|row| (row.asks.to_owned(), row.name.to_owned()));
    let added = door.world.spec(door.head).items.iter();
    let added = added.flat_map(|item| item.asks.iter().map(|id| (id.clone(), item.name.clone())));
    let leaves: Vec<Value> = own
        .chain(added)
        .map(|(id, label)| json!({"id": id, "label": label, "children": []}))
        .collect();
    Reply::Ok(json!([{"id": "0", "label": "Meter Parameter", "children": leaves}]))
}

/// The concentrators of this head, or the one that is asked for.
fn seen<'a>(door: &'a Door<'_>, body: &Value) -> impl Iterator<Item = &'a GatewaySpec> {
    let asked = text(body, "concentratorId");
    let dialect = door.world.dialect(door.head);
    door.world.scene.gateways.iter().filter(move |gateway| {
        gateway.head.is_none_or(|only| only == dialect)
            && asked.as_ref().is_none_or(|id| gateway.id == *id)
    })
}

pub(super) fn of_company(door: &Door<'_>, mut row: Value) -> Value {
    let spec = door.world.spec(door.head);
    row["company"] = spec.company.clone().into();
    let since = door.world.around.text(door.world.start_ms);
    signed(&mut row, &spec.user, &since, &since);
    row
}
