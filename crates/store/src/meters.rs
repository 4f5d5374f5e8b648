//! The register of meters: pages of it, and the planner's book.

use crate::Meter;
use crate::error::StoreError;
use crate::fleet::{Registered as _, columns};
use crate::kept::Standing;
use crate::slot::Due;
use crate::sql::{Arg, Cells, args};
use crate::standings::{STANDING, standing};
use crate::store::Store;
use crate::worklist::Wanted;
use fleet::{GatewayId, MeterNumber, SiteId};

/// Which meters. Everything `None` is every meter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeterFilter {
    /// Of this site.
    pub site: Option<SiteId>,
    /// Of this gateway.
    pub gateway: Option<GatewayId>,
    /// Whose last verdict has this slug.
    pub slug: Option<String>,
    /// Whose last verdict has this decision.
    pub decision: Option<String>,
    /// Whose number begins with this, or whose customer's name contains it.
    pub text: Option<String>,
}

/// Every meter as the planner sees it.
const DUE: &str = "SELECT m.number, m.head_end, m.gateway, m.site, m.customer, s.asked_at, \
    s.observed_at, COALESCE(s.silent, 0), CASE WHEN EXISTS (SELECT 1 FROM cases c \
    WHERE c.subject = m.number AND c.subject_kind = 'meter' AND c.closed_at IS NULL) \
    THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END \
    FROM meter m LEFT JOIN standing s ON s.meter = m.number ORDER BY m.number";

impl Store {
    /// A page of meters by number, with where they stand.
    pub async fn list_meters(
        &self,
        filter: &MeterFilter,
        after: Option<&MeterNumber>,
        limit: usize,
    ) -> Result<Vec<(Meter, Option<Standing>)>, StoreError> {
        let text = filter
            .text
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let Some(text) = text else {
            return self.page(filter, after, limit, |_| ()).await;
        };
        let mut found = self
            .page(filter, after, limit, |wanted| by_name(wanted, text))
            .await?;
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            // one question each: no index answers both at once
            let by_number = |wanted: &mut Wanted| by_number(wanted, text);
            found.extend(self.page(filter, after, limit, by_number).await?);
            found.sort_by(|(a, _), (b, _)| a.number.cmp(&b.number));
            found.dedup_by(|(a, _), (b, _)| a.number == b.number);
            found.truncate(limit);
        }
        Ok(found)
    }

    async fn page(
        &self,
        filter: &MeterFilter,
        after: Option<&MeterNumber>,
        limit: usize,
        search: impl FnOnce(&mut Wanted),
    ) -> Result<Vec<(Meter, Option<Standing>)>, StoreError> {
        let MeterFilter {
            site,
            gateway,
            slug,
            decision,
            text: _,
        } = filter;
        let mut wanted = Wanted::default();
        // what is asked of the verdict is looked up among the verdicts, the rest among the meters
        let judged = slug.is_some() || decision.is_some();
        let (from, key) = if judged {
            wanted.always("m.number = s.meter");
            ("standing s CROSS JOIN meter m", "s.meter")
        } else {
            (
                "meter m LEFT JOIN standing s ON s.meter = m.number",
                "m.number",
            )
        };
        let after = after.map_or("", MeterNumber::as_str);
        wanted.that(|place| format!("{key} > {place}"), after.into());
        let texts = [
            ("m.site", site.as_ref().map(SiteId::as_str)),
            ("m.gateway", gateway.as_ref().map(GatewayId::as_str)),
            ("s.slug", slug.as_deref()),
            ("s.decision", decision.as_deref()),
        ];
        for (column, value) in texts {
            if let Some(value) = value {
                wanted.that(|place| format!("{column} = {place}"), value.into());
            }
        }
        search(&mut wanted);
        let limit = wanted.next(Arg::limit(limit));
        let sql = format!(
            "SELECT {}, {STANDING} FROM {from} WHERE {} ORDER BY {key} LIMIT {limit}",
            columns::<Meter>("m"),
            wanted.conditions.join(" AND ")
        );
        let mut session = self.read("list meters").await?;
        session.rows(sql, wanted.args, with_standing).await
    }

    /// Every meter for the planner, by number.
    pub async fn due(&self) -> Result<Vec<Due>, StoreError> {
        let mut session = self.read("read the planner's book").await?;
        session.rows(DUE, args![], due).await
    }
}

/// A part of the customer's name, whatever its case.
fn by_name(wanted: &mut Wanted, text: &str) {
    // the engines know the small letters of ASCII only: any other letter stands for any letter
    let name: String = text
        .to_lowercase()
        .chars()
        .flat_map(|letter| match letter {
            '%' | '_' | '\\' => vec!['\\', letter],
            letter if letter.is_ascii() => vec![letter],
            _ => vec!['_'],
        })
        .collect();
    let name = wanted.next(format!("%{name}%").into());
    wanted.always(&format!(
        "m.customer IN (SELECT id FROM customer WHERE LOWER(name) LIKE {name} ESCAPE '\\')"
    ));
}

/// The beginning of a number.
fn by_number(wanted: &mut Wanted, digits: &str) {
    wanted.that(|place| format!("m.number >= {place}"), digits.into());
    // the character after the last digit
    wanted.that(
        |place| format!("m.number < {place}"),
        format!("{digits}:").into(),
    );
}

fn with_standing(cells: &mut Cells<'_>) -> Result<(Meter, Option<Standing>), sqlx::Error> {
    let meter = Meter::read(cells)?;
    let none = cells.is_null()?;
    let standing = (!none).then(|| standing(cells)).transpose()?;
    Ok((meter, standing))
}

fn due(cells: &mut Cells<'_>) -> Result<Due, sqlx::Error> {
    Ok(Due {
        meter: cells.meter()?,
        head_end: cells.maybe_text()?,
        gateway: cells.maybe_text()?,
        site: cells.maybe_text()?,
        customer: cells.maybe_text()?,
        asked_at: cells.maybe_moment()?,
        observed_at: cells.maybe_moment()?,
        silent: cells.small()?,
        open_case: cells.flag()?,
    })
}
