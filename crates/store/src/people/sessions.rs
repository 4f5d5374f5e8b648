//! Sessions: somebody has signed in.

use super::Person;
use super::persons::{COLUMNS, finish, person};
use crate::chain::NewAudit;
use crate::error::StoreError;
use crate::sql::{again, args};
use crate::store::Store;
use fleet::Moment;

/// A session to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// What is kept of its token.
    pub fingerprint: String,
    /// Whose it is.
    pub person: String,
    /// Since when.
    pub at: Moment,
    /// Until when.
    pub until: Moment,
}

impl Store {
    /// Keeps a session, and forgets those that have run out.
    pub async fn open_session(&self, new: &NewSession, audit: &NewAudit) -> Result<(), StoreError> {
        again(|| async {
            let mut session = self.write("open a session").await?;
            let sql = "DELETE FROM session WHERE until <= $1";
            session.run(sql, args![new.at]).await?;
            let sql = "INSERT INTO session (fingerprint, person, at, until) \
                       VALUES ($1, $2, $3, $4)";
            let args = args![&new.fingerprint, &new.person, new.at, new.until];
            let done = session.run(sql, args).await? == 1;
            finish(session, done, audit).await
        })
        .await
        .map(drop)
    }

    /// Whose session this is, where it has not run out. Whether the person is disabled is for the
    /// caller to see.
    pub async fn session(
        &self,
        fingerprint: &str,
        now: Moment,
    ) -> Result<Option<Person>, StoreError> {
        let mut session = self.read("look a session up").await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM session s JOIN person p ON p.name = s.person \
             WHERE s.fingerprint = $1 AND s.until > $2"
        );
        session.first(sql, args![fingerprint, now], person).await
    }

    /// Ends a session; `false` where there was none.
    pub async fn end_session(
        &self,
        fingerprint: &str,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("end a session").await?;
            let sql = "DELETE FROM session WHERE fingerprint = $1";
            let done = session.run(sql, args![fingerprint]).await? == 1;
            finish(session, done, audit).await
        })
        .await
    }
}
