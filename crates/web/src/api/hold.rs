//! `GET`, `PUT` and `DELETE /api/v1/meters/{meter}/hold`.

use super::answer;
use super::done::{Done, done};
use super::item::List;
use crate::asked::Asked;
use crate::body::{self, Came};
use crate::door::Visitor;
use crate::fail::Fail;
use crate::reads;
use crate::server::Server;
use crate::time::iso;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::people::{Release, Wanted};
use fleet::MeterNumber;
use people::HoldKind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use store::{Hold, HoldId};

type Meter = Result<Path<String>, PathRejection>;

#[derive(Serialize)]
struct HoldItem {
    hold: i64,
    kind: String,
    who: String,
    why: String,
    at: Option<String>,
    /// Who has agreed to its release so far.
    agreed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Put {
    kind: String,
    why: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    #[serde(default)]
    hold: Option<i64>,
}

/// What holds a meter.
pub(crate) async fn show(
    With(desk): With<Arc<Server>>,
    path: Meter,
    asked: Asked,
    headers: HeaderMap,
) -> Response {
    let holds = async {
        let holds = holds(&desk, &reads::registered(&desk, path).await?).await?;
        let items = holds.into_iter().map(HoldItem::of).collect();
        Ok(List { items, next: None })
    };
    answer(&desk, &asked, &headers, holds.await)
}

/// Holds a meter. Who holds it already for the same reason holds it once.
pub(crate) async fn put(
    With(desk): With<Arc<Server>>,
    path: Meter,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let put = async {
        let who = visitor.known()?;
        let Put { kind, why } = body::read(body)?;
        let kind = HoldKind::from_word(&kind).ok_or_else(|| no_such(HoldKind::all()))?;
        let meter = reads::registered(&desk, path).await?;
        let mine = |hold: &Hold| {
            let hold = &hold.hold;
            (hold.who.as_str(), hold.kind.as_str()) == (who.person.name.as_str(), kind.word())
                && hold.why == why.trim()
        };
        if let Some(hold) = holds(&desk, &meter).await?.into_iter().find(mine) {
            return Ok(Done::ok(json!({ "hold": hold.id.0 })));
        }
        let wanted = Wanted { meter, kind, why };
        let HoldId(id) = desk.doors.people.hold(who, &wanted, asked.now).await?;
        Ok(Done::with(StatusCode::CREATED, json!({ "hold": id })))
    };
    let put = put.await;
    done(&desk, &asked, put)
}

/// Agrees to the release of a hold.
pub(crate) async fn release(
    With(desk): With<Arc<Server>>,
    path: Meter,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let released = async {
        let who = visitor.known()?;
        let Which { hold } = body::read_or_nothing(body)?;
        let meter = reads::registered(&desk, path).await?;
        let id = match hold {
            Some(id) => HoldId(id),
            None => only(&holds(&desk, &meter).await?)?,
        };
        let left = desk
            .doors
            .people
            .release(who, &meter, id, asked.now)
            .await?;
        let agreed = match &left {
            Release::Released => Vec::new(),
            Release::Waits(agreed) => agreed.clone(),
        };
        Ok(Done::ok(json!({
            "hold": id.0,
            "released": left == Release::Released,
            "agreed": agreed,
        })))
    };
    let released = released.await;
    done(&desk, &asked, released)
}

async fn holds(desk: &Server, meter: &MeterNumber) -> Result<Vec<Hold>, Fail> {
    Ok(desk.doors.people.holds(meter).await?)
}

/// The one hold there is.
fn only(holds: &[Hold]) -> Result<HoldId, Fail> {
    match holds {
        [hold] => Ok(hold.id),
        [] => Err(Fail::said(
            StatusCode::NOT_FOUND,
            "nothing holds this meter",
        )),
        _ => Err(Fail::field(
            "hold",
            format!("{} holds are on this meter: say which", holds.len()),
        )),
    }
}

fn no_such(kinds: impl Iterator<Item = HoldKind>) -> Fail {
    let known: Vec<_> = kinds.map(HoldKind::word).collect();
    Fail::field("kind", format!("kind is one of {}", known.join(", ")))
}

impl HoldItem {
    fn of(hold: Hold) -> Self {
        Self {
            hold: hold.id.0,
            kind: hold.hold.kind,
            who: hold.hold.who,
            why: hold.hold.why,
            at: iso(hold.hold.at),
            agreed: hold.agreed,
        }
    }
}
