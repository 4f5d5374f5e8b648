//! What a program sends: one JSON object, and nothing in it that nobody asked for.

use crate::fail::Fail;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// The most bytes that a request may bring: a thousand meters, and a long reason.
pub(crate) const MOST: usize = 64 * 1024;

/// A body as it came.
pub(crate) type Came = Result<Bytes, BytesRejection>;

/// Reads a body that has to be there.
pub(crate) fn read<T: DeserializeOwned>(body: Came) -> Result<T, Fail> {
    parse(&arrived(body)?)
}

/// Reads a body that may be left out.
pub(crate) fn read_or_nothing<T: DeserializeOwned + Default>(body: Came) -> Result<T, Fail> {
    let bytes = arrived(body)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(T::default());
    }
    parse(&bytes)
}

fn arrived(body: Came) -> Result<Bytes, Fail> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fail::said(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("a body has at most {MOST} bytes: ask for less at once"),
        ),
        _ => Fail::said(
            StatusCode::BAD_REQUEST,
            "the body did not arrive whole: send it again",
        ),
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fail> {
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => Fail::said(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("the body does not fit: {error}"),
        ),
        Category::Syntax | Category::Eof | Category::Io => Fail::said(
            StatusCode::BAD_REQUEST,
            format!("the body is not JSON: {error}"),
        ),
    })
}
