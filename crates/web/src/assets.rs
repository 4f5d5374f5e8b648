//! The style sheet and the icon, which are part of the program.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

const STYLE: &str = include_str!("../templates/style.css");
const ICON: &str = include_str!("../templates/favicon.svg");

const MARK: &[u8] = include_bytes!("../templates/mark.woff2");

/// Where the icon is.
pub(crate) const ICON_HREF: &str = "/favicon.svg";
/// Where the style sheet is; the address changes with its text, so that browsers may keep it.
pub(crate) static STYLE_HREF: LazyLock<String> =
    LazyLock::new(|| format!("/style.css?v={:016x}", digest(STYLE.as_bytes())));

/// FNV-1a of 64 bits: tells one text from another, and protects nothing.
pub(crate) fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// `GET /style.css`.
pub(crate) async fn style() -> Response {
    kept(
        "text/css; charset=utf-8",
        "public, max-age=31536000, immutable",
        STYLE,
    )
}

/// `GET /favicon.svg`, and `/favicon.ico` for browsers that ask before they have read a page.
pub(crate) async fn icon() -> Response {
    kept("image/svg+xml", "public, max-age=86400", ICON)
}

/// `GET /mark.woff2`: the one sign of the guide's that not every machine can draw.
pub(crate) async fn mark() -> Response {
    kept("font/woff2", "public, max-age=86400", MARK)
}

fn kept(kind: &'static str, how_long: &'static str, body: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, how_long),
    ];
    (headers, body).into_response()
}
