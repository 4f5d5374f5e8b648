//! The scene's own time: it starts where the scene says and runs as fast as it is told.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

const TEN_YEARS: i64 = 3_653 * 86_400_000;

/// A clock in milliseconds since 1970, UTC. At scale 0 it stands still until it is moved.
#[derive(Debug)]
pub(crate) struct Clock {
    began: Instant,
    at_ms: i64,
    scale: f64,
}

impl Clock {
    /// A clock that shows `at_ms` now.
    pub(crate) fn new(at_ms: i64, scale: f64) -> Self {
        Self {
            began: Instant::now(),
            at_ms,
            scale: scale.max(0.0),
        }
    }

    /// Now.
    pub(crate) fn now(&self) -> i64 {
        let passed = self.began.elapsed().as_secs_f64() * 1000.0 * self.scale;
        self.at_ms.saturating_add(whole(passed))
    }

    /// Moves on by so many milliseconds at once, ten years at most.
    pub(crate) fn advance(&mut self, ms: i64) {
        self.at_ms = self.at_ms.saturating_add(ms.clamp(0, TEN_YEARS));
    }

    /// How many times faster than the computer's time it runs.
    pub(crate) fn scale(&self) -> f64 {
        self.scale
    }
}

/// The computer's time, milliseconds since 1970.
pub(crate) fn wall_ms() -> i64 {
    let passed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from f64 saturates, and a scene ends long before it would"
)]
pub(crate) fn whole(x: f64) -> i64 {
    x.round() as i64
}
