//! A program's lives over one store: each starts, asks, and is stopped or killed.

use super::fake::Fake;
use answers::{Settings, StatusFamily};
use desk::command::{CommandRules, Commands, Vault};
use desk::plan::Rules;
use desk::poller::{Holder, Poller, PollerStatus, Running};
use desk::{CaseRules, Intake};
use fleet::{DAY, GatewayId, HOUR, MeterNumber};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Meter, OpenOptions, Slot, Store, StoredAnswer};
use tokio::runtime::Runtime;

/// Nothing here takes so long: a test that waits longer has failed.
const LONG: Duration = Duration::from_mins(1);

/// A meter's number; the gateway it is behind is that of its first digits.
pub(crate) fn number(gateway: usize, n: usize) -> MeterNumber {
    MeterNumber::parse(&format!("47{gateway:04}{n:05}")).expect("a meter number")
}

/// Waits until it is so.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < LONG, "{what}: not within {LONG:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A store in a folder of its own, looked at from outside.
pub(crate) struct Place {
    pub(crate) meters: Vec<MeterNumber>,
    pub(crate) store: Store,
    runtime: Runtime,
    folder: tempfile::TempDir,
}

/// How a life begins.
#[derive(Clone)]
pub(crate) struct How {
    pub(crate) rules: Rules,
    /// Nothing: whoever locks the file beside the database.
    pub(crate) holder: Option<(&'static str, i64)>,
    pub(crate) largest: Option<u64>,
}

impl Default for How {
    fn default() -> Self {
        let rules = Rules {
            routine_every: 6 * HOUR,
            jitter: 0,
            ..Rules::default()
        };
        Self {
            rules,
            holder: None,
            largest: None,
        }
    }
}

impl Place {
    /// With so many meters behind each of so many gateways.
    pub(crate) fn with(gateways: usize, each: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = runtime();
        let url = url(&folder.path().join("desk.db"));
        let open = Store::open(&url, OpenOptions::default());
        let store = runtime.block_on(open).expect("a store");
        let all = (0..gateways).flat_map(|gateway| (0..each).map(move |n| (gateway, n)));
        let meters: Vec<Meter> = all.map(|(gateway, n)| meter(gateway, n)).collect();
        runtime.block_on(store.put_meters(&meters)).expect("meters");
        Self {
            meters: meters.into_iter().map(|meter| meter.number).collect(),
            store,
            runtime,
            folder,
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    /// Does something with the store from outside.
    pub(crate) fn with_store<T>(&self, work: impl AsyncFnOnce(&Store) -> T) -> T {
        self.runtime.block_on(work(&self.store))
    }

    /// The slots that are held.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        self.with_store(async |store| store.slots("main").await.expect("slots"))
    }

    /// Everything that was kept of a meter.
    pub(crate) fn answers(&self, meter: &MeterNumber) -> Vec<StoredAnswer> {
        self.with_store(async |store| store.answers(meter, None, 1_000).await.expect("answers"))
    }

    /// How many answers are kept.
    pub(crate) fn kept(&self) -> usize {
        self.meters
            .iter()
            .map(|meter| self.answers(meter).len())
            .sum()
    }

    /// The meters whose status is known.
    pub(crate) fn judged(&self) -> BTreeSet<MeterNumber> {
        let known = self.with_store(async |store| store.known(&self.meters).await.expect("known"));
        let judged = known.into_iter().filter(|known| {
            let standing = known.standing.as_ref();
            standing.is_some_and(|standing| standing.ami_code == Some(1000))
        });
        judged.map(|known| known.meter.number).collect()
    }

    /// Waits until every meter's status is known.
    pub(crate) fn until_all_are_judged(&self) {
        until("every meter's status is known", || {
            self.judged().len() == self.meters.len()
        });
    }

    /// Starts a life of the program.
    pub(crate) fn start(&self, fake: &Arc<Fake>, how: &How) -> Life {
        let runtime = runtime();
        let url = url(&self.path());
        let options = OpenOptions {
            largest: how.largest,
            ..OpenOptions::default()
        };
        let reading = Settings {
            family: StatusFamily::Ami,
            ..Settings::default()
        };
        let reading = BTreeMap::from([("main".to_owned(), reading)]);
        let (fake, how) = (fake.clone(), how.clone());
        let (intake, running) = runtime.block_on(async {
            let store = Store::open(&url, options).await.expect("a store");
            let rules = CaseRules::default();
            let intake = Intake::open(store, fake.clock, rules, reading).await;
            let intake = Arc::new(intake.expect("an intake"));
            let holder = match how.holder {
                Some((name, lease)) => Holder::named(name, lease),
                None => Holder::of(intake.store(), 1),
            };
            let vault = Vault::new(&[7; 32]).expect("a vault");
            let commands = Commands::new(intake.clone(), CommandRules::default(), vault);
            let poller = Poller {
                head_end: fake,
                intake: intake.clone(),
                commands: Arc::new(commands),
                rules: how.rules,
                holder: Arc::new(holder),
                online_every: DAY,
                adopts: true,
                seed: 1,
            };
            (intake, poller.start())
        });
        Life {
            intake,
            running,
            runtime,
        }
    }
}

/// One life of the program.
pub(crate) struct Life {
    pub(crate) intake: Arc<Intake>,
    running: Running,
    runtime: Runtime,
}

impl Life {
    pub(crate) fn status(&self) -> PollerStatus {
        self.running.status()
    }

    pub(crate) fn until_it_leads(&self) {
        until("it leads", || self.status().leads);
    }

    /// It ends without a word: everything that is under way breaks off where it stands. Only what
    /// the database was told already is waited for: its own threads outlive the runtime.
    pub(crate) fn kill(self) {
        let Self {
            intake,
            running,
            runtime: ended,
        } = self;
        ended.shutdown_timeout(LONG);
        drop(running);
        let close = async { tokio::time::timeout(LONG, intake.store().close()).await };
        runtime().block_on(close).expect("the database lets go");
    }

    /// It ends in order.
    pub(crate) fn stop(self) {
        let Self {
            intake,
            running,
            runtime,
        } = self;
        runtime.block_on(async {
            running.stop().await;
            intake.store().close().await;
        });
    }
}

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all();
    builder.build().expect("a runtime")
}

fn url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

fn meter(gateway: usize, n: usize) -> Meter {
    Meter {
        number: number(gateway, n),
        head_end: Some("main".to_owned()),
        site: None,
        gateway: GatewayId::parse(&format!("GW-{gateway}")),
        customer: None,
        phases: Some(1),
        solar: Some(false),
        occupied: None,
    }
}
