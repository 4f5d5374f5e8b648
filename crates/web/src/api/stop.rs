//! `GET`, `POST` and `DELETE /api/v1/stop`: the stop button.

use super::answer;
use super::done::{Done, done};
use crate::asked::Asked;
use crate::body::{self, Came};
use crate::door::Visitor;
use crate::fail::Fail;
use crate::server::Server;
use crate::time::iso;
use axum::extract::State as With;
use axum::http::HeaderMap;
use axum::response::Response;
use desk::people::Denied;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Press {
    why: String,
}

/// Whether all acts are stopped.
pub(crate) async fn show(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    headers: HeaderMap,
) -> Response {
    let stands = stands(&desk).await;
    answer(&desk, &asked, &headers, stands)
}

async fn stands(desk: &Server) -> Result<Value, Fail> {
    let stop = desk.doors.people.stopped().await?;
    Ok(json!({
        "stopped": stop.is_some(),
        "by": stop.as_ref().map(|stop| stop.who.as_str()),
        "since": stop.as_ref().and_then(|stop| iso(stop.at)),
        "why": stop.as_ref().map(|stop| stop.why.as_str()),
    }))
}

/// Stops all acts and takes back what is not sent. Pressed again it takes back what may be left; the
/// first stop stands.
pub(crate) async fn press(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let pressed = async {
        let who = visitor.known()?;
        let Press { why } = body::read(body)?;
        let again = match desk.doors.people.stop(who, &why, asked.now).await {
            Ok(()) => false,
            Err(Denied::Stopped(_)) => true,
            Err(denied) => return Err(denied.into()),
        };
        let taken = desk.commands()?.take_all_back(who).await?;
        let mut stands = stands(&desk).await?;
        stands["again"] = json!(again);
        stands["taken_back"] = json!(taken);
        Ok(Done::ok(stands))
    };
    let pressed = pressed.await;
    done(&desk, &asked, pressed)
}

/// Lets acts go on.
pub(crate) async fn lift(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    visitor: Visitor,
) -> Response {
    let lifted = async {
        desk.doors.people.lift(visitor.known()?, asked.now).await?;
        Ok(Done::ok(stands(&desk).await?))
    };
    let lifted = lifted.await;
    done(&desk, &asked, lifted)
}
