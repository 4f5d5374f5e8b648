//! A fresh database of either engine for each test.

use crate::cluster::{Cluster, Needed, programs, url};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{OpenOptions, Store};
use tempfile::TempDir;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

/// Where a test's own database is, and a folder of its own that is gone when the test is.
#[derive(Debug)]
pub struct Place {
    /// How a store is opened there.
    pub url: String,
    /// The folder.
    pub folder: TempDir,
}

impl Place {
    /// A file that is not there yet.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        Self { url, folder }
    }

    /// An empty database in the server that all tests of this binary share; nothing where
    /// PostgreSQL is not installed.
    pub fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = shared()?;
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(programs()?.join("createdb"))
            .arg(format!(
                "--maintenance-db={}",
                url(server.port(), "postgres")
            ))
            .arg(&name)
            .output()
            .expect("createdb runs");
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{said}");
        let folder = tempfile::tempdir().expect("a folder");
        let url = url(server.port(), &name);
        Some(Self { url, folder })
    }

    /// One of this engine; nothing where it is not installed.
    pub fn of(engine: Engine) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::sqlite()),
            Engine::Postgres => Self::postgres(),
        }
    }

    /// Opens the store.
    pub async fn open(&self) -> Store {
        self.open_with(OpenOptions::default()).await
    }

    /// Opens the store with these options.
    pub async fn open_with(&self, options: OpenOptions) -> Store {
        let opened = Store::open(&self.url, options).await;
        opened.expect("the store opens")
    }
}

/// Runs a test on a database of its own. Without a server a test of PostgreSQL is skipped loudly,
/// and fails where `CI` is set: there it has to be.
pub fn on<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(Place) -> F) {
    match Place::of(engine) {
        Some(place) => run(test(place)),
        None => skip(),
    }
}

/// Says that a test was not run.
#[expect(clippy::print_stderr, reason = "a skipped test is said aloud")]
pub fn skip() {
    assert!(
        std::env::var_os("CI").is_none(),
        "PostgreSQL is missing: install postgresql"
    );
    eprintln!("SKIPPED: PostgreSQL is missing; install the package postgresql to run this test");
}

/// Runs a test to its end.
pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test);
}

/// A PostgreSQL server of one test's own, to be stopped and started.
pub struct Server(Cluster);

impl Server {
    /// Makes and starts it; nothing where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        Cluster::start(Needed::ByUs).map(Self)
    }

    /// The URL of its first database.
    pub fn url(&self) -> String {
        url(self.0.port(), "postgres")
    }

    /// Stops it at once, as a power cut would.
    pub fn stop(&mut self) {
        self.0.stop();
    }

    /// Starts it again with the same data, and waits until it answers.
    pub fn start_again(&mut self) {
        self.0.start_again();
    }
}

/// The server that all tests of this binary share. It ends with the binary.
fn shared() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start(Needed::ByUs)).as_ref()
}
