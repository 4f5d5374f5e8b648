//! The stop button: whether acts may leave us.

use super::persons::finish;
use crate::chain::NewAudit;
use crate::error::StoreError;
use crate::sql::{Cells, Session, again, args};
use crate::store::Store;
use fleet::Moment;

/// All acts are stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// By whom.
    pub who: String,
    /// Since when.
    pub at: Moment,
    /// Why.
    pub why: String,
}

const SET: &str = "INSERT INTO stop (id, stopped, who, at, why) VALUES (1, 1, $1, $2, $3) \
    ON CONFLICT (id) DO UPDATE SET stopped = 1, who = excluded.who, at = excluded.at, \
    why = excluded.why WHERE stop.stopped = 0";
const LIFT: &str = "UPDATE stop SET stopped = 0, who = $1, at = $2 WHERE stopped = 1";

impl Store {
    /// Stops all acts; `false` where they are stopped already: the first stop stands.
    pub async fn set_stop(&self, stop: &Stop, audit: &NewAudit) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("stop all acts").await?;
            let args = args![&stop.who, stop.at, &stop.why];
            let done = session.run(SET, args).await? == 1;
            finish(session, done, audit).await
        })
        .await
    }

    /// Lets acts go on; `false` where they were not stopped.
    pub async fn lift_stop(&self, audit: &NewAudit) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("lift the stop").await?;
            let done = session.run(LIFT, args![&audit.who, audit.at]).await? == 1;
            finish(session, done, audit).await
        })
        .await
    }

    /// Whether all acts are stopped.
    pub async fn stop(&self) -> Result<Option<Stop>, StoreError> {
        let mut session = self.read("look whether acts are stopped").await?;
        stopped(&mut session).await
    }
}

/// Whether all acts are stopped, for a transaction that is about to send.
pub(crate) async fn stopped(session: &mut Session) -> Result<Option<Stop>, StoreError> {
    let sql = "SELECT who, at, why FROM stop WHERE stopped = 1";
    session.first(sql, args![], stop).await
}

fn stop(cells: &mut Cells<'_>) -> Result<Stop, sqlx::Error> {
    Ok(Stop {
        who: cells.text()?,
        at: cells.moment()?,
        why: cells.text()?,
    })
}
