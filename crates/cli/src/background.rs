//! Work beside the pages, until it is told to stop.

use std::future::Future;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Tasks that stop together.
#[derive(Debug)]
pub(crate) struct Background {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Background {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            stop: watch::Sender::new(false),
            tasks: Vec::new(),
        }
    }

    /// Comes back when all of it is to stop.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stop = self.stop.subscribe();
        async move {
            // whoever drops the sender ends it too
            drop(stop.wait_for(|stop| *stop).await);
        }
    }

    /// Begins a task, which ends by itself once [`Background::stopped`] comes back.
    pub(crate) fn begin(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.push(tokio::spawn(task));
    }

    /// Stops them all at the same time, and waits for each.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "work in the background ended badly");
            }
        }
    }
}
