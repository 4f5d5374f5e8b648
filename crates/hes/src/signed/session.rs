//! One login for all: whoever needs a new pass first fetches it, the others wait for it.

use crate::refusal::Answered;
use asking::Refusal;
use fleet::Moment;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

/// What a login gives.
#[derive(Clone)]
pub(super) struct Pass {
    pub(super) token: String,
    renew_at: Option<Moment>,
    /// Counts the logins, so that one that was refused is told from the one that came after it.
    pub(super) number: u64,
}

impl Pass {
    pub(super) fn new(token: &str, renew_at: Option<Moment>) -> Self {
        Self {
            token: token.to_owned(),
            renew_at,
            number: 0,
        }
    }

    fn holds(&self, now: Moment, refused: Option<u64>) -> bool {
        Some(self.number) != refused && self.renew_at.is_none_or(|renew| now < renew)
    }
}

/// The login of now, if there is one.
#[derive(Default)]
pub(super) struct Session {
    tried: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    pass: Option<Pass>,
    refusal: Option<Refusal>,
}

impl Session {
    /// The number of the pass of now.
    pub(super) async fn number(&self) -> Option<u64> {
        self.state
            .lock()
            .await
            .pass
            .as_ref()
            .map(|pass| pass.number)
    }

    /// A pass that holds and is not the refused one. Logs in where there is none; callers that
    /// waited meanwhile share the outcome, a refusal too, so that a wrong password is tried once
    /// and not once for each of them.
    pub(super) async fn pass<F>(
        &self,
        now: Moment,
        refused: Option<u64>,
        log_in: impl FnOnce() -> F + Send,
    ) -> Answered<Pass>
    where
        F: Future<Output = Answered<Pass>> + Send,
    {
        let seen = self.tried.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(pass) = state.pass.as_ref().filter(|pass| pass.holds(now, refused)) {
            return Ok(pass.clone());
        }
        let tried = self.tried.load(Ordering::Acquire);
        if let Some(refusal) = state.refusal.as_ref().filter(|_| tried != seen) {
            return Err(refusal.clone());
        }
        state.pass = None;
        let outcome = log_in().await;
        let number = self.tried.fetch_add(1, Ordering::AcqRel) + 1;
        state.refusal = outcome.as_ref().err().cloned();
        let pass = Pass { number, ..outcome? };
        state.pass = Some(pass.clone());
        Ok(pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::no;
    use asking::RefusalKind;
    use std::sync::atomic::AtomicU32;

    async fn fresh(logins: &AtomicU32, renew: i64) -> Answered<Pass> {
        logins.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        Ok(Pass::new("pass", Some(Moment(renew))))
    }

    #[tokio::test]
    async fn a_pass_is_kept_until_it_is_to_be_renewed() {
        let (session, logins) = (Session::default(), AtomicU32::new(0));
        for (now, expected) in [(0, 1), (99, 1), (100, 2), (150, 2), (200, 3)] {
            let pass = session
                .pass(Moment(now), None, || fresh(&logins, now + 100))
                .await;
            assert!(pass.is_ok());
            assert_eq!(logins.load(Ordering::Relaxed), expected, "at {now}");
        }
    }

    #[tokio::test]
    async fn callers_that_waited_share_a_refused_login() {
        let (session, logins) = (Session::default(), AtomicU32::new(0));
        let refused = || async {
            logins.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Err(no(RefusalKind::LoginRefused, ""))
        };
        let (one, two, three) = tokio::join!(
            session.pass(Moment(0), None, refused),
            session.pass(Moment(0), None, refused),
            session.pass(Moment(0), None, refused),
        );
        assert!(one.is_err() && two.is_err() && three.is_err());
        assert_eq!(logins.load(Ordering::Relaxed), 1);
        assert!(session.pass(Moment(0), None, refused).await.is_err());
        assert_eq!(
            logins.load(Ordering::Relaxed),
            2,
            "a later caller tries anew"
        );
    }

    #[tokio::test]
    async fn a_login_that_is_given_up_is_begun_anew_by_the_next() {
        let (session, logins) = (Session::default(), AtomicU32::new(0));
        let never = || std::future::pending::<Answered<Pass>>();
        tokio::select! {
            biased;
            _ = session.pass(Moment(0), None, never) => unreachable!("it hangs"),
            () = tokio::task::yield_now() => {}
        }
        assert!(
            session
                .pass(Moment(0), None, || fresh(&logins, 9))
                .await
                .is_ok()
        );
    }
}
