//! What can go wrong with a request, and the one place that turns it into a status: a page for a
//! person, `application/problem+json` for a program. Neither shows what is inside.

use crate::State;
use crate::asked::Asked;
use crate::guard;
use crate::pages::TroublePage;
use crate::words::{fill, words};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fleet::{MeterNumber, MeterNumberError};
use serde_json::json;
use store::StoreError;

/// Why a request has no ordinary answer.
#[derive(Debug)]
pub(crate) enum Fail {
    /// The path leads nowhere.
    NoPage,
    /// The path may only be read.
    NotAllowed,
    /// The text is no meter number.
    BadMeter(MeterNumberError),
    /// Nobody has registered this meter.
    NoMeter(MeterNumber),
    /// There is no such case.
    NoCase(String),
    /// A parameter of a program makes no sense: its name, and what it may be.
    Param(&'static str, String),
    /// The request came under a name that is not ours.
    WrongHost,
    /// The store failed.
    Store(StoreError),
    /// The page could not be drawn.
    Drawing(askama::Error),
    /// It took too long.
    TooSlow,
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Fail {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoPage | Self::BadMeter(_) | Self::NoMeter(_) | Self::NoCase(_) => {
                StatusCode::NOT_FOUND
            }
            Self::NotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Param(..) => StatusCode::BAD_REQUEST,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Store(_) | Self::Drawing(_) | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What went wrong and what to do, for a person.
    fn said(&self, asked: &Asked) -> (String, &'static str) {
        let w = words(asked.lang);
        let plain = |what: &str, todo| (what.to_owned(), todo);
        match self {
            Self::NoPage | Self::Param(..) => plain(w.no_page, w.no_page_do),
            Self::NotAllowed => plain(w.not_allowed, w.no_page_do),
            Self::BadMeter(_) => plain(w.bad_meter, w.bad_meter_do),
            Self::NoMeter(number) => (fill(w.no_meter, "n", number), w.no_meter_do),
            Self::NoCase(id) => (fill(w.no_case, "n", id), w.no_case_do),
            Self::WrongHost => plain(w.wrong_host, w.wrong_host_do),
            Self::Store(_) | Self::Drawing(_) => plain(w.store_gone, w.store_gone_do),
            Self::TooSlow => plain(w.too_slow, w.store_gone_do),
        }
    }

    /// The whole chain of causes, for the log alone.
    fn log(&self, path: &str) {
        let error: &dyn std::error::Error = match self {
            Self::Store(error) => error,
            Self::Drawing(error) => error,
            _ => return,
        };
        tracing::error!(path, error = chain(error), "a page could not be answered");
    }
}

/// `a: b: c`.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

/// The answer to a request that failed.
pub(crate) fn answer(desk: &State, asked: &Asked, fail: &Fail) -> Response {
    fail.log(&asked.path);
    let mut response = if asked.by_program() {
        problem(asked, fail)
    } else {
        page(desk, asked, fail)
    };
    *response.status_mut() = fail.status();
    if fail.status() == StatusCode::SERVICE_UNAVAILABLE {
        let soon = HeaderValue::from_static("5");
        response.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    response
}

fn page(desk: &State, asked: &Asked, fail: &Fail) -> Response {
    let (what, todo) = fail.said(asked);
    let command = match fail {
        Fail::NoMeter(_) => Some("calinmeter meter import fleet.csv"),
        _ => None,
    };
    match TroublePage::of(desk, asked, what, todo, command).render() {
        Ok(html) => guard::html(html).into_response(),
        Err(error) => {
            tracing::error!(
                error = chain(&error),
                "the page of a failure could not be drawn"
            );
            words(asked.lang).store_gone.into_response()
        }
    }
}

/// RFC 9457. The detail is English, as everything that programs read.
fn problem(asked: &Asked, fail: &Fail) -> Response {
    let status = fail.status();
    let mut english = asked.clone();
    english.lang = catalogue::Lang::En;
    let (what, todo) = fail.said(&english);
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": match fail {
            Fail::Param(_, detail) => detail.clone(),
            Fail::BadMeter(error) => error.to_string(),
            Fail::NoPage => "there is no such path in the API".to_owned(),
            _ => format!("{what} {todo}"),
        },
    });
    if let Fail::Param(name, _) = fail {
        body["parameter"] = json!(name);
    }
    let kind = HeaderValue::from_static("application/problem+json");
    let mut response = body.to_string().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
