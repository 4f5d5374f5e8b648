//! Waiting until commands have ended.

use super::part::Part;
use crate::progress;
use std::collections::BTreeMap;
use std::time::Duration;
use store::{CommandId, Store};
use tokio::time::Instant;

/// How often the store is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// Waits until nothing more is done about any of them, or the time is over.
pub(super) async fn until_ended(
    store: &Store,
    parts: &mut [Part],
    most: Duration,
) -> anyhow::Result<()> {
    let end = Instant::now() + most;
    let bar = progress::of(parts.len(), "ended");
    loop {
        look(store, parts).await?;
        let ended = parts.iter().filter(|part| part.ended).count();
        bar.set_position(ended as u64);
        if ended == parts.len() || Instant::now() >= end {
            bar.finish_and_clear();
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn look(store: &Store, parts: &mut [Part]) -> anyhow::Result<()> {
    let open = parts.iter().filter(|part| !part.ended);
    let ids: Vec<CommandId> = open.filter_map(|part| part.id.clone()).collect();
    let commands = store.commands_by_id(&ids).await?;
    let mut found: BTreeMap<CommandId, _> = commands
        .into_iter()
        .map(|command| (command.id.clone(), command))
        .collect();
    for part in parts.iter_mut() {
        if let Some(command) = part.id.as_ref().and_then(|id| found.remove(id)) {
            part.take(command);
        }
    }
    Ok(())
}
