//! Leases: one holder of each thing at a time, also across nodes.

use crate::error::StoreError;
use crate::sql::{args, count};
use crate::store::Store;
use fleet::Moment;

/// Taken where it is free or has run out, renewed by its holder. The fence rises with every new
/// holding, so that one who slept through the end of his lease can be told from the next.
const LEASE: &str = "INSERT INTO lease (name, holder, until, fence) VALUES ($1, $2, $3, 1) \
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, \
    fence = CASE WHEN lease.holder = excluded.holder AND lease.until > $4 \
    THEN lease.fence ELSE lease.fence + 1 END \
    WHERE lease.holder = excluded.holder OR lease.until <= $4 RETURNING fence";

impl Store {
    /// Takes or renews a lease for `ttl_ms` milliseconds from `now`; its fence, or nothing where
    /// somebody else holds it.
    pub async fn lease(
        &self,
        name: &str,
        holder: &str,
        now: Moment,
        ttl_ms: i64,
    ) -> Result<Option<u64>, StoreError> {
        let mut session = self.write("take a lease").await?;
        let args = args![name, holder, now.plus(ttl_ms), now];
        let fence = session.first(LEASE, args, count).await?;
        session.commit().await?;
        Ok(fence)
    }

    /// Whether anybody holds this lease now.
    pub async fn is_leased(&self, name: &str, now: Moment) -> Result<bool, StoreError> {
        let mut session = self.read("look at a lease").await?;
        let sql = "SELECT fence FROM lease WHERE name = $1 AND until > $2";
        let held = session.first(sql, args![name, now], count).await?;
        Ok(held.is_some())
    }

    /// Gives a lease back, if this holder has it.
    pub async fn release(&self, name: &str, holder: &str) -> Result<(), StoreError> {
        let mut session = self.write("give a lease back").await?;
        let sql = "UPDATE lease SET until = 0 WHERE name = $1 AND holder = $2";
        session.run(sql, args![name, holder]).await?;
        session.commit().await
    }
}
