//! What the pages are drawn from.

use desk::command::Commands;
use desk::people::People;
use fleet::Moment;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;

/// The names under which a browser on the same computer reaches the server.
pub const LOOPBACK_HOSTS: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Everything the pages and the API read.
#[derive(Clone)]
pub struct State {
    /// The store.
    pub store: store::Store,
    /// The clock; where it runs faster than life, every page says so.
    pub clock: desk::Clock,
    /// How the head-ends and the store are doing.
    pub health: Arc<dyn HealthSource>,
    /// The name of this installation, on every page.
    pub title: String,
    /// The only host names (without port) that requests may be addressed to; empty lets every name
    /// in. An installation without users takes [`LOOPBACK_HOSTS`], so that a stranger's web page
    /// cannot read it through a name of its own.
    pub hosts: Vec<String>,
    /// What `/metrics` prints; nothing where no recorder is installed.
    pub metrics: Option<PrometheusHandle>,
}

/// Who is let in, and what takes their commands.
#[derive(Clone, Debug)]
pub struct Doors {
    /// What takes commands; nothing where this process only reads, and then none can be asked for.
    pub commands: Option<Arc<Commands>>,
    /// Who is who. While there is nobody everything can be read, and nothing commanded.
    pub people: People,
    /// Whether whoever does not say who he is may read, though there are people. The audit and the
    /// tokens are for nobody who is not known.
    pub anonymous_reads: bool,
}

impl Doors {
    /// Doors by which people come to read: nobody who is not known, and no commands.
    pub(crate) fn to_read(store: &store::Store) -> Self {
        Self {
            commands: None,
            people: People::new(store.clone()),
            anonymous_reads: false,
        }
    }
}

/// Tells how the neighbours are doing, without waiting: it is asked for every page.
pub trait HealthSource: Send + Sync {
    /// Every head-end in the configuration, in its order.
    fn head_ends(&self) -> Vec<HeadEndHealth>;

    /// What keeps the store from taking anything in, where something does: a full disk, say.
    fn store_trouble(&self) -> Option<Trouble> {
        None
    }
}

/// How one head-end is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadEndHealth {
    /// Its name in the configuration.
    pub name: String,
    /// Whether it answers.
    pub up: bool,
    /// Since when it has been up or down.
    pub since: Option<Moment>,
    /// Why it is down, in one sentence for a person.
    pub sentence: Option<String>,
    /// When its poller last went round; nothing before the first time.
    pub heartbeat: Option<Moment>,
    /// Asks that are out.
    pub in_flight: u32,
    /// Asks that wait for their turn.
    pub waiting: u32,
}

/// Something is wrong here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Since when.
    pub since: Option<Moment>,
    /// What, in one sentence for a person.
    pub sentence: String,
}
