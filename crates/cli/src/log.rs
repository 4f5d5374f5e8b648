//! What the program says of itself while it serves, on standard error.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// The variable that says how much is written: `info`, `debug`, `hes=debug`.
const VARIABLE: &str = "CALINMETER_LOG";

/// Begins to write: lines for people on a terminal, JSON elsewhere.
pub(crate) fn begin() {
    let filter =
        std::env::var(VARIABLE).unwrap_or_else(|_| "warn,calinmeter=info,desk=info".into());
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // a disk that is full may be the one that the log goes to: that must stop nothing
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let begun = if std::io::stderr().is_terminal() {
        builder.try_init()
    } else {
        builder.json().try_init()
    };
    if begun.is_err() {
        eprintln!("calinmeter: the log has begun already");
    }
}
