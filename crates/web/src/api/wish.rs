//! `POST /api/v1/meters/{meter}/commands` and `POST /api/v1/commands`.

use super::done::{Done, done};
use crate::asked::Asked;
use crate::body::{self, Came};
use crate::door::Visitor;
use crate::fail::Fail;
use crate::reads;
use crate::server::Server;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::command::{Asked as Stands, Bulk, BulkAsked, Denied, Reach, Request};
use fleet::MeterNumber;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The requester's own name for a wish.
const KEY: &str = "idempotency-key";
/// Its length, characters.
const KEY_CHARS: RangeInclusive<usize> = 1..=200;
const KEY_SAID: &str = "say your own name for this wish in the header Idempotency-Key: 1 to 200 \
                        visible ASCII characters; the same name is the same command";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    kind: String,
    #[serde(default)]
    args: Value,
    #[serde(default)]
    reason: String,
}

/// One wish for one meter.
pub(crate) async fn one(
    With(desk): With<Arc<Server>>,
    path: Result<Path<String>, PathRejection>,
    asked: Asked,
    visitor: Visitor,
    headers: HeaderMap,
    body: Came,
) -> Response {
    let came = ask(&desk, path, &asked, &visitor, &headers, body).await;
    done(&desk, &asked, came)
}

async fn ask(
    desk: &Server,
    path: Result<Path<String>, PathRejection>,
    asked: &Asked,
    visitor: &Visitor,
    headers: &HeaderMap,
    body: Came,
) -> Result<Done, Fail> {
    let Path(meter) = path.map_err(|_| Fail::NoPage)?;
    let who = visitor.known()?;
    let tried = flag(asked, "dry_run")?;
    let intent = headers.get(KEY).and_then(|name| name.to_str().ok());
    let intent = match intent.filter(|name| is_name(name)) {
        Some(name) => Some(name.to_owned()),
        None if tried => None,
        None => return Err(Fail::Param("Idempotency-Key", KEY_SAID.to_owned())),
    };
    let Wish { kind, args, reason } = body::read(body)?;
    let request = Request {
        meter: reads::meter_number(&meter)?,
        kind,
        args,
        reason,
        who: who.clone(),
        intent,
    };
    if tried {
        let tried = desk.commands()?.request(vec![request], true).await?;
        let tried = tried.into_iter().next().unwrap_or(Err(Denied::Broken))?;
        return Ok(Done::ok(stands(&tried)));
    }
    let came = desk.counter()?.ask(request).await?;
    let told = Done::with(StatusCode::ACCEPTED, stands(&came));
    Ok(match &came.id {
        Some(id) => told.at(format!("/api/v1/commands/{id}")),
        None => told,
    })
}

fn is_name(name: &str) -> bool {
    KEY_CHARS.contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A parameter that is true or false.
pub(super) fn flag(asked: &Asked, name: &'static str) -> Result<bool, Fail> {
    match asked.get(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Fail::Param(name, format!("{name} is true or false"))),
    }
}

fn stands(came: &Stands) -> Value {
    json!({
        "id": came.id.as_ref().map(ToString::to_string),
        "state": came.state,
        "said": came.said,
        "again": came.again,
        "darkens": came.darkens,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Many {
    kind: String,
    #[serde(default)]
    args: Value,
    #[serde(default)]
    reason: String,
    meters: Vec<String>,
    intent: String,
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    canary: usize,
}

/// One wish for many meters.
pub(crate) async fn many(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let came = ask_many(&desk, &visitor, body).await;
    done(&desk, &asked, came)
}

async fn ask_many(desk: &Server, visitor: &Visitor, body: Came) -> Result<Done, Fail> {
    let who = visitor.known()?;
    let many: Many = body::read(body)?;
    if !is_name(&many.intent) {
        let said = "intent is your own name for all of it: 1 to 200 visible ASCII characters";
        return Err(Fail::field("intent", said));
    }
    let meters: Result<Vec<MeterNumber>, Fail> =
        many.meters.iter().map(|text| read(text)).collect();
    let bulk = Bulk {
        meters: meters?,
        kind: many.kind,
        args: many.args,
        reason: many.reason,
        who: who.clone(),
        intent: many.intent,
        canary: many.canary,
    };
    let came = desk.commands()?.request_many(bulk, many.dry_run).await?;
    let status = if many.dry_run {
        StatusCode::OK
    } else {
        StatusCode::ACCEPTED
    };
    Ok(Done::with(status, told(&came, many.dry_run)))
}

/// A number that is none spoils the whole wish: nobody knows which home was meant.
fn read(text: &str) -> Result<MeterNumber, Fail> {
    MeterNumber::parse(text).map_err(|error| Fail::field("meters", error.to_string()))
}

fn told(came: &BulkAsked, tried: bool) -> Value {
    let mut states: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut again, mut errors, mut darkens) = (0_u64, 0_u64, 0_u64);
    let items: Vec<Value> = came
        .items
        .iter()
        .map(|(meter, came)| {
            let mut item = json!({ "meter": meter.as_str(), "error": null });
            match came {
                Ok(asked) => {
                    *states.entry(asked.state.as_str()).or_default() += 1;
                    again += u64::from(asked.again);
                    darkens += u64::from(asked.darkens.is_some());
                    join(&mut item, stands(asked));
                }
                Err(denied) => {
                    errors += 1;
                    join(
                        &mut item,
                        json!({ "id": null, "state": null, "said": null }),
                    );
                    item["error"] = json!(denied.to_string());
                }
            }
            item
        })
        .collect();
    json!({
        "dry_run": tried,
        "items": items,
        "counts": {
            "meters": came.items.len(),
            "again": again,
            "errors": errors,
            "darkens": darkens,
            "states": states,
        },
        "left": came.left,
        "reach": reach(&came.reach),
    })
}

fn join(item: &mut Value, with: Value) {
    if let (Value::Object(item), Value::Object(with)) = (item, with) {
        item.extend(with);
    }
}

/// What the limits make of it; hours that never come are nothing.
fn reach(reach: &Reach) -> Value {
    let hours = |hours: u64| (hours < u64::MAX).then_some(hours);
    let sites: Vec<Value> = reach
        .sites
        .iter()
        .map(|at| {
            json!({
                "site": at.site,
                "homes": at.homes,
                "darkens": at.darkens,
                "per_hour": at.hour,
                "per_day": at.day,
                "at_least_hours": hours(at.hours),
            })
        })
        .collect();
    json!({
        "darkens": reach.darkens,
        "fleet_per_day": reach.fleet_day,
        "at_least_hours": hours(reach.hours),
        "sites": sites,
    })
}
