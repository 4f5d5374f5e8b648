//! The time, as fast as it is told to run.

use fleet::Moment;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Tells the time. A demonstration runs at 20 times the speed; everything else at 1.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Instant,
    at: Moment,
    scale: u32,
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
        }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        let passed = self.began.elapsed().as_millis() * u128::from(self.scale);
        self.at.plus(i64::try_from(passed).unwrap_or(i64::MAX))
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
