//! What else is known around a command: how many homes a site has, who opened a relay last.

use crate::error::StoreError;
use crate::sql::Kind::Text;
use crate::sql::{Cells, Kind, Rows, args};
use crate::store::Store;
use fleet::MeterNumber;
use std::collections::{BTreeMap, BTreeSet};

const SITE: &[(&str, Kind)] = &[("site", Text)];
const METER: &[(&str, Kind)] = &[("meter", Text)];
const HOMES: &str = "SELECT rows.site, count(*) FROM rows CROSS JOIN meter m \
    WHERE m.site = rows.site GROUP BY rows.site";
/// The newest act of ours that moved the relay, or may have.
const LAST: &str = "SELECT c.meter, c.kind FROM rows CROSS JOIN command c \
    WHERE c.meter = rows.meter AND c.id = (SELECT MAX(d.id) FROM command d \
    WHERE d.meter = rows.meter AND d.kind IN ('reconnect', 'disconnect') \
    AND d.state IN ('executed', 'verified'))";

/// The newest act of ours that may have moved the relay since it was sent.
const NEWEST: &str = "SELECT c.meter, MAX(c.id) FROM rows CROSS JOIN command c \
    WHERE c.meter = rows.meter AND c.relay = 1 \
    AND (c.state IN ('sending', 'accepted', 'unknown', 'executed', 'verified') \
    OR c.state = 'failed' AND c.sent_at IS NOT NULL) GROUP BY c.meter";

impl Store {
    /// The number of the newest act of ours that may have moved the relay of each of these meters;
    /// one that counts as failed may have done so too.
    pub async fn newest_relay_acts(
        &self,
        meters: &[MeterNumber],
    ) -> Result<BTreeMap<MeterNumber, i64>, StoreError> {
        let mut rows = Rows::new(METER);
        for meter in meters.iter().collect::<BTreeSet<_>>() {
            rows.push(args![meter]);
        }
        let read = |cells: &mut Cells<'_>| Ok((cells.meter()?, cells.int()?));
        let mut session = self.read("look for the newest act").await?;
        let acts = session.bulk_rows(rows, NEWEST, read).await?;
        Ok(acts.into_iter().collect())
    }

    /// How many meters each of these sites has; a site without any is left out.
    pub async fn homes(
        &self,
        sites: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, u32>, StoreError> {
        let mut rows = Rows::new(SITE);
        for site in sites {
            rows.push(args![site]);
        }
        let read = |cells: &mut Cells<'_>| Ok((cells.text()?, cells.small()?));
        let mut session = self.read("count homes").await?;
        let homes = session.bulk_rows(rows, HOMES, read).await?;
        Ok(homes.into_iter().collect())
    }

    /// The kind of the newest act of ours that moved the relay of each of these meters.
    pub async fn last_relay_acts(
        &self,
        meters: &[MeterNumber],
    ) -> Result<BTreeMap<MeterNumber, String>, StoreError> {
        let mut rows = Rows::new(METER);
        for meter in meters.iter().collect::<BTreeSet<_>>() {
            rows.push(args![meter]);
        }
        let read = |cells: &mut Cells<'_>| Ok((cells.meter()?, cells.text()?));
        let mut session = self.read("look for the last act").await?;
        let acts = session.bulk_rows(rows, LAST, read).await?;
        Ok(acts.into_iter().collect())
    }
}
