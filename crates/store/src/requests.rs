//! Requests: somebody wants an answer soon.

use crate::error::StoreError;
use crate::kept::AnswerId;
use crate::slot::{Request, RequestId};
use crate::sql::{Cells, args, int};
use crate::store::Store;
use fleet::{MeterNumber, Moment};

const COLUMNS: &str = "id, meter, item, priority, at, done_at, outcome, answer";

/// Equal requests merge, and the higher priority wins.
const REQUEST: &str = "INSERT INTO request (id, meter, item, priority, at) \
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (meter, item) WHERE done_at IS NULL DO UPDATE SET \
    priority = CASE WHEN excluded.priority > request.priority THEN excluded.priority \
    ELSE request.priority END RETURNING id";

impl Store {
    /// Asks for an item of a meter soon; an open request for the same is joined.
    pub async fn request(
        &self,
        meter: &MeterNumber,
        item: &str,
        priority: u8,
        at: Moment,
    ) -> Result<RequestId, StoreError> {
        let mut session = self.write("make a request").await?;
        let id = session.id("request").await?;
        let args = args![id, meter, item, priority, at];
        let id = session.only(REQUEST, args, int).await?;
        session.commit().await?;
        Ok(RequestId(id))
    }

    /// The requests that are open, the highest priority first, then the oldest.
    pub async fn open_requests(&self) -> Result<Vec<Request>, StoreError> {
        let mut session = self.read("list requests").await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM request WHERE done_at IS NULL ORDER BY priority DESC, id"
        );
        session.rows(sql, args![], request).await
    }

    /// One request, open or done.
    pub async fn request_state(&self, id: RequestId) -> Result<Option<Request>, StoreError> {
        let mut session = self.read("look a request up").await?;
        let sql = format!("SELECT {COLUMNS} FROM request WHERE id = $1");
        session.first(sql, args![id.0], request).await
    }
}

fn request(cells: &mut Cells<'_>) -> Result<Request, sqlx::Error> {
    Ok(Request {
        id: RequestId(cells.int()?),
        meter: cells.meter()?,
        item: cells.text()?,
        priority: cells.small()?,
        at: cells.moment()?,
        done_at: cells.maybe_moment()?,
        outcome: cells.maybe_text()?,
        answer: cells.maybe_int()?.map(AnswerId),
    })
}
