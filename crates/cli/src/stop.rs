//! When to stop: Ctrl-C, or the signal a service manager sends.

use tokio::signal::unix::{SignalKind, signal};

/// Comes back when somebody asks the program to end.
pub(crate) async fn asked() {
    let Ok(mut term) = signal(SignalKind::terminate()) else {
        return drop(tokio::signal::ctrl_c().await);
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
