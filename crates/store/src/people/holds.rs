//! Holds: a meter that is not to be switched.

use crate::chain::{NewAudit, chain};
use crate::error::StoreError;
use crate::sql::Kind::Text;
use crate::sql::{Cells, Kind, Rows, Session, again, args, count};
use crate::store::Store;
use fleet::{MeterNumber, Moment};
use std::collections::BTreeSet;

/// A hold's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoldId(pub i64);

/// A hold to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHold {
    /// The meter.
    pub meter: MeterNumber,
    /// The kind's word: lock-out, medical, non-payment, investigation.
    pub kind: String,
    /// Who holds it.
    pub who: String,
    /// Why.
    pub why: String,
    /// Since when.
    pub at: Moment,
}

/// A hold. A meter may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// What was kept.
    pub hold: NewHold,
    /// Who has agreed to its release so far, in that order.
    pub agreed: Vec<String>,
    /// When it was released.
    pub released_at: Option<Moment>,
}

const METERS: &[(&str, Kind)] = &[("meter", Text)];
/// What is read of a hold `h`; one row for each who agreed, and one where nobody did.
const COLUMNS: &str = "h.id, h.meter, h.kind, h.who, h.why, h.at, h.released_at, r.who";
const AGREED: &str = "LEFT JOIN hold_release r ON r.meter = h.meter AND r.hold = h.id";
const ORDER: &str = "ORDER BY h.id, r.at, r.who";
const ADD: &str = "INSERT INTO hold (id, meter, kind, who, why, at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const AGREE: &str = "INSERT INTO hold_release (meter, hold, who, at) \
    SELECT h.meter, h.id, $3, $4 FROM hold h \
    WHERE h.meter = $1 AND h.id = $2 AND h.released_at IS NULL ON CONFLICT DO NOTHING";

impl Store {
    /// Holds a meter.
    pub async fn put_hold(&self, new: &NewHold, audit: &NewAudit) -> Result<HoldId, StoreError> {
        again(|| async {
            let mut session = self.write("hold a meter").await?;
            // who sends to this meter looks for holds under the same name
            alone(&mut session, &new.meter).await?;
            let id = session.id("hold").await?;
            let args = args![id, &new.meter, &new.kind, &new.who, &new.why, new.at];
            session.run(ADD, args).await?;
            chain(&mut session, std::slice::from_ref(audit)).await?;
            session.commit().await?;
            Ok(HoldId(id))
        })
        .await
    }

    /// Somebody agrees to the release of a hold. It is released as soon as so many different
    /// persons have agreed as are `needed`, which the caller decides. Gives the hold as it stands
    /// then; nothing where it is not held, or not any more. Who agrees twice is one person.
    pub async fn release_hold(
        &self,
        meter: &MeterNumber,
        id: HoldId,
        who: &str,
        needed: u64,
        audit: &NewAudit,
    ) -> Result<Option<Hold>, StoreError> {
        let at = audit.at;
        again(|| async {
            let mut session = self.write("release a hold").await?;
            // two who agree at once would else not see one another
            alone(&mut session, meter).await?;
            let new = session.run(AGREE, args![meter, id.0, who, at]).await?;
            let sql = "SELECT count(*) FROM hold_release WHERE meter = $1 AND hold = $2";
            let agreed = session.only(sql, args![meter, id.0], count).await?;
            if agreed >= needed {
                let sql = "UPDATE hold SET released_at = $3 \
                           WHERE meter = $1 AND id = $2 AND released_at IS NULL";
                session.run(sql, args![meter, id.0, at]).await?;
            }
            let sql = format!(
                "SELECT {COLUMNS} FROM hold h {AGREED} WHERE h.meter = $1 AND h.id = $2 {ORDER}"
            );
            let rows = session.rows(sql, args![meter, id.0], row).await?;
            let hold = gather(rows).pop();
            if new == 0 {
                // nothing was done: it is not held, or this person has agreed before
                return Ok(hold.filter(|hold| hold.released_at.is_none()));
            }
            chain(&mut session, std::slice::from_ref(audit)).await?;
            session.commit().await?;
            Ok(hold)
        })
        .await
    }

    /// The holds on these meters, oldest first.
    pub async fn holds(&self, meters: &[MeterNumber]) -> Result<Vec<Hold>, StoreError> {
        let mut session = self.read("look for holds").await?;
        holds_on(&mut session, meters).await
    }

    /// Every hold there is, oldest first.
    pub async fn all_holds(&self) -> Result<Vec<Hold>, StoreError> {
        let mut session = self.read("list holds").await?;
        let sql =
            format!("SELECT {COLUMNS} FROM hold h {AGREED} WHERE h.released_at IS NULL {ORDER}");
        Ok(gather(session.rows(sql, args![], row).await?))
    }
}

/// Lets nobody else hold or release this meter until the transaction ends.
async fn alone(session: &mut Session, meter: &MeterNumber) -> Result<(), StoreError> {
    session.alone(vec![format!("hold {meter}")]).await
}

/// The holds on these meters, for a transaction that is about to switch them.
pub(crate) async fn holds_on(
    session: &mut Session,
    meters: &[MeterNumber],
) -> Result<Vec<Hold>, StoreError> {
    let mut rows = Rows::new(METERS);
    for meter in meters.iter().collect::<BTreeSet<_>>() {
        rows.push(args![meter]);
    }
    let then = format!(
        "SELECT {COLUMNS} FROM rows CROSS JOIN hold h {AGREED} \
         WHERE h.meter = rows.meter AND h.released_at IS NULL {ORDER}"
    );
    Ok(gather(session.bulk_rows(rows, &then, row).await?))
}

/// Joins the rows of one hold.
fn gather(rows: Vec<(Hold, Option<String>)>) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for (hold, agreed) in rows {
        match holds.last_mut() {
            Some(last) if last.id == hold.id => last.agreed.extend(agreed),
            _ => holds.push(Hold {
                agreed: agreed.into_iter().collect(),
                ..hold
            }),
        }
    }
    holds
}

fn row(cells: &mut Cells<'_>) -> Result<(Hold, Option<String>), sqlx::Error> {
    let id = HoldId(cells.int()?);
    let hold = NewHold {
        meter: cells.meter()?,
        kind: cells.text()?,
        who: cells.text()?,
        why: cells.text()?,
        at: cells.moment()?,
    };
    let hold = Hold {
        id,
        hold,
        agreed: Vec::new(),
        released_at: cells.maybe_moment()?,
    };
    Ok((hold, cells.maybe_text()?))
}
