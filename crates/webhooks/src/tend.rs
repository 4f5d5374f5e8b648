//! What is left to do beside the sending: show the age of what waits, and forget what was heard.

use crate::sender::Now;
use fleet::{DAY, Moment};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use store::{Store, StoreError};

/// How long a message that was heard is kept for a replay, milliseconds.
pub const KEPT: i64 = 30 * DAY;
/// So many are forgotten by one transaction, which others wait for.
const BITE: usize = 1_000;

/// Keeps the outbox tidy, every so often, until it is told to stop. `endpoints` are the names of
/// the configuration: what waits for another one is waiting in vain.
pub async fn tend(
    store: Store,
    endpoints: BTreeSet<String>,
    now: Now,
    every: Duration,
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    let mut beat = tokio::time::interval(every);
    let mut told = BTreeMap::new();
    loop {
        tokio::select! {
            () = &mut stop => return,
            _ = beat.tick() => {}
        }
        let at = now();
        let tended = async {
            show(&store, &endpoints, at, &mut told).await?;
            sweep(&store, at).await
        };
        if let Err(error) = tended.await {
            tracing::warn!(%error, "the webhooks' outbox is not tidied up");
        }
    }
}

/// How much waits for each endpoint, and since when.
async fn show(
    store: &Store,
    endpoints: &BTreeSet<String>,
    now: Moment,
    told: &mut BTreeMap<String, u64>,
) -> Result<(), StoreError> {
    let waiting = store.waiting_messages().await?;
    let none = endpoints.iter().map(|name| (name.clone(), (0, now)));
    let mut all: BTreeMap<String, (u64, Moment)> = none.collect();
    for one in waiting {
        all.insert(one.endpoint, (one.messages, one.oldest));
    }
    for (endpoint, (messages, oldest)) in all {
        if !endpoints.contains(&endpoint)
            && told.insert(endpoint.clone(), messages) != Some(messages)
        {
            tracing::warn!(
                endpoint,
                messages,
                "messages wait for a webhook that is not in the configuration: put it back"
            );
        }
        let age = u32::try_from(now.since(oldest).max(0) / 1000).unwrap_or(u32::MAX);
        let messages = u32::try_from(messages).unwrap_or(u32::MAX);
        metrics::gauge!("calinmeter_webhook_waiting", "endpoint" => endpoint.clone())
            .set(f64::from(messages));
        metrics::gauge!("calinmeter_webhook_oldest_seconds", "endpoint" => endpoint)
            .set(f64::from(age));
    }
    Ok(())
}

async fn sweep(store: &Store, now: Moment) -> Result<(), StoreError> {
    let full = u64::try_from(BITE).unwrap_or(u64::MAX);
    while store.sweep_messages(now.plus(-KEPT), BITE).await? >= full {}
    Ok(())
}
