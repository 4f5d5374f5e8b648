//! A bar on a terminal, and nothing elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// How far the input was read.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn new(size: Option<u64>, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self {
                bar: ProgressBar::hidden(),
            };
        }
        let bar = match size {
            Some(size) => ProgressBar::new(size),
            None => ProgressBar::new_spinner(),
        };
        let known = "{bar:32} {bytes}/{total_bytes}  {binary_bytes_per_sec}  {eta} left";
        let unknown = "{spinner} {bytes}  {binary_bytes_per_sec}";
        let style = ProgressStyle::with_template(if size.is_some() { known } else { unknown });
        Self {
            bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())),
        }
    }

    pub(super) fn at(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
