//! Where the work of a round is done that it does not wait for.

#[cfg(test)]
use std::pin::Pin;
#[cfg(test)]
use std::sync::{Arc, Mutex};

/// Where work is done beside the round.
#[derive(Clone, Default)]
pub(super) enum Beside {
    /// In tasks of the runtime, at once.
    #[default]
    Runtime,
    /// In a queue, by whoever decides what happens next.
    #[cfg(test)]
    Queue(Arc<Queue>),
}

/// Work that waits to be done, one piece at a time.
#[cfg(test)]
#[derive(Default)]
pub(super) struct Queue {
    pub(super) jobs: Mutex<Vec<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    /// Whether what is done next is done, and its answer lost.
    pub(super) loses: std::sync::atomic::AtomicBool,
}

impl Beside {
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        match self {
            Self::Runtime => drop(tokio::spawn(work)),
            #[cfg(test)]
            Self::Queue(queue) => {
                let mut jobs = queue.jobs.lock().expect("nobody falls here");
                jobs.push(Box::pin(work));
            }
        }
    }

    /// Whether the answer to what was just done is lost.
    pub(super) fn loses(&self) -> bool {
        match self {
            Self::Runtime => false,
            #[cfg(test)]
            Self::Queue(queue) => queue
                .loses
                .swap(false, std::sync::atomic::Ordering::Relaxed),
        }
    }
}

impl std::fmt::Debug for Beside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Beside")
    }
}
