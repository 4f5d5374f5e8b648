//! Whether an endpoint is left alone for a while: one that is down is not knocked at by every
//! message that waits for it.

use crate::heard::{Answer, Heard};
use crate::wait;
use fleet::Moment;

/// So many failures in a row, and the endpoint is left alone.
const IN_A_ROW: u32 = 5;

/// How an endpoint has behaved lately.
#[derive(Clone, Debug, Default)]
pub(crate) struct Circuit {
    failures: u32,
    openings: u32,
    /// Until when nothing is sent; after that one message at a time, until one is heard.
    rests_until: Option<Moment>,
}

impl Circuit {
    /// How many messages may be under way.
    pub(crate) fn room(&self, now: Moment, most: usize) -> usize {
        match self.rests_until {
            None => most,
            Some(until) if now < until => 0,
            Some(_) => 1,
        }
    }

    /// Until when it is left alone, if it is.
    pub(crate) fn rests_until(&self, now: Moment) -> Option<Moment> {
        self.rests_until.filter(|until| now < *until)
    }

    /// Takes an answer in. A refusal, and a wish to be left alone, weigh as much as failures in a
    /// row: each message would meet the same.
    pub(crate) fn answered(&mut self, answer: &Answer, now: Moment, chance: f64) {
        let weight = match (answer.heard(), answer.wants()) {
            (Heard::Yes, _) => return *self = Self::default(),
            (Heard::NotNow, None) => 1,
            (Heard::NotNow, Some(_)) | (Heard::Refused, _) => IN_A_ROW,
        };
        self.failures = self.failures.saturating_add(weight);
        // those that were under way when it began to rest say nothing new
        if self.failures < IN_A_ROW || self.rests_until(now).is_some() {
            return;
        }
        self.openings = self.openings.saturating_add(1);
        let wait = wait::after(self.openings, wait::RESTING, chance);
        self.rests_until = Some(now.plus(wait.max(answer.wants().unwrap_or(0))));
    }
}

#[cfg(test)]
mod tests {
    use super::Circuit;
    use crate::heard::Answer;
    use fleet::{MINUTE, Moment};

    const DOWN: Answer = Answer::Lost("down");

    fn after(answers: &[Answer]) -> Circuit {
        let mut circuit = Circuit::default();
        for answer in answers {
            circuit.answered(answer, Moment(0), 1.0);
        }
        circuit
    }

    #[test]
    fn five_failures_in_a_row_and_it_is_left_alone_then_tried_with_one() {
        let mut circuit = after(&[DOWN; 4]);
        assert_eq!(circuit.room(Moment(0), 16), 16);
        circuit.answered(&DOWN, Moment(0), 1.0);
        assert_eq!(circuit.room(Moment(4_999), 16), 0);
        assert_eq!(circuit.room(Moment(5_000), 16), 1);
        // what was still under way changes nothing
        circuit.answered(&DOWN, Moment(10), 1.0);
        assert_eq!(circuit.room(Moment(5_000), 16), 1);
        // the one tried fails: twice as long
        circuit.answered(&DOWN, Moment(5_000), 1.0);
        assert_eq!(circuit.room(Moment(14_999), 16), 0);
        assert_eq!(circuit.room(Moment(15_000), 16), 1);
        circuit.answered(&Answer::Status(204, None), Moment(15_000), 1.0);
        assert_eq!(circuit.room(Moment(15_000), 16), 16);
    }

    #[test]
    fn a_success_between_failures_counts_for_all_of_them() {
        let heard = Answer::Status(200, None);
        let circuit = after(&[DOWN, DOWN, DOWN, DOWN, heard, DOWN, DOWN, DOWN, DOWN]);
        assert_eq!(circuit.room(Moment(0), 16), 16);
    }

    #[test]
    fn a_refusal_and_a_wish_are_heard_at_once_and_no_rest_is_longer_than_five_minutes_unasked() {
        assert_eq!(
            after(&[Answer::Status(401, None)]).room(Moment(4_999), 16),
            0
        );
        let busy = after(&[Answer::Status(429, Some(90_000))]);
        assert_eq!(busy.rests_until(Moment(0)), Some(Moment(90_000)));
        let mut circuit = after(&[]);
        let mut now = Moment(0);
        for _ in 0..30 {
            circuit.answered(&Answer::Status(404, None), now, 1.0);
            now = circuit.rests_until(now).expect("it rests");
        }
        circuit.answered(&Answer::Status(404, None), now, 1.0);
        assert_eq!(circuit.rests_until(now), Some(now.plus(5 * MINUTE)));
    }
}
