//! Whether the program lives, whether it can work, and how it has been doing.

use crate::asked::Asked;
use crate::fail::{self, Fail, chain};
use crate::server::Server;
use crate::{HeadEndHealth, figures, measure, time};
use axum::extract::State as With;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use fleet::{MINUTE, Moment};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// A poller that has not gone round for so long, in life's time, has died.
const HEARTBEAT_MAX: i64 = 2 * MINUTE;
/// A store that takes longer to give a sign of life gives none.
const PING_MAX: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the store takes and gives, and every poller goes round. A head-end that is down
/// is no reason: the worklist says so, and everything else works.
pub(crate) async fn readyz(With(desk): With<Arc<Server>>) -> Response {
    let now = desk.clock.now();
    let head_ends = desk.health.head_ends();
    let mut reasons = Vec::new();
    match tokio::time::timeout(PING_MAX, desk.store.ping(now)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::warn!(error = chain(&error), "the store gives no sign of life");
            reasons.push(format!("store: {error}"));
        }
        Err(_) => reasons.push("store: no sign of life within 2 s".to_owned()),
    }
    let limit = HEARTBEAT_MAX.saturating_mul(i64::from(desk.clock.scale()));
    reasons.extend(head_ends.iter().filter_map(|it| asleep(it, now, limit)));

    let ready = reasons.is_empty();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({
        "ready": ready,
        "reasons": reasons,
        "head_ends": head_ends.iter().map(|it| json!({
            "name": it.name,
            "up": it.up,
            "since": it.since.and_then(time::iso),
            "heartbeat": it.heartbeat.and_then(time::iso),
            "in_flight": it.in_flight,
            "waiting": it.waiting,
        })).collect::<Vec<_>>(),
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.to_string()).into_response()
}

/// Why a head-end's poller counts as asleep.
fn asleep(head_end: &HeadEndHealth, now: Moment, limit: i64) -> Option<String> {
    let name = &head_end.name;
    match head_end.heartbeat {
        None => Some(format!("head-end {name}: its poller has not begun")),
        Some(beat) if now.since(beat) > limit => {
            let seconds = now.since(beat) / 1000;
            Some(format!(
                "head-end {name}: its poller stopped {seconds} s ago"
            ))
        }
        Some(_) => None,
    }
}

/// `GET /metrics`.
pub(crate) async fn metrics(With(desk): With<Arc<Server>>, asked: Asked) -> Response {
    let Some(handle) = &desk.metrics else {
        return fail::answer(&desk, &asked, &Fail::NoPage);
    };
    measure::health(desk.health.as_ref());
    // figures of the program itself are worth having when the store is gone
    if let Ok(tally) = desk.tally().await {
        measure::work(&tally);
    }
    if let Err(error) = figures::commands(&desk).await {
        tracing::warn!(error = chain(&error), "the commands could not be counted");
    }
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, handle.render()).into_response()
}
