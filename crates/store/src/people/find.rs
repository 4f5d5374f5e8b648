//! Findings: evidence that somebody recorded at a meter. They are never changed.

use crate::chain::{NewAudit, chain};
use crate::error::StoreError;
use crate::sql::Kind::Text;
use crate::sql::{Arg, Cells, Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::{MeterNumber, Moment};
use std::collections::BTreeSet;

/// A finding's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub i64);

/// A finding to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFinding {
    /// The meter.
    pub meter: MeterNumber,
    /// When it was found.
    pub at: Moment,
    /// Who found it.
    pub who: String,
    /// The kind's word.
    pub kind: String,
    /// What was found.
    pub said: String,
    /// The seal that was there.
    pub seal_before: Option<String>,
    /// The seal that is there now.
    pub seal_after: Option<String>,
    /// The SHA-256 of a photograph that is kept elsewhere, in hexadecimal digits.
    pub photo: Option<String>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its id.
    pub id: FindingId,
    /// What was kept.
    pub found: NewFinding,
}

const METERS: &[(&str, Kind)] = &[("meter", Text)];
/// What is read of a finding `f`.
const COLUMNS: &str =
    "f.id, f.meter, f.at, f.who, f.kind, f.said, f.seal_before, f.seal_after, f.photo";
const ADD: &str = "INSERT INTO finding (id, meter, at, who, kind, said, seal_before, seal_after, \
    photo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

impl Store {
    /// Keeps a finding.
    pub async fn put_finding(
        &self,
        new: &NewFinding,
        audit: &NewAudit,
    ) -> Result<FindingId, StoreError> {
        again(|| async {
            let mut session = self.write("keep a finding").await?;
            let id = session.id("finding").await?;
            let args = args![
                id,
                &new.meter,
                new.at,
                &new.who,
                &new.kind,
                &new.said,
                &new.seal_before,
                &new.seal_after,
                &new.photo,
            ];
            session.run(ADD, args).await?;
            chain(&mut session, std::slice::from_ref(audit)).await?;
            session.commit().await?;
            Ok(FindingId(id))
        })
        .await
    }

    /// What was found at a meter, newest first.
    pub async fn findings(
        &self,
        meter: &MeterNumber,
        limit: usize,
    ) -> Result<Vec<Finding>, StoreError> {
        let mut session = self.read("list findings").await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM finding f WHERE f.meter = $1 ORDER BY f.id DESC LIMIT $2"
        );
        let mut args = args![meter];
        args.push(Arg::limit(limit));
        session.rows(sql, args, finding).await
    }

    /// The newest finding of each kind at each of these meters.
    pub async fn newest_findings(
        &self,
        meters: &[MeterNumber],
    ) -> Result<Vec<Finding>, StoreError> {
        let mut session = self.read("look for findings").await?;
        newest_at(&mut session, meters).await
    }
}

/// The newest finding of each kind at each of these meters.
pub(crate) async fn newest_at(
    session: &mut Session,
    meters: &[MeterNumber],
) -> Result<Vec<Finding>, StoreError> {
    let mut rows = Rows::new(METERS);
    for meter in meters.iter().collect::<BTreeSet<_>>() {
        rows.push(args![meter]);
    }
    let then = format!(
        "SELECT {COLUMNS} FROM rows CROSS JOIN finding f WHERE f.meter = rows.meter \
         AND NOT EXISTS (SELECT 1 FROM finding g WHERE g.meter = f.meter AND g.kind = f.kind \
         AND g.id > f.id) ORDER BY f.id"
    );
    session.bulk_rows(rows, &then, finding).await
}

fn finding(cells: &mut Cells<'_>) -> Result<Finding, sqlx::Error> {
    let id = FindingId(cells.int()?);
    let found = NewFinding {
        meter: cells.meter()?,
        at: cells.moment()?,
        who: cells.text()?,
        kind: cells.text()?,
        said: cells.text()?,
        seal_before: cells.maybe_text()?,
        seal_after: cells.maybe_text()?,
        photo: cells.maybe_text()?,
    };
    Ok(Finding { id, found })
}
