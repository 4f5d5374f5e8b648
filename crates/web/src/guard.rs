//! What stands before and after every request: names, deadlines, measures, and the headers that
//! keep a browser from doing anything a page did not ask for.

use crate::asked::Asked;
use crate::fail::{self, Fail};
use crate::measure;
use crate::server::Server;
use axum::extract::{MatchedPath, Request, State as With};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No answer takes longer; a page needs milliseconds.
const DEADLINE: Duration = Duration::from_secs(10);

/// On every answer. Nothing is loaded but the style sheet, one glyph and the icon, and no script ever runs.
static HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
];

/// A page: it names people and homes, so nobody between keeps a copy.
pub(crate) fn html(text: String) -> impl IntoResponse {
    let headers = [
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "Accept-Language"),
    ];
    (headers, Html(text))
}

/// Around every request.
pub(crate) async fn guard(With(desk): With<Arc<Server>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().as_str().to_owned();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let asked = Asked::of(request.uri(), request.headers(), desk.clock.now());

    let mut response = if ours(&desk.hosts, request.headers()) {
        match tokio::time::timeout(DEADLINE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => fail::answer(&desk, &asked, &Fail::TooSlow),
        }
    } else {
        fail::answer(&desk, &asked, &Fail::WrongHost)
    };
    for (name, value) in &HEADERS {
        let value = HeaderValue::from_static(value);
        response.headers_mut().entry(name).or_insert(value);
    }
    measure::request(&method, &path, response.status(), began.elapsed());
    response
}

/// Whether a request is addressed to one of our names.
fn ours(hosts: &[String], headers: &HeaderMap) -> bool {
    if hosts.is_empty() {
        return true;
    }
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // an IPv6 address has colons of its own, inside brackets
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    };
    hosts.iter().any(|ours| ours.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::ours;
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn only_our_own_names_are_answered() {
        let hosts = crate::LOOPBACK_HOSTS.map(str::to_owned);
        let answered = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            ours(&hosts, &headers)
        };
        for host in [
            "127.0.0.1:8080",
            "localhost",
            "LOCALHOST:1",
            "[::1]:9",
            "[::1]",
        ] {
            assert!(answered(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:80",
            "127.0.0.1.nip:x",
            "::1",
        ] {
            assert!(!answered(host), "{host}");
        }
        assert!(!ours(&hosts, &HeaderMap::new()));
        assert!(ours(&[], &HeaderMap::new()));
    }
}
