//! Work for the store, one batch at a time: what comes meanwhile makes the next batch.

use fleet::{Moment, SECOND};

/// A queue of one kind of work.
#[derive(Debug)]
pub(super) struct Lane<T> {
    waiting: Vec<T>,
    busy: bool,
    tries: u32,
    not_before: Moment,
    /// How much of a batch that failed is tried at once: one piece may be what fails.
    most: usize,
}

/// The longest wait before a failed batch is tried again.
const PATIENCE: i64 = 30 * SECOND;

impl<T> Default for Lane<T> {
    fn default() -> Self {
        Self {
            waiting: Vec::new(),
            busy: false,
            tries: 0,
            not_before: Moment(i64::MIN),
            most: usize::MAX,
        }
    }
}

impl<T> Lane<T> {
    pub(super) fn push(&mut self, work: T) {
        self.waiting.push(work);
    }

    /// Changes the work that was pushed last, while it waits.
    pub(super) fn amend(&mut self, change: impl FnOnce(&mut T)) {
        if let Some(last) = self.waiting.last_mut() {
            change(last);
        }
    }

    pub(super) fn extend(&mut self, work: impl IntoIterator<Item = T>) {
        self.waiting.extend(work);
    }

    /// The next batch, if the lane is free and has any. It is busy until [`Self::done`] or
    /// [`Self::failed`].
    pub(super) fn next(&mut self, now: Moment, most: usize) -> Option<Vec<T>> {
        if self.busy || self.waiting.is_empty() || now < self.not_before {
            return None;
        }
        self.busy = true;
        let many = self.waiting.len().min(most).min(self.most);
        Some(self.waiting.drain(..many).collect())
    }

    /// The batch is done.
    pub(super) fn done(&mut self) {
        self.busy = false;
        self.tries = 0;
        self.most = self.most.saturating_mul(2);
    }

    /// What comes now waits a little for company, so that many pieces share one durable step.
    pub(super) fn rest(&mut self, until: Moment) {
        self.not_before = self.not_before.max(until);
    }

    /// The batch failed: its first half is tried again before anything newer, after a wait that
    /// doubles.
    pub(super) fn failed(&mut self, batch: Vec<T>, now: Moment) {
        self.busy = false;
        self.most = (batch.len() / 2).max(1);
        let newer = std::mem::replace(&mut self.waiting, batch);
        self.waiting.extend(newer);
        let wait = SECOND.saturating_mul(1 << self.tries.min(5)).min(PATIENCE);
        self.tries = self.tries.saturating_add(1);
        self.not_before = now.plus(wait);
    }

    /// Gives up what waits; a batch under way goes on.
    pub(super) fn clear(&mut self) -> Vec<T> {
        self.tries = 0;
        std::mem::take(&mut self.waiting)
    }

    /// How often in a row its batches have failed.
    pub(super) fn tries(&self) -> u32 {
        self.tries
    }

    /// How much waits.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a batch is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.busy
    }

    /// Whether nothing waits and nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        !self.busy && self.waiting.is_empty()
    }

    /// When a failed batch is to be tried again.
    pub(super) fn wake(&self) -> Option<Moment> {
        (!self.busy && !self.waiting.is_empty()).then_some(self.not_before)
    }
}

#[cfg(test)]
mod tests {
    use super::Lane;
    use fleet::{Moment, SECOND};

    #[test]
    fn what_failed_is_tried_again_before_what_came_later() {
        let mut lane = Lane::default();
        lane.extend([1, 2]);
        let batch = lane.next(Moment(0), 10).unwrap();
        lane.push(3);
        assert_eq!(lane.next(Moment(0), 10), None, "one batch at a time");
        lane.failed(batch, Moment(0));
        assert_eq!(lane.next(Moment(0), 10), None, "after a wait");
        let mut order = Vec::new();
        while let Some(batch) = lane.next(Moment(SECOND), 10) {
            order.extend(batch);
            lane.done();
        }
        assert_eq!(order, [1, 2, 3]);
        assert!(lane.is_idle());
    }

    #[test]
    fn the_one_piece_that_fails_is_found_and_the_others_pass() {
        let (mut lane, mut now) = (Lane::default(), Moment(0));
        lane.extend(0..256);
        let mut passed = 0;
        while let Some(batch) = lane.next(now, 256) {
            if !batch.contains(&200) {
                passed += batch.len();
                lane.done();
                continue;
            }
            if batch == [200] {
                break;
            }
            lane.failed(batch, now);
            now = now.plus(fleet::MINUTE);
        }
        assert!(passed >= 200 && lane.len() == 55, "{passed} {}", lane.len());
    }
}
