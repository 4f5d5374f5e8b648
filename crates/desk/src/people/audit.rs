//! Reading the audit.

use super::{Denied, People, Who};
use people::Verb;
use store::{AuditCursor, AuditFilter, Audited};

impl People {
    /// The audit, newest first. Nobody has to be known while there is nobody.
    pub async fn audit(
        &self,
        by: Option<&Who>,
        filter: &AuditFilter,
        after: Option<&AuditCursor>,
        limit: usize,
    ) -> Result<Vec<Audited>, Denied> {
        match by {
            Some(by) => by.may(Verb::ReadAudit)?,
            None if self.is_anybody().await? => return Err(Denied::Nobody),
            None => {}
        }
        Ok(self.store.audit_log(filter, after, limit).await?)
    }
}
