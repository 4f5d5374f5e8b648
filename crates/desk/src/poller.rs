//! The driver around a planner: one for each head-end.
//!
//! The planner says what to ask, the driver asks. A slot stands in the store before its task is
//! created, and leaves it together with the settled answer, so that a restart finds exactly what is
//! under way. Store and head-end are never waited for in turn: whatever is ready goes on.
//!
//! Only the holder of a head-end's lease asks it ([`Holder`]). Whoever wins the lease reads the
//! slots that are held and goes on from there; whoever loses it keeps what it has received.

mod beside;
mod calls;
mod chores;
mod hand;
mod holder;
mod lane;
mod lease;
mod local;
mod pass;
mod report;
mod round;
mod work;

pub(crate) use hand::Leaving;
pub use holder::Holder;
pub use lease::lease_name;
pub use report::PollerStatus;

use crate::command::Commands;
use crate::plan::Rules;
use crate::{Clock, Intake};
use asking::HeadEnd;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a poller goes by, besides the planner's rules. Milliseconds of the desk's clock.
#[derive(Clone, Debug)]
pub struct Poller {
    /// The head-end it asks.
    pub head_end: Arc<dyn HeadEnd>,
    /// Where answers go.
    pub intake: Arc<Intake>,
    /// The commands it sends.
    pub commands: Arc<Commands>,
    /// The planner's rules.
    pub rules: Rules,
    /// Who holds its lease.
    pub holder: Arc<Holder>,
    /// How often gateways are asked whether they are online.
    pub online_every: i64,
    /// Whether meters without a head-end are asked through this one: true where it is the only one.
    pub adopts: bool,
    /// What all chance is drawn from.
    pub seed: u64,
}

/// A running poller. It stops by itself when this is dropped.
#[derive(Debug)]
pub struct Running {
    status: watch::Receiver<PollerStatus>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// How long a poller that fell rests before it goes on from what the store holds.
const REST: Duration = Duration::from_secs(1);

impl Poller {
    /// Starts it in the background. It runs until [`Running::stop`].
    pub fn start(self) -> Running {
        let (stop, stopped) = watch::channel(false);
        let first = PollerStatus::new(self.head_end.name());
        let (report, status) = watch::channel(first);
        let task = tokio::spawn(self.run(report, stopped));
        Running { status, stop, task }
    }

    /// Runs it, again and again should it fall: a fault of ours must not end the asking.
    async fn run(self, report: watch::Sender<PollerStatus>, stopped: watch::Receiver<bool>) {
        loop {
            let round = round::run(self.clone(), report.clone(), stopped.clone());
            let ended = tokio::spawn(round).await;
            if !ended.is_err_and(|error| error.is_panic()) {
                return;
            }
            let head_end = self.head_end.name();
            tracing::error!(
                head_end,
                "the poller fell and goes on from what the store holds"
            );
            tokio::time::sleep(REST).await;
        }
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
