//! The time, as fast as it is told to run.

use fleet::Moment;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Tells the time. A demonstration runs at 20 times the speed; everything else at 1.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Instant,
    at: Moment,
    scale: u32,
    /// Milliseconds since it began, where somebody else moves it on.
    hand: Option<&'static AtomicI64>,
}

impl Clock {
    /// A clock that shows the computer's time now and runs `scale` times as fast from there.
    pub fn running(scale: u32) -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            began: Instant::now(),
            at: Moment(i64::try_from(now.as_millis()).unwrap_or(i64::MAX)),
            scale: scale.max(1),
            hand: None,
        }
    }

    /// A clock that shows `at` and goes on only as `hand` does: milliseconds since then. For whoever
    /// lets days pass in an instant.
    pub fn moved_by(hand: &'static AtomicI64, at: Moment) -> Self {
        Self {
            began: Instant::now(),
            at,
            scale: 1,
            hand: Some(hand),
        }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        if let Some(hand) = self.hand {
            return self.at.plus(hand.load(Ordering::Relaxed));
        }
        let passed = self.began.elapsed().as_millis() * u128::from(self.scale);
        self.at.plus(i64::try_from(passed).unwrap_or(i64::MAX))
    }

    /// The computer's time, for what has to last as long however fast this clock runs.
    pub(crate) fn instant(&self) -> Instant {
        let Some(hand) = self.hand else {
            return Instant::now();
        };
        let passed = u64::try_from(hand.load(Ordering::Relaxed)).unwrap_or(0);
        self.began + Duration::from_millis(passed)
    }

    /// How long to wait in the computer's time until this clock shows `moment`.
    pub fn until(&self, moment: Moment) -> Duration {
        let wait = moment.since(self.now()).max(0);
        Duration::from_millis(u64::try_from(wait).unwrap_or(0)) / self.scale
    }

    /// How fast it runs.
    pub fn scale(&self) -> u32 {
        self.scale
    }
}
