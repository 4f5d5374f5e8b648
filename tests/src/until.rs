//! Waiting: for a condition, and not for ever.

use std::time::{Duration, Instant};

/// How often a condition is looked at.
const OFTEN: Duration = Duration::from_millis(5);
/// Looking takes this share of the time at most, so that it does not hold up what is waited for.
const SHARE: u32 = 5;

/// Waits until the condition holds and gives what it gives; it is looked at every few milliseconds.
/// While it does not hold it says what is missing, and after `patience` of the computer's time the
/// test fails with that.
pub async fn until<T>(
    what: &str,
    patience: Duration,
    mut condition: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let begun = Instant::now();
    loop {
        let looked = Instant::now();
        match condition().await {
            Ok(value) => return value,
            Err(missing) => assert!(
                begun.elapsed() < patience,
                "waited {patience:?} in vain until {what}: {missing}"
            ),
        }
        tokio::time::sleep(OFTEN.max(looked.elapsed() * (SHARE - 1))).await;
    }
}
