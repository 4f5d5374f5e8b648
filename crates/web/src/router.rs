//! Every path, and the server that answers them.

use crate::asked::Asked;
use crate::fail::{self, Fail};
use crate::server::Server;
use crate::{State, api, assets, guard, pages, probes};
use axum::Router;
use axum::extract::State as With;
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use std::future::Future;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

/// Nothing is sent to us yet but addresses.
const BODY_MAX: usize = 64 * 1024;

/// All pages, the API and the probes.
pub fn router(state: State) -> Router {
    let desk = Server::of(state);
    Router::new()
        .route("/", get(pages::worklist))
        .route("/meters", get(pages::meters))
        .route("/meters/{meter}", get(pages::meter))
        .route("/cases/{id}", get(pages::case))
        .route("/api/v1/worklist", get(api::worklist))
        .route("/api/v1/meters", get(api::meters))
        .route("/api/v1/meters/{meter}", get(api::meter))
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
        .route("/style.css", get(assets::style))
        .route("/mark.woff2", get(assets::mark))
        .route("/favicon.svg", get(assets::icon))
        .route("/favicon.ico", get(assets::icon))
        .fallback(nowhere)
        .method_not_allowed_fallback(not_allowed)
        .layer(middleware::from_fn_with_state(desk.clone(), guard::guard))
        .layer(RequestBodyLimitLayer::new(BODY_MAX))
        .layer(CompressionLayer::new())
        .with_state(desk)
}

async fn nowhere(With(desk): With<Arc<Server>>, asked: Asked) -> Response {
    fail::answer(&desk, &asked, &Fail::NoPage)
}

async fn not_allowed(With(desk): With<Arc<Server>>, asked: Asked) -> Response {
    fail::answer(&desk, &asked, &Fail::NotAllowed)
}

/// Answers until `shutdown` is over; requests that have begun are finished.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router)
        .with_graceful_shutdown(shutdown)
        .await
}
