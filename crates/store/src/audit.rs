//! Reading the audit, and its anchors.

use crate::error::StoreError;
use crate::sql::{Arg, Cells, args, text};
use crate::store::Store;
use fleet::Moment;
use ledger::{Digest, Entry, Row};

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// The site it belongs to; empty where it belongs to none.
    pub site: String,
    /// Its place in the chain of the site, from 1.
    pub n: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// How it was known who it was; empty where it was written before that was kept.
    pub via: String,
    /// What was done.
    pub what: String,
    /// To what: a meter's number, a case, an import.
    pub subject: String,
    /// More about it: a JSON value.
    pub detail: String,
    /// The hash that binds it to the line before, as it stands in the store.
    pub hash: String,
}

impl Audited {
    /// The line as the ledger checks it.
    pub fn row(&self) -> Row<'_> {
        let entry = Entry {
            site: &self.site,
            n: self.n,
            at: self.at,
            who: &self.who,
            via: &self.via,
            what: &self.what,
            subject: &self.subject,
            detail: &self.detail,
        };
        Row {
            entry,
            hash: Digest::parse(&self.hash),
        }
    }

    /// Where the next page begins: after this line.
    pub fn cursor(&self) -> AuditCursor {
        AuditCursor {
            at: self.at,
            site: self.site.clone(),
            n: self.n,
        }
    }
}

/// Which lines of the audit. Everything `None` is every line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of this site; the empty text for what belongs to none.
    pub site: Option<String>,
    /// By this person.
    pub who: Option<String>,
    /// Where this was done.
    pub what: Option<String>,
    /// To this.
    pub subject: Option<String>,
}

/// Where a page of the audit begins: after this line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCursor {
    /// When it was.
    pub at: Moment,
    /// Its site.
    pub site: String,
    /// Its place.
    pub n: i64,
}

const COLUMNS: &str = "site, n, at, who, via, what, subject, detail, hash";

impl Store {
    /// The audit, newest first.
    pub async fn audit_log(
        &self,
        filter: &AuditFilter,
        after: Option<&AuditCursor>,
        limit: usize,
    ) -> Result<Vec<Audited>, StoreError> {
        let mut session = self.read("read the audit").await?;
        let mut sql = format!("SELECT {COLUMNS} FROM chain WHERE true");
        let mut args: Vec<Arg> = Vec::new();
        let wanted = [
            ("site", &filter.site),
            ("who", &filter.who),
            ("what", &filter.what),
            ("subject", &filter.subject),
        ];
        for (column, value) in wanted {
            if let Some(value) = value {
                args.push(value.into());
                sql += &format!(" AND {column} = ${}", args.len());
            }
        }
        if let Some(AuditCursor { at, site, n }) = after {
            args.extend(args![*at, site, *n]);
            let last = args.len();
            sql += &format!(
                " AND (at, site, n) < (${}, ${}, ${last})",
                last - 2,
                last - 1
            );
        }
        args.push(Arg::limit(limit));
        sql += &format!(" ORDER BY at DESC, site DESC, n DESC LIMIT ${}", args.len());
        session.rows(sql, args, audited).await
    }

    /// The lines of one chain behind the place `after`, in their order.
    pub async fn chain_rows(
        &self,
        site: &str,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Audited>, StoreError> {
        let mut session = self.read("read the audit").await?;
        let sql =
            format!("SELECT {COLUMNS} FROM chain WHERE site = $1 AND n > $2 ORDER BY n LIMIT $3");
        let mut args = args![site, after];
        args.push(Arg::limit(limit));
        session.rows(sql, args, audited).await
    }

    /// Keeps an anchor; `false` where its place is taken: somebody else was quicker.
    pub async fn put_anchor(&self, n: i64, at: Moment, line: &str) -> Result<bool, StoreError> {
        let mut session = self.write("keep an anchor").await?;
        let sql = "INSERT INTO anchor (n, at, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let kept = session.run(sql, args![n, at, line]).await?;
        session.commit().await?;
        Ok(kept == 1)
    }

    /// The anchors behind the place `after`, in their order.
    pub async fn anchors(&self, after: i64, limit: usize) -> Result<Vec<String>, StoreError> {
        let mut session = self.read("read the anchors").await?;
        let sql = "SELECT line FROM anchor WHERE n > $1 ORDER BY n LIMIT $2";
        let mut args = args![after];
        args.push(Arg::limit(limit));
        session.rows(sql, args, text).await
    }

    /// The newest anchor.
    pub async fn last_anchor(&self) -> Result<Option<String>, StoreError> {
        let mut session = self.read("read the newest anchor").await?;
        let sql = "SELECT line FROM anchor ORDER BY n DESC LIMIT 1";
        session.first(sql, args![], text).await
    }
}

fn audited(cells: &mut Cells<'_>) -> Result<Audited, sqlx::Error> {
    Ok(Audited {
        site: cells.text()?,
        n: cells.int()?,
        at: cells.moment()?,
        who: cells.text()?,
        via: cells.text()?,
        what: cells.text()?,
        subject: cells.text()?,
        detail: cells.text()?,
        hash: cells.text()?,
    })
}
