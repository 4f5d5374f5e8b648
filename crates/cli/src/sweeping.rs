//! Moves commands on whose time is over and that nobody works on.

use crate::background::Background;
use desk::Clock;
use desk::command::Commands;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked for them, by the computer's time.
const EVERY: Duration = Duration::from_secs(10);

/// Begins to look.
pub(crate) fn begin(commands: Arc<Commands>, clock: Clock) -> Background {
    let mut background = Background::new();
    let stopped = background.stopped();
    background.begin(async move {
        tokio::pin!(stopped);
        let mut beat = tokio::time::interval(EVERY);
        loop {
            tokio::select! {
                () = &mut stopped => return,
                _ = beat.tick() => {}
            }
            match commands.sweep(clock.now()).await {
                Ok(swept) if swept.moved == 0 => {}
                Ok(swept) => tracing::info!(swept.moved, "moved commands on whose time was over"),
                Err(error) => {
                    tracing::error!(%error, "commands whose time is over stay as they are");
                }
            }
        }
    });
    background
}
