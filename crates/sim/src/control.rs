//! The control surface: the whole world as JSON, on its own port.

use crate::fault::Fault;
use crate::handle::{Handle, Unknown};
use crate::meter::MeterView;
use crate::scene::Scene;
use crate::webhook;
use crate::world::{NotChanged, Stats};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

/// The largest state that can be posted, bytes.
const LARGEST_STATE: usize = 1 << 30;

type Answer<T> = Result<Json<T>, Unknown>;

/// The routes.
pub(crate) fn router(handle: Handle) -> Router {
    Router::new()
        .route("/sim/state", get(state).post(load))
        .route("/sim/meters/{number}", get(meter).patch(patch_meter))
        .route("/sim/meters/{number}/keypad", post(type_in))
        .route("/sim/faults", get(faults).put(set_faults))
        .route("/sim/gateways/{id}", patch(gateway))
        .route("/sim/stats", get(stats))
        .route("/sim/stats/reset", post(reset_stats))
        .route(webhook::PATH, post(webhook::receive))
        .route("/sim/clock", get(clock).post(move_clock))
        .layer(DefaultBodyLimit::max(LARGEST_STATE))
        .with_state(handle)
}

async fn state(State(handle): State<Handle>) -> Json<Scene> {
    Json(handle.state())
}

async fn load(State(handle): State<Handle>, Json(scene): Json<Scene>) -> Response {
    match handle.load(scene) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => problem(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
    }
}

async fn meter(State(handle): State<Handle>, Path(number): Path<String>) -> Answer<MeterView> {
    Ok(Json(handle.meter(&number)?))
}

async fn patch_meter(
    State(handle): State<Handle>,
    Path(number): Path<String>,
    Json(set): Json<Value>,
) -> Answer<MeterView> {
    Ok(Json(handle.patch_meter(&number, &set)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    typed: String,
}

async fn type_in(
    State(handle): State<Handle>,
    Path(number): Path<String>,
    Json(keys): Json<Keys>,
) -> Answer<Value> {
    let typed = handle.typed(&number, &keys.typed)?;
    Ok(Json(json!({"display": typed})))
}

async fn faults(State(handle): State<Handle>) -> Json<Vec<Fault>> {
    Json(handle.faults())
}

async fn set_faults(State(handle): State<Handle>, Json(faults): Json<Vec<Fault>>) -> StatusCode {
    handle.set_faults(faults);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Online {
    online: bool,
}

async fn gateway(
    State(handle): State<Handle>,
    Path(id): Path<String>,
    Json(set): Json<Online>,
) -> Result<StatusCode, Unknown> {
    handle.set_gateway_online(&id, set.online)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn stats(State(handle): State<Handle>) -> Json<Stats> {
    Json(handle.stats())
}

async fn reset_stats(State(handle): State<Handle>) -> StatusCode {
    handle.reset_stats();
    StatusCode::NO_CONTENT
}

async fn clock(State(handle): State<Handle>) -> Json<Value> {
    Json(json!({"now_ms": handle.now_ms()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    advance_ms: i64,
}

async fn move_clock(State(handle): State<Handle>, Json(by): Json<Move>) -> Json<Value> {
    handle.advance(by.advance_ms);
    clock(State(handle)).await
}

impl IntoResponse for Unknown {
    fn into_response(self) -> Response {
        let status = match self.0 {
            NotChanged::Meter(_) | NotChanged::Gateway(_) => StatusCode::NOT_FOUND,
            NotChanged::State(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        problem(status, &self.to_string())
    }
}

fn problem(status: StatusCode, title: &str) -> Response {
    (status, Json(json!({"title": title}))).into_response()
}
