//! `GET` and `POST /api/v1/meters/{meter}/findings`.

use super::answer;
use super::done::{Done, done};
use super::item::List;
use super::lists::limit;
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
use desk::people::Found;
use people::FindingKind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use store::{Finding, FindingId};

type Meter = Result<Path<String>, PathRejection>;

/// Hexadecimal digits of a SHA-256.
const DIGEST: usize = 64;

#[derive(Serialize)]
struct FindingItem {
    finding: i64,
    kind: String,
    said: String,
    who: String,
    at: Option<String>,
    seal_before: Option<String>,
    seal_after: Option<String>,
    /// The SHA-256 of a photograph that is kept elsewhere.
    photo: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    kind: String,
    said: String,
    seal_before: Option<String>,
    seal_after: Option<String>,
    photo: Option<String>,
}

/// What was found at a meter.
pub(crate) async fn list(
    With(desk): With<Arc<Server>>,
    path: Meter,
    asked: Asked,
    headers: HeaderMap,
) -> Response {
    let list = async {
        let limit = limit(&asked)?;
        let meter = reads::registered(&desk, path).await?;
        let findings = desk.doors.people.findings(&meter, limit).await?;
        let items = findings.into_iter().map(FindingItem::of).collect();
        Ok(List { items, next: None })
    };
    let list: Result<List<FindingItem>, Fail> = list.await;
    answer(&desk, &asked, &headers, list)
}

/// Records what was found.
pub(crate) async fn record(
    With(desk): With<Arc<Server>>,
    path: Meter,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let recorded = async {
        let who = visitor.known()?;
        let new: New = body::read(body)?;
        let known = || FindingKind::all().map(FindingKind::word);
        let kind = FindingKind::from_word(&new.kind).ok_or_else(|| {
            let known: Vec<_> = known().collect();
            Fail::field("kind", format!("kind is one of {}", known.join(", ")))
        })?;
        if new.photo.as_deref().is_some_and(|photo| !is_digest(photo)) {
            let said =
                "photo is the SHA-256 of the picture: 64 hexadecimal digits in small letters";
            return Err(Fail::field("photo", said));
        }
        let found = Found {
            meter: reads::registered(&desk, path).await?,
            kind,
            said: new.said,
            seal_before: new.seal_before,
            seal_after: new.seal_after,
            photo: new.photo,
        };
        let FindingId(id) = desk.doors.people.record(who, &found, asked.now).await?;
        Ok(Done::with(StatusCode::CREATED, json!({ "finding": id })))
    };
    let recorded = recorded.await;
    done(&desk, &asked, recorded)
}

fn is_digest(text: &str) -> bool {
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == DIGEST && text.bytes().all(digit)
}

impl FindingItem {
    fn of(finding: Finding) -> Self {
        let found = finding.found;
        Self {
            finding: finding.id.0,
            kind: found.kind,
            said: found.said,
            who: found.who,
            at: iso(found.at),
            seal_before: found.seal_before,
            seal_after: found.seal_after,
            photo: found.photo,
        }
    }
}
