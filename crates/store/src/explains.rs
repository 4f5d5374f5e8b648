//! How many open cases others explain, for a page of the worklist at once.

use crate::case::CaseId;
use crate::error::StoreError;
use crate::sql::Kind::Int;
use crate::sql::{Cells, Kind, Rows, args};
use crate::store::Store;
use std::collections::BTreeSet;

const PARENTS: &[(&str, Kind)] = &[("id", Int)];
const EXPLAINS: &str = "SELECT rows.id, count(*) FROM rows CROSS JOIN cases c \
    WHERE c.parent = rows.id AND c.closed_at IS NULL AND c.parent IS NOT NULL GROUP BY rows.id ORDER BY rows.id";

impl Store {
    /// How many open cases each of these explains, by id; those that explain none are left out.
    pub async fn explains(&self, cases: &[CaseId]) -> Result<Vec<(CaseId, u64)>, StoreError> {
        let once: BTreeSet<CaseId> = cases.iter().copied().collect();
        if once.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = Rows::new(PARENTS);
        for id in once {
            rows.push(args![id.0]);
        }
        let row = |cells: &mut Cells<'_>| Ok((CaseId(cells.int()?), cells.count()?));
        let mut session = self.read("count explained cases").await?;
        session.bulk_rows(rows, EXPLAINS, row).await
    }
}
