//! The PostgreSQL server that all tests of a run share, with a migrated database to copy.

use crate::cluster::{Cluster, Needed, url};
use crate::place::run;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::fs::File;
use std::path::Path;
use std::sync::OnceLock;
use store::{OpenOptions, Store};

/// Where the shared server listens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Server {
    port: u16,
}

impl Server {
    /// The server of this run, started by whoever needs it first; nothing where PostgreSQL is not
    /// installed.
    pub(crate) fn shared() -> Option<Self> {
        static SHARED: OnceLock<Option<(Server, Option<Cluster>)>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| {
            // a runtime of its own: who asks may be in one already
            let made = std::thread::spawn(|| match std::env::var("NEXTEST_RUN_ID") {
                Ok(id) => found_or_made(&id).map(|server| (server, None)),
                Err(_) => made(Needed::ByUs).map(|(server, cluster)| (server, Some(cluster))),
            });
            made.join().expect("the server starts")
        });
        shared.as_ref().map(|(server, _)| *server)
    }

    /// The URL of one of its databases.
    pub(crate) fn url(self, database: &str) -> String {
        url(self.port, database)
    }

    /// Runs a statement that makes or removes a database.
    pub(crate) async fn manage(self, sql: &str) {
        let link = PgConnection::connect(&self.url("postgres")).await;
        let mut link = link.expect("the server answers");
        link.execute(AssertSqlSafe(sql))
            .await
            .expect("the server obeys");
        link.close().await.expect("the server lets go");
    }
}

fn made(needed: Needed) -> Option<(Server, Cluster)> {
    let cluster = Cluster::start(needed)?;
    let server = Server {
        port: cluster.port(),
    };
    run(async {
        server.manage("CREATE DATABASE made").await;
        let made = Store::open(&server.url("made"), OpenOptions::default()).await;
        made.expect("the schema is made").close().await;
    });
    Some((server, cluster))
}

/// nextest gives each test a process: the first one starts the server for all of its run.
fn found_or_made(run_id: &str) -> Option<Server> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let book = folder.join("postgres-of-this-run");
    let lock = File::create(folder.join("postgres-of-this-run.lock")).expect("a lock's file");
    lock.lock().expect("a lock");
    let known = std::fs::read_to_string(&book).unwrap_or_default();
    if let Some((id, port)) = known.split_once(' ')
        && id == run_id
    {
        return Some(Server {
            port: port.parse().expect("a port"),
        });
    }
    let (server, _cluster) = made(Needed::By(std::os::unix::process::parent_id()))?;
    std::fs::write(&book, format!("{run_id} {}", server.port)).expect("a note");
    Some(server)
}
