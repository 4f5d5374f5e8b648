//! Whether this process may ask: it has the lease, and knows what is under way.

use std::time::{Duration, Instant};

/// The lease that asks this head-end: whoever holds it sends.
pub fn lease_name(head_end: &str) -> String {
    format!("poller/{head_end}")
}

/// Where a poller stands with the lease of its head-end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Somebody else has it, or nobody knows.
    Follows,
    /// It is ours; what is under way is still to be read.
    TakesUp,
    /// It is ours, and what is under way is known.
    Leads,
}

/// The lease, by the computer's time: however fast the desk's clock runs, and whatever was slept
/// through, nobody asks beyond its end.
#[derive(Debug)]
pub(super) struct Lease {
    ttl: Duration,
    stand: Stand,
    until: Option<Instant>,
    asked: Option<Instant>,
    asking: bool,
    /// The last try to renew it failed.
    pub(super) failing: bool,
}

impl Lease {
    pub(super) fn new(ttl: i64) -> Self {
        Self {
            ttl: Duration::from_millis(u64::try_from(ttl).unwrap_or(0)),
            stand: Stand::Follows,
            until: None,
            asked: None,
            asking: false,
            failing: false,
        }
    }

    pub(super) fn stand(&self) -> Stand {
        self.stand
    }

    /// Whether the head-end may be asked at this instant.
    pub(super) fn allows(&self, now: Instant) -> bool {
        self.stand == Stand::Leads && self.until.is_some_and(|until| now < until)
    }

    /// Whether it is to be asked for now; it counts as asked for from then on.
    pub(super) fn is_due(&mut self, now: Instant) -> bool {
        let due = |asked: Instant| now.duration_since(asked) >= self.ttl / 4;
        if self.asking || !self.asked.is_none_or(due) {
            return false;
        }
        self.asking = true;
        self.asked = Some(now);
        true
    }

    /// The store has answered whether it is ours; nothing where it could not.
    pub(super) fn answered(&mut self, ours: Option<bool>) {
        self.asking = false;
        self.failing = ours.is_none();
        match ours {
            Some(true) => {
                self.until = self.asked.map(|asked| asked + self.ttl);
                if self.stand == Stand::Follows {
                    self.stand = Stand::TakesUp;
                }
            }
            Some(false) => self.until = None,
            None => {}
        }
    }

    /// What is under way is known.
    pub(super) fn taken_up(&mut self) {
        if self.stand == Stand::TakesUp {
            self.stand = Stand::Leads;
        }
    }

    /// Whether it has just ended, or was taken by somebody else.
    pub(super) fn has_ended(&mut self, now: Instant) -> bool {
        let over = self.until.is_none_or(|until| until <= now);
        let ended = over && self.stand != Stand::Follows;
        if ended {
            self.stand = Stand::Follows;
            self.until = None;
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::{Lease, Stand};
    use std::time::{Duration, Instant};

    #[test]
    fn a_lease_that_was_slept_through_is_lost_before_anything_is_asked() {
        let (mut lease, start) = (Lease::new(10_000), Instant::now());
        assert!(lease.is_due(start) && !lease.is_due(start), "asked once");
        lease.answered(Some(true));
        assert_eq!(lease.stand(), Stand::TakesUp);
        lease.taken_up();
        let after = |seconds| start + Duration::from_secs(seconds);
        assert!(lease.allows(after(9)) && !lease.allows(after(10)));
        assert!(!lease.has_ended(after(9)) && lease.is_due(after(9)));
        lease.answered(None);
        assert_eq!(lease.stand(), Stand::Leads, "a failed renewal ends nothing");
        assert!(lease.has_ended(after(10)), "counted from the last success");
        assert_eq!(lease.stand(), Stand::Follows);
    }

    #[test]
    fn a_lease_that_somebody_else_has_taken_ends_at_once() {
        let (mut lease, start) = (Lease::new(10_000), Instant::now());
        lease.is_due(start);
        lease.answered(Some(true));
        lease.taken_up();
        lease.is_due(start + Duration::from_secs(3));
        lease.answered(Some(false));
        assert!(lease.has_ended(start + Duration::from_secs(3)));
    }
}
