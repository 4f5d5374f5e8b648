//! What can go wrong with a request, and the one place that turns it into a status: a page for a
//! person, `application/problem+json` for a program. Neither shows what is inside.

use crate::State;
use crate::asked::Asked;
use crate::pages::TroublePage;
use crate::words::{fill, words};
use crate::{denied, guard};
use ::people::NotAllowed;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::{command, people};
use fleet::{MeterNumber, MeterNumberError};
use serde_json::json;
use std::sync::Arc;
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
    /// Somebody would have to say who it is, and there is nobody yet.
    NoUsers,
    /// Somebody has to say who it is.
    SignIn,
    /// The desk does not let people do this.
    People(people::Denied),
    /// The desk does not take this wish, or this word about a command.
    Command(Arc<command::Denied>),
    /// Something that only programs meet: the status, one sentence, and the field that it is about.
    Said(StatusCode, String, Option<String>),
}

impl From<people::Denied> for Fail {
    fn from(denied: people::Denied) -> Self {
        match denied {
            people::Denied::Store(error) => Self::Store(error),
            denied => Self::People(denied),
        }
    }
}

impl From<NotAllowed> for Fail {
    fn from(denied: NotAllowed) -> Self {
        Self::People(denied.into())
    }
}

impl From<Arc<command::Denied>> for Fail {
    fn from(denied: Arc<command::Denied>) -> Self {
        Self::Command(denied)
    }
}

impl From<command::Denied> for Fail {
    fn from(denied: command::Denied) -> Self {
        match denied {
            command::Denied::Store(error) => Self::Store(error),
            denied => Self::Command(Arc::new(denied)),
        }
    }
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Fail {
    /// A status and one sentence for a program.
    pub(crate) fn said(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self::Said(status, sentence.into(), None)
    }

    /// A field of the body does not fit.
    pub(crate) fn field(name: &str, sentence: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::Said(status, sentence.into(), Some(name.to_owned()))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoPage | Self::BadMeter(_) | Self::NoMeter(_) | Self::NoCase(_) => {
                StatusCode::NOT_FOUND
            }
            Self::NotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Param(..) => StatusCode::BAD_REQUEST,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::NoUsers | Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::People(denied) => denied::of_people(denied).0,
            Self::Command(denied) => denied::of_command(denied).0,
            Self::Said(status, ..) => *status,
            Self::Store(_) | Self::Drawing(_) | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What went wrong and what to do, for a person.
    fn words(&self, asked: &Asked) -> (String, &'static str) {
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
            Self::NoUsers | Self::SignIn => plain(w.sign_in, w.sign_in_do),
            Self::People(people::Denied::BadKey) => plain(w.bad_key, w.sign_in_do),
            Self::People(_) | Self::Command(_) if self.is_ours() => {
                plain(w.store_gone, w.store_gone_do)
            }
            Self::People(denied) => (denied.to_string(), ""),
            Self::Command(denied) => (denied.to_string(), ""),
            Self::Said(_, sentence, _) => plain(sentence, ""),
        }
    }

    /// Whether it is no fault of whoever asks.
    fn is_ours(&self) -> bool {
        self.status() == StatusCode::SERVICE_UNAVAILABLE
    }

    /// The whole chain of causes, for the log alone.
    fn log(&self, path: &str) {
        let error: &dyn std::error::Error = match self {
            Self::Store(error) => error,
            Self::Drawing(error) => error,
            Self::People(error) if self.is_ours() => error,
            Self::Command(error) if self.is_ours() => error,
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
    let about = match fail.status() {
        StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "5")),
        StatusCode::TOO_MANY_REQUESTS => Some((header::RETRY_AFTER, "30")),
        StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
        _ => None,
    };
    if let Some((name, value)) = about {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

fn page(desk: &State, asked: &Asked, fail: &Fail) -> Response {
    let (what, todo) = fail.words(asked);
    let command = match fail {
        Fail::NoMeter(_) => Some("calinmeter meter import fleet.csv"),
        Fail::NoUsers => Some(FIRST),
        Fail::SignIn | Fail::People(people::Denied::BadKey) => Some(SIGN_IN),
        _ => None,
    };
    let mut page = TroublePage::of(desk, asked, what, todo, command);
    if fail.status() == StatusCode::UNAUTHORIZED {
        page.tell_nothing();
    }
    match page.render() {
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

/// How the first person comes to be.
const FIRST: &str = "calinmeter user add NAME --role admin";
/// How people sign in without a page for it.
const SIGN_IN: &str = "POST /api/v1/session\nContent-Type: application/json\n\n\
                       {\"name\": \"NAME\", \"password\": \"PASSWORD\"}";

/// What a program does about it.
const NOBODY: &str = "it is not known who you are: send Authorization: Bearer with an API key, or \
                      sign in by POST /api/v1/session";

/// RFC 9457. The detail is English, as everything that programs read.
fn problem(asked: &Asked, fail: &Fail) -> Response {
    let status = fail.status();
    let mut english = asked.clone();
    english.lang = catalogue::Lang::En;
    let (what, todo) = fail.words(&english);
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": match fail {
            Fail::Param(_, detail) => detail.clone(),
            Fail::BadMeter(error) => error.to_string(),
            Fail::NoPage => "there is no such path in the API".to_owned(),
            Fail::NotAllowed => "this path of the API knows no such method".to_owned(),
            Fail::NoUsers => format!("there are no users yet: make the first with {FIRST}"),
            Fail::SignIn => NOBODY.to_owned(),
            Fail::People(people::Denied::BadKey) => people::Denied::BadKey.to_string(),
            _ if todo.is_empty() => what,
            _ => format!("{what} {todo}"),
        },
    });
    if let Fail::Param(name, _) = fail {
        body["parameter"] = json!(name);
    }
    let field = match fail {
        Fail::People(denied) => denied::of_people(denied).1,
        Fail::Command(denied) => denied::of_command(denied).1,
        Fail::Said(_, _, field) => field.as_deref(),
        _ => None,
    };
    if let Some(field) = field {
        body["field"] = json!(field);
    }
    let kind = HeaderValue::from_static("application/problem+json");
    let mut response = body.to_string().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
