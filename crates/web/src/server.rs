//! What every request shares: the state, and the last count of the work.

use crate::State;
use crate::fail::{Fail, chain};
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
}

impl Deref for Server {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl Server {
    /// A server of this state, which has counted nothing yet.
    pub(crate) fn of(state: State) -> Arc<Self> {
        Arc::new(Self {
            state,
            tally: Mutex::new(None),
            renewing: AtomicBool::new(false),
        })
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
