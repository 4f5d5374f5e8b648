//! Who comes in: by a key, by a session's token, or by the cookie that holds one. What the person
//! may do is asked of the desk, where it is done; here only whether he or she may see anything.

use crate::asked::Asked;
use crate::fail::{self, Fail};
use crate::server::Server;
use axum::extract::{FromRequestParts, Request, State as With};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use desk::people::{Denied, Who};
use people::Verb;
use std::convert::Infallible;
use std::sync::Arc;

/// The cookie that holds a session's token.
pub(crate) const COOKIE: &str = "cm";
/// Where people sign in.
pub(crate) const SESSION: &str = "/api/v1/session";
/// What is for everybody: it tells nothing of any home.
const OPEN: [&str; 7] = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/style.css",
    "/mark.woff2",
    "/favicon.svg",
    "/favicon.ico",
];

/// Who asks; nobody where reading is free.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor(Option<Who>);

impl Visitor {
    /// Who asks, where that is known.
    pub(crate) fn who(&self) -> Option<&Who> {
        self.0.as_ref()
    }

    /// Who asks; nobody does anything unknown.
    pub(crate) fn known(&self) -> Result<&Who, Fail> {
        self.who().ok_or(Fail::SignIn)
    }
}

impl FromRequestParts<Arc<Server>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<Server>,
    ) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// Before every request but the open ones.
pub(crate) async fn door(With(desk): With<Arc<Server>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let signs_in = path == SESSION && request.method() == Method::POST;
    if signs_in || OPEN.contains(&path) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    match let_in(&desk, &parts).await {
        Ok(visitor) => {
            parts.extensions.insert(visitor);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(fail) => {
            let asked = Asked::of(&parts.uri, &parts.headers, desk.clock.now());
            fail::answer(&desk, &asked, &fail)
        }
    }
}

async fn let_in(desk: &Server, request: &Parts) -> Result<Visitor, Fail> {
    let writes = !matches!(request.method, Method::GET | Method::HEAD);
    if !desk.is_anybody().await? {
        let commands = writes && request.uri.path().starts_with("/api/");
        return if commands {
            Err(Fail::NoUsers)
        } else {
            Ok(Visitor::default())
        };
    }
    let free = desk.doors.anonymous_reads && !writes;
    let Some(shown) = shown(&request.headers) else {
        return if free {
            Ok(Visitor::default())
        } else {
            Err(Fail::SignIn)
        };
    };
    let who = match desk
        .doors
        .people
        .behind(shown.secret, desk.clock.now())
        .await
    {
        // a session that ran out keeps nobody from what everybody may read
        Err(Denied::BadKey) if free && shown.by_cookie => return Ok(Visitor::default()),
        who => who?,
    };
    who.may(Verb::See)?;
    if writes && shown.by_cookie {
        from_our_page(&request.headers)?;
    }
    Ok(Visitor(Some(who)))
}

/// What somebody shows to be let in.
pub(crate) struct Shown<'a> {
    pub(crate) secret: &'a str,
    pub(crate) by_cookie: bool,
}

/// The key or token of a request; a key that is named counts before a cookie that a browser adds.
pub(crate) fn shown(headers: &HeaderMap) -> Option<Shown<'_>> {
    let named = text(headers, header::AUTHORIZATION).and_then(|value| {
        let (scheme, secret) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(secret)
    });
    if let Some(secret) = named {
        let by_cookie = false;
        return Some(Shown { secret, by_cookie });
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let secret = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)?
        .1;
    let by_cookie = true;
    Some(Shown { secret, by_cookie })
}

/// A browser adds a cookie to whatever any page sends to us. So what a cookie lets in has to be
/// JSON, which no foreign form can send, and the browser has to say that a page of ours sent it.
fn from_our_page(headers: &HeaderMap) -> Result<(), Fail> {
    let kind = text(headers, header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Fail::said(StatusCode::UNSUPPORTED_MEDIA_TYPE, NO_JSON));
    }
    let says = text(headers, header::ORIGIN).or_else(|| text(headers, FETCH_SITE));
    if says.is_none() || is_foreign(headers) {
        return Err(Fail::said(StatusCode::FORBIDDEN, FOREIGN));
    }
    Ok(())
}

const FETCH_SITE: &str = "sec-fetch-site";
const NO_JSON: &str = "with a cookie the Content-Type has to be application/json";
const FOREIGN: &str = "this did not come from a page of ours: with a cookie the browser has to say \
                       so by Origin or Sec-Fetch-Site; programs send Authorization: Bearer instead";

/// Signing in by a foreign page would make somebody work under a name that is not his.
pub(crate) fn not_by_a_foreign_page(headers: &HeaderMap) -> Result<(), Fail> {
    if is_foreign(headers) {
        return Err(Fail::said(StatusCode::FORBIDDEN, FOREIGN));
    }
    Ok(())
}

/// Whether a browser says that a page of somebody else's sent this.
fn is_foreign(headers: &HeaderMap) -> bool {
    let site = text(headers, FETCH_SITE).is_some_and(|site| site != "same-origin");
    let host = text(headers, header::HOST).unwrap_or_default();
    let origin = text(headers, header::ORIGIN).is_some_and(|origin| {
        let named = origin.split_once("://").map(|(_, host)| host);
        !named.is_some_and(|named| !named.is_empty() && named.eq_ignore_ascii_case(host))
    });
    site || origin
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::{from_our_page, is_foreign, shown};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    fn headers(rows: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        rows.iter().map(pair).collect()
    }

    #[test]
    fn a_named_key_counts_before_a_cookie() {
        let both = headers(&[("authorization", "bearer cm_a"), ("cookie", "cm=cm_b")]);
        let both = shown(&both).unwrap();
        assert_eq!((both.secret, both.by_cookie), ("cm_a", false));
        let cookie = headers(&[
            ("authorization", "Basic eDp5"),
            ("cookie", "x=1; cm=cm_b; y"),
        ]);
        let cookie = shown(&cookie).unwrap();
        assert_eq!((cookie.secret, cookie.by_cookie), ("cm_b", true));
        assert!(shown(&headers(&[("cookie", "xcm=1; cm2=3")])).is_none());
    }

    #[test]
    fn only_a_page_of_ours_writes_with_a_cookie() {
        let json = ("content-type", "application/json; charset=utf-8");
        let host = ("host", "desk.example:8080");
        let site = |says| ("sec-fetch-site", says);
        let origin = |says| ("origin", says);
        let ours = "https://desk.example:8080";
        let rows: [(&[_], bool); 11] = [
            (&[json, host, origin(ours)], true),
            (&[json, host, origin("http://DESK.example:8080")], true),
            (&[json, host, site("same-origin")], true),
            (&[json, host], false),
            (&[json, host, origin("null")], false),
            (&[json, host, origin("https://evil.example")], false),
            (&[json, host, origin("https://desk.example")], false),
            (&[json, host, site("cross-site")], false),
            (&[json, host, site("same-site"), origin(ours)], false),
            (&[json, site("same-origin"), origin("https://")], false),
            (&[host, origin(ours), ("content-type", "text/plain")], false),
        ];
        for (rows, fits) in rows {
            assert_eq!(from_our_page(&headers(rows)).is_ok(), fits, "{rows:?}");
        }
        // a program says nothing of pages, and may sign in
        assert!(!is_foreign(&headers(&[host])));
    }
}
