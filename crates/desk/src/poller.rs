//! The driver around a planner: one for each head-end.
//!
//! The planner says what to ask, the driver asks. A slot stands in the store before its task is
//! created, and leaves it together with the settled answer, so that a restart finds exactly what is
//! under way. Store and head-end are never waited for in turn: whatever is ready goes on.

mod calls;
mod chores;
mod lane;
mod report;
mod round;
mod work;

pub use report::PollerStatus;

use crate::plan::Rules;
use crate::{Clock, Intake};
use asking::HeadEnd;
use fleet::MINUTE;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a poller goes by, besides the planner's rules. Milliseconds of the desk's clock.
#[derive(Clone, Debug)]
pub struct Poller {
    /// The head-end it asks.
    pub head_end: Arc<dyn HeadEnd>,
    /// Where answers go.
    pub intake: Arc<Intake>,
    /// The planner's rules.
    pub rules: Rules,
    /// Who holds the lease: unlike any other process.
    pub holder: String,
    /// How often gateways are asked whether they are online.
    pub online_every: i64,
    /// Whether meters without a head-end are asked through this one: true where it is the only one.
    pub adopts: bool,
    /// What all chance is drawn from.
    pub seed: u64,
}

/// A running poller.
#[derive(Debug)]
pub struct Running {
    status: watch::Receiver<PollerStatus>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// A lease lasts so long, and is renewed four times as often.
const LEASE: i64 = MINUTE;

impl Poller {
    /// Starts it in the background. It runs until [`Running::stop`].
    pub fn start(self) -> Running {
        let (stop, stopped) = watch::channel(false);
        let first = PollerStatus::new(self.head_end.name());
        let (report, status) = watch::channel(first);
        let task = tokio::spawn(round::run(self, report, stopped));
        Running { status, stop, task }
    }

    fn clock(&self) -> Clock {
        self.intake.clock()
    }
}

impl Running {
    /// How it is doing, without waiting.
    pub fn status(&self) -> PollerStatus {
        self.status.borrow().clone()
    }

    /// A way to see how it is doing, from elsewhere.
    pub fn watch(&self) -> watch::Receiver<PollerStatus> {
        self.status.clone()
    }

    /// Creates nothing more, keeps what is in hand, gives its lease back. What is under way at the
    /// head-end stays in the store.
    pub async fn stop(self) {
        if self.stop.send(true).is_ok() {
            // a poller that has ended by itself has nothing to wait for
            drop(self.task.await);
        }
    }
}
