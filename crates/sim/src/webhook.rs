//! Somebody who is told by webhooks: it checks the signature and counts what it has heard.
//!
//! Source: Standard Webhooks, `webhook-signature: v1,<base64 of HMAC-SHA256 of id.timestamp.body>`.

use crate::clock::wall_ms;
use crate::fault::{FaultName, Met};
use crate::gate::Scissors;
use crate::handle::Handle;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::HashSet;
use std::time::Duration;

/// The path on the control surface; faults whose `path` is a part of it are met here.
pub(crate) const PATH: &str = "/sim/webhook";
/// The largest message, bytes.
const LARGEST: usize = 1 << 20;
/// A message that is older or newer than this by the computer's clock is refused, seconds.
const TOLERANCE: i64 = 300;
/// How long a hanging call hangs at most.
const HANGS: Duration = Duration::from_mins(10);

/// What the receiver of webhooks heard since the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookStats {
    /// Different messages that were well signed, by their ids.
    pub distinct: u64,
    /// Messages that came again under an id that was heard before.
    pub repeats: u64,
    /// Messages that were badly signed, or too old.
    pub bad: u64,
    /// Messages that met a fault and were not looked at.
    pub faults: u64,
}

/// What was heard.
#[derive(Debug, Default)]
pub(crate) struct Hooks {
    pub(crate) calls: u64,
    ids: HashSet<String>,
    stats: WebhookStats,
}

impl Hooks {
    pub(crate) fn stats(&self) -> WebhookStats {
        self.stats.clone()
    }

    pub(crate) fn reset(&mut self) {
        self.ids.clear();
        self.stats = WebhookStats::default();
    }

    /// Counts a message: with its id where it is well signed.
    pub(crate) fn count(&mut self, heard: Option<&str>) {
        let counter = match heard {
            None => &mut self.stats.bad,
            Some(id) if self.ids.insert(id.to_owned()) => &mut self.stats.distinct,
            Some(_) => &mut self.stats.repeats,
        };
        *counter += 1;
    }

    pub(crate) fn count_fault(&mut self) {
        self.stats.faults += 1;
    }
}

/// `POST /sim/webhook`.
pub(crate) async fn receive(
    State(handle): State<Handle>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return says(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let (met, secret) = handle.meet_webhook();
    let Some(secret) = secret else {
        return says(StatusCode::NOT_FOUND);
    };
    if let Some(answer) = fault(met, &scissors).await {
        handle.webhooks(Hooks::count_fault);
        return answer;
    }
    let id = verified(&secret, &head.headers, &body, wall_ms() / 1000);
    handle.webhooks(|hooks| hooks.count(id));
    match (id, met.fault) {
        (None, _) => says(StatusCode::UNAUTHORIZED),
        (Some(_), Some(FaultName::LostAnswer)) => reset(&scissors),
        (Some(_), _) => says(StatusCode::NO_CONTENT),
    }
}

/// What is answered without looking at the message. Faults that only head-ends have are none here.
async fn fault(met: Met, scissors: &Scissors) -> Option<Response<Body>> {
    let wait = match met.fault {
        Some(FaultName::Hang) => HANGS,
        _ => Duration::from_millis(met.slow_ms),
    };
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    match met.fault? {
        FaultName::Reset | FaultName::Hang => Some(reset(scissors)),
        FaultName::Html503 => Some(says(StatusCode::SERVICE_UNAVAILABLE)),
        FaultName::MessageJson => Some(says(StatusCode::INTERNAL_SERVER_ERROR)),
        FaultName::ExpiredToken => Some(says(StatusCode::UNAUTHORIZED)),
        _ => None,
    }
}

fn says(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn reset(scissors: &Scissors) -> Response<Body> {
    scissors.cut();
    says(StatusCode::NO_CONTENT)
}

/// The message's id, where one of its signatures is right and it is of now.
fn verified<'h>(secret: &str, headers: &'h HeaderMap, body: &[u8], now: i64) -> Option<&'h str> {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let (id, at) = (header("webhook-id")?, header("webhook-timestamp")?);
    let age = now - at.parse::<i64>().ok()?;
    if id.is_empty() || age.abs() > TOLERANCE {
        return None;
    }
    let key = BASE64.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    for part in [id.as_bytes(), b".", at.as_bytes(), b".", body] {
        mac.update(part);
    }
    let right = |signature: &str| {
        let bytes = signature
            .strip_prefix("v1,")
            .and_then(|text| BASE64.decode(text).ok());
        bytes.is_some_and(|bytes| mac.clone().verify_slice(&bytes).is_ok())
    };
    header("webhook-signature")?
        .split(' ')
        .any(right)
        .then_some(id)
}
