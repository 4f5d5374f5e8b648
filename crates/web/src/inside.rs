//! The API without a network, for a caller in the same process: the command line prints the very
//! documents that programs read.

use crate::State;
use crate::api::{self, Document};
use crate::asked::Asked;
use crate::lang::{Links, encoded};
use axum::body::to_bytes;
use axum::http::{HeaderMap, Uri};

/// No document of ours is longer, in bytes.
const DOCUMENT_MAX: usize = 64 * 1024 * 1024;

/// What the API answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status: 200, or that of the problem.
    pub status: u16,
    /// The JSON document.
    pub body: String,
}

/// Asks the API for a path such as `/api/v1/meters/47001582544`; parameters without a value are
/// left out.
pub async fn ask<'a>(
    state: State,
    path: &str,
    query: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Answer, axum::Error> {
    let document =
        Document::at(path).ok_or_else(|| axum::Error::new(format!("the API has no {path}")))?;
    let query: Vec<_> = query.into_iter().collect();
    let pieces: Vec<_> = path.split('/').map(encoded).collect();
    let address = Links { kept: None }.to(&pieces.join("/"), &query);
    let uri: Uri = address.parse().map_err(axum::Error::new)?;
    let asked = Asked::read(&uri, None, state.clock.now());
    let response = api::give(&state, &asked, &HeaderMap::new(), document).await;
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), DOCUMENT_MAX).await?;
    Ok(Answer {
        status,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
