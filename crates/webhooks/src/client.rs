//! One POST to one endpoint.

use crate::endpoint::Endpoint;
use crate::error::WebhookError;
use crate::heard::{Answer, retry_after};
use crate::message;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Certificate, Client, Response, Url, redirect, retry};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::Message;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept: under the five seconds after which the hastiest servers
/// close theirs.
const IDLE: Duration = Duration::from_secs(4);
/// So much of an answer is read, so that its connection can be used again. More is not wanted.
const READ: usize = 64 * 1024;

/// The way to one endpoint.
pub(crate) struct Line {
    endpoint: Endpoint,
    url: Url,
    client: Client,
    patience: Duration,
}

impl Line {
    pub(crate) fn new(
        endpoint: Endpoint,
        connections: usize,
        patience: Duration,
    ) -> Result<Self, WebhookError> {
        let url = Url::parse(&endpoint.url).map_err(|_| WebhookError::Address)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(WebhookError::Address);
        }
        let client = client(connections, url.scheme() == "https").map_err(WebhookError::Client)?;
        Ok(Self {
            endpoint,
            url,
            client,
            patience,
        })
    }

    /// The endpoint's name.
    pub(crate) fn name(&self) -> &str {
        &self.endpoint.name
    }

    /// Sends a message once.
    pub(crate) async fn send(&self, message: &Message) -> Answer {
        let (id, body) = (message::id(message), message::body(message));
        // the receiver compares it with his own clock
        let at = seconds();
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-signature", self.endpoint.keys.sign(&id, at, &body))
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .body(body);
        let answer = async { read(request.send().await?).await };
        match tokio::time::timeout(self.patience, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => Answer::Lost(why(&error)),
            Err(_) => Answer::Lost("the endpoint did not answer in time"),
        }
    }
}

fn client(connections: usize, tls: bool) -> Result<Client, reqwest::Error> {
    let installed = rustls::crypto::ring::default_provider().install_default();
    if installed.is_err() {
        tracing::trace!("a crypto provider is installed already");
    }
    let mut builder = Client::builder()
        .user_agent(concat!("calinmeter/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(connections)
        .tcp_nodelay(true)
        // who answers with another address may lead anywhere: the operator sets the right one
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .no_proxy()
        .http1_only();
    if !tls {
        // the machine's trusted authorities are not even looked for: it may have none
        builder = builder.tls_certs_only(std::iter::empty::<Certificate>());
    }
    builder.build()
}

/// The status is the answer; the body is read away and looked at by nobody.
async fn read(mut response: Response) -> Result<Answer, reqwest::Error> {
    let wish = response.headers().get(RETRY_AFTER);
    let wish = wish.and_then(|wish| wish.to_str().ok());
    let answer = Answer::Status(
        response.status().as_u16(),
        wish.and_then(|wish| retry_after(wish, seconds() * 1000)),
    );
    let mut left = READ;
    while let Some(piece) = response.chunk().await? {
        match left.checked_sub(piece.len()) {
            Some(less) => left = less,
            None => break,
        }
    }
    Ok(answer)
}

fn why(error: &reqwest::Error) -> &'static str {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => "no connection to the endpoint was made in time",
        (true, false) => "the endpoint cannot be reached, or its certificate is not trusted",
        (false, true) => "the endpoint did not answer in time",
        (false, false) => "the endpoint broke off the connection",
    }
}

fn seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
}
