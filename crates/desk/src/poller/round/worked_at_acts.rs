//! What follows when the store has done a batch about commands, or could not.

use super::super::chores::CLAIM;
use super::super::hand::Leaving;
use super::super::work::{ActsWorked, Done};
use super::Round;
use fleet::Moment;
use store::Left;

impl Round {
    /// Work for the store about commands has ended.
    pub(super) fn worked_at_acts(&mut self, worked: ActsWorked, now: Moment) {
        match worked {
            ActsWorked::Departed(batch, done) => {
                if done.is_err() {
                    self.recount_wanted();
                }
                self.departed_or_not(batch, done, now);
            }
            ActsWorked::Stepped(batch, done) => {
                if let Some((batch, taken)) = self.whole(|r| &mut r.hand.steps, batch, done, now) {
                    self.stepped(batch, taken, now);
                }
            }
            ActsWorked::Checked(batch, done) => {
                if let Some((_, checkups)) = self.whole(|r| &mut r.hand.checks, batch, done, now) {
                    for checkup in checkups {
                        self.checked(checkup, now);
                    }
                }
            }
            ActsWorked::Proved(batch, done) => {
                if let Some((_, found)) = self.whole(|r| &mut r.hand.proofs, batch, done, now) {
                    for found in found {
                        self.proved(&found, now);
                    }
                }
            }
            ActsWorked::Tokens(batch, done) => {
                if let Some((_, tokens)) = self.whole(|r| &mut r.hand.tokens, batch, done, now) {
                    for (id, token) in tokens {
                        self.token(&id, token, now);
                    }
                }
            }
            ActsWorked::Minted(batch, done) => {
                if let Some((_, tokens)) = self.whole(|r| &mut r.hand.minted, batch, done, now) {
                    for (id, token) in tokens {
                        self.token(&id, token, now);
                    }
                }
            }
            ActsWorked::Claimed(done) => match self.unless_troubled(done) {
                Some(commands) => {
                    self.chores.commands_claimed(commands.len() >= CLAIM);
                    self.claimed(commands, now);
                }
                None => self.chores.commands_claimed(false),
            },
            ActsWorked::Reread(done) => self.reread(done, now),
        }
    }

    /// Acts were written down as sent. A batch that failed is planned anew: whether it was written
    /// down all the same, the store says when it is read again.
    fn departed_or_not(&mut self, batch: Vec<Leaving>, done: Done<Vec<Left>>, now: Moment) {
        match done {
            Ok(left) => {
                self.hand.departs.done();
                self.departed(batch, left, now);
            }
            Err(trouble) => {
                let sends = batch.into_iter().map(|one| one.send).collect();
                self.hand.departs.failed(sends, now);
                self.trouble(&trouble);
            }
        }
    }
}
