//! The server engine: a pool of connections.

use super::Session;
use super::session::Held;
use crate::StoreError;
use crate::target::Server;
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use std::time::Duration;

/// Connections of one node.
const CONNECTIONS: u32 = 10;
/// How long a call waits for a connection before it says that the database has gone.
const PATIENCE: Duration = Duration::from_secs(3);

/// Few rows are asked for at a time, from disks that need no seeking: the server's own defaults
/// would rather read a whole table than a thousand rows of it.
const SETTINGS: &str = "SET random_page_cost = 1.1; SET jit = off";

/// A pool to one database.
#[derive(Clone)]
pub(crate) struct Postgres {
    pub(crate) server: Server,
    pool: PgPool,
}

impl Postgres {
    /// Connects once, so that a wrong address or password is said at once, and opens the pool.
    pub(crate) async fn open(server: Server) -> Result<Self, sqlx::Error> {
        PgConnection::connect_with(&server.options)
            .await?
            .close()
            .await?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_connect(|link, _| {
                Box::pin(async move { link.execute(SETTINGS).await.map(drop) })
            })
            .connect_lazy_with((*server.options).clone().disable_statement_logging());
        Ok(Self { server, pool })
    }

    pub(crate) async fn read(&self, what: &'static str) -> Result<Session, StoreError> {
        let held = self.pool.acquire().await;
        let held = held.map_err(|error| StoreError::of(what, error))?;
        Ok(Session::new(what, Held::PostgresRead(held)))
    }

    pub(crate) async fn write(&self, what: &'static str) -> Result<Session, StoreError> {
        let held = self.pool.begin().await;
        let held = held.map_err(|error| StoreError::of(what, error))?;
        Ok(Session::new(what, Held::PostgresWrite(held)))
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}
