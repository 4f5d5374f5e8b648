//! Every path, and the server that answers them.

use crate::asked::Asked;
use crate::fail::{self, Fail};
use crate::server::Server;
use crate::{Doors, State, api, assets, body, door, guard, pages, probes};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State as With};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use std::future::Future;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

/// All pages, the API and the probes, for reading: no command can be asked for.
pub fn router(state: State) -> Router {
    let doors = Doors::to_read(&state.store);
    router_with(state, doors)
}

/// All pages, the API and the probes, with the doors by which people come in and command.
pub fn router_with(state: State, doors: Doors) -> Router {
    let desk = Server::of(state, doors);
    Router::new()
        .route("/", get(pages::worklist))
        .route("/meters", get(pages::meters))
        .route("/meters/{meter}", get(pages::meter))
        .route("/cases/{id}", get(pages::case))
        .route("/api/v1/worklist", get(api::worklist))
        .route("/api/v1/meters", get(api::meters))
        .route(
            "/api/v1/meters/{meter}",
            get(api::meter).put(api::register::put),
        )
        .route("/api/v1/meters/{meter}/commands", post(api::wish::one))
        .route(
            "/api/v1/meters/{meter}/hold",
            get(api::hold::show)
                .put(api::hold::put)
                .delete(api::hold::release),
        )
        .route(
            "/api/v1/meters/{meter}/findings",
            get(api::finding::list).post(api::finding::record),
        )
        .route("/api/v1/commands", get(api::commands).post(api::wish::many))
        .route("/api/v1/commands/{id}", get(api::command))
        .route("/api/v1/commands/{id}/{word}", post(api::decide::decide))
        .route(
            "/api/v1/stop",
            get(api::stop::show)
                .post(api::stop::press)
                .delete(api::stop::lift),
        )
        .route("/api/v1/audit", get(api::books::audit))
        .route("/api/v1/tokens", get(api::books::tokens))
        .route(
            door::SESSION,
            post(api::session::open).delete(api::session::close),
        )
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
        .route("/style.css", get(assets::style))
        .route("/mark.woff2", get(assets::mark))
        .route("/favicon.svg", get(assets::icon))
        .route("/favicon.ico", get(assets::icon))
        .fallback(nowhere)
        .method_not_allowed_fallback(not_allowed)
        .layer(middleware::from_fn_with_state(desk.clone(), door::door))
        .layer(middleware::from_fn_with_state(desk.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(body::MOST))
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
