//! The token ledger, for those who may look into it.

use super::{Commands, Denied};
use crate::people::Who;
use fleet::MeterNumber;
use people::Verb;
use store::LedgerRow;

impl Commands {
    /// The token ledger, newest first, every token masked; of one meter where it is named. For those
    /// who command or read the audit. Nobody has to be known while there is nobody.
    pub async fn ledger(
        &self,
        by: Option<&Who>,
        meter: Option<&MeterNumber>,
        limit: usize,
    ) -> Result<Vec<LedgerRow>, Denied> {
        match by {
            Some(by) => by.may(Verb::ReadAudit).or_else(|_| by.may(Verb::Command))?,
            None if self.store().has_people().await? => return Err(Denied::Nobody),
            None => {}
        }
        Ok(self.store().token_ledger(meter, limit).await?)
    }
}
