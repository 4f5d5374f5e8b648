//! Binding the audit while the program serves.

use crate::setup::Setup;
use anyhow::bail;
use desk::Clock;
use desk::people::{AnchorFile, Outside, People};
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// How often it is looked whether an anchor is due, and whether any is missing outside.
const LOOK: Duration = Duration::from_mins(5);

/// Binds the audit every hour from now on, where a key is configured. Ends with the program.
pub(crate) fn begin(setup: &Setup, store: Store, clock: Clock) -> anyhow::Result<()> {
    let file = setup.anchor_file();
    let Some(key) = setup.signing_key()? else {
        if file.is_some() {
            bail!(
                "nothing signs the audit's anchors: name a key with audit.signing_key_file, \
                 calinmeter audit key FILE makes one"
            );
        }
        return Ok(());
    };
    let outside = file.map(|file| Arc::new(AnchorFile(file)) as Arc<dyn Outside>);
    let people = People::new(store);
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(LOOK);
        loop {
            tick.tick().await;
            match people.anchor(&key, outside.clone(), clock.now()).await {
                Ok(done) => tracing::debug!(?done, "looked whether the audit is to be bound"),
                Err(error) => {
                    tracing::error!(%error, "the audit could not be bound; it is tried again");
                }
            }
        }
    });
    Ok(())
}
