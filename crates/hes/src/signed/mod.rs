//! Calls that need a login first: station and concentrator.

mod jwt;
mod session;

use crate::envelope::Envelope;
use crate::refusal::{Answered, no, shape};
use crate::transport::{Answer, Call, Line, now};
use asking::RefusalKind;
use serde_json::Value;
use session::{Pass, Session};

/// A head-end that gives a pass for user and password.
pub(crate) struct Signed {
    pub(crate) line: Line,
    session: Session,
    path: &'static str,
    /// Holds the password, so it is printed nowhere.
    credentials: Value,
}

/// Business codes that the vendor's own pages treat as "logged out" (facts 4.2: a leftover of
/// their template, never captured). Such an answer was surely not carried out either.
const LOGGED_OUT: &[i64] = &[50_008, 50_012, 50_014];

/// The code that a server gives for its own trouble, also at the login: "Query failed, please
/// try again".
const TROUBLE: i64 = 99;

impl Signed {
    pub(crate) fn new(line: Line, path: &'static str, credentials: Value) -> Self {
        Self {
            line,
            session: Session::default(),
            path,
            credentials,
        }
    }

    /// Logs in anew, also where a pass is at hand.
    pub(crate) async fn log_in(&self) -> Answered<()> {
        let old = self.session.number().await;
        let pass = self.session.pass(now(), old, || self.new_pass()).await;
        pass.map(|_| ())
    }

    /// A call whose answer stands in an envelope.
    pub(crate) async fn ask(&self, call: Call) -> Answered<Envelope> {
        self.sent(call).await?.envelope()
    }

    /// A call whose answer is kept as it came.
    pub(crate) async fn answer(&self, call: Call) -> Answered<String> {
        self.sent(call).await?.into_json()
    }

    /// A call, with a login before it where one is needed, and once again after a new login where
    /// the pass was refused.
    async fn sent(&self, call: Call) -> Answered<Answer> {
        let pass = self.session.pass(now(), None, || self.new_pass()).await?;
        let answer = self.line.send(&call, Some(&pass.token)).await?;
        if !logged_out(&answer) {
            return Ok(answer);
        }
        let pass = self
            .session
            .pass(now(), Some(pass.number), || self.new_pass())
            .await?;
        let answer = self.line.send(&call, Some(&pass.token)).await?;
        if logged_out(&answer) {
            return Err(no(RefusalKind::LoggedOut, answer.status.to_string()));
        }
        Ok(answer)
    }

    async fn new_pass(&self) -> Answered<Pass> {
        let call = Call {
            login: true,
            ..Call::post(self.path, self.credentials.clone())
        };
        let asked = now();
        let answer = self.line.send(&call, None).await?;
        let envelope = answer.envelope()?;
        if envelope.code == TROUBLE {
            return Err(no(RefusalKind::ServerFailed, envelope.words()));
        }
        let result = envelope.result().unwrap_or_default();
        let token = result
            .get("token")
            .and_then(Value::as_str)
            .unwrap_or_default();
        match (token.is_empty(), envelope.code) {
            (false, _) => {}
            (true, 0) => return Err(shape("the login succeeded and gave no token")),
            (true, _) => return Err(no(RefusalKind::LoginRefused, envelope.words())),
        }
        self.line.redactor.learn_pass(token);
        Ok(Pass::new(token, jwt::renew_at(token, asked)))
    }
}

fn logged_out(answer: &Answer) -> bool {
    let tells = |answer: &Answer| {
        let envelope = Envelope::read(&answer.text).ok();
        envelope.is_some_and(|envelope| LOGGED_OUT.contains(&envelope.code))
    };
    // a short answer only: no list is parsed twice for this
    answer.status == 401 || (answer.status == 200 && answer.text.len() < 512 && tells(answer))
}
