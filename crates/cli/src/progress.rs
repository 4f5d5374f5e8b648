//! A count of rows on a terminal, and nothing elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A spinner that counts rows whose number is not known before.
pub(crate) fn rows() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {msg} {pos} rows  {per_sec}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A bar for work whose amount is known.
pub(crate) fn of(whole: usize, message: &'static str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len}  {elapsed}");
    ProgressBar::new(whole as u64)
        .with_message(message)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
