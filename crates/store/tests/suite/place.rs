//! A fresh database of either engine for each test.

use crate::server::Server;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::future::Future;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{OpenOptions, Store};
use tempfile::TempDir;

/// Where a test's own database is.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url, OpenOptions::default())
            .await
            .expect("the store opens")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// Runs a statement behind the store's back.
    pub(crate) async fn tamper(&self, sql: &str) {
        let sql = AssertSqlSafe(sql);
        if self.is_postgres() {
            let mut link = PgConnection::connect(&self.url).await.unwrap();
            link.execute(sql).await.unwrap();
        } else {
            let mut link = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            link.execute(sql).await.unwrap();
            link.close().await.unwrap();
        }
    }
}

impl Place {
    /// Makes a file of somebody else's.
    pub(crate) async fn tamper_new(&self, sql: &str) {
        let options = SqliteConnectOptions::from_str(&self.url)
            .unwrap()
            .create_if_missing(true);
        let mut link = sqlx::SqliteConnection::connect_with(&options)
            .await
            .unwrap();
        link.execute(AssertSqlSafe(sql)).await.unwrap();
        link.close().await.unwrap();
    }

    /// Runs a statement behind the store's back that the database has to refuse.
    pub(crate) async fn refused(&self, sql: &str) {
        let sql = AssertSqlSafe(sql);
        let ended = if self.is_postgres() {
            let mut link = PgConnection::connect(&self.url).await.unwrap();
            link.execute(sql).await.map(drop)
        } else {
            let mut link = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            link.execute(sql).await.map(drop)
        };
        let said = ended.expect_err("it is refused").to_string();
        assert!(said.contains("is only added to"), "{said}");
    }
}

pub(crate) fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Place) -> F) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    run(test(Place { url, folder }));
}

/// Runs a test on a database of its own in the tests' server. Without a server the test is skipped
/// loudly, and fails where CI is set: there it has to be.
pub(crate) fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Place) -> F) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let Some(server) = Server::shared() else {
        return skip();
    };
    let name = format!(
        "test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = tempfile::tempdir().expect("a folder");
    let url = server.url(&name);
    run(async {
        server
            .manage(&format!("CREATE DATABASE {name} TEMPLATE made"))
            .await;
        test(Place { url, folder }).await;
        server
            .manage(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .await;
    });
}

/// An empty database of the tests' server, or nothing where there is none.
pub(crate) async fn empty_database(name: &str) -> Option<String> {
    let server = Server::shared()?;
    server.manage(&format!("CREATE DATABASE {name}")).await;
    Some(server.url(name))
}

/// Runs a statement in a database of the tests' server.
pub(crate) async fn on_server(url: &str, sql: &str) {
    let mut link = PgConnection::connect(url).await.unwrap();
    link.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// Says that a test was not run.
pub(crate) fn skip() {
    let needed = std::env::var_os("CI").is_some();
    assert!(
        !needed,
        "PostgreSQL is missing: install the package postgresql"
    );
    eprintln!("SKIPPED: PostgreSQL is missing; install the package postgresql to run this test");
}

pub(crate) fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test);
}

/// Runs each of these tests once on each engine.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { $crate::place::on_sqlite(super::$name); })*
        }
        mod postgres {
            $(#[test] fn $name() { $crate::place::on_postgres(super::$name); })*
        }
    };
}
pub(crate) use on_both;
