//! The API: the same as the pages, for programs. Its names are a contract (DESIGN, section 6).

pub(crate) mod books;
mod command;
pub(crate) mod decide;
mod done;
pub(crate) mod finding;
pub(crate) mod hold;
mod item;
mod lists;
mod meter;
pub(crate) mod register;
pub(crate) mod session;
pub(crate) mod stop;
pub(crate) mod wish;

use crate::State;
use crate::asked::Asked;
use crate::assets::digest;
use crate::fail::{self, Fail};
use crate::server::Server;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;

/// A document of the API.
pub(crate) enum Document {
    Worklist,
    Meters,
    /// One meter, by the text of its number.
    Meter(String),
    Commands,
    /// One command, by the text of its id.
    Command(String),
}

impl Document {
    /// The document at this path.
    pub(crate) fn at(path: &str) -> Option<Self> {
        match path.strip_prefix("/api/v1/")? {
            "worklist" => Some(Self::Worklist),
            "meters" => Some(Self::Meters),
            "commands" => Some(Self::Commands),
            rest => {
                let (list, one) = rest.split_once('/')?;
                let one = one.to_owned();
                match list {
                    "meters" => Some(Self::Meter(one)),
                    "commands" => Some(Self::Command(one)),
                    _ => None,
                }
            }
        }
    }
}

/// `GET /api/v1/worklist`.
pub(crate) async fn worklist(
    With(desk): With<Arc<Server>>,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    give(&desk, &asked, &headers, Document::Worklist).await
}

/// `GET /api/v1/meters`.
pub(crate) async fn meters(
    With(desk): With<Arc<Server>>,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    give(&desk, &asked, &headers, Document::Meters).await
}

/// `GET /api/v1/meters/{meter}`.
pub(crate) async fn meter(
    With(desk): With<Arc<Server>>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    match path {
        Ok(Path(number)) => give(&desk, &asked, &headers, Document::Meter(number)).await,
        Err(_) => fail::answer(&desk, &asked, &Fail::NoPage),
    }
}

/// `GET /api/v1/commands`.
pub(crate) async fn commands(
    With(desk): With<Arc<Server>>,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    give(&desk, &asked, &headers, Document::Commands).await
}

/// `GET /api/v1/commands/{id}`.
pub(crate) async fn command(
    With(desk): With<Arc<Server>>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    match path {
        Ok(Path(id)) => give(&desk, &asked, &headers, Document::Command(id)).await,
        Err(_) => fail::answer(&desk, &asked, &Fail::NoPage),
    }
}

/// Gives a document to whoever asks.
pub(crate) async fn give(
    desk: &State,
    asked: &Asked,
    headers: &HeaderMap,
    document: Document,
) -> Response {
    match document {
        Document::Worklist => answer(desk, asked, headers, lists::cases(desk, asked).await),
        Document::Meters => answer(desk, asked, headers, lists::fleet(desk, asked).await),
        Document::Meter(number) => {
            answer(desk, asked, headers, meter::one(desk, asked, &number).await)
        }
        Document::Commands => answer(desk, asked, headers, command::list(desk, asked).await),
        Document::Command(id) => answer(desk, asked, headers, command::one(desk, &id).await),
    }
}

/// The answer to a program: JSON with an `ETag`, or a problem. Who has the same already is told so.
fn answer(
    desk: &State,
    asked: &Asked,
    headers: &HeaderMap,
    body: Result<impl Serialize, Fail>,
) -> Response {
    let text = match body.map(|body| serde_json::to_string(&body)) {
        Ok(Ok(text)) => text,
        // a body of ours has text keys and finite numbers, which is all that could fail
        Ok(Err(_)) => return fail::answer(desk, asked, &Fail::TooSlow),
        Err(fail) => return fail::answer(desk, asked, &fail),
    };
    let tag = format!("W/\"{:016x}\"", digest(text.as_bytes()));
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag));
    let about = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "Accept-Language".to_owned()),
        (header::CONTENT_TYPE, "application/json".to_owned()),
    ];
    if same {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, text).into_response()
}
