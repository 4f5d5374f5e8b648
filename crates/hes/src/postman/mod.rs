//! A Postman collection (v2.1) becomes settings to review: dialect, address, user, and which items
//! are asked under which names. No secret is copied out of it.

mod collection;
mod draft;
mod guess;
mod names;

pub use draft::{Asked, Draft};

/// Why a text gives no settings.
#[derive(Debug, thiserror::Error)]
pub enum PostmanError {
    /// It is not JSON at all.
    #[error("the file is not JSON")]
    NotJson(#[source] serde_json::Error),
    /// It is JSON, but no collection.
    #[error("the file is no Postman collection: it has no list of requests")]
    NotACollection,
    /// None of its requests belongs to a dialect we speak.
    #[error("none of the {requests} requests in the collection belongs to a known dialect")]
    UnknownDialect {
        /// How many there are.
        requests: usize,
    },
}

/// Reads a collection.
pub fn read(text: &str) -> Result<Draft, PostmanError> {
    let requests = collection::read(text)?;
    guess::draft(&requests)
}
