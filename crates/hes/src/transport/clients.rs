//! The HTTP clients: no redirect, no proxy from the environment, no second sending.

use reqwest::{Certificate, Client, redirect, retry};
use std::time::Duration;

/// How long a connection may take to be made, at most: what is lost then was surely not sent.
const CONNECT: Duration = Duration::from_secs(15);

/// How long an idle connection is kept: under the five seconds after which the hastiest servers
/// close theirs, so that no request runs into the closing. A busy head-end's never get so old.
const IDLE: Duration = Duration::from_secs(4);

/// Two ways to the same head-end.
pub(super) struct Clients {
    /// Keeps connections for the many reads and looks.
    kept: Client,
    /// A new connection for each physical act.
    own: Client,
}

impl Clients {
    pub(super) fn new(deadline: Duration, tls: bool) -> Result<Self, reqwest::Error> {
        install_crypto();
        // a little under the deadline, so that it is known which of the two ran out
        let connect = CONNECT.min(deadline * 3 / 4);
        Ok(Self {
            kept: build(connect, None, tls)?,
            own: build(connect, Some(0), tls)?,
        })
    }

    pub(super) fn of(&self, physical: bool) -> &Client {
        if physical { &self.own } else { &self.kept }
    }
}

fn build(connect: Duration, idle: Option<usize>, tls: bool) -> Result<Client, reqwest::Error> {
    let mut builder = Client::builder()
        .user_agent(concat!("calinmeter/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .pool_idle_timeout(IDLE)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .no_proxy()
        .http1_only()
        .gzip(true);
    if let Some(idle) = idle {
        builder = builder.pool_max_idle_per_host(idle);
    }
    if !tls {
        // the machine's trusted authorities are not even looked for: it may have none
        builder = builder.tls_certs_only(std::iter::empty::<Certificate>());
    }
    builder.build()
}

/// The program has one crypto provider; whoever comes first installs it.
fn install_crypto() {
    let installed = rustls::crypto::ring::default_provider().install_default();
    if installed.is_err() {
        tracing::trace!("a crypto provider is installed already");
    }
}
