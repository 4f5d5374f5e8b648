//! Who did what. Only added to.

use crate::error::StoreError;
use crate::sql::{Arg, Cells, args};
use crate::store::Store;
use fleet::Moment;

/// One line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Its place, rising.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What was done.
    pub what: String,
    /// To what: a meter's number, a case, an import.
    pub subject: String,
    /// More about it: a JSON value.
    pub detail: String,
}

impl Store {
    /// Writes down that somebody did something.
    pub async fn audit(
        &self,
        at: Moment,
        who: &str,
        what: &str,
        subject: &str,
        detail_json: &str,
    ) -> Result<(), StoreError> {
        let mut session = self.write("write the audit").await?;
        let id = session.id("audit").await?;
        let sql = "INSERT INTO audit (id, at, who, what, subject, detail) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        session
            .run(sql, args![id, at, who, what, subject, detail_json])
            .await?;
        session.commit().await
    }

    /// The newest lines, newest first.
    pub async fn audit_log(&self, limit: usize) -> Result<Vec<Audited>, StoreError> {
        let mut session = self.read("read the audit").await?;
        let sql = "SELECT id, at, who, what, subject, detail FROM audit ORDER BY id DESC LIMIT $1";
        session.rows(sql, vec![Arg::limit(limit)], audited).await
    }
}

fn audited(cells: &mut Cells<'_>) -> Result<Audited, sqlx::Error> {
    Ok(Audited {
        id: cells.int()?,
        at: cells.moment()?,
        who: cells.text()?,
        what: cells.text()?,
        subject: cells.text()?,
        detail: cells.text()?,
    })
}
