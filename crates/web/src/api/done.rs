//! What a program is told after it did something.

use crate::State;
use crate::asked::Asked;
use crate::fail::{self, Fail};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// What was done: a status, a document, and where it can be found.
pub(crate) struct Done {
    status: StatusCode,
    body: Value,
    location: Option<String>,
}

impl Done {
    /// Done, and told so.
    pub(crate) fn ok(body: Value) -> Self {
        Self::with(StatusCode::OK, body)
    }

    /// With this status.
    pub(crate) fn with(status: StatusCode, body: Value) -> Self {
        let location = None;
        Self {
            status,
            body,
            location,
        }
    }

    /// It can be found there.
    pub(crate) fn at(mut self, path: String) -> Self {
        self.location = Some(path);
        self
    }
}

/// The answer to whoever did something, which nobody keeps.
pub(crate) fn done(desk: &State, asked: &Asked, done: Result<Done, Fail>) -> Response {
    let done = match done {
        Ok(done) => done,
        Err(fail) => return fail::answer(desk, asked, &fail),
    };
    let about = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_TYPE, "application/json"),
    ];
    let mut response = (done.status, about, done.body.to_string()).into_response();
    let place = done.location.map(|place| HeaderValue::try_from(place).ok());
    if let Some(place) = place.flatten() {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}
