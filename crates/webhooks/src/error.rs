//! What can be wrong with an endpoint before anything is sent to it.

/// Why an endpoint cannot be used. None holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The secret is not one.
    #[error(
        "the webhook secret is not one: write whsec_ and 24 to 64 random bytes in base64, such as \
         `echo whsec_$(openssl rand -base64 32)` prints"
    )]
    Secret,
    /// The address is not one.
    #[error("the webhook's url is no address: write one that begins with https:// or http://")]
    Address,
    /// The HTTP client could not be made.
    #[error("the webhook's HTTP client could not be made: look at this machine's certificates")]
    Client(#[source] reqwest::Error),
    /// A pattern of events that nothing can match.
    #[error("\"{0}\" names no events: write a kind such as command.verified, or command.*, or *")]
    Events(String),
}
