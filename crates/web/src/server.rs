//! What every request shares: the state, and the last count of the work.

use crate::fail::{Fail, chain};
use crate::figures::Counted;
use crate::{Doors, State};
use axum::http::StatusCode;
use desk::command::{Commands, Counter};
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{StoreError, Tally};

/// A count that is no older is shown as it is.
const FRESH: Duration = Duration::from_secs(1);
/// A count that is no older is shown while it is being renewed; an older one is waited for.
const SHOWN: Duration = Duration::from_secs(10);

/// The state, and what is kept between requests.
pub(crate) struct Server {
    state: State,
    tally: Mutex<Option<(Instant, Arc<Tally>)>>,
    renewing: AtomicBool,
    /// Whether there is anybody; once there is, there always is.
    peopled: AtomicBool,
    /// Where single wishes come in.
    counter: Option<Counter>,
    pub(crate) doors: Doors,
    pub(crate) counted: Counted,
}

impl Deref for Server {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl Server {
    /// A server of this state, which has counted nothing yet.
    pub(crate) fn of(state: State, doors: Doors) -> Arc<Self> {
        Arc::new(Self {
            counter: doors.commands.clone().map(Counter::new),
            doors,
            peopled: AtomicBool::new(false),
            counted: Counted::default(),
            state,
            tally: Mutex::new(None),
            renewing: AtomicBool::new(false),
        })
    }

    /// Whether there is anybody at all.
    pub(crate) async fn is_anybody(&self) -> Result<bool, Fail> {
        if self.peopled.load(Ordering::Acquire) {
            return Ok(true);
        }
        let anybody = self.doors.people.is_anybody().await?;
        self.peopled.store(anybody, Ordering::Release);
        Ok(anybody)
    }

    /// What takes commands.
    pub(crate) fn commands(&self) -> Result<&Commands, Fail> {
        self.doors.commands.as_deref().ok_or_else(only_reads)
    }

    /// Whether one person alone may cut the power.
    pub(crate) fn is_alone(&self) -> bool {
        let commands = self.doors.commands.as_ref();
        commands.is_some_and(|commands| !commands.rules().second_person)
    }

    /// Where single wishes come in.
    pub(crate) fn counter(&self) -> Result<&Counter, Fail> {
        self.counter.as_ref().ok_or_else(only_reads)
    }

    /// How many cases are open. Counting takes longer than all else on the page and grows with the
    /// cases, so that a reader who was here a moment ago is shown the last count while it is
    /// renewed; the list beside it is always read anew.
    pub(crate) async fn tally(self: &Arc<Self>) -> Result<Arc<Tally>, Fail> {
        match self.counted() {
            Some((at, tally)) if at.elapsed() <= FRESH => Ok(tally),
            Some((at, tally)) if at.elapsed() <= SHOWN => {
                self.renew();
                Ok(tally)
            }
            _ => Ok(self.count().await?),
        }
    }

    fn counted(&self) -> Option<(Instant, Arc<Tally>)> {
        let kept = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }

    /// Counts beside the request, once however many ask.
    fn renew(self: &Arc<Self>) {
        if self.renewing.swap(true, Ordering::AcqRel) {
            return;
        }
        let server = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = server.count().await {
                tracing::warn!(error = chain(&error), "the work could not be counted");
            }
            server.renewing.store(false, Ordering::Release);
        });
    }

    async fn count(&self) -> Result<Arc<Tally>, StoreError> {
        let tally = Arc::new(self.state.store.tally().await?);
        let mut kept = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((Instant::now(), Arc::clone(&tally)));
        Ok(tally)
    }
}

fn only_reads() -> Fail {
    let said = "this process only reads: ask the one that serves";
    Fail::said(StatusCode::SERVICE_UNAVAILABLE, said)
}
