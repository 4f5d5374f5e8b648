//! `POST /api/v1/session` and `DELETE /api/v1/session`.

use super::done::{Done, done};
use crate::asked::Asked;
use crate::body::{self, Came};
use crate::door::{COOKIE, Visitor, not_by_a_foreign_page, shown};
use crate::fail::Fail;
use crate::server::Server;
use crate::time::iso;
use axum::extract::State as With;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use desk::people::SESSION;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    name: String,
    password: String,
}

/// Signs somebody in.
pub(crate) async fn open(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    headers: HeaderMap,
    body: Came,
) -> Response {
    let opened = sign_in(&desk, &asked, &headers, body).await;
    let (token, opened) = match opened {
        Ok((token, opened)) => (Some(token), Ok(opened)),
        Err(fail) => (None, Err(fail)),
    };
    let mut response = done(&desk, &asked, opened);
    if let Some(token) = token {
        set_cookie(&mut response, &token);
    }
    response
}

async fn sign_in(
    desk: &Server,
    asked: &Asked,
    headers: &HeaderMap,
    body: Came,
) -> Result<(String, Done), Fail> {
    not_by_a_foreign_page(headers)?;
    if !desk.is_anybody().await? {
        return Err(Fail::NoUsers);
    }
    let SignIn { name, password } = body::read(body)?;
    let (token, who) = desk
        .doors
        .people
        .sign_in(&name, &password, asked.now)
        .await?;
    let body = json!({
        "token": token.reveal(),
        "until": iso(asked.now.plus(SESSION)),
        "name": who.person.name.as_str(),
        "role": who.person.role.word(),
    });
    Ok((token.reveal().to_owned(), Done::ok(body)))
}

/// Signs somebody out.
pub(crate) async fn close(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    visitor: Visitor,
    headers: HeaderMap,
) -> Response {
    let closed = sign_out(&desk, &asked, &visitor, &headers).await;
    let mut response = done(&desk, &asked, closed);
    if response.status() == StatusCode::OK {
        set_cookie(&mut response, "; Max-Age=0");
    }
    response
}

async fn sign_out(
    desk: &Server,
    asked: &Asked,
    visitor: &Visitor,
    headers: &HeaderMap,
) -> Result<Done, Fail> {
    if visitor.known()?.via != "session" {
        let said = "a key is no session: calinmeter key revoke ends it";
        return Err(Fail::said(StatusCode::CONFLICT, said));
    }
    let shown = shown(headers).ok_or(Fail::SignIn)?;
    desk.doors.people.sign_out(shown.secret, asked.now).await?;
    Ok(Done::ok(Value::Object(serde_json::Map::new())))
}

/// The browser keeps the cookie to itself until it is closed, sends it to us alone, and shows it to
/// no script.
fn set_cookie(response: &mut Response, value: &str) {
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict");
    if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
