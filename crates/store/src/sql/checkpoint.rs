//! Copying the write-ahead log into the file beside the writer, so that it waits for what is left only.

use sqlx::SqlitePool;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Transactions that write between two copies: about a third of the pages after which the writer would
/// copy by itself.
const EVERY: u64 = 64;

/// When the log was copied, and whether it is being copied.
#[derive(Debug, Default)]
pub(super) struct Checkpoints {
    written: AtomicU64,
    under_way: AtomicBool,
}

impl Checkpoints {
    /// A transaction that writes has begun; after some of them the log is copied on a connection of
    /// `readers`. One that may only query may do that too.
    pub(super) fn written(self: &Arc<Self>, readers: &SqlitePool) {
        let written = self.written.fetch_add(1, Ordering::Relaxed);
        if written % EVERY != EVERY - 1 || self.under_way.swap(true, Ordering::Relaxed) {
            return;
        }
        let (this, readers) = (Arc::clone(self), readers.clone());
        tokio::spawn(async move {
            let copied = sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(&readers);
            if let Err(error) = copied.await {
                // nothing is lost: the writer copies what is left
                tracing::debug!(%error, "the write-ahead log was not copied");
            }
            this.under_way.store(false, Ordering::Relaxed);
        });
    }
}
