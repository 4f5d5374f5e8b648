//! The newest task of each head-end that numbers its tasks: a lost one has a higher number.

use crate::error::StoreError;
use crate::slot::SlotChange;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Cells, Kind, Rows, Session, args};
use crate::store::Store;

const NUMBERED: &[(&str, Kind)] = &[("id", Int), ("number", Int)];
const NAMES: &[(&str, Kind)] = &[("head_end", Text)];

/// A head-end whose numbers are not above those known before counts from the start again.
const ANEW: &str = "DELETE FROM newest_task WHERE head_end IN (SELECT s.head_end FROM rows \
    CROSS JOIN slot s WHERE s.id = rows.id AND rows.number <= s.mark)";
const LEARN: &str = "INSERT INTO newest_task (head_end, number) \
    SELECT s.head_end, max(rows.number) FROM rows CROSS JOIN slot s WHERE s.id = rows.id \
    GROUP BY s.head_end ON CONFLICT (head_end) DO UPDATE SET number = excluded.number \
    WHERE excluded.number > newest_task.number";
const FORGET: &str = "DELETE FROM newest_task WHERE head_end IN (SELECT rows.head_end FROM rows)";

impl Store {
    /// The newest task number known of a head-end.
    pub async fn newest_task(&self, head_end: &str) -> Result<Option<u64>, StoreError> {
        let mut session = self.read("read the newest task").await?;
        let sql = "SELECT number FROM newest_task WHERE head_end = $1";
        let number = |cells: &mut Cells<'_>| cells.small();
        session.first(sql, args![head_end], number).await
    }
}

/// What these changes of slots tell, before any of them is freed.
pub(crate) async fn learn(session: &mut Session, changes: &[SlotChange]) -> Result<(), StoreError> {
    let forgets = |change: &SlotChange| matches!(change, SlotChange::Forget(_));
    for part in changes.split_inclusive(forgets) {
        let mut told = Rows::new(NUMBERED);
        let mut forgotten = Rows::new(NAMES);
        for change in part {
            match change {
                SlotChange::Sent(id, task, _) => {
                    if let Ok(number) = task.parse::<i64>() {
                        told.push(args![id.0, number]);
                    }
                }
                SlotChange::Forget(head_end) => forgotten.push(args![head_end]),
                SlotChange::Lost(_) | SlotChange::Free(_) => {}
            }
        }
        if !told.is_empty() {
            session.bulk(told.clone(), ANEW).await?;
            session.bulk(told, LEARN).await?;
        }
        if !forgotten.is_empty() {
            session.bulk(forgotten, FORGET).await?;
        }
    }
    Ok(())
}

/// A task number as it is stored; nothing where it is beyond what a database counts.
pub(crate) fn stored(number: u64) -> Option<i64> {
    i64::try_from(number).ok()
}
